/** A plane that repeats without a seam in both directions, row-major. */
export type Plane = { readonly widthPx: number; readonly heightPx: number; readonly values: Float32Array };

/** Evenly spread 0..1 for a whole number and a seed, the same on every machine. Mixing steps as in the finaliser of MurmurHash3 (public domain). */
export const randomAt = (n: number, seed: number): number => {
  let h = (Math.imul(n | 0, 0x9e3779b1) ^ Math.imul(seed | 0, 0x85ebca77)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
};

export const planeOf = (widthPx: number, heightPx: number, value: (x: number, y: number) => number): Plane => {
  const values = new Float32Array(widthPx * heightPx);
  for (let y = 0, at = 0; y < heightPx; y += 1) for (let x = 0; x < widthPx; x += 1, at += 1) values[at] = value(x, y);
  return { widthPx, heightPx, values };
};

/** Running mean of `2 * reach + 1` values along lines that close on themselves. */
const boxBlur = (
  from: Float32Array,
  to: Float32Array,
  lines: number,
  count: number,
  lineStep: number,
  step: number,
  reach: number,
): void => {
  const share = 1 / (2 * reach + 1);
  for (let line = 0; line < lines; line += 1) {
    const start = line * lineStep;
    let sum = 0;
    for (let i = -reach; i <= reach; i += 1) sum += from[start + (((i % count) + count) % count) * step] ?? 0;
    let [enter, leave] = [(reach + 1) % count, ((-reach % count) + count) % count];
    for (let i = 0; i < count; i += 1) {
      to[start + i * step] = sum * share;
      sum += (from[start + enter * step] ?? 0) - (from[start + leave * step] ?? 0);
      enter = enter + 1 === count ? 0 : enter + 1;
      leave = leave + 1 === count ? 0 : leave + 1;
    }
  }
};

/** Three running means come within some per cent of a bell curve of this width; less than half a pixel is left alone. */
const reachFor = (sigma: number): number => Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2);

/** A plane blurred by about a bell curve of `sigmaX` by `sigmaY` pixels, without a seam. */
export const blurred = ({ widthPx, heightPx, values }: Plane, sigmaX: number, sigmaY: number): Plane => {
  let from = Float32Array.from(values);
  let to = new Float32Array(values.length);
  const [across, down] = [Math.min(reachFor(sigmaX), widthPx >> 1), Math.min(reachFor(sigmaY), heightPx >> 1)];
  for (let pass = 0; pass < 3; pass += 1) {
    if (across > 0) {
      boxBlur(from, to, heightPx, widthPx, widthPx, 1, across);
      [from, to] = [to, from];
    }
    if (down > 0) {
      boxBlur(from, to, widthPx, heightPx, 1, widthPx, down);
      [from, to] = [to, from];
    }
  }
  return { widthPx, heightPx, values: from };
};

/** The same plane with mean 0 and standard deviation 1. */
export const standardised = ({ widthPx, heightPx, values }: Plane): Plane => {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i += 1) {
    sum += values[i] ?? 0;
    squares += (values[i] ?? 0) ** 2;
  }
  const mean = sum / values.length;
  const scale = 1 / Math.sqrt(Math.max(1e-12, squares / values.length - mean * mean));
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i += 1) out[i] = ((values[i] ?? 0) - mean) * scale;
  return { widthPx, heightPx, values: out };
};

/** Random blotches about `sigmaX` by `sigmaY` pixels large: mean 0, standard deviation 1. */
export const grain = (widthPx: number, heightPx: number, sigmaX: number, sigmaY: number, seed: number): Plane =>
  standardised(
    blurred(
      planeOf(widthPx, heightPx, (x, y) => randomAt(y * widthPx + x, seed) - 0.5),
      sigmaX,
      sigmaY,
    ),
  );

/** A point that a cell grows around, mm. */
export type Seed = { readonly x: number; readonly y: number };

/** For each pixel how far the nearest and the second nearest seed are (in the p-norm), and which one is nearest. */
export type Cells = { readonly nearest: Float32Array; readonly second: Float32Array; readonly owner: Int32Array };

