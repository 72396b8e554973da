import { type Path, PathBuilder } from '../../geometry/path.ts';
import { simplifyRing } from './simplify-ring.ts';
import { blankWords, type WordPlane } from './word-plane.ts';

/** Where the dots of a plane lie: millimetres of its left top corner, and of one pixel. */
export type DotPlace = { readonly x: number; readonly y: number; readonly mmPerPx: number };

/** Sides longer than this, in pixels, meet in a corner; shorter ones are steps of a slope. */
const SIDE_PX = 6;
/** Outlines stray at most this far from the middles of the steps, in pixels. */
const STRAY_PX = 0.6;

/** Steps right, down, left and up: columns and rows. */
const STEP_X = [1, 0, -1, 0] as const;
const STEP_Y = [0, 1, 0, -1] as const;
const UP = 3;

/**
 * Outlines of the inked areas of a plane, as polygons to fill nonzero: slopes are drawn through the middles of their steps, corners of long
 * sides stay sharp. True to about a pixel; time grows with the length of the outlines, not with the area.
 */
export const traceDots = (plane: WordPlane, { x, y, mmPerPx }: DotPlace): Path => {
  const builder = new PathBuilder();
  const tracer = new Tracer(plane);
  tracer.rings((ring) => {
    const corners = simplifyRing(ring, STRAY_PX);
    if (corners.length < 6) return;
    for (let i = 0; i + 1 < corners.length; i += 2) {
      const [px, py] = [x + (corners[i] ?? 0) * mmPerPx, y + (corners[i + 1] ?? 0) * mmPerPx];
      if (i === 0) builder.moveTo(px, py);
      else builder.lineTo(px, py);
    }
    builder.close();
  });
  return builder.finish();
};

class Tracer {
  readonly #plane: WordPlane;
  /** Pixels whose left side is part of a ring already. */
  readonly #seen: Uint32Array;
  #points = new Float64Array(1024);
  #length = 0;

  constructor(plane: WordPlane) {
    this.#plane = plane;
    this.#seen = blankWords(plane.widthPx, plane.heightPx).words;
  }

  /** Every ring of the outlines, ink on the right of its way: outer ones one way round, holes the other. */
  rings(take: (ring: Float64Array) => void): void {
    const { words, stride, heightPx } = this.#plane;
    for (let row = 0; row < heightPx; row++) {
      for (let word = 0; word < stride; word++) {
        const at = row * stride + word;
        const own = words[at] ?? 0;
        if (own === 0) continue;
        const before = word > 0 ? (words[at - 1] ?? 0) : 0;
        for (let left = own & ~((own >>> 1) | (before << 31)); left !== 0; ) {
          const bit = Math.clz32(left);
          left &= ~(0x8000_0000 >>> bit);
          if ((((this.#seen[at] ?? 0) << bit) & 0x8000_0000) !== 0) continue;
          take(this.#follow(word * 32 + bit, row));
        }
      }
    }
  }

  #isInk(x: number, y: number): boolean {
    const { words, stride, widthPx, heightPx } = this.#plane;
    if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return false;
    return (((words[y * stride + (x >> 5)] ?? 0) << (x & 31)) & 0x8000_0000) !== 0;
  }

  /**
   * Along the cracks between pixels, from the top of the left side of one until it comes back there. Nothing above was a left side that no
   * ring had seen, so the way turns there: every side is whole.
   */
  #follow(startX: number, startY: number): Float64Array {
    this.#length = 0;
    let [x, y, way] = [startX, startY, this.#turn(startX, startY, UP)];
    let [fromX, fromY, run] = [x, y, 0];
    let [long, firstLong] = [false, false];
    for (;;) {
      if (way === UP) this.#mark(x, y - 1);
      x += STEP_X[way] ?? 0;
      y += STEP_Y[way] ?? 0;
      run += 1;
      const next = this.#turn(x, y, way);
      if (next === way) continue;
      const first = this.#length === 0;
      long = this.#side(fromX, fromY, x, y, run, long);
      if (first) firstLong = long;
      if (x === startX && y === startY && way === UP) break;
      [fromX, fromY, run, way] = [x, y, 0, next];
    }
    if (long && firstLong) {
      this.#length -= 2;
      this.#points[0] = startX;
      this.#points[1] = startY;
    }
    return this.#points.slice(0, this.#length);
  }

  /** The way on at a corner of pixels: pixels that touch at corners alone are apart. */
  #turn(x: number, y: number, way: number): number {
    const [dx, dy] = [STEP_X[way] ?? 0, STEP_Y[way] ?? 0];
    // The pixels ahead to the right and to the left of the way; right of (dx, dy) with y down is (-dy, dx).
    const ahead = (sideX: number, sideY: number): boolean => this.#isInk(x + (dx + sideX - 1) / 2, y + (dy + sideY - 1) / 2);
    if (!ahead(-dy, dx)) return (way + 1) & 3;
    return ahead(dy, -dx) ? (way + 3) & 3 : way;
  }

  /** Adds a straight side by the middles of its first and last step; where two long sides meet, the corner stands for both middles. */
  #side(x0: number, y0: number, x1: number, y1: number, run: number, lastLong: boolean): boolean {
    const long = run >= SIDE_PX;
    const [dx, dy] = [(x1 - x0) / run / 2, (y1 - y0) / run / 2];
    if (long && lastLong) {
      this.#length -= 2;
      this.#add(x0, y0);
    } else this.#add(x0 + dx, y0 + dy);
    if (run > 1) this.#add(x1 - dx, y1 - dy);
    return long;
  }

  #add(x: number, y: number): void {
    if (this.#length + 2 > this.#points.length) {
      const points = new Float64Array(this.#points.length * 2);
      points.set(this.#points);
      this.#points = points;
    }
    this.#points[this.#length] = x;
    this.#points[this.#length + 1] = y;
    this.#length += 2;
  }

  #mark(x: number, y: number): void {
    const at = y * this.#plane.stride + (x >> 5);
    this.#seen[at] = (this.#seen[at] ?? 0) | (0x8000_0000 >>> (x & 31));
  }
}
