/** Rounding of sums must not push an item off a sheet that it fills exactly. */
export const SLACK_MM = 1e-6;

export type PackedShape = { readonly widthMm: number; readonly heightMm: number };

/** One level stretch: everything above `y` (toward the start of the sheet) is taken. Its width counts one gap. */
type Step = { readonly x: number; readonly y: number; readonly width: number };

/**
 * The lower contour of what lies on a sheet, for packing. Items count with a gap to the right and below; the sheet is a gap wider and longer,
 * so that its edges need none.
 */
export class Skyline {
  #steps: readonly Step[];
  readonly #gap: number;
  readonly #width: number;
  readonly #height: number;

  constructor({ widthMm, gapMm, maxHeightMm }: { readonly widthMm: number; readonly gapMm: number; readonly maxHeightMm?: number }) {
    this.#gap = gapMm;
    this.#width = widthMm + gapMm;
    this.#height = (maxHeightMm ?? Infinity) + gapMm;
    this.#steps = [{ x: 0, y: 0, width: this.#width }];
  }

  /** The stretch nearest to the start of the sheet, the leftmost of equals, and the size of an item that would just fit there. */
  lowestStretch(): PackedShape & { readonly x: number; readonly y: number } {
    let lowest: Step = { x: 0, y: Infinity, width: 0 };
    for (const step of this.#steps) if (step.y < lowest.y - SLACK_MM) lowest = step;
    return { x: lowest.x, y: lowest.y, widthMm: lowest.width - this.#gap, heightMm: this.#height - this.#gap - lowest.y };
  }

  /** Gives up the room of a stretch down to its nearer neighbour; false when it has none, which means that the sheet is full. */
  fillUp({ x }: { readonly x: number }): boolean {
    const at = this.#steps.findIndex((step) => step.x === x);
    const [step, before, after] = [this.#steps[at], this.#steps[at - 1], this.#steps[at + 1]];
    if (!step || (!before && !after)) return false;
    const y = Math.min(before?.y ?? Infinity, after?.y ?? Infinity);
    this.#steps = merged(this.#steps.map((one) => (one === step ? { ...one, y } : one)));
    return true;
  }

  /** Where an item in one of these shapes ends nearest to the start of the sheet, shutting off the least area between equals. */
  lowestPlace<T extends PackedShape>(ways: readonly T[]): (T & { readonly x: number; readonly y: number }) | null {
    let best: (T & { readonly x: number; readonly y: number }) | null = null;
    let [lowest, least] = [Infinity, Infinity];
    for (const way of ways) {
      this.#steps.forEach(({ x }, i) => {
        const found = this.#rest(i, way.widthMm + this.#gap);
        const edge = found ? found.y + way.heightMm + this.#gap : Infinity;
        if (!found || edge > this.#height + SLACK_MM || edge > lowest + SLACK_MM) return;
        if (edge > lowest - SLACK_MM && found.waste >= least) return;
        [best, lowest, least] = [{ ...way, x, y: found.y }, edge, found.waste];
      });
    }
    return best;
  }

  /** Lays an item down at a place it was given. */
  cover({ x, y, widthMm, heightMm }: PackedShape & { readonly x: number; readonly y: number }): void {
    const [left, right] = [x, x + widthMm + this.#gap];
    const around = this.#steps.flatMap((step): readonly Step[] => {
      const end = step.x + step.width;
      const before = Math.min(end, left) - step.x;
      const after = end - Math.max(step.x, right);
      return [
        ...(before > SLACK_MM ? [{ ...step, width: before }] : []),
        ...(after > SLACK_MM ? [{ x: end - after, y: step.y, width: after }] : []),
      ];
    });
    const item = { x: left, y: y + heightMm + this.#gap, width: right - left };
    this.#steps = merged([...around, item].sort((a, b) => a.x - b.x));
  }

  /** How far down an item comes to rest from a step on, and the area it shuts off; null when it would stick out. */
  #rest(from: number, width: number): { readonly y: number; readonly waste: number } | null {
    const start = this.#steps[from]?.x ?? 0;
    if (start + width > this.#width + SLACK_MM) return null;
    const above: Step[] = [];
    for (const step of this.#steps.slice(from)) {
      if (step.x >= start + width - SLACK_MM) break;
      above.push(step);
    }
    const y = Math.max(...above.map((step) => step.y));
    const waste = above.reduce((sum, step) => sum + (y - step.y) * (Math.min(step.x + step.width, start + width) - step.x), 0);
    return { y, waste };
  }
}

/** Neighbours at one height become one stretch. */
const merged = (steps: readonly Step[]): readonly Step[] =>
  steps.reduce<Step[]>((out, step) => {
    const last = out.at(-1);
    if (last && Math.abs(last.y - step.y) < SLACK_MM) out[out.length - 1] = { ...last, width: step.x + step.width - last.x };
    else out.push(step);
    return out;
  }, []);
