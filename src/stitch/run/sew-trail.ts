import type { Point } from '../../geometry/point.ts';
import type { Role } from '../plan.ts';
import type { Sewn } from '../region.ts';

/** Collects the stitches of a column or a line; places nearer to the last one than the shortest stitch are left out. */
export class SewTrail {
  readonly #points: number[] = [];
  readonly #roles: Role[] = [];
  readonly #leastMm: number;

  constructor(leastMm: number) {
    this.#leastMm = leastMm;
  }

  get at(): Point | null {
    const [x, y] = [this.#points.at(-2), this.#points.at(-1)];
    return x === undefined || y === undefined ? null : { x, y };
  }

  add({ x, y }: Point, role: Role): void {
    const last = this.at;
    if (last && Math.hypot(x - last.x, y - last.y) < this.#leastMm) return;
    this.#points.push(x, y);
    this.#roles.push(role);
  }

  finish(): Sewn {
    return { points: Float64Array.from(this.#points), roles: Uint8Array.from(this.#roles) };
  }
}
