import type { Point } from '../../geometry/point.ts';
import { distance } from '../run/run-points.ts';
import { across, type Pair } from './column-ruler.ts';

/** Stitches of a column that lie nearer than this share of the pitch, measured anywhere across it, crowd. */
const CROWDED_SHARE = 0.66;
/** On the rail itself they may lie a little closer, for a smooth edge. */
const EDGE_SHARE = 0.56;
/** How far crowded stitches may stop short of their rail, as shares of the width; the first of them stop a thread's width short. */
const SHORT_OF: readonly number[] = [0.2, 0.36, 0.5, 0.62];
const SLIGHT_MM = 0.35;
/** Every second one that stops as far short as the second share or farther goes on by the first, so that their ends make no line. */
const STAGGER = 0.05;
const STAGGER_FROM = 0.2;
/** Stitches looked back at. */
const MEMORY = 12;
/** No stitch is shortened below this, mm. */
const LEAST_STITCH_MM = 0.75;

type Laid = Pair & { readonly share: number };

/**
 * One rail of a column: which stitches reach it and which stop short of it, on the inside of a turn. A stitch goes as far as it has room beside those
 * before it, so that thread lies alike over the whole width.
 */
export class SatinSide {
  readonly #roomMm: number;
  readonly #edgeMm: number;
  readonly #laid: Laid[] = [];
  #short = 0;

  constructor({ pitchMm }: { readonly pitchMm: number }) {
    this.#roomMm = CROWDED_SHARE * pitchMm;
    this.#edgeMm = EDGE_SHARE * pitchMm;
  }

  /** Where a stitch from `other` to the place `own` on this rail ends. */
  place(own: Point, other: Point): Point {
    const pair: Pair = { left: own, right: other };
    const share = this.#shareFor(pair, distance(own, other));
    this.#laid.push({ ...pair, share });
    if (this.#laid.length > MEMORY) this.#laid.shift();
    return share > 0 ? across(pair, share) : own;
  }

  #shareFor(pair: Pair, widthMm: number): number {
    if (this.#hasRoom(pair, 0, this.#edgeMm)) return 0;
    const most = 1 - LEAST_STITCH_MM / Math.max(widthMm, 1e-6);
    let last = 0;
    for (const share of [Math.min(0.15, SLIGHT_MM / Math.max(widthMm, 1e-6)), ...SHORT_OF]) {
      if (share > most) break;
      last = share;
      if (this.#hasRoom(pair, share, this.#roomMm)) break;
    }
    if (last < STAGGER_FROM) return last;
    this.#short += 1;
    return this.#short % 2 === 0 ? last - STAGGER : last;
  }

  #hasRoom(pair: Pair, share: number, roomMm: number): boolean {
    const at = across(pair, share);
    return this.#laid.every((laid) => laid.share > share + STAGGER || distance(across(laid, share), at) >= roomMm);
  }
}
