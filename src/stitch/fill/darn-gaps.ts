import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { type GridFrame, scanRings } from '../order/scan-rings.ts';
import { ROLE } from '../plan.ts';
import type { Sewn } from '../region.ts';

const CELL_MM = 0.1;
/** Larger areas get coarser cells. */
const MOST_CELLS = 8_000_000;
/** A little less than half of thread of weight 40, mm. */
const HALF_THREAD_MM = 0.19;
/** The very edge is not looked at, mm. */
const EDGE_MM = 0.2;
/** Smaller patches are pinholes over underlay, mm². */
const LEAST_MM2 = 0.06;
/** Shortest and longest stitch into a patch, mm. */
const LEAST_MM = 0.55;
const MOST_MM = 2.4;
/** A patch gets no more stitches than this. */
const MOST_STITCHES = 3;
/** Places of a patch that a stitch may go to. */
const MOST_TARGETS = 24;
/** Cells that a stitch has to cover to be worth its length, for each mm. */
const CELLS_A_MM = 1.5;

type Patch = { cells: number[] };
type Darn = { readonly after: number; readonly x: number; readonly y: number };

/**
 * The stitches of an area with one more, there and back, into every patch that its upper thread leaves bare: the corners of small rings, where
 * the needle has no room. The roles and places of all others stay as they are.
 */
export const darnGaps = (path: Path, sewn: Sewn): Sewn => {
  const bare = bareCells(path, sewn);
  if (!bare) return sewn;
  const patches = patchesOf(bare);
  if (patches.length === 0) return sewn;
  const index = needleIndex(sewn);
  const darns = patches.flatMap((patch) => darnsOf(patch, bare, sewn, index));
  return withDarns(sewn, darns);
};

/** 1 for cells inside that no upper thread covers, 2 for those that it does, 0 outside. */
type Bare = { readonly frame: GridFrame; readonly cells: Uint8Array };

const bareCells = (path: Path, sewn: Sewn): Bare | null => {
  const box = boundsOfPath(path);
  if (!box) return null;
  const step = Math.max(CELL_MM, Math.sqrt((box.width * box.height) / MOST_CELLS));
  const frame = { x0: box.x, y0: box.y, step, columns: Math.ceil(box.width / step) + 1, rows: Math.ceil(box.height / step) + 1 };
  const cells = new Uint8Array(frame.columns * frame.rows);
  const inner = flattenPath(offsetPath(path, -EDGE_MM, 'round', 'nonzero', 0.02), 0.02).map(({ points }) => points);
  scanRings(inner, frame, (row, from, to) => cells.fill(1, row * frame.columns + from, row * frame.columns + to));
  for (let i = 1; i < sewn.roles.length; i += 1) {
    if (sewn.roles[i] !== ROLE.top) continue;
    const [ax = 0, ay = 0, bx = 0, by = 0] = sewn.points.subarray(2 * i - 2, 2 * i + 2);
    cellsAlong(frame, ax, ay, bx, by, (cell) => {
      if (cells[cell] === 1) cells[cell] = 2;
    });
  }
  return { frame, cells };
};

/** Calls back with the cells whose middles a straight stitch covers. */
const cellsAlong = (
  { x0, y0, step, columns, rows }: GridFrame,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  visit: (cell: number) => void,
): void => {
  const [dx, dy] = [bx - ax, by - ay];
  const long = dx * dx + dy * dy;
  const column = (x: number): number => (x - x0) / step - 0.5;
  const row = (y: number): number => (y - y0) / step - 0.5;
  const first = Math.max(0, Math.ceil(row(Math.min(ay, by) - HALF_THREAD_MM)));
  const last = Math.min(rows - 1, Math.floor(row(Math.max(ay, by) + HALF_THREAD_MM)));
  const reach = HALF_THREAD_MM * Math.sqrt(1 + (dx * dx) / Math.max(1e-9, dy * dy));
  for (let r = first; r <= last; r += 1) {
    const y = y0 + (r + 0.5) * step;
    // Where the middle of the stitch passes this row, and how far its thread reaches to both sides there.
    const middle = Math.abs(dy) < 1e-9 ? ax : ax + (dx * (y - ay)) / dy;
    const [low, high] = [Math.min(ax, bx) - HALF_THREAD_MM, Math.max(ax, bx) + HALF_THREAD_MM];
    const from = Math.max(0, Math.ceil(column(Math.abs(dy) < 1e-9 ? low : Math.max(low, middle - reach))));
    const to = Math.min(columns - 1, Math.floor(column(Math.abs(dy) < 1e-9 ? high : Math.min(high, middle + reach))));
    for (let c = from; c <= to; c += 1) {
      const [px, py] = [x0 + (c + 0.5) * step - ax, y - ay];
      const t = long > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / long)) : 0;
      if ((px - t * dx) ** 2 + (py - t * dy) ** 2 <= HALF_THREAD_MM * HALF_THREAD_MM) visit(r * columns + c);
    }
  }
};

