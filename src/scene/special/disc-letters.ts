import { flattenPath } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { warpPath } from '../../geometry/warp.ts';
import type { Letter } from './monogram-letters.ts';

/** A side of a piece of a disc, from 0 to 1: rightwards for top and bottom, downwards for left and right. */
type Side = (t: number) => Point;
type Patch = { readonly top: Side; readonly bottom: Side; readonly left: Side; readonly right: Side };

const TOLERANCE_MM = 0.02;

const mix = (a: Point, b: Point, t: number): Point => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });

/** From one angle to another on a circle about 0, 0; radians, clockwise from the right. */
const arc =
  (radius: number, from: number, to: number): Side =>
  (t) => {
    const angle = from + (to - from) * t;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  };

/** Where the corner of an outer letter sits on its arc: a part of the way from the middle of the arc to the chord. */
const CORNER = 0.52;

/** The piece of a disc between two upright chords; a chord at the edge of the disc or beyond is the edge itself. */
const patchBetween = (radius: number, x0: number, x1: number): Patch => {
  // Angles above the level line, of the ends of the chords: those of the left side counted from the left.
  const rightEnd = x1 >= radius ? null : Math.acos(x1 / radius);
  const leftEnd = x0 <= -radius ? null : Math.acos(x0 / radius);
  const outerRight = (leftEnd ?? Math.PI) * CORNER;
  const outerLeft = Math.PI - (Math.PI - (rightEnd ?? 0)) * CORNER;
  const whole = rightEnd === null && leftEnd === null;
  const topRight = whole ? Math.PI / 4 : (rightEnd ?? outerRight);
  const topLeft = whole ? (3 * Math.PI) / 4 : (leftEnd ?? outerLeft);
  const top = arc(radius, -topLeft, -topRight);
  const bottom = arc(radius, topLeft, topRight);
  const line =
    (a: Point, b: Point): Side =>
    (t) =>
      mix(a, b, t);
  return {
    top,
    bottom,
    left: leftEnd === null ? arc(radius, -topLeft, topLeft - 2 * Math.PI) : line(top(0), bottom(0)),
    right: rightEnd === null ? arc(radius, -topRight, topRight) : line(top(1), bottom(1)),
  };
};

/** The point of a patch with four curved sides (S. A. Coons 1967). */
const inPatch = ({ top, bottom, left, right }: Patch, u: number, v: number): Point => {
  const [t, b, l, r] = [top(u), bottom(u), left(v), right(v)];
  const corners = mix(mix(top(0), top(1), u), mix(bottom(0), bottom(1), u), v);
  const across = mix(t, b, v);
  const down = mix(l, r, u);
  return { x: across.x + down.x - corners.x, y: across.y + down.y - corners.y };
};

/** A corner that round letters reach so far at least, on the way from the middle; those that stay farther away have none there. */
const ROUND = 0.6;

/** Where round corners are drawn out to, as a part of the way to the corner of the box, and how strongly at most. */
const DRAWN = 0.93;
const STRONGEST = 0.6;

/** How far a letter reaches towards each corner of its box: 1 for an E, 0.71 for a circle. Quadrants: left or right, then upper or lower. */
const cornersOf = ({ path, ink }: Letter): readonly number[] => {
  const reach = [0, 0, 0, 0];
  for (const { points } of flattenPath(path, 0.5)) {
    for (let i = 0; i < points.length; i += 2) {
      const [u, v] = [(2 * ((points[i] ?? 0) - ink.x)) / ink.width - 1, (2 * ((points[i + 1] ?? 0) - ink.y)) / ink.height - 1];
      const quadrant = (u > 0 ? 1 : 0) + (v > 0 ? 2 : 0);
      reach[quadrant] = Math.max(reach[quadrant] ?? 0, Math.min(Math.abs(u), Math.abs(v)));
    }
  }
  return reach;
};

/** Round corners are drawn out first, or a bent O would come to a point. */
const bent = (letter: Letter, patch: Patch): Path => {
  const { path, ink } = letter;
  const strength = cornersOf(letter).map((reach) =>
    reach < ROUND ? 0 : Math.max(0, Math.min(STRONGEST, (DRAWN / reach - 1) / reach ** 2)),
  );
  const [upperLeft = 0, upperRight = 0, lowerLeft = 0, lowerRight = 0] = strength;
  return warpPath(
    path,
    ({ x, y }) => {
      const [s, t] = [(x - ink.x) / ink.width, (y - ink.y) / ink.height];
      const [u, v] = [2 * s - 1, 2 * t - 1];
      const drawn = (upperLeft * (1 - s) + upperRight * s) * (1 - t) + (lowerLeft * (1 - s) + lowerRight * s) * t;
      return inPatch(patch, (u * (1 + drawn * v * v) + 1) / 2, (v * (1 + drawn * u * u) + 1) / 2);
    },
    TOLERANCE_MM,
  );
};

/** Share of the disc that the middle one of three letters takes. */
const MIDDLE = 0.37;

/** One to three letters bent so that together they fill a disc about 0, 0. @param gap - clear space between them, mm */
export const discLetters = (letters: readonly Letter[], radius: number, gap: number): readonly Path[] => {
  const half = gap / 2;
  const chords: readonly number[] = letters.length >= 3 ? [-radius * MIDDLE, radius * MIDDLE] : letters.length === 2 ? [0] : [];
  return letters.map((letter, i) => {
    const [from, to] = [chords[i - 1], chords[i]];
    return bent(letter, patchBetween(radius, from === undefined ? -radius : from + half, to === undefined ? radius : to - half));
  });
};
