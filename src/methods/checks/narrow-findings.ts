import type { Narrow } from '../../geometry/narrow-parts.ts';
import type { Path } from '../../geometry/path.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt, SolidPiece } from '../../render/solid/solid-art.ts';
import { LIMIT_SLACK_MM, type Missed, type MmLimits } from './limits.ts';
import { listLetters, partName, pieceAt } from './piece-at.ts';

/** What is narrow, and the words for it. */
export type NarrowPlace = Missed & {
  readonly narrow: Narrow;
  /** "The stroke of 'a'" where the letter is known, else the other words. */
  readonly name: (ofLetter: string, otherwise: string) => string;
  /** " (others are in 'b' and 'c')", " (with 3 more such places)", or nothing. */
  readonly others: string;
  readonly piece: SolidPiece | undefined;
};

export type Find = (path: Path, minMm: number) => readonly Narrow[];

/**
 * Narrow places of all colours, one for each layer: below the error limit where there are any, else below that of warnings. Ends are left to
 * `endPlaces`: looking for them with the wider limit would take a whole letter for its serif.
 */
export const narrowPlaces = (
  art: SolidArt,
  find: Find,
  { errorMm, warnMm }: MmLimits,
  isRefused: (narrow: Narrow) => boolean = () => true,
): readonly NarrowPlace[] => {
  const refused = placesBelow(art, (path, minMm) => find(path, minMm).filter(isRefused), errorMm, 'error');
  const told = new Set(refused.map(pointerOf));
  const warned = warnMm > errorMm ? placesBelow(art, find, warnMm, 'warning') : [];
  return [...refused, ...warned.filter((place) => !told.has(pointerOf(place)))];
};

/** Ends narrower than a limit, one for each layer: serifs and tips that come out blunt. */
export const endPlaces = (art: SolidArt, find: Find, minMm: number): readonly NarrowPlace[] =>
  minMm <= 2 * LIMIT_SLACK_MM ? [] : placesOf(art, foundIn(art, find, minMm, true), { severity: 'warning', requiredMm: minMm });

export const pointerOf = ({ piece }: NarrowPlace): string => piece?.pointer ?? '';

/** A place as a finding of its layer. */
export const narrowFinding = (place: NarrowPlace, finding: Pick<Finding, 'code' | 'message' | 'hint'>): Finding => ({
  severity: place.severity,
  ...finding,
  pointer: pointerOf(place),
  measured: Math.round(place.narrow.widthMm * 100) / 100,
  required: place.requiredMm,
  unit: 'mm',
});

const placesBelow = (art: SolidArt, find: Find, minMm: number, severity: Missed['severity']): readonly NarrowPlace[] =>
  minMm <= 2 * LIMIT_SLACK_MM ? [] : placesOf(art, foundIn(art, find, minMm, false), { severity, requiredMm: minMm });

const foundIn = (art: SolidArt, find: Find, minMm: number, ends: boolean): readonly Narrow[] =>
  art.regions.flatMap(({ path }) => find(path, minMm - LIMIT_SLACK_MM).filter(({ isEnd }) => isEnd === ends));

type Owned = { readonly narrow: Narrow; readonly piece: SolidPiece | undefined };

/** The narrowest place of each layer. */
export const placesOf = (art: SolidArt, found: readonly Narrow[], missed: Missed): readonly NarrowPlace[] => {
  const layers = new Map<string, Owned[]>();
  for (const narrow of [...found].sort((a, b) => a.widthMm - b.widthMm)) {
    const piece = pieceAt(art, narrow.at, missed.requiredMm);
    const pointer = piece?.pointer ?? '';
    const known = layers.get(pointer);
    if (known) known.push({ narrow, piece });
    else layers.set(pointer, [{ narrow, piece }]);
  }
  return [...layers.values()].flatMap((places): readonly NarrowPlace[] => {
    const [first] = places;
    if (!first) return [];
    const name = (ofLetter: string, otherwise: string): string => partName(first.piece, ofLetter, otherwise);
    return [{ ...missed, ...first, name, others: othersOf(places) }];
  });
};

const othersOf = ([first, ...rest]: readonly Owned[]): string => {
  if (!first || rest.length === 0) return '';
  const letters = rest.flatMap(({ piece }) => (piece?.letter ? [piece.letter] : [])).filter((letter) => letter !== first.piece?.letter);
  if (letters.length > 0) return ` (others are in ${listLetters(letters)})`;
  return first.piece?.letter ? '' : ` (with ${rest.length} more such ${rest.length === 1 ? 'place' : 'places'})`;
};
