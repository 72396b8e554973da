import sharp from 'sharp';
import { MM_PER_INCH } from '../../geometry/units.ts';
import type { View } from '../../model/view.ts';
import type { PsdDocument, PsdLayer, PsdNote, SmartObject } from './psd-document.ts';
import { isOnContent, positionAt, type Surface, surfaceOf } from './smart-surface.ts';

/** A smart object as a print area. Lengths in mm on the surface all areas of a view share. */
export type PrintArea = {
  readonly id: string;
  readonly label: string;
  readonly layer: PsdLayer;
  readonly smart: SmartObject;
  readonly x: number;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Whether a pixel of the layered picture may hold print of it, its edge included. */
  readonly coverAt: (x: number, y: number) => number;
};

/** Pixels around the content that count as print zone: the art's own edge is what is seen, not the zone's. */
const EDGE_PX = 3;
/** Between two areas on the shared surface, as a share of the larger side. */
const GAP = 0.5;
const DEFAULT_DPI = 300;

type Found = { readonly layer: PsdLayer; readonly smart: SmartObject };

const smartLayers = (layers: readonly PsdLayer[]): readonly Found[] =>
  layers.flatMap((layer): readonly Found[] => [
    ...(layer.smart ? [{ layer, smart: layer.smart }] : []),
    ...(layer.children ? smartLayers(layer.children) : []),
  ]);

/** Small letters, digits and hyphens; '' when nothing is left. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);

const freeId = (wanted: string, taken: ReadonlySet<string>): string => {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(id)) return id;
  }
};

/** Looked up many times a pixel, so worked out once. */
const coverOf = (surface: Surface): PrintArea['coverAt'] => {
  const { x: left, y: top, widthPx, heightPx } = surface;
  const on = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < on.length; i += 1) on[i] = isOnContent(surface, left + (i % widthPx), top + Math.floor(i / widthPx), EDGE_PX) ? 1 : 0;
  return (x, y) => (x < left || y < top || x >= left + widthPx || y >= top + heightPx ? 0 : (on[(y - top) * widthPx + x - left] ?? 0));
};

const round = (mm: number): number => Math.round(mm * 1000) / 1000;

/**
 * The smart objects of a picture, from the bottom up, side by side on one surface.
 * @param wanted - id and trim width, mm, of the first; the others keep its mm per pixel of content. Without a width 300 dpi is taken.
 * @param reserved - ids of other zones
 */
export const printAreasOf = (
  document: PsdDocument,
  wanted: { readonly placement?: string | undefined; readonly widthMm?: number | undefined },
  reserved: ReadonlySet<string>,
  notes: PsdNote[],
): readonly PrintArea[] => {
  const found = smartLayers(document.layers);
  const [first] = found;
  if (!first) return [];
  const perPixel = wanted.widthMm === undefined ? MM_PER_INCH / DEFAULT_DPI : wanted.widthMm / first.smart.widthPx;
  const scale = `${round(perPixel * first.smart.widthPx)} mm`;
  if (wanted.widthMm === undefined)
    notes.push({
      severity: 'warning',
      code: 'psd.size-guessed',
      layer: first.layer.name,
      message: `no width was given: ${scale} by 300 dpi`,
    });
  const taken = new Set(reserved);
  let x = 0;
  return found.map(({ layer, smart }, i) => {
    const named = found.length === 1 ? 'print' : slug(layer.name) || 'print';
    const id = freeId(i === 0 ? (wanted.placement ?? named) : named, taken);
    taken.add(id);
    const [widthMm, heightMm] = [round(smart.widthPx * perPixel), round(smart.heightPx * perPixel)];
    const coverAt = coverOf(surfaceOf(smart, document, 1));
    const area = { id, label: layer.name.trim().slice(0, 200) || id, layer, smart, x: round(x), widthMm, heightMm, coverAt };
    x += widthMm + GAP * Math.max(widthMm, heightMm);
    if (i > 0)
      notes.push({
        severity: 'info',
        code: 'psd.size-shared',
        layer: layer.name,
        message: `${widthMm} x ${heightMm} mm, at the scale of the first area`,
      });
    return area;
  });
};

export type BakedPositions = {
  readonly png: Uint8Array;
  readonly record: View['maps']['positions'];
  readonly pxPerMm: View['pxPerMm'];
};

