import { type Rect, rectOf } from '../../geometry/point.ts';

/** Cells in which the height of what is sewn already is counted, mm. */
const CELL_MM = 0.5;
/** Share of a cell's thread that stands up as height once later stitches press on it, and the highest stack, mm. */
const PACKED = 0.6;
const HIGHEST_MM = 0.5;
/** No machine sews longer stitches than this many steps; what claims to is laid down roughly. */
const MOST_STEPS = 200;

/** The height of what is sewn, in cells over the plan's extent. A sweep (stitches of one kind in a row) counts once it is complete. */
export class SewnGround {
  readonly #left: number;
  readonly #top: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #cells: Float32Array;

  /** @param sewn - where the needle goes; null when nowhere */
  constructor(sewn: Rect | null) {
    const { x, y, width, height } = sewn ?? rectOf(0, 0, 0, 0);
    [this.#left, this.#top] = [x - CELL_MM, y - CELL_MM];
    // A plan of absurd extent gets a coarse end, not a huge field.
    this.#columns = Math.min(4000, Math.ceil(width / CELL_MM) + 4);
    this.#rows = Math.min(4000, Math.ceil(height / CELL_MM) + 4);
    this.#cells = new Float32Array(this.#columns * this.#rows);
  }

  heightAt(x: number, y: number): number {
    const across = Math.max(0, Math.min(this.#columns - 1.001, (x - this.#left) / CELL_MM - 0.5));
    const down = Math.max(0, Math.min(this.#rows - 1.001, (y - this.#top) / CELL_MM - 0.5));
    const [i, j] = [Math.floor(across), Math.floor(down)];
    const [fx, fy] = [across - i, down - j];
    const at = j * this.#columns + i;
    const upper = (this.#cells[at] ?? 0) * (1 - fx) + (this.#cells[at + 1] ?? 0) * fx;
    const lower = (this.#cells[at + this.#columns] ?? 0) * (1 - fx) + (this.#cells[at + this.#columns + 1] ?? 0) * fx;
    return Math.min(HIGHEST_MM, upper * (1 - fy) + lower * fy);
  }

  /** Lays down a piece of thread with so many mm2 in cross-section. */
  add(x: number, y: number, dx: number, dy: number, length: number, section: number): void {
    const steps = Math.max(1, Math.min(MOST_STEPS, Math.ceil(length / (CELL_MM / 2))));
    const share = (PACKED * section * length) / steps / (CELL_MM * CELL_MM);
    for (let step = 0; step < steps; step += 1) {
      const along = ((step + 0.5) / steps) * length;
      const across = Math.max(0, Math.min(this.#columns - 1.001, (x + dx * along - this.#left) / CELL_MM - 0.5));
      const down = Math.max(0, Math.min(this.#rows - 1.001, (y + dy * along - this.#top) / CELL_MM - 0.5));
      const [i, j] = [Math.floor(across), Math.floor(down)];
      const [fx, fy] = [across - i, down - j];
      const at = j * this.#columns + i;
      this.#put(at, share * (1 - fx) * (1 - fy));
      this.#put(at + 1, share * fx * (1 - fy));
      this.#put(at + this.#columns, share * (1 - fx) * fy);
      this.#put(at + this.#columns + 1, share * fx * fy);
    }
  }

  #put(at: number, mm: number): void {
    this.#cells[at] = (this.#cells[at] ?? 0) + mm;
  }
}
