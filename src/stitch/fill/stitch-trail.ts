import type { Role } from '../plan.ts';
import type { Sewn } from '../region.ts';

/** Two penetrations nearer than this are one hole, mm. */
const SAME_HOLE_MM = 0.05;

/** Collects stitches of one thread; the needle stands where the last one ended. Millimetres in the frame of the design. */
export class StitchTrail {
  readonly #points: number[] = [];
  readonly #roles: number[] = [];

  get isEmpty(): boolean {
    return this.#roles.length === 0;
  }

  get x(): number {
    return this.#points.at(-2) ?? 0;
  }

  get y(): number {
    return this.#points.at(-1) ?? 0;
  }

  /** One stitch to a place; nothing when the needle is there already. */
  add(x: number, y: number, role: Role): void {
    if (!this.isEmpty && Math.hypot(x - this.x, y - this.y) < SAME_HOLE_MM) return;
    this.#points.push(x, y);
    this.#roles.push(role);
  }

  /** Stitches through places given as x, y in turn. */
  addAll(points: ArrayLike<number>, role: Role): void {
    for (let i = 0; i + 1 < points.length; i += 2) this.add(points[i] ?? 0, points[i + 1] ?? 0, role);
  }

  finish(): Sewn {
    return { points: Float64Array.from(this.#points), roles: Uint8Array.from(this.#roles) };
  }
}