const FULL = 65_535;
const MAX_STEP = 8;
/** Longest side from which every second position is enough. */
const SPARSE_FROM_PX = 500;

/** Area whose surface a pixel shows: the one it is print of, else any that reaches it; the topmost of several. */
const areaAt = (
  areas: readonly PrintArea[],
  surfaces: readonly Surface[],
  shares: readonly Float32Array[],
  i: number,
  x: number,
  y: number,
): number => {
  let best = -1;
  for (let k = 0; k < areas.length; k += 1) {
    const surface = surfaces[k];
    if (!surface || !isOnContent(surface, x, y, EDGE_PX + 1)) continue;
    if (best < 0 || (shares[k]?.[i] ?? 0) >= (shares[best]?.[i] ?? 0)) best = k;
  }
  return best;
};

const middle = (steps: number[], part: number): number => steps.sort((a, b) => a - b)[Math.floor((steps.length - 1) * part)] ?? 1;

/**
 * The surface positions of all areas, 16 bits a channel.
 * @param reduction - pixels of the layered picture for one of the view, along a side
 * @param shares - how much of each view pixel is print of each area
 */
export const bakePositions = async (
  areas: readonly PrintArea[],
  size: { readonly widthPx: number; readonly heightPx: number },
  reduction: number,
  shares: readonly Float32Array[],
): Promise<BakedPositions> => {
  const surfaces = areas.map(({ smart }) => surfaceOf(smart, size, reduction));
  const margin = 0.1;
  const u = { from: -margin * (areas[0]?.widthMm ?? 1), to: Math.max(...areas.map(({ x, widthMm }) => x + widthMm * (1 + margin))) };
  const tallest = Math.max(...areas.map(({ heightMm }) => heightMm));
  const v = { from: -margin * tallest, to: tallest * (1 + margin) };
  const step = Math.max(size.widthPx, size.heightPx) > SPARSE_FROM_PX ? 2 : 1;
  const first = step - 1;
  const [columns, rows] = [Math.floor((size.widthPx - 1 - first) / step) + 1, Math.floor((size.heightPx - 1 - first) / step) + 1];
  const data = new Uint16Array(columns * rows * 3);
  const steps: number[] = [];
  for (let at = 0; at < columns * rows; at += 1) {
    const [x, y] = [(at % columns) * step + first, Math.floor(at / columns) * step + first];
    const k = areaAt(areas, surfaces, shares, y * size.widthPx + x, x, y);
    const [area, surface] = [areas[k], surfaces[k]];
    const here = surface ? positionAt(surface, x, y) : null;
    if (!area || !surface || !here) continue;
    data[at * 3] = FULL * Math.min(1, Math.max(0, (area.x + here[0] * area.widthMm - u.from) / (u.to - u.from))) + 0.5;
    data[at * 3 + 1] = FULL * Math.min(1, Math.max(0, (here[1] * area.heightMm - v.from) / (v.to - v.from))) + 0.5;
    data[at * 3 + 2] = FULL;
    const next = positionAt(surface, x + 1, y + 1);
    if (next && (shares[k]?.[y * size.widthPx + x] ?? 0) > 0.5)
      steps.push(Math.hypot((next[0] - here[0]) * area.widthMm, (next[1] - here[1]) * area.heightMm) / Math.SQRT2);
  }
  const png = await sharp(data, { raw: { width: columns, height: rows, channels: 3 } })
    .toColourspace('rgb16')
    .png({ compressionLevel: 9 })
    .toBuffer();
  const perPixel = middle(steps, 0.5);
  const seam = Math.max(8, round(MAX_STEP * step * middle(steps, 0.98)));
  const perMm = (mm: number): number => Math.max(0.001, round(1 / Math.max(mm, 1e-6)));
  const record = { file: 'positions.png', step, offset: [first, first] as [number, number], u: rounded(u), v: rounded(v), seam };
  return { png, record, pxPerMm: { min: perMm(middle(steps, 0.98)), median: perMm(perPixel) } };
};

const rounded = ({ from, to }: { readonly from: number; readonly to: number }): { from: number; to: number } => ({
  from: round(from),
  to: round(to),
});
