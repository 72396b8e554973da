import type { Problem } from '../../model/problem.ts';
import type { AttemptResult, DeliveryAttempt, DeliveryWork } from './event.ts';
import { isGivenUp, nextAttemptMs, parseRetryAfter } from './schedule.ts';
import type { CallbackAnswer } from './send.ts';

/** What came of one attempt. */
export type Sent = { readonly kind: 'answer'; readonly answer: CallbackAnswer } | { readonly kind: 'problem'; readonly problem: Problem };

export type Moment = { readonly startedMs: number; readonly nowMs: number; readonly durationMs: number; readonly random: () => number };

const GONE = 410;
const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const failureOf = (sent: Sent): { readonly status: number | null; readonly retryAfter: string | null; readonly error: string } => {
  if (sent.kind === 'problem') return { status: null, retryAfter: null, error: sent.problem.code };
  const { status, retryAfter } = sent.answer;
  return { status, retryAfter, error: status >= 300 && status < 400 ? 'endpoint.redirect' : 'endpoint.status' };
};

/** Messages that failed since the endpoint's last success, this one counted once, as the ledger counts them. */
const failedMessagesWith = ({ delivery, endpoint }: DeliveryWork): number => {
  const since = endpoint.failingSinceMs;
  const isCounted = since !== null && delivery.attempt > 0 && delivery.createdAtMs >= since;
  return endpoint.failedMessages + (isCounted ? 0 : 1);
};

const outcomeOf = (work: DeliveryWork, sent: Sent, { nowMs, random }: Moment): AttemptResult['outcome'] => {
  if (sent.kind === 'answer' && isSuccess(sent.answer.status)) return { kind: 'delivered' };
  const { status, retryAfter } = failureOf(sent);
  if (status === GONE) return { kind: 'disable', reason: 'the endpoint answered 410 Gone' };
  const failedMessages = failedMessagesWith(work);
  if (isGivenUp(work.endpoint.failingSinceMs, failedMessages, nowMs))
    return { kind: 'disable', reason: `nothing but failures for 120 hours, ${failedMessages} messages failed` };
  const attempts = work.delivery.attempt + 1;
  const again = nextAttemptMs({ attempts, nowMs, status, retryAfterMs: parseRetryAfter(retryAfter, nowMs), random });
  return again === null ? { kind: 'failed' } : { kind: 'again', atMs: again };
};

/** What to write down about an attempt and what follows from it: only 2xx counts as delivered, 410 and long failure disable. */
export const judgeAnswer = (work: DeliveryWork, sent: Sent, moment: Moment): AttemptResult => {
  const outcome = outcomeOf(work, sent, moment);
  const attempt: DeliveryAttempt = {
    atMs: moment.startedMs,
    durationMs: moment.durationMs,
    status: sent.kind === 'answer' ? sent.answer.status : null,
    error: outcome.kind === 'delivered' ? null : failureOf(sent).error,
    excerpt: sent.kind === 'answer' ? sent.answer.excerpt : '',
  };
  return { ...attempt, outcome };
};
