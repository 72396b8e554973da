import { InvalidInput } from '../../../model/parse.ts';
import { Problem } from '../../../model/problem.ts';
import { AnswersRefused } from '../../../personalize/answers-refused.ts';
import { Unresolved } from '../../../scene/resolve.ts';
import { HttpProblem, type RequestMistake } from './http-problem.ts';
import { problemLink, problemTypeOf } from './problem-types.ts';

/** RFC 9457, with our members beside. */
export type ProblemDocument = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly pointer?: string;
  readonly hint?: string;
  readonly errors?: readonly RequestMistake[];
};

export type ProblemAnswer = { readonly document: ProblemDocument; readonly headers: Readonly<Record<string, string>> };

/** How soon to try again what failed for a passing reason. */
const RETRY_AFTER_SECONDS = 2;
const MAX_ERRORS = 1000;
const MAX_DETAIL = 4000;
/** Of one mistake: names in it may be as long as the body. */
const MAX_TEXT = 1000;

/** Any error as an answer: what is not a Problem is our fault, and says nothing of itself. */
export const problemAnswer = (error: unknown, requestId: string): ProblemAnswer => {
  const problem = error instanceof Problem ? error : new HttpProblem('internal', 'expected an answer, got an error of the service');
  const { status, title } = problemTypeOf(problem.code, problem.retry);
  const errors = mistakesOf(problem);
  const headers = problem instanceof HttpProblem ? problem.headers : {};
  return {
    document: {
      type: problemLink(problem.code, problem.retry),
      title,
      status,
      detail: problem.message.slice(0, MAX_DETAIL),
      code: problem.code,
      requestId,
      ...(problem.pointer ? { pointer: problem.pointer.slice(0, MAX_TEXT) } : {}),
      ...(problem.hint === undefined ? {} : { hint: problem.hint }),
      ...(errors.length === 0 ? {} : { errors }),
    },
    headers: status === 503 || status === 507 ? { 'Retry-After': String(RETRY_AFTER_SECONDS), ...headers } : headers,
  };
};

/** Every mistake that a problem stands for, each with its place. */
export const mistakesOf = (problem: Problem): readonly RequestMistake[] => {
  if (problem instanceof InvalidInput) return bodyMistakes(problem);
  if (problem instanceof AnswersRefused || problem instanceof Unresolved) return problem.problems.slice(0, MAX_ERRORS).map(answerMistake);
  return problem instanceof HttpProblem ? problem.errors.slice(0, MAX_ERRORS) : [];
};

const answerMistake = ({ pointer, message, hint }: Problem): RequestMistake => ({
  ...(pointer === undefined ? {} : { pointer: pointer.slice(0, MAX_TEXT) }),
  message: message.slice(0, MAX_TEXT),
  ...(hint === undefined ? {} : { hint }),
});

/** `below`: JSON pointer to where the parsed value stands in the body. */
export const bodyMistakes = ({ mistakes }: InvalidInput, below = ''): readonly RequestMistake[] =>
  mistakes.slice(0, MAX_ERRORS).map(({ pointer, expected, got, hint }) => ({
    pointer: `${below}${pointer}`.slice(0, MAX_TEXT),
    message: `expected ${expected}, got ${got}`.slice(0, MAX_TEXT),
    ...(hint === undefined ? {} : { hint }),
  }));
