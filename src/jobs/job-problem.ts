import { InvalidInput, mistakeText } from '../model/parse.ts';
import { isProblem, Problem } from '../model/problem.ts';
import type { JobProblem } from './job.ts';

/** The code of a render whose process died: the attempt counts as a crash. */
export const RENDER_CRASHED = 'render.crashed';

/** The code of a render that could not begin, since no rendering process can be started here: no fault of the job. */
export const RENDER_UNAVAILABLE = 'render.unavailable';

/** The code of a job that did not end in time: its process was killed, which counts as a crash. */
export const JOB_DEADLINE = 'job.deadline';

/** A failed render as plain data: what went wrong, and whether another attempt may help. */
export type RenderFailure = { readonly problem: JobProblem; readonly retry: 'never' | 'later' };

/** A failure that came from the other process as data, every mistake of the spec included. */
export class RenderFailed extends Problem {
  readonly failure: RenderFailure;

  constructor(failure: RenderFailure) {
    const { code, message, pointer, hint } = failure.problem;
    super(code, message, { pointer, hint, retry: failure.retry });
    this.name = 'RenderFailed';
    this.failure = failure;
  }
}

/** An error that is no Problem is a mistake of ours: another attempt would make it again. */
export const failureOf = (error: unknown): RenderFailure => {
  if (error instanceof RenderFailed) return error.failure;
  if (error instanceof InvalidInput) return { problem: invalidInput(error), retry: 'never' };
  if (!isProblem(error)) {
    const said = error instanceof Error ? error.message : String(error);
    return { problem: { code: 'job.internal', message: `expected the job to render, got an internal error: ${said}` }, retry: 'never' };
  }
  const { code, message, pointer, hint, retry } = error;
  const errors = problemsIn(error).map((one) => ({ pointer: one.pointer ?? '', message: one.message, ...withHint(one.hint) }));
  return {
    problem: {
      code,
      message,
      ...(pointer === undefined ? {} : { pointer }),
      ...withHint(hint),
      ...(errors.length > 1 ? { errors } : {}),
    },
    retry,
  };
};

/** What a Problem that stands for several of them stands for. */
const problemsIn = (error: Problem): readonly Problem[] =>
  'problems' in error && Array.isArray(error.problems) ? error.problems.filter(isProblem) : [];

const withHint = (hint: string | undefined): { readonly hint?: string } => (hint === undefined ? {} : { hint });

const invalidInput = ({ code, message, mistakes }: InvalidInput): JobProblem => ({
  code,
  message: mistakes.length > 1 ? `${message.slice(0, message.indexOf(': '))}` : message,
  ...(mistakes[0] ? { pointer: mistakes[0].pointer } : {}),
  errors: mistakes.map((mistake) => ({
    pointer: mistake.pointer,
    message: mistakeText({ ...mistake, hint: undefined }).replace(/^[^:]*: /, ''),
    ...withHint(mistake.hint),
  })),
});
