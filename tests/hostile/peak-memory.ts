import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/drivers/sandbox/sandbox.ts';
import { isProblem, type Problem } from '../../src/model/problem.ts';

export type Outcome = { readonly problem: Problem | null; readonly result: unknown; readonly peakMb: number };

/** How a task ended, with anything but a Problem thrown on. */
export const outcomeOf = async (task: Promise<unknown>): Promise<Omit<Outcome, 'peakMb'>> => {
  try {
    return { result: await task, problem: null };
  } catch (error) {
    if (!isProblem(error)) throw error;
    return { result: null, problem: error };
  }
};

/** Runs one task in a fresh child and tells how it ended and the child's highest resident memory. */
export const inFreshChild = async (task: (sandbox: Sandbox) => Promise<unknown>, options: SandboxOptions = {}): Promise<Outcome> => {
  let peakMb = 0;
  const sandbox = openSandbox({
    children: 1,
    ...options,
    onTask: ({ peakBytes }) => {
      peakMb = peakBytes / 1e6;
    },
  });
  const outcome = await outcomeOf(task(sandbox));
  sandbox.close();
  return { ...outcome, peakMb };
};
