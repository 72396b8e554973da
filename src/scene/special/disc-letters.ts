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

const bent = ({ path, ink }: Letter, patch: Patch): Path =>
  warpPath(path, ({ x, y }) => inPatch(patch, (x - ink.x) / ink.width, (y - ink.y) / ink.height), TOLERANCE_MM);

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
