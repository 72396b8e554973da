import { Problem } from '../../../model/problem.ts';
import type { ProblemCode } from './problem-types.ts';

/** One thing wrong with a request: a place in the body, or a parameter or header by name. */
export type RequestMistake = {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly message: string;
  readonly hint?: string | undefined;
};

type More = {
  readonly hint?: string | undefined;
  readonly errors?: readonly RequestMistake[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/** A problem of the conversation itself: its code is listed, and its answer may carry headers and a list of mistakes. */
export class HttpProblem extends Problem {
  readonly errors: readonly RequestMistake[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, message: string, { hint, errors = [], headers = {}, cause }: More = {}) {
    super(code, message, { hint, cause });
    this.name = 'HttpProblem';
    this.errors = errors;
    this.headers = headers;
  }
}

type Unknown = Extract<ProblemCode, `${string}.unknown`>;

/** The same words whether it never was or belongs to somebody else. */
export const notFound = (code: Unknown, what: string): HttpProblem => new HttpProblem(code, `expected a known ${what}, got another one`);
