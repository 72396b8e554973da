import { distance } from 'fastest-levenshtein';
import { Problem } from '../../model/problem.ts';
import type { FontRequest } from '../../model/resources.ts';

type Styled = {
  readonly family: string;
  readonly style: string;
  readonly weight: number;
  readonly italic: boolean;
  readonly axes: readonly { readonly tag: string; readonly min: number; readonly max: number }[];
};

/** What two spellings of one family name have in common: "Open Sans", "open-sans" and "OpenSans" are the same family. */
export const familyKey = (family: string): string =>
  family
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');

const weightRange = (face: Styled): { readonly min: number; readonly max: number } =>
  face.axes.find((axis) => axis.tag === 'wght') ?? { min: face.weight, max: face.weight };

/**
 * Rank of a face for a wanted weight, smaller is better, after the font matching of CSS Fonts 4 (section 5.2): from 400 to 500 look
 * upwards as far as 500, then at lighter, then at heavier faces; below 400 at lighter ones first; above 500 at heavier ones first.
 */
const weightRank = (face: Styled, wanted: number): number => {
  const { min, max } = weightRange(face);
  if (wanted >= min && wanted <= max) return 0;
  const heavier = min > wanted;
  const gap = heavier ? min - wanted : wanted - max;
  if (heavier && wanted >= 400 && min <= 500) return gap;
  const preferred = heavier === wanted > 500;
  // Weights end at 1000, so each step of the order lies behind the whole step before it.
  return gap + (preferred ? 1000 : 2000);
};

const styleWords = (face: Styled): string => {
  const { min, max } = weightRange(face);
  return `${min === max ? min : `${min}-${max}`}${face.italic ? ' italic' : ''}`;
};

const styleMissing = (request: FontRequest, styles: readonly Styled[]): Problem => {
  const [wanted, other] = request.italic ? ['an italic', 'upright'] : ['an upright', 'italic'];
  const known = styles.toSorted((a, b) => a.weight - b.weight).map(styleWords);
  const family = styles[0]?.family ?? request.family;
  return new Problem('font.style-missing', `expected ${wanted} style for the font "${family}", got only ${known.join(', ')}`, {
    hint: `use the ${other} style of "${family}", or a family that has ${wanted} one; a style is never imitated`,
  });
};

/**
 * Picks the face of one family for a request: the slant exactly, the weight as near as the family has it.
 * Throws `font.style-missing` when the family has no face of that slant; none is ever slanted or swapped to stand in.
 */
export const faceFor = <F extends Styled>(request: FontRequest, styles: readonly F[]): F => {
  const [first, ...others] = styles.filter((face) => face.italic === request.italic);
  if (first === undefined) throw styleMissing(request, styles);
  const nearer = (best: F, face: F): F => (weightRank(face, request.weight) < weightRank(best, request.weight) ? face : best);
  return others.reduce(nearer, first);
};

/** At most three family names that a person may have meant: one holds the other, or a third of the letters or fewer differ. */
export const closestFamilies = (family: string, names: readonly string[]): readonly string[] => {
  const wanted = familyKey(family);
  if (wanted === '') return [];
  const score = (name: string): number => {
    const key = familyKey(name);
    const contained = wanted.length >= 3 && (key.includes(wanted) || wanted.includes(key));
    return contained ? 0 : distance(wanted, key) / Math.max(wanted.length, key.length);
  };
  return names
    .map((name) => ({ name, score: score(name) }))
    .filter((entry) => entry.score <= 1 / 3)
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map((entry) => entry.name);
};
