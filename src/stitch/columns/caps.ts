import type { Point } from '../../geometry/point.ts';
import { type Band, distance } from './banks.ts';

/** How the two banks go on to the end of a band: from the last of each. */
export type Cap = { readonly left: readonly Point[]; readonly right: readonly Point[] };

/** A turn of the outline from this on is a corner, radians. */
const CORNER = (38 * Math.PI) / 180;
/** The square end of a band is at least this share of its width, and lies within 55 degrees of across it. */
const SQUARE_SHARE = 0.45;
const ACROSS = Math.cos((55 * Math.PI) / 180);

/**
 * The end of a band whose outline goes from the left bank to the right one by way of `outline` (both included): two corners make a square end,
 * whose last stitch lies along it; anything else ends in the point farthest out.
 */
export const capOf = (outline: readonly Point[]): Cap => {
  const [left, right] = [outline[0], outline.at(-1)];
  if (!left || !right || outline.length < 3) return { left: [], right: [] };
  const square = squareEnd(outline, left, right);
  const [from, to] = square ?? apexOf(outline, left, right);
  return { left: outline.slice(1, from + 1), right: outline.slice(to, -1).reverse() };
};

const squareEnd = (outline: readonly Point[], left: Point, right: Point): readonly [number, number] | null => {
  const width = distance(left, right);
  const corners = cornersOf(outline);
  let best: readonly [number, number] | null = null;
  let longest = SQUARE_SHARE * width;
  for (const [k, i] of corners.entries()) {
    for (const j of corners.slice(k + 1)) {
      const [a, b] = [outline[i] ?? left, outline[j] ?? right];
      const length = distance(a, b);
      const across = ((b.x - a.x) * (right.x - left.x) + (b.y - a.y) * (right.y - left.y)) / (length * width);
      if (length <= longest || across < ACROSS || !isStraight(outline, i, j)) continue;
      longest = length;
      best = [i, j];
    }
  }
  return best;
};

const cornersOf = (outline: readonly Point[]): readonly number[] => {
  const corners: number[] = [];
  outline.forEach((point, i) => {
    const [a, b] = [outline[i - 1], outline[i + 1]];
    if (!a || !b || turnAt(a, point, b) > CORNER || i === 1 || i === outline.length - 2) corners.push(i);
  });
  return corners;
};

/** How far a line turns at its middle point, radians. */
export const turnAt = (a: Point, b: Point, c: Point): number =>
  Math.abs(Math.atan2((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x), (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)));

const isStraight = (outline: readonly Point[], i: number, j: number): boolean => {
  const [a, b] = [outline[i], outline[j]];
  if (!a || !b) return false;
  const length = distance(a, b);
  return outline.slice(i + 1, j).every((p) => Math.abs((p.x - a.x) * (b.y - a.y) - (p.y - a.y) * (b.x - a.x)) < 0.06 * length * length);
};

const apexOf = (outline: readonly Point[], left: Point, right: Point): readonly [number, number] => {
  // Out of the band: the left bank lies to the left of the way.
  const [ox, oy] = [right.y - left.y, left.x - right.x];
  let [apex, farthest] = [0, -Infinity];
  outline.forEach((p, i) => {
    const out = (p.x - left.x) * ox + (p.y - left.y) * oy;
    if (out > farthest) [apex, farthest] = [i, out];
  });
  return [apex, apex];
};

const lengthOf = (from: Point | undefined, points: readonly Point[]): number => {
  let [length, last] = [0, from];
  for (const point of points) {
    length += last ? distance(last, point) : 0;
    last = point;
  }
  return length;
};

/** The band with its banks gone on to the end of the cap, evenly on both. */
export const withCap = (band: Band, cap: Cap): Band => {
  const [u, v] = band.facing.at(-1) ?? [0, 0];
  const [du, dv] = [lengthOf(band.left.at(-1), cap.left), lengthOf(band.right.at(-1), cap.right)];
  if (du + dv < 1e-6) return band;
  return {
    ...band,
    left: [...band.left, ...cap.left],
    right: [...band.right, ...cap.right],
    facing: [...band.facing, [u + du, v + dv]],
  };
};

/** The band the other way round: what was left is right. */
export const turned = (band: Band): Band => {
  const [u, v] = band.facing.at(-1) ?? [0, 0];
  return {
    left: [...band.right].reverse(),
    right: [...band.left].reverse(),
    facing: [...band.facing].reverse().map(([a, b]) => [v - b, u - a] as const),
    closed: band.closed,
  };
};
