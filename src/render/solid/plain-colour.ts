import type { Colour, SrgbColour } from '../../colour/colour.ts';
import type { GradientStop, Paint } from '../../scene/scene.ts';
import { screenColour } from '../raster/screen-colour.ts';

/** One colour for a paint, and how much of it covers, 0..1. */
export type PlainColour = { readonly colour: Colour; readonly opacity: number };

/**
 * The colour that stands for a paint where only plain ones can be: of a gradient the mean of what it runs through, mixed as on a screen, that of
 * a radial one weighted by the rings it fills.
 */
export const plainColour = (paint: Paint): PlainColour => {
  if (paint.kind === 'solid') return { colour: paint.colour, opacity: 1 };
  const shares = paint.kind === 'radial' ? ringShares : stripShares;
  let [r, g, b, cover] = [0, 0, 0, 0];
  for (const [from, to] of spansOf(paint.stops)) {
    const [ofFrom, ofTo] = shares(from.offset, to.offset);
    for (const [stop, share] of [
      [from, ofFrom],
      [to, ofTo],
    ] as const) {
      const colour = screenColour(stop.colour);
      const part = share * stop.opacity;
      r += part * colour.r;
      g += part * colour.g;
      b += part * colour.b;
      cover += part;
    }
  }
  if (cover === 0) return { colour: { space: 'srgb', r: 0, g: 0, b: 0 }, opacity: 0 };
  return { colour: inBytes({ space: 'srgb', r: r / cover, g: g / cover, b: b / cover }), opacity: Math.min(1, cover) };
};

/** How much of the whole area two stops have of what lies between them: of a strip from 0 to 1, and of a disc of that radius. */
const stripShares = (from: number, to: number): readonly [number, number] => [(to - from) / 2, (to - from) / 2];
const ringShares = (from: number, to: number): readonly [number, number] => [
  ((to - from) * (2 * from + to)) / 3,
  ((to - from) * (from + 2 * to)) / 3,
];

/** Neighbouring stops, with those that stand for what lies before the first and after the last one. */
const spansOf = (stops: readonly GradientStop[]): readonly (readonly [GradientStop, GradientStop])[] => {
  const [first, last] = [stops[0], stops.at(-1)];
  if (!first || !last) return [];
  const all = [{ ...first, offset: 0 }, ...stops, { ...last, offset: 1 }];
  return all.slice(1).flatMap((to, i) => {
    const from = all[i];
    return from ? [[from, to] as const] : [];
  });
};

/** Whole steps of a byte: equal fades are one material. */
const inBytes = ({ r, g, b }: SrgbColour): SrgbColour => ({ space: 'srgb', r: inByte(r), g: inByte(g), b: inByte(b) });
const inByte = (value: number): number => Math.round(value * 255) / 255;
