import type { Point } from '../../geometry/point.ts';
import { MAX_MOVE_MM, ROLE, type Role } from '../plan.ts';
import type { Sewn } from '../region.ts';

/** Stitches longer than this are cut into even parts where no shorter length is given, whatever the machine's axes, mm. */
const LONGEST_MM = MAX_MOVE_MM - 0.1;

/** Stitches of at most this length may leave out a place between them, mm. */
const SHORTCUT_MM = 1.2;

/**
 * Collects the stitches of a column or a line; places nearer to the last one than the shortest stitch are left out, ways longer than
 * the longest stitch, also those from one kind of stitches to the next, get penetrations in between.
 */
export class SewTrail {
  readonly #points: number[] = [];
  readonly #roles: Role[] = [];
  readonly #leastMm: number;
  readonly #longestMm: number;

  constructor(leastMm: number, longestMm = LONGEST_MM) {
    this.#leastMm = leastMm;
    this.#longestMm = Math.min(longestMm, LONGEST_MM);
  }

  get at(): Point | null {
    const [x, y] = [this.#points.at(-2), this.#points.at(-1)];
    return x === undefined || y === undefined ? null : { x, y };
  }

  add({ x, y }: Point, role: Role): void {
    const last = this.at;
    const length = last ? Math.hypot(x - last.x, y - last.y) : Infinity;
    // The edge of a column outweighs what lies beneath it.
    if (length < this.#leastMm && role === ROLE.satin && (this.#roles.at(-1) ?? role) !== ROLE.satin) {
      if (this.#isNearBefore(x, y)) this.#drop();
      else this.#halve();
      this.#addLong(x, y, role);
      return;
    }
    this.#addLong(x, y, role);
  }

  #addLong(x: number, y: number, role: Role): void {
    const last = this.at;
    const length = last ? Math.hypot(x - last.x, y - last.y) : Infinity;
    if (length < this.#leastMm) return;
    const parts = last ? Math.ceil(length / this.#longestMm) : 1;
    for (let k = 1; last && k < parts; k += 1) this.#push(last.x + ((x - last.x) * k) / parts, last.y + ((y - last.y) * k) / parts, role);
    this.#push(x, y, role);
  }

  /** Whether a stitch from the place before the last one would hardly cut a corner, or is too short to be halved. */
  #isNearBefore(x: number, y: number): boolean {
    const [fromX, fromY] = [this.#points.at(-4), this.#points.at(-3)];
    const last = this.at;
    if (fromX === undefined || fromY === undefined || !last) return true;
    return Math.hypot(x - fromX, y - fromY) < SHORTCUT_MM || Math.hypot(last.x - fromX, last.y - fromY) < 2 * this.#leastMm;
  }

  /** Takes the last place back to the middle of its stitch. */
  #halve(): void {
    const [fromX, fromY, x, y] = this.#points.slice(-4);
    if (fromX === undefined || fromY === undefined || x === undefined || y === undefined) return;
    this.#points.splice(-2, 2, (fromX + x) / 2, (fromY + y) / 2);
  }

  #drop(): void {
    this.#points.length -= 2;
    this.#roles.length -= 1;
  }

  #push(x: number, y: number, role: Role): void {
    this.#points.push(x, y);
    this.#roles.push(role);
  }

  finish(): Sewn {
    return { points: Float64Array.from(this.#points), roles: Uint8Array.from(this.#roles) };
  }
}
