import type { Run } from '../plan.ts';
import type { CrowdGrid } from './crowd-grid.ts';

/** A run that is being changed, counted in the grids of the crowd all the while. */
export class Trail {
  readonly points: number[];
  readonly roles: number[];
  readonly #from: Run['from'];
  readonly #grids: readonly CrowdGrid[];

  constructor({ points, roles, from }: Run, ...grids: readonly CrowdGrid[]) {
    this.points = [...points];
    this.roles = [...roles];
    this.#from = from;
    this.#grids = grids;
  }

  get count(): number {
    return this.roles.length;
  }

  x(i: number): number {
    return this.points[2 * i] ?? 0;
  }

  y(i: number): number {
    return this.points[2 * i + 1] ?? 0;
  }

  /** From one place to another, mm. */
  mm(i: number, j: number): number {
    return Math.hypot(this.x(i) - this.x(j), this.y(i) - this.y(j));
  }

  move(i: number, x: number, y: number): void {
    this.replace(i, 1, [x, y], [this.roles[i] ?? 0]);
  }

  leaveOut(i: number): void {
    this.replace(i, 1, [], []);
  }

  /** Puts other places where `count` of them were, from number `at` on. */
  replace(at: number, count: number, points: readonly number[], roles: readonly number[]): void {
    this.#tally(at, count, -1);
    this.points.splice(2 * at, 2 * count, ...points);
    this.roles.splice(at, count, ...roles);
    this.#tally(at, roles.length, 1);
  }

  finish(): Run {
    return { points: Float64Array.from(this.points), roles: Uint8Array.from(this.roles), from: this.#from };
  }

  /** Counts places and the stitches to, between and from them. */
  #tally(at: number, count: number, sign: 1 | -1): void {
    for (const grid of this.#grids) {
      for (let i = at; i < at + count; i += 1) grid.addHole(this.x(i), this.y(i), sign);
      for (let i = Math.max(1, at); i <= Math.min(at + count, this.count - 1); i += 1)
        grid.addThread(this.x(i - 1), this.y(i - 1), this.x(i), this.y(i), sign);
    }
  }
}
