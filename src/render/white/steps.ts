import type { Steps } from '../../model/steps.ts';
import { pause } from '../raster/pause.ts';

/** Rows worked on before others get their turn: some 20 ms of a print canvas. */
export const STEP_ROWS = 512;

/** Lets others have their turn between steps. Rejects with the signal's reason. */
export const givingWay = async <T>(steps: Steps<T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    await pause(signal);
    const step = steps.next();
    if (step.done) return step.value;
  }
};
