import { setImmediate as othersFirst } from 'node:timers/promises';

const AT_ONCE = 200;

/** As `map`, with a pause for everything else that wants to run after every few hundred. */
export const mapInRuns = async <T, U>(list: readonly T[], make: (value: T, at: number) => U): Promise<readonly U[]> => {
  const made: U[] = [];
  for (const [at, value] of list.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await othersFirst();
    made.push(make(value, at));
  }
  return made;
};
