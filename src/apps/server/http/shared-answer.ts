/** One answer for all who ask at once and for a while after: what anybody may ask for must not cost us each time. */
export class SharedAnswer<T> {
  readonly #ask: () => Promise<T>;
  readonly #freshMs: number;
  readonly #now: () => number;
  #answer: Promise<T> | undefined;
  #askedAtMs = 0;

  constructor(ask: () => Promise<T>, freshMs: number, now: () => number) {
    this.#ask = ask;
    this.#freshMs = freshMs;
    this.#now = now;
  }

  get(): Promise<T> {
    const nowMs = this.#now();
    if (this.#answer === undefined || Math.abs(nowMs - this.#askedAtMs) >= this.#freshMs) {
      this.#askedAtMs = nowMs;
      const answer = this.#ask();
      this.#answer = answer;
      // A failure is nobody else's.
      answer.catch(() => {
        if (this.#answer === answer) this.#answer = undefined;
      });
    }
    return this.#answer;
  }
}
