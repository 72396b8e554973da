/** What can go wrong with one request, in the order it goes wrong. */
export type Fault =
  /** An error instead of the operation; the connection stays. */
  | { readonly kind: 'answer'; readonly status: number; readonly code: string }
  /** The connection breaks when so many bytes of the body have come. */
  | { readonly kind: 'reset-request'; readonly afterBytes: number }
  /** Nothing is answered until the caller gives up. */
  | { readonly kind: 'hang' }
  /** The operation is done, but its answer never arrives. */
  | { readonly kind: 'lost-answer' }
  /** The operation is done, and the connection breaks within the body of the answer. */
  | { readonly kind: 'reset-answer'; readonly afterBytes: number }
  /** The operation is done, and the answer ends early as if that were all. */
  | { readonly kind: 'short-answer'; readonly bytes: number }
  /** The status says 200 and the body an error, as long operations of S3 do; nothing is done. */
  | { readonly kind: 'error-in-200'; readonly code: string }
  /** The answer comes in drops. */
  | { readonly kind: 'slow-answer'; readonly bytes: number; readonly everyMs: number };

/** Asked for every request before its body is read. */
export type FaultPlan = (request: { readonly operation: string; readonly key: string; readonly count: number }) => Fault | undefined;

export const slowDown: Fault = { kind: 'answer', status: 503, code: 'SlowDown' };

/** The fault for the first `times` requests of these operations. */
export const firstTimes = (times: number, operations: readonly string[], fault: Fault): FaultPlan => {
  let left = times;
  return ({ operation }) => (operations.includes(operation) && left-- > 0 ? fault : undefined);
};

/** The fault for this share of all requests, the same ones in every run. */
export const share = (part: number, fault: Fault, seed = 1): FaultPlan => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 < part ? fault : undefined;
  };
};
