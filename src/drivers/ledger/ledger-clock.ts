/**
 * A clock that never runs backwards. Behind the highest time it has seen, be it its own or another process's, it goes on at half
 * speed until the wall clock has caught up: leases still end and pauses still pass, and a wrong time heals.
 */
export class LedgerClock {
  readonly #wall: () => number;
  readonly #elapsed: () => number;
  #seenMs = 0;
  #seenAt = 0;

  /** @param elapsed - milliseconds of a clock that no one sets */
  constructor(wall: () => number, elapsed: () => number) {
    this.#wall = wall;
    this.#elapsed = elapsed;
  }

  /** @param highWaterMs - the highest time that is on record */
  read(highWaterMs: number): number {
    const at = this.#elapsed();
    const onward = this.#seenMs + Math.max(0, at - this.#seenAt) / 2;
    const nowMs = Math.floor(Math.max(this.#wall(), onward, highWaterMs));
    if (nowMs > this.#seenMs) {
      this.#seenMs = nowMs;
      this.#seenAt = at;
    }
    return nowMs;
  }
}
