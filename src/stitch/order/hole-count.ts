/** Cells of a millimetre in four positions, half a cell apart: a crowd on the edge of one is in the middle of another. */
const PHASES = [
  [0, 0],
  [0.5, 0],
  [0, 0.5],
  [0.5, 0.5],
] as const;

/** How many needle holes lie in each square millimetre. */
export class HoleCount {
  readonly #most: number;
  readonly #cells = new Map<number, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether any square holds more than it should. */
  get isCrowded(): boolean {
    for (const count of this.#cells.values()) if (count > this.#most) return true;
    return false;
  }

  add(x: number, y: number): void {
    for (let k = 0; k < PHASES.length; k += 1) {
      const key = keyOf(x, y, k);
      this.#cells.set(key, (this.#cells.get(key) ?? 0) + 1);
    }
  }

  addAll(points: Float64Array): void {
    for (let i = 0; i + 1 < points.length; i += 2) this.add(points[i] ?? 0, points[i + 1] ?? 0);
  }

  remove(x: number, y: number): void {
    for (let k = 0; k < PHASES.length; k += 1) {
      const key = keyOf(x, y, k);
      this.#cells.set(key, (this.#cells.get(key) ?? 1) - 1);
    }
  }

  isCrowdedAt(x: number, y: number): boolean {
    return !this.hasRoom(x, y, 0);
  }

  crowdsAny(points: Float64Array): boolean {
    for (let i = 0; i + 1 < points.length; i += 2) if (this.isCrowdedAt(points[i] ?? 0, points[i + 1] ?? 0)) return true;
    return false;
  }

  /** Whether a place bears so many holes more. */
  hasRoom(x: number, y: number, more: number): boolean {
    for (let k = 0; k < PHASES.length; k += 1) if ((this.#cells.get(keyOf(x, y, k)) ?? 0) + more > this.#most) return false;
    return true;
  }
}

/** Designs are smaller than 16 m. */
const keyOf = (x: number, y: number, phase: number): number => {
  const [dx, dy] = PHASES[phase] ?? [0, 0];
  return ((Math.floor(y + dy) + 8192) * 16_384 + Math.floor(x + dx) + 8192) * 4 + phase;
};