const patchesOf = ({ frame, cells }: Bare): readonly Patch[] => {
  const least = LEAST_MM2 / (frame.step * frame.step);
  const seen = new Uint8Array(cells.length);
  const out: Patch[] = [];
  for (let seed = 0; seed < cells.length; seed += 1) {
    if (cells[seed] !== 1 || seen[seed] === 1) continue;
    const patch = [seed];
    seen[seed] = 1;
    for (let k = 0; k < patch.length; k += 1) {
      const at = patch[k] ?? 0;
      for (const next of [at - 1, at + 1, at - frame.columns, at + frame.columns]) {
        if (cells[next] !== 1 || seen[next] === 1) continue;
        seen[next] = 1;
        patch.push(next);
      }
    }
    if (patch.length >= least) out.push({ cells: patch });
  }
  return out;
};

/** Penetrations of upper thread by the square millimetre. */
const needleIndex = ({ points, roles }: Sewn): ReadonlyMap<number, readonly number[]> => {
  const index = new Map<number, number[]>();
  for (let i = 0; i < roles.length; i += 1) {
    if (roles[i] !== ROLE.top) continue;
    const key = squareOf(points[2 * i] ?? 0, points[2 * i + 1] ?? 0);
    const square = index.get(key);
    if (square) square.push(i);
    else index.set(key, [i]);
  }
  return index;
};

const squareOf = (x: number, y: number): number => Math.floor(y) * 65_536 + Math.floor(x);

const middleOf = ({ x0, y0, step, columns }: GridFrame, cell: number): Point => ({
  x: x0 + ((cell % columns) + 0.5) * step,
  y: y0 + (Math.floor(cell / columns) + 0.5) * step,
});

/** Stitches into a patch, each from the needle place and to the place of it that cover most of what is left. */
const darnsOf = (patch: Patch, bare: Bare, sewn: Sewn, index: ReadonlyMap<number, readonly number[]>): readonly Darn[] => {
  const { frame, cells } = bare;
  const least = LEAST_MM2 / (frame.step * frame.step);
  const out: Darn[] = [];
  let left = patch.cells;
  while (left.length >= least && out.length < MOST_STITCHES) {
    const best = bestDarn(left, bare, sewn, index);
    if (!best) break;
    out.push(best);
    cellsAlong(frame, sewn.points[2 * best.after] ?? 0, sewn.points[2 * best.after + 1] ?? 0, best.x, best.y, (cell) => {
      if (cells[cell] === 1) cells[cell] = 2;
    });
    left = left.filter((cell) => cells[cell] === 1);
  }
  return out;
};

const bestDarn = (
  left: readonly number[],
  { frame, cells }: Bare,
  sewn: Sewn,
  index: ReadonlyMap<number, readonly number[]>,
): Darn | null => {
  const stride = Math.max(1, Math.ceil(left.length / MOST_TARGETS));
  let [best, most]: [Darn | null, number] = [null, 0];
  for (let k = 0; k < left.length; k += stride) {
    const { x, y } = middleOf(frame, left[k] ?? 0);
    for (const after of nearNeedles(index, x, y)) {
      const [px, py] = [sewn.points[2 * after] ?? 0, sewn.points[2 * after + 1] ?? 0];
      const mm = Math.hypot(x - px, y - py);
      if (mm < LEAST_MM || mm > MOST_MM) continue;
      let [covered, outside] = [0, 0];
      cellsAlong(frame, px, py, x, y, (cell) => {
        if (cells[cell] === 1) covered += 1;
        else if (cells[cell] === 0) outside += 1;
      });
      const worth = covered - CELLS_A_MM * mm;
      if (outside === 0 && worth > most) [best, most] = [{ after, x, y }, worth];
    }
  }
  return best;
};

const nearNeedles = (index: ReadonlyMap<number, readonly number[]>, x: number, y: number): readonly number[] => {
  const out: number[] = [];
  const reach = Math.ceil(MOST_MM);
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) out.push(...(index.get(squareOf(x + dx, y + dy)) ?? []));
  return out;
};

const withDarns = ({ points, roles }: Sewn, darns: readonly Darn[]): Sewn => {
  const byNeedle = new Map<number, Darn[]>();
  for (const darn of darns) byNeedle.set(darn.after, [...(byNeedle.get(darn.after) ?? []), darn]);
  const [places, kinds]: [number[], number[]] = [[], []];
  for (let i = 0; i < roles.length; i += 1) {
    const [x, y] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    places.push(x, y);
    kinds.push(roles[i] ?? ROLE.top);
    for (const darn of byNeedle.get(i) ?? []) {
      places.push(darn.x, darn.y, x, y);
      kinds.push(ROLE.top, ROLE.top);
    }
  }
  return { points: Float64Array.from(places), roles: Uint8Array.from(kinds) };
};
