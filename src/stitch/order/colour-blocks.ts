/** Steps of the search for the fewest blocks; beyond them a design gets a good order instead of the best. */
const MOST_STEPS = 4000;

/** What is to be sewn, as numbers: the colour of each piece, and which pieces must come after it. */
export type SewingOrder = { readonly colours: readonly number[]; readonly after: readonly (readonly number[])[] };

/** Pieces of one colour that are sewn without a change of thread. */
export type Block = { readonly colour: number; readonly pieces: readonly number[] };

/**
 * The fewest blocks of one colour each that sew every piece before those that lie on it. Among equally few the colours with low numbers
 * come first. Taking all that is ready of a colour never costs a block, so that only the order of colours is searched: depth by depth, with
 * a lower bound from the colours and from the longest chain of changes that are left. `after` must have no cycles.
 */
export const colourBlocks = (order: SewingOrder): readonly Block[] => {
  const search = new Search(order);
  const start = new Uint8Array(order.colours.length);
  for (let depth = search.bound(start); depth <= order.colours.length; depth += 1) {
    const found = search.within(start, depth);
    if (found) return found;
    if (search.isSpent) break;
  }
  return search.greedy(start);
};

class Search {
  readonly #colours: readonly number[];
  readonly #before: readonly number[][];
  /** Changes of colour still needed after each piece. */
  readonly #chain: Int32Array;
  readonly #palette: readonly number[];
  readonly #failed = new Map<string, number>();
  #steps = 0;

  constructor({ colours, after }: SewingOrder) {
    this.#colours = colours;
    this.#before = colours.map(() => []);
    after.forEach((later, i) => {
      for (const j of later) this.#before[j]?.push(i);
    });
    this.#chain = chainsOf(colours, after);
    this.#palette = [...new Set(colours)].sort((a, b) => a - b);
  }

  get isSpent(): boolean {
    return this.#steps > MOST_STEPS;
  }

  /** Blocks that are surely needed for what is not done. */
  bound(done: Uint8Array): number {
    const left = new Set<number>();
    let chain = -1;
    done.forEach((isDone, i) => {
      if (isDone === 1) return;
      left.add(this.#colours[i] ?? 0);
      chain = Math.max(chain, this.#chain[i] ?? 0);
    });
    return Math.max(left.size, chain + 1);
  }

  within(done: Uint8Array, depth: number): readonly Block[] | null {
    const bound = this.bound(done);
    if (bound === 0) return [];
    if (bound > depth || this.isSpent) return null;
    const key = String.fromCharCode(...packed(done));
    if ((this.#failed.get(key) ?? -1) >= depth) return null;
    this.#steps += 1;
    for (const colour of this.#palette) {
      const { pieces, next } = this.#take(done, colour);
      if (pieces.length === 0) continue;
      const rest = this.within(next, depth - 1);
      if (rest) return [{ colour, pieces }, ...rest];
    }
    if (!this.isSpent) this.#failed.set(key, depth);
    return null;
  }

  /** Always the colour that leaves the lowest bound, then the one with the most to sew. */
  greedy(start: Uint8Array): readonly Block[] {
    const blocks: Block[] = [];
    let done = start;
    while (this.bound(done) > 0) {
      const choices = this.#palette
        .map((colour) => ({ colour, ...this.#take(done, colour) }))
        .filter(({ pieces }) => pieces.length > 0)
        .map((choice) => ({ ...choice, bound: this.bound(choice.next) }))
        .sort((a, b) => a.bound - b.bound || b.pieces.length - a.pieces.length);
      const [best] = choices;
      if (!best) break;
      blocks.push({ colour: best.colour, pieces: best.pieces });
      done = best.next;
    }
    return blocks;
  }

  /** All of a colour that can be sewn now; pieces of one colour may follow one another. */
  #take(done: Uint8Array, colour: number): { readonly pieces: readonly number[]; readonly next: Uint8Array } {
    const next = done.slice();
    const pieces: number[] = [];
    let found = true;
    while (found) {
      found = false;
      for (let i = 0; i < next.length; i += 1) {
        if (next[i] === 1 || this.#colours[i] !== colour || this.#before[i]?.some((j) => next[j] === 0)) continue;
        next[i] = 1;
        pieces.push(i);
        found = true;
      }
    }
    return { pieces, next };
  }
}

const chainsOf = (colours: readonly number[], after: readonly (readonly number[])[]): Int32Array => {
  const chain = new Int32Array(colours.length).fill(-1);
  const stack: number[] = [];
  for (let root = 0; root < colours.length; root += 1) {
    stack.push(root);
    while (stack.length > 0) {
      const i = stack.at(-1) ?? 0;
      const open = (after[i] ?? []).filter((j) => chain[j] === -1);
      if (open.length > 0) {
        stack.push(...open);
        continue;
      }
      stack.pop();
      chain[i] = (after[i] ?? []).reduce((most, j) => Math.max(most, (chain[j] ?? 0) + (colours[i] === colours[j] ? 0 : 1)), 0);
    }
  }
  return chain;
};

const packed = (done: Uint8Array): number[] => {
  const words = new Array<number>(Math.ceil(done.length / 15)).fill(0);
  done.forEach((isDone, i) => {
    const at = Math.floor(i / 15);
    words[at] = (words[at] ?? 0) | (isDone << (i % 15));
  });
  return words;
};
