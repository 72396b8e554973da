import { Problem } from '../../model/problem.ts';
import { type BitPlane, blankBits, type Plane, requirePlane } from './plane.ts';

export const DOT_SHAPES = ['round', 'ellipse', 'line', 'square'] as const;
export type DotShape = (typeof DOT_SHAPES)[number];

/** A ruling: lines of dots per inch, degrees counter-clockwise from the rows, and the dots' shape. */
export type Screen = { readonly lpi: number; readonly angle: number; readonly dot: DotShape };

/** Cells are looked up at this many places along each side. */
const CELL = 64;
const CELL_BITS = 6;

/**
 * How early a place of the cell (0..1 across and along, the dot's middle at 0.5, 0.5) turns to ink: high first. Round dots become round
 * holes at half, ellipses join to chains at about 40 % and close at 60 %, squares and lines grow evenly.
 */
const HEIGHTS: Readonly<Record<DotShape, (u: number, v: number) => number>> = {
  round: (u, v) => {
    const [x, y] = [Math.abs(2 * u - 1), Math.abs(2 * v - 1)];
    // Dots first, then holes: both are round.
    return x + y <= 1 ? 1 - (x * x + y * y) / 2 : ((1 - x) * (1 - x) + (1 - y) * (1 - y)) / 2;
  },
  ellipse: (u, v) => {
    const [x, y] = [Math.abs(2 * u - 1), Math.abs(2 * v - 1)];
    const [a, b] = [0.8 * x, y];
    if (a + b <= 0.8) return 1 - (a * a + b * b) / 2;
    const [c, d] = [0.8 * (1 - x), 1 - y];
    return c + d <= 0.8 ? (c * c + d * d) / 2 - 0.5 : 0.25 - (a + b - 0.8) / 4;
  },
  line: (_u, v) => 1 - Math.abs(2 * v - 1),
  square: (u, v) => 1 - Math.max(Math.abs(2 * u - 1), Math.abs(2 * v - 1)),
};

/**
 * Thresholds 1..255 over one cell: ink where the tone is at least as high. Ranks of the dot's shape, so that every tone covers its share
 * whatever the shape.
 */
export const thresholdCell = (dot: DotShape): Uint8Array => {
  const places = Array.from({ length: CELL * CELL }, (_, i) => i);
  const height = places.map((i) => HEIGHTS[dot](((i & (CELL - 1)) + 0.5) / CELL, ((i >> CELL_BITS) + 0.5) / CELL));
  places.sort((a, b) => (height[b] ?? 0) - (height[a] ?? 0) || a - b);
  const cell = new Uint8Array(CELL * CELL);
  places.forEach((place, rank) => {
    cell[place] = 1 + Math.floor((rank * 255) / places.length);
  });
  return cell;
};

/**
 * The thresholds of a screen over a canvas, row by row: every pixel asks the cell at its own place, so ruling and angle are exact and
 * nothing repeats. Throws `Problem` 'plate.screen' for rulings that the pixels cannot carry.
 */
export class ScreenRows {
  readonly #cell: Uint8Array;
  /** Cells for each pixel to the right and down, in 1/2^32 of a cell; whole cells fall off at the top. */
  readonly #across: readonly [number, number];
  readonly #down: readonly [number, number];

  constructor({ lpi, angle, dot }: Screen, dpi: number) {
    if (!(lpi > 0) || lpi * 3 > dpi || !Number.isFinite(angle)) {
      throw new Problem(
        'plate.screen',
        `expected a ruling of at most a third of ${dpi} dpi for a halftone, got ${lpi} lpi at ${angle} degrees`,
      );
    }
    this.#cell = thresholdCell(dot);
    const radians = (angle * Math.PI) / 180;
    const step = lpi / dpi;
    const [cos, sin] = [Math.cos(radians) * step, Math.sin(radians) * step];
    // Rows run downwards, angles are counted upwards.
    this.#across = [cos, sin];
    this.#down = [-sin, cos];
  }

  /** Thresholds of a row, one byte a pixel. */
  row(y: number, into: Uint8Array): void {
    const [ax, ay] = this.#across;
    let u = fixed(y * this.#down[0] + 0.5 * (ax + this.#down[0]));
    let v = fixed(y * this.#down[1] + 0.5 * (ay + this.#down[1]));
    const [du, dv] = [fixed(ax), fixed(ay)];
    const cell = this.#cell;
    for (let x = 0; x < into.length; x++) {
      into[x] = cell[((v >>> (32 - CELL_BITS)) << CELL_BITS) | (u >>> (32 - CELL_BITS))] ?? 0;
      u = (u + du) | 0;
      v = (v + dv) | 0;
    }
  }
}

/** The fraction of a number in 1/2^32. */
const fixed = (value: number): number => Math.round((value - Math.floor(value)) * 2 ** 32) | 0;

/** Tones to round, elliptic, square or line-shaped dots of a ruling. Throws `Problem` 'plate.size' or 'plate.screen'. */
export const halftone = (plane: Plane, screen: Screen): BitPlane => {
  requirePlane(plane);
  const { widthPx, heightPx, data, dpi } = plane;
  const rows = new ScreenRows(screen, dpi);
  const out = blankBits(plane);
  const thresholds = new Uint8Array(widthPx);
  for (let y = 0; y < heightPx; y++) {
    rows.row(y, thresholds);
    for (let x = 0; x < widthPx; x++) {
      if ((data[y * widthPx + x] ?? 0) < (thresholds[x] ?? 255)) continue;
      const at = y * out.rowBytes + (x >> 3);
      out.data[at] = (out.data[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return out;
};
