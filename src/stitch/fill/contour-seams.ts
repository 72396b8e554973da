import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { type GridFrame, scanRings } from '../order/scan-rings.ts';
import { shortTour } from '../order/tour.ts';
import { ROLE } from '../plan.ts';
import type { Sewn } from '../region.ts';

const CELL_MM = 0.1;
/** Larger areas get coarser cells. */
const MOST_CELLS = 1_500_000;
const HALF_THREAD_MM = 0.19;
/** The very edge is not looked at, mm. */
const EDGE_MM = 0.2;
/** Bare cells are gathered in squares of this side, those with less bare than this are nothing to see, mm and mm². */
const BLOCK_MM = 0.7;
const LEAST_BARE_MM2 = 0.035;
/** Places nearer to one another than this are one seam, mm. */
const LINK_MM = 1.8;
/** Fewer places than this are a pinhole over underlay. */
const LEAST_PLACES = 3;
const PASSES = 3;

/**
 * Lines (x, y in turn) along what the rings of a contour fill leave bare: where rings from two sides meet and where they turn a pointed corner.
 * To be sewn before the rings.
 */
export const contourSeams = (path: Path, rings: Sewn): readonly (readonly number[])[] => {
  const seams: (readonly number[])[] = [];
  // A line through the middle of what is bare leaves both its sides bare where that is broad.
  for (let pass = 0; pass < PASSES; pass += 1) {
    const more = seamsThrough(barePlaces(path, [rings, ...seams.map(asSewn)]));
    if (more.length === 0) break;
    seams.push(...more);
  }
  return fromEndToEnd(seams);
};

/** Each seam after the one whose end is nearest to one of its own, turned about where that is its last. */
const fromEndToEnd = (seams: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const left = [...seams];
  const out: (readonly number[])[] = [];
  for (let next = left.shift(); next; ) {
    out.push(next);
    const [x, y] = next.slice(-2);
    let [best, turned, least] = [-1, false, Infinity];
    for (const [i, seam] of left.entries()) {
      for (const isTurned of [false, true]) {
        const [sx, sy] = isTurned ? seam.slice(-2) : seam;
        const apart = Math.hypot((sx ?? 0) - (x ?? 0), (sy ?? 0) - (y ?? 0));
        if (apart < least) [best, turned, least] = [i, isTurned, apart];
      }
    }
    const [found] = best < 0 ? [] : left.splice(best, 1);
    next = found && turned ? turnedAbout(found) : found;
  }
  return out;
};

const turnedAbout = (seam: readonly number[]): readonly number[] =>
  seam.map((_, i) => seam[seam.length - 2 - (i - (i % 2)) + (i % 2)] ?? 0);

const asSewn = (seam: readonly number[]): Sewn => ({
  points: Float64Array.from(seam),
  roles: new Uint8Array(seam.length / 2).fill(ROLE.top),
});

const seamsThrough = (places: readonly Point[]): readonly (readonly number[])[] => {
  const first = places[0];
  if (!first) return [];
  const seams: number[][] = [];
  let before: Point | null = null;
  for (const i of shortTour(places, first)) {
    const place = places[i];
    if (!place) continue;
    const seam = seams.at(-1);
    if (seam && before && Math.hypot(place.x - before.x, place.y - before.y) <= LINK_MM) seam.push(place.x, place.y);
    else seams.push([place.x, place.y]);
    before = place;
  }
  return seams.filter((seam) => seam.length >= 2 * LEAST_PLACES);
};

/** The middle of what is bare in each block. */
const barePlaces = (path: Path, threads: readonly Sewn[]): readonly Point[] => {
  const box = boundsOfPath(path);
  if (!box) return [];
  const step = Math.max(CELL_MM, Math.sqrt((box.width * box.height) / MOST_CELLS));
  const frame = { x0: box.x, y0: box.y, step, columns: Math.ceil(box.width / step) + 1, rows: Math.ceil(box.height / step) + 1 };
  const covered = new Uint8Array(frame.columns * frame.rows);
  for (const sewn of threads) lay(sewn, frame, covered);
  const blocks = new Map<number, { count: number; x: number; y: number }>();
  const side = Math.max(1, Math.round(BLOCK_MM / step));
  const inner = flattenPath(offsetPath(path, -EDGE_MM, 'round', 'nonzero', 0.02), 0.02).map(({ points }) => points);
  scanRings(inner, frame, (row, from, to) => {
    for (let column = from; column < to; column += 1) {
      if (covered[row * frame.columns + column] === 1) continue;
      const key = Math.floor(row / side) * frame.columns + Math.floor(column / side);
      const block = blocks.get(key) ?? { count: 0, x: 0, y: 0 };
      block.count += 1;
      block.x += column;
      block.y += row;
      blocks.set(key, block);
    }
  });
  return [...blocks.values()]
    .filter(({ count }) => count * step * step >= LEAST_BARE_MM2)
    .map(({ count, x, y }) => ({ x: frame.x0 + (x / count + 0.5) * step, y: frame.y0 + (y / count + 0.5) * step }));
};

/** Marks where thread lies. */
const lay = ({ points, roles }: Sewn, { x0, y0, step, columns, rows }: GridFrame, cells: Uint8Array): void => {
  const reach = HALF_THREAD_MM / step;
  for (let i = 1; i < roles.length; i += 1) {
    if (roles[i] !== ROLE.top) continue;
    const [ax, ay] = [((points[2 * i - 2] ?? 0) - x0) / step - 0.5, ((points[2 * i - 1] ?? 0) - y0) / step - 0.5];
    const [bx, by] = [((points[2 * i] ?? 0) - x0) / step - 0.5, ((points[2 * i + 1] ?? 0) - y0) / step - 0.5];
    const parts = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay)));
    for (let k = 0; k <= parts; k += 1) dot(cells, columns, rows, ax + ((bx - ax) * k) / parts, ay + ((by - ay) * k) / parts, reach);
  }
};

const dot = (cells: Uint8Array, columns: number, rows: number, x: number, y: number, reach: number): void => {
  for (let row = Math.max(0, Math.ceil(y - reach)); row <= Math.min(rows - 1, y + reach); row += 1) {
    const half = Math.sqrt(Math.max(0, reach * reach - (row - y) * (row - y)));
    const [from, to] = [Math.max(0, Math.ceil(x - half)), Math.min(columns - 1, Math.floor(x + half))];
    if (to >= from) cells.fill(1, row * columns + from, row * columns + to + 1);
  }
};
