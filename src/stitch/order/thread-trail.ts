import type { Point } from '../../geometry/point.ts';
import { ROLE } from '../plan.ts';
import type { Sewn } from '../region.ts';
import { distance, pointAt } from './part-shape.ts';

/** Points nearer than this are one, mm. */
const SAME_MM = 0.05;

/** A thread that grows by sewn parts and by the walks between them. */
export class Thread {
  readonly #points: number[] = [];
  readonly #roles: number[] = [];

  get end(): Point {
    return { x: this.#points.at(-2) ?? 0, y: this.#points.at(-1) ?? 0 };
  }

  append({ points, roles }: Sewn): void {
    const isFirst = this.#roles.length === 0;
    for (let i = 0; i < points.length / 2; i += 1) {
      const point = pointAt(points, i);
      if (i === 0 && !isFirst && distance(point, this.end) < SAME_MM) continue;
      // What leads to a part from elsewhere belongs to the way, not to the part.
      this.#add(point, i === 0 && !isFirst ? ROLE.travel : (roles[i] ?? ROLE.top));
    }
  }

  /** Runs along the corners in even stitches of at most `stitchMm`. The last corner is left to the part that begins there. */
  walk(corners: readonly Point[], stitchMm: number): void {
    for (let i = 1; i < corners.length; i += 1) {
      const to = corners[i];
      if (!to) continue;
      const from = this.end;
      const count = Math.max(1, Math.ceil(distance(from, to) / stitchMm));
      const last = i === corners.length - 1 ? count - 1 : count;
      for (let k = 1; k <= last; k += 1) {
        this.#add({ x: from.x + ((to.x - from.x) * k) / count, y: from.y + ((to.y - from.y) * k) / count }, ROLE.travel);
      }
    }
  }

  finish(): Sewn {
    return { points: Float64Array.from(this.#points), roles: Uint8Array.from(this.#roles) };
  }

  #add({ x, y }: Point, role: number): void {
    this.#points.push(x, y);
    this.#roles.push(role);
  }
}