/**
 * Cells around seeds on a torus of `widthMm` by `heightMm`.
 * @param power - 2 for round distances, 4 for almost square cells
 * @param at - where a pixel lies, mm: the place to warp the cells
 */
export const cellsOf = (
  seeds: readonly Seed[],
  { widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number },
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  power: 2 | 4,
  at: (x: number, y: number, out: Float64Array) => void,
): Cells => {
  const grid = seedGrid(seeds, widthMm, heightMm);
  const out = {
    nearest: new Float32Array(widthPx * heightPx),
    second: new Float32Array(widthPx * heightPx),
    owner: new Int32Array(widthPx * heightPx),
  };
  const place = new Float64Array(2);
  for (let y = 0, i = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, i += 1) {
      at(x, y, place);
      findNearest(grid, place[0] ?? 0, place[1] ?? 0, power, out, i);
    }
  }
  return out;
};

type SeedGrid = {
  readonly columns: number;
  readonly rows: number;
  readonly cellX: number;
  readonly cellY: number;
  readonly starts: Int32Array;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly ids: Int32Array;
};

/** Seeds sorted into a grid with about one to a cell. */
const seedGrid = (seeds: readonly Seed[], widthMm: number, heightMm: number): SeedGrid => {
  const pitch = Math.sqrt((widthMm * heightMm) / seeds.length);
  const [columns, rows] = [Math.max(3, Math.floor(widthMm / pitch)), Math.max(3, Math.floor(heightMm / pitch))];
  const [cellX, cellY] = [widthMm / columns, heightMm / rows];
  const homes = seeds.map(({ x, y }, id) => {
    const [wrappedX, wrappedY] = [x - Math.floor(x / widthMm) * widthMm, y - Math.floor(y / heightMm) * heightMm];
    const cell = Math.min(rows - 1, Math.floor(wrappedY / cellY)) * columns + Math.min(columns - 1, Math.floor(wrappedX / cellX));
    return { cell, id, x: wrappedX, y: wrappedY };
  });
  homes.sort((a, b) => a.cell - b.cell || a.id - b.id);
  const starts = new Int32Array(columns * rows + 1);
  for (const { cell } of homes) starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
  for (let i = 0; i < columns * rows; i += 1) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  return {
    columns,
    rows,
    cellX,
    cellY,
    starts,
    xs: Float64Array.from(homes, (home) => home.x),
    ys: Float64Array.from(homes, (home) => home.y),
    ids: Int32Array.from(homes, (home) => home.id),
  };
};

/** Seeds two cells away can still be second nearest where the grid is uneven. */
const REACH = 2;

const findNearest = (grid: SeedGrid, px: number, py: number, power: 2 | 4, out: Cells, i: number): void => {
  const { columns, rows, cellX, cellY, starts, xs, ys, ids } = grid;
  const [column, row] = [Math.floor(px / cellX), Math.floor(py / cellY)];
  let [first, second, owner] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (let r = row - REACH; r <= row + REACH; r += 1) {
    const turnY = Math.floor(r / rows);
    const shiftY = turnY * rows * cellY;
    for (let c = column - REACH; c <= column + REACH; c += 1) {
      const turnX = Math.floor(c / columns);
      const cell = (r - turnY * rows) * columns + c - turnX * columns;
      const shiftX = turnX * columns * cellX;
      const end = starts[cell + 1] ?? 0;
      for (let k = starts[cell] ?? 0; k < end; k += 1) {
        let dx = (xs[k] ?? 0) + shiftX - px;
        let dy = (ys[k] ?? 0) + shiftY - py;
        dx *= dx;
        dy *= dy;
        const away = power === 2 ? dx + dy : dx * dx + dy * dy;
        if (away < first) {
          second = first;
          first = away;
          owner = ids[k] ?? 0;
        } else if (away < second) second = away;
      }
    }
  }
  out.nearest[i] = first ** (1 / power);
  out.second[i] = second ** (1 / power);
  out.owner[i] = owner;
};
