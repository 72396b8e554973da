import { MM_PER_INCH } from '../../geometry/units.ts';
import type { DesignField } from '../../model/design-field.ts';
import { ownMember, Shown } from '../scope.ts';
import { type Asked, findingFor, refuse, refused, type Understood, understood } from './asked.ts';

type PhotoField = DesignField & { readonly kind: 'photo' | 'photos' };
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

type Photo = {
  readonly source: string;
  readonly crop?: Box;
  readonly focus?: { readonly x: number; readonly y: number };
  readonly turn?: 0 | 90 | 180 | 270;
  readonly widthPx?: number;
  readonly heightPx?: number;
};

const fraction = (value: unknown): number | null => (typeof value === 'number' && value >= 0 && value <= 1 ? value : null);

const cropOf = (value: unknown): Box | null => {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => fraction(ownMember(value, name)));
  if (x == null || y == null || !width || !height || x + width > 1.000001 || y + height > 1.000001) return null;
  return { x, y, width, height };
};

const focusOf = (value: unknown): { readonly x: number; readonly y: number } | null => {
  const [x, y] = ['x', 'y'].map((name) => fraction(ownMember(value, name)));
  return x == null || y == null ? null : { x, y };
};

const pixels = (value: unknown): number | null => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null);

const turnOf = (value: unknown): Photo['turn'] | null => (value === 0 || value === 90 || value === 180 || value === 270 ? value : null);

const KNOWN: readonly string[] = ['source', 'crop', 'focus', 'turn', 'widthPx', 'heightPx'];

/** A source, or an object with a source and how the customer laid the picture in; null for what is neither. */
const photoOf = (answer: unknown): Photo | null => {
  if (typeof answer === 'string') return answer.trim() === '' ? null : { source: answer.trim() };
  if (answer === null || typeof answer !== 'object' || Object.keys(answer).some((name) => !KNOWN.includes(name))) return null;
  const source = ownMember(answer, 'source');
  if (typeof source !== 'string' || source.trim() === '') return null;
  const parts: Record<string, unknown> = { source: source.trim() };
  const readers = { crop: cropOf, focus: focusOf, turn: turnOf, widthPx: pixels, heightPx: pixels };
  for (const [name, read] of Object.entries(readers)) {
    const raw = ownMember(answer, name);
    if (raw === undefined) continue;
    const value = read(raw);
    if (value === null) return null;
    parts[name] = value;
  }
  return { ...parts, source: source.trim() };
};

const WHOLE = { crop: { x: 0, y: 0, width: 1, height: 1 }, focus: { x: 0.5, y: 0.5 }, turn: 0 } as const;

const shownPhoto = (photo: Photo): Shown => {
  const parts: ReadonlyMap<string, unknown> = new Map<string, unknown>(Object.entries({ ...WHOLE, ...photo }));
  return new Shown(photo.source, photo.source, (name) => parts.get(name));
};

/** Pixels needed on each side when the picture covers the print: its crop must give as many dots per inch as the field asks for. */
const tooSmall = (photo: Photo, { print }: PhotoField): { readonly got: string; readonly min: string } | null => {
  if (!print || photo.widthPx === undefined || photo.heightPx === undefined) return null;
  const crop = photo.crop ?? { width: 1, height: 1 };
  const isTurned = photo.turn === 90 || photo.turn === 270;
  const [width, height] = isTurned
    ? [photo.heightPx * crop.height, photo.widthPx * crop.width]
    : [photo.widthPx * crop.width, photo.heightPx * crop.height];
  const needed = (mm: number): number => Math.ceil((mm / MM_PER_INCH) * print.minDpi);
  const [minWidth, minHeight] = [needed(print.width), needed(print.height)];
  if (width >= minWidth && height >= minHeight) return null;
  return { got: `${Math.floor(width)} × ${Math.floor(height)}`, min: `${minWidth} × ${minHeight}` };
};

const sizeFinding = (asked: Asked<PhotoField>, photo: Photo) => {
  const small = tooSmall(photo, asked.field);
  return (
    small &&
    findingFor(asked, 'error', 'answer.photo-small', 'photo-small', small, { measured: small.got, required: small.min, unit: 'px' })
  );
};

/** One picture by its source. Its pixels are known when the storefront says them; else the checks of the print tell what is too small. */
export const photoAnswer = (asked: Asked<DesignField & { readonly kind: 'photo' }>, answer: unknown): Understood => {
  const photo = photoOf(answer);
  if (!photo) return refuse(asked, 'answer.not-offered', 'photo');
  const small = sizeFinding(asked, photo);
  return small ? refused(small) : understood(typeof answer === 'string' ? photo.source : photo, shownPhoto(photo));
};

/** Sources hold commas (`data:`), so that a text stands for several by lines alone. */
const listOf = (answer: unknown): readonly unknown[] => {
  if (Array.isArray(answer)) return answer;
  if (typeof answer !== 'string') return [answer];
  if (answer.trimStart().startsWith('[')) {
    try {
      const list: unknown = JSON.parse(answer);
      if (Array.isArray(list)) return list;
    } catch {
      // No list after all: it is read as lines.
    }
  }
  return answer.split(/\r?\n/).filter((line) => line.trim() !== '');
};

export const photosAnswer = (asked: Asked<DesignField & { readonly kind: 'photos' }>, answer: unknown): Understood => {
  const list = listOf(answer);
  const { min, max } = asked.field;
  const got = list.length;
  if (got > max) return refuse(asked, 'answer.too-many', 'too-many', { max, got }, { measured: got, required: max });
  if (got < min) return refuse(asked, 'answer.too-few', 'too-few', { min, got }, { measured: got, required: min });
  const photos = list.map(photoOf);
  if (photos.includes(null)) return refuse(asked, 'answer.not-offered', 'photo');
  const known = photos.filter((one) => one !== null);
  const small = known.map((photo) => sizeFinding(asked, photo)).filter((one) => one !== null);
  if (small.length > 0) return refused(...small);
  return understood(
    known.map((photo) => (Object.keys(photo).length === 1 ? photo.source : photo)),
    known.map(shownPhoto),
  );
};
