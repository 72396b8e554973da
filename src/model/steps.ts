/** Work that can be left between any two of its steps, for others to have their turn or to stop it, and ends with a result. */
export type Steps<T> = Generator<undefined, T>;

/** Does all of it at once. */
export const atOnce = <T>(steps: Steps<T>): T => {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
};
