import type { Affine } from '../../geometry/affine.ts';
import type { Point } from '../../geometry/point.ts';
import type { TextFields } from '../../model/text-layer.ts';
import type { Curve } from './curve.ts';
import { liftOf, type Placement, SIDE_FACTOR, sideOf, uprightGlyphs } from './place-straight.ts';
import { bendBy, type PlacedGlyphAt, type PlacedRun, placedRun } from './placed-text.ts';
import { tearsWhenTurned } from './scripts.ts';
import { type SetRun, setLine } from './set-line.ts';
import type { Line } from './shape-line.ts';

type Bending = 'auto' | 'never' | 'always';

/** Every cluster turned as one piece about the middle of its advance. */
const turnedGlyphs = (set: SetRun, curve: Curve, from: number, rise: number): readonly PlacedGlyphAt[] => {
  const { run, scale, x, cellStart, cellWidth } = set;
  const { count, glyphs, xOffsets, yOffsets } = run.shaped;
  const placed: PlacedGlyphAt[] = [];
  let cell = Number.NaN;
  let [cos, sin, foot]: [number, number, Point] = [1, 0, { x: 0, y: 0 }];
  for (let i = 0; i < count; i++) {
    const middle = (cellStart[i] ?? 0) + (cellWidth[i] ?? 0) / 2;
    if (middle !== cell) {
      cell = middle;
      const angle = curve.angle(from + middle);
      [cos, sin, foot] = [Math.cos(angle), Math.sin(angle), curve.at(from + middle, rise)];
    }
    const gx = (x[i] ?? 0) - middle + (xOffsets[i] ?? 0) * scale;
    const gy = (yOffsets[i] ?? 0) * scale;
    const at: Affine = [cos * scale, sin * scale, -sin * scale, cos * scale, foot.x + cos * gx - sin * gy, foot.y + sin * gx + cos * gy];
    placed.push({ glyph: glyphs[i] ?? 0, at });
  }
  return placed;
};

const bends = (set: SetRun, bend: Bending): boolean => bend === 'always' || (bend === 'auto' && tearsWhenTurned(set.run.item.script));

/** Where on the curve, in mm, a line of the given width begins. `anchor` is the fraction of the curve its own anchor sits at. */
export type CurveStart = (widthMm: number, side: 'left' | 'center' | 'right') => number;

export const startBy =
  (lengthMm: number, anchor: number | undefined): CurveStart =>
  (widthMm, side) =>
    (anchor ?? SIDE_FACTOR[side]) * lengthMm - SIDE_FACTOR[side] * widthMm;

/** For circles, whose lengths count from their middle. */
export const startAboutMiddle =
  (lengthMm: number): CurveStart =>
  (widthMm, side) =>
    (SIDE_FACTOR[side] - 0.5) * lengthMm - SIDE_FACTOR[side] * widthMm;

/** The curve for a line that stands this far, in mm, below the first. */
export type CurveBelow = (dropMm: number) => Curve;

/** Lines on curves: the first stands on the curve itself, further ones below at the layer's leading. */
export const placeOnCurve = (
  lines: readonly Line[],
  sizeMm: number,
  layer: TextFields,
  curveBelow: CurveBelow,
  start: CurveStart,
  bend: Bending,
): Placement => {
  const runs: PlacedRun[] = [];
  let widest = 0;
  lines.forEach((line, index) => {
    const set = setLine(line, sizeMm, layer.trackingMm);
    widest = Math.max(widest, set.widthMm);
    const from = start(set.widthMm, sideOf(layer.align, line.paragraph.base));
    const curve = curveBelow(index * layer.leading * sizeMm);
    for (const run of set.runs) {
      const lift = liftOf(run, sizeMm);
      if (!bends(run, bend)) {
        runs.push(placedRun(run, index, turnedGlyphs(run, curve, from, lift)));
        continue;
      }
      const flat = uprightGlyphs(run, 0, 0, lift);
      const onCurve = bendBy(({ x, y }) => curve.at(from + x, -y));
      runs.push(placedRun(run, index, flat, onCurve));
    }
  });
  return { runs, widthMm: widest, heightMm: 0 };
};
