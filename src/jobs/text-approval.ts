import { z } from 'zod';
import { type DesignSpec, parseDesignSpec } from '../model/design-spec.ts';
import { isProblem, Problem } from '../model/problem.ts';
import type { Shop } from '../model/shop.ts';
import type { TextApproval } from '../model/text-policy.ts';
import { type SpecText, textsOfSpec } from '../produce/texts-of-spec.ts';
import type { SendCallback } from './callbacks/send.ts';
import { signMessage } from './callbacks/sign.ts';
import type { Job } from './job.ts';
import type { Render, RenderOutcome } from './render.ts';

export const TEXTS_REFUSED = 'texts.refused';
export const TEXTS_UNANSWERED = 'texts.unanswered';

export type ApprovalParts = {
  /** @throws Problem for a shop that the library has not */
  readonly shopOf: (id: string) => Promise<Shop>;
  /** Posts into the public internet and never into the network. */
  readonly send: SendCallback;
  /** Of Standard Webhooks, the newest first; none: nobody is asked. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** An answer that did not come, whatever then became of the job. */
  readonly onUnanswered?: (job: Job, problem: Problem) => void;
};

const answerSchema = z.looseObject({ allowed: z.boolean(), reason: z.string().max(2000).optional() });

type Answer = { readonly allowed: boolean; readonly reason?: string | undefined };

/** What is asked: texts with their places in the spec, and what they are for. Nothing else of the order. */
const questionOf = (job: Job, spec: DesignSpec, texts: readonly SpecText[]): string =>
  JSON.stringify({
    type: 'texts.approval',
    jobId: job.id,
    ...(job.origin?.reference === undefined ? {} : { reference: job.origin.reference }),
    ...(job.origin?.line === undefined ? {} : { line: job.origin.line }),
    product: spec.product,
    shop: spec.shop,
    texts,
  });

const read = (excerpt: string): Answer => {
  try {
    return answerSchema.parse(JSON.parse(excerpt));
  } catch (cause) {
    throw new Problem('approval.answer', 'expected {"allowed": true or false, "reason": …} of at most 1 KiB, got another answer', {
      cause,
    });
  }
};

/** @throws Problem when no answer came in time, or none that can be read */
const ask = async (
  job: Job,
  body: string,
  { url, timeoutSeconds }: TextApproval,
  signal: AbortSignal,
  parts: ApprovalParts,
): Promise<Answer> => {
  const late = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    // The same job asks under the same id again: whoever answers may remember it.
    const headers = signMessage({ id: `${job.id}_texts`, atMs: parts.now(), body, secrets: parts.secrets });
    const { status, excerpt } = await parts.send({ url, headers, body }, AbortSignal.any([signal, late]));
    if (status !== 200) throw new Problem('approval.status', `expected the status 200, got ${status}`);
    return read(excerpt);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw new Problem('approval.timeout', `expected an answer within ${timeoutSeconds} s, got none`, { cause: error });
    throw isProblem(error) ? error : new Problem('approval.unreachable', 'expected an answer, got none', { cause: error });
  }
};

const attention = (code: string, message: string): RenderOutcome => ({ kind: 'needs_attention', result: null, problem: { code, message } });

const judge = async (job: Job, signal: AbortSignal, parts: ApprovalParts): Promise<RenderOutcome | null> => {
  // A person has looked at the job and wants it made.
  if (job.options.force === true) return null;
  const wanted = await wantedApproval(job, parts);
  if (!wanted) return null;
  const { approval, body } = wanted;
  try {
    const { allowed, reason = 'no reason was given' } = await ask(job, body, approval, signal, parts);
    return allowed ? null : attention(TEXTS_REFUSED, `expected texts that are approved, got a refusal: ${reason}`);
  } catch (error) {
    signal.throwIfAborted();
    if (!isProblem(error)) throw error;
    parts.onUnanswered?.(job, error);
    if (approval.otherwise === 'pass') return null;
    return attention(TEXTS_UNANSWERED, `expected an approval of the texts, got none: ${error.message}`);
  }
};

/** Null where the shop wants none, nothing is set in letters, or the spec or shop is wrong: then the render says so better. */
const wantedApproval = async (job: Job, { shopOf }: ApprovalParts): Promise<{ approval: TextApproval; body: string } | null> => {
  try {
    const spec = parseDesignSpec(job.spec);
    const approval = (await shopOf(spec.shop)).textPolicy?.approval;
    const texts = approval ? textsOfSpec(spec) : [];
    return approval && texts.length > 0 ? { approval, body: questionOf(job, spec, texts) } : null;
  } catch (error) {
    if (isProblem(error)) return null;
    throw error;
  }
};

/**
 * Asks whom the shop names before a job is rendered. What is refused, and what nobody answered for where the shop holds such jobs, needs
 * attention, and nothing is made. A job that is made with `force` is not asked about again.
 */
export const approvedRender =
  (render: Render, parts: ApprovalParts): Render =>
  async (job, work) =>
    (await judge(job, work.signal, parts)) ?? render(job, work);
