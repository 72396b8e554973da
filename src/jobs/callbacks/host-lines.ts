/**
 * Places for each host, and who waits for one. Addresses that jobs name often differ in a query alone, so that a thousand endpoints may
 * be one slow host: it gets its places and no more, and the others wait in its own line.
 */
export class HostLines<T> {
  readonly #places: number;
  readonly #most: number;
  readonly #taken = new Map<string, number>();
  readonly #lines = new Map<string, T[]>();
  #waiting = 0;

  /**
   * @param places - of one host
   * @param most - that may wait for all hosts together
   */
  constructor(places: number, most: number) {
    this.#places = places;
    this.#most = most;
  }

  /** Whether there was a place; it is given back by `leave`. */
  enter(host: string): boolean {
    const taken = this.#taken.get(host) ?? 0;
    if (taken >= this.#places) return false;
    this.#taken.set(host, taken + 1);
    return true;
  }

  /** Waits for a place; false when too many wait. */
  wait(host: string, item: T): boolean {
    if (this.#waiting >= this.#most) return false;
    this.#waiting += 1;
    const line = this.#lines.get(host) ?? [];
    line.push(item);
    this.#lines.set(host, line);
    return true;
  }

  /** Gives a place back, or on to the one who gets it: call `leave` again for that one. */
  leave(host: string): T | undefined {
    const line = this.#lines.get(host);
    const next = line?.shift();
    if (line?.length === 0) this.#lines.delete(host);
    if (next !== undefined) {
      this.#waiting -= 1;
      return next;
    }
    const taken = (this.#taken.get(host) ?? 1) - 1;
    if (taken === 0) this.#taken.delete(host);
    else this.#taken.set(host, taken);
    return undefined;
  }
}
