/**
 * The one error class that crosses module borders. The message reads "expected X for Y, got Z"; `pointer` is a JSON pointer
 * into the design spec (or product) it is about; `retry: 'later'` means the same call may succeed at another time.
 */
export class Problem extends Error {
  readonly code: string;
  readonly pointer: string | undefined;
  readonly hint: string | undefined;
  readonly retry: 'never' | 'later';

  constructor(
    code: string,
    message: string,
    more: {
      readonly pointer?: string | undefined;
      readonly hint?: string | undefined;
      readonly retry?: 'never' | 'later';
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Problem';
    this.code = code;
    this.pointer = more.pointer;
    this.hint = more.hint;
    this.retry = more.retry ?? 'never';
  }
}

export const isProblem = (value: unknown): value is Problem => value instanceof Problem;
