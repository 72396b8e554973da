import { plural } from '../../../model/plural.ts';

const MINUTE = 60;
const HOUR = 3600;

/** "2 h 05 min", "3 min 20 s", "8 s". */
export const durationText = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole >= HOUR) return `${Math.floor(whole / HOUR)} h ${String(Math.floor((whole % HOUR) / MINUTE)).padStart(2, '0')} min`;
  return whole >= MINUTE ? `${Math.floor(whole / MINUTE)} min ${String(whole % MINUTE).padStart(2, '0')} s` : `${whole} s`;
};

/** How far a batch is, from what its rows took so far. */
export class BatchProgress {
  readonly #total: number;
  readonly #started = performance.now();
  #done = 0;
  #troubled = 0;

  constructor(total: number) {
    this.#total = total;
  }

  count(isMade: boolean): void {
    this.#done += 1;
    if (!isMade) this.#troubled += 1;
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  facts(): { readonly done: number; readonly total: number; readonly etaSeconds: number } {
    const each = this.#done === 0 ? 0 : this.seconds / this.#done;
    return { done: this.#done, total: this.#total, etaSeconds: Math.round(each * (this.#total - this.#done)) };
  }

  line(): string {
    const { done, total, etaSeconds } = this.facts();
    const troubled = this.#troubled === 0 ? '' : `, ${this.#troubled} not made`;
    return `${done} of ${plural(total, 'row')}${troubled}, ${durationText(etaSeconds)} left`;
  }
}
