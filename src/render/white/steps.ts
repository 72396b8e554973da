import { pause } from '../raster/pause.ts';

/** Work that gives way now and then and ends with a result. */
export type Steps<T> = Generator<undefined, T>;

/** Rows worked on before others get their turn: some 20 ms of a print canvas. */
export const STEP_ROWS = 512;

/** Does all of it at once. */
export const atOnce = <T>(steps: Steps<T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

/** Lets others have their turn between steps. Rejects with the signal's reason. */
export const givingWay = async <T>(steps: Steps<T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    await pause(signal);
    const step = steps.next();
    if (step.done) return step.value;
  }
};
