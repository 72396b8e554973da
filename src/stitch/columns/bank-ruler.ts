import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import { turnAt } from './caps.ts';

/** Corners of a bank turn more than this, radians. */
const CORNER = (22 * Math.PI) / 180;

/** A bank, by lengths along it, mm. */
export class BankRuler {
  readonly #points: readonly Point[];
  readonly #lengths: readonly number[];

  constructor(points: readonly Point[]) {
    this.#points = points;
    let length = 0;
    this.#lengths = points.map((point, i) => {
      const before = points[i - 1];
      length += before ? distance(before, point) : 0;
      return length;
    });
  }

  get length(): number {
    return this.#lengths.at(-1) ?? 0;
  }

  at(length: number): Point {
    let [low, high] = [0, this.#points.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lengths[middle] ?? 0) <= length) low = middle;
      else high = middle;
    }
    const [a, b] = [this.#points[low] ?? { x: 0, y: 0 }, this.#points[high] ?? { x: 0, y: 0 }];
    const from = this.#lengths[low] ?? 0;
    const span = (this.#lengths[high] ?? 0) - from;
    const share = span > 0 ? Math.min(1, Math.max(0, (length - from) / span)) : 0;
    return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
  }

  /** The way the bank takes at a place, looked at so far before and behind it: a unit vector. */
  tangentAt(length: number, reachMm: number): Point {
    const [a, b] = [this.at(Math.max(0, length - reachMm)), this.at(Math.min(this.length, length + reachMm))];
    const mm = distance(a, b);
    return mm > 0 ? { x: (b.x - a.x) / mm, y: (b.y - a.y) / mm } : { x: 0, y: 0 };
  }

  /** Where it has corners. */
  corners(): readonly number[] {
    return this.#points.flatMap((point, i) => {
      const [a, b] = [this.#points[i - 1], this.#points[i + 1]];
      return a && b && turnAt(a, point, b) > CORNER ? [this.#lengths[i] ?? 0] : [];
    });
  }
}
