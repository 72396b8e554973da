import { scaling } from '../../geometry/affine.ts';
import { boundsOfPath, isEmptyPath, type Path, transformPath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { MonogramFields } from '../../model/special-layers.ts';
import type { FontSet } from '../text/font-set.ts';
import { figureOf, weldGlyphs } from './figure.ts';

/** A letter as an outline. `ink` is its own box; `stand` the box it is lined up by: capitals without accents and tails. */
export type Letter = { readonly path: Path; readonly ink: Rect; readonly stand: Rect };

/** How many letters a style takes. */
const COUNTS: Record<MonogramFields['style'], readonly [least: number, most: number]> = {
  single: [1, 1],
  two: [2, 2],
  three: [3, 3],
  circle: [1, 3],
  interlocking: [2, 3],
  stacked: [2, 3],
};

/** What stands between initials in writing is no initial. */
const BETWEEN = /^[\s.,;·•'’_-]+$/u;

const lettersIn = ({ letters, order }: MonogramFields): readonly string[] => {
  const all = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(letters)]
    .map(({ segment }) => segment)
    .filter((one) => !BETWEEN.test(one));
  const [first, middle, last, ...more] = all;
  if (order === 'given' || first === undefined || middle === undefined || last === undefined) return all;
  return [first, last, middle, ...more];
};

const countFinding = (count: number, { style }: MonogramFields, pointer: string): readonly Finding[] => {
  const [least, most] = COUNTS[style];
  if (count === 0 || (count >= least && count <= most)) return [];
  return [
    {
      severity: count > most ? 'error' : 'warning',
      code: 'monogram.letters',
      pointer: `${pointer}/letters`,
      message: `The style "${style}" takes ${least === most ? least : `${least} to ${most}`} letters; ${count > most ? `of ${count} only the first ${most} were set` : `it has ${count}`}.`,
      hint: 'Give as many letters as the style takes, or another style.',
      measured: count,
      required: count > most ? most : least,
    },
  ];
};

/** Accents and tails that reach farther than this out of the capitals make a letter stand by all of its ink: script faces. */
const CAPITAL_LIKE = { low: 0.75, high: 1.5, below: 0.4 } as const;

const standOf = (ink: Rect, cap: number): Rect => {
  const bottom = ink.y + ink.height;
  const like =
    ink.height >= cap * CAPITAL_LIKE.low &&
    ink.height <= cap * CAPITAL_LIKE.high &&
    bottom >= -cap * 0.1 &&
    bottom <= cap * CAPITAL_LIKE.below;
  return like ? { ...ink, y: -cap, height: cap } : ink;
};

export type Letters = { readonly letters: readonly Letter[]; readonly findings: readonly Finding[] };

/** The letters of a monogram in their order, as many as the style takes; the baseline is y = 0. */
export const monogramLetters = (layer: MonogramFields, fonts: FontSet, pointer: string): Letters => {
  const all = lettersIn(layer);
  const findings: Finding[] = [...countFinding(all.length, layer, pointer)];
  const cap = figureOf({ text: 'H', font: layer.font }, fonts, pointer).ink?.height ?? 70;
  const letters = all.slice(0, COUNTS[layer.style][1]).flatMap((text): readonly Letter[] => {
    const figure = figureOf({ text, font: layer.font }, fonts, `${pointer}/letters`);
    findings.push(...figure.findings);
    const path = weldGlyphs(figure.glyphs);
    const ink = boundsOfPath(path);
    return isEmptyPath(path) || !ink || ink.width <= 0 || ink.height <= 0 ? [] : [{ path, ink, stand: standOf(ink, cap) }];
  });
  return { letters, findings };
};

/** A letter at another size; the pen and the baseline stay at 0. */
export const sized = ({ path, ink, stand }: Letter, factor: number): Letter => {
  const times = ({ x, y, width, height }: Rect): Rect => ({ x: x * factor, y: y * factor, width: width * factor, height: height * factor });
  return { path: transformPath(path, scaling(factor)), ink: times(ink), stand: times(stand) };
};
