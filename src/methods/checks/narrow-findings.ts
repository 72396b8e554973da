import type { Narrow } from '../../geometry/narrow-parts.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt, SolidPiece } from '../../render/solid/solid-art.ts';
import { listLetters, partName, pieceAt } from './piece-at.ts';

/** Words for the narrowest place of a layer. */
export type NarrowWords = {
  /** "The stroke of 'a'" where the letter is known, else the other words. */
  readonly name: (ofLetter: string, otherwise: string) => string;
  /** " (and in 'b' and 'c')", " (and in 3 more places)", or nothing. */
  readonly others: string;
  readonly piece: SolidPiece | undefined;
};

type Owned = { readonly narrow: Narrow; readonly piece: SolidPiece | undefined };

/** One finding for each layer that has narrow places, told of its narrowest; `describe` gives null for one that passes. */
export const narrowFindings = (
  art: SolidArt,
  found: readonly Narrow[],
  slackMm: number,
  describe: (narrow: Narrow, words: NarrowWords) => Omit<Finding, 'pointer'> | null,
): readonly Finding[] => {
  const layers = new Map<string, Owned[]>();
  for (const narrow of [...found].sort((a, b) => a.widthMm - b.widthMm)) {
    const piece = pieceAt(art, narrow.at, slackMm);
    const pointer = piece?.pointer ?? '';
    const known = layers.get(pointer);
    if (known) known.push({ narrow, piece });
    else layers.set(pointer, [{ narrow, piece }]);
  }
  return [...layers].flatMap(([pointer, places]): readonly Finding[] => {
    const [first] = places;
    if (!first) return [];
    const name = (ofLetter: string, otherwise: string): string => partName(first.piece, ofLetter, otherwise);
    const finding = describe(first.narrow, { name, others: othersOf(places), piece: first.piece });
    return finding ? [{ ...finding, pointer }] : [];
  });
};

const othersOf = ([first, ...rest]: readonly Owned[]): string => {
  if (!first || rest.length === 0) return '';
  const letters = rest.flatMap(({ piece }) => (piece?.letter ? [piece.letter] : [])).filter((letter) => letter !== first.piece?.letter);
  if (letters.length > 0) return ` (others are in ${listLetters(letters)})`;
  return first.piece?.letter ? '' : ` (with ${rest.length} more such ${rest.length === 1 ? 'place' : 'places'})`;
};
