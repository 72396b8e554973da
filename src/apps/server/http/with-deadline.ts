import { HttpProblem } from '../problems/http-problem.ts';
import type { ProblemCode } from '../problems/problem-types.ts';

/** Runs work that stops when the caller goes or its time is over. @throws HttpProblem of that code when it took too long */
export const withDeadline = async <T>(
  work: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, code }: { readonly timeoutMs: number; readonly code: ProblemCode },
  gone: AbortSignal,
): Promise<T> => {
  const stop = new AbortController();
  const leave = (): void => stop.abort(gone.reason);
  gone.addEventListener('abort', leave, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => {
      fail(new HttpProblem(code, `expected an answer within ${timeoutMs / 1000} s, got none`));
      stop.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', leave);
  }
};
