import { InvalidInput } from '../../model/parse.ts';
import { isProblem, Problem } from '../../model/problem.ts';
import { Unresolved } from '../../scene/resolve.ts';

/** Runs work on a spec that came inside a body: what it says about places in the spec is then said about places in the body. */
export const aboutSpec = async <T>(work: () => Promise<T>, at = '/spec'): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InvalidInput)
      throw new InvalidInput(
        'design spec',
        error.mistakes.map((mistake) => ({ ...mistake, pointer: `${at}${mistake.pointer}` })),
      );
    if (error instanceof Unresolved) throw new Unresolved(error.problems.map((one) => below(one, at)));
    if (isProblem(error) && error.pointer !== undefined && error.retry === 'never') throw below(error, at);
    throw error;
  }
};

const below = (error: Problem, at: string): Problem =>
  new Problem(error.code, error.message, { pointer: `${at}${error.pointer ?? ''}`, hint: error.hint, retry: error.retry, cause: error });
