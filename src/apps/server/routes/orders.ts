import { z } from 'zod';
import { isFinal, JOB_STATES } from '../../../jobs/job.ts';
import { acceptOrder, type LineOutcome, type OrderParts } from '../../../jobs/orders/accept-order.ts';
import { orderSchema, type ShopLinesOrder } from '../../../jobs/orders/order.ts';
import { parseDesignSpec } from '../../../model/design-spec.ts';
import { isProblem } from '../../../model/problem.ts';
import { specOf } from '../../../personalize/answers-refused.ts';
import type { Answers, Data } from '../../../personalize/filled-design.ts';
import { json } from '../http/reply.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { type Conversation, route } from '../route.ts';
import type { ServerParts } from '../server-parts.ts';
import { baseOf } from './jobs.ts';
import { checkedCallback, wakeWorkers } from './submit-job.ts';

export const ORDERS_TAG = 'Orders';

const OUTCOMES = [
  'accepted',
  'repeated',
  'changed',
  'stopped',
  'too-late',
  'unknown',
  'outdated',
] as const satisfies readonly LineOutcome['outcome'][];

export const orderAnswer = z
  .strictObject({
    source: z.string(),
    reference: z.string(),
    lines: z.array(
      z.strictObject({
        line: z.string(),
        outcome: z.enum(OUTCOMES).describe('See docs/orders.md'),
        jobId: z.string().nullable(),
        state: z.enum(JOB_STATES).nullable(),
        link: z.string().nullable().describe('Address of the job'),
      }),
    ),
  })
  .meta({ id: 'OrderAnswer' });

/** Commits every line to the ledger and wakes the workers; renders nothing itself. */
export const takeOrder = async (tenant: string, order: ShopLinesOrder, call: Conversation): Promise<z.output<typeof orderAnswer>> => {
  const { parts } = call;
  const callbackUrl = await checkedCallback(order.callbackUrl, { ...call, caller: { ...call.caller, tenant } });
  const accepted = { ...order, ...(callbackUrl === null ? {} : { callbackUrl }) };
  const outcomes = await withQuotaAnswer(() => acceptOrder(tenant, accepted, orderParts(call)));
  await wakeFor(tenant, outcomes, parts);
  const base = baseOf(call);
  const lines = outcomes.map((one) => ({ ...one, link: one.jobId === null ? null : `${base}/v1/jobs/${one.jobId}` }));
  return { source: order.source, reference: order.reference, lines };
};

const orderParts = ({ parts: { ledger, designs, config, specGate, traceOf }, rawHeaders }: Conversation): OrderParts => ({
  jobs: {
    ...ledger.jobs,
    submit: (tenant, submission) => ledger.jobs.submit(tenant, { ...submission, trace: traceOf?.(rawHeaders) }),
  },
  parseSpec: async (raw: unknown) => {
    const spec = parseDesignSpec(raw);
    await specGate?.(spec);
    return spec;
  },
  personalize: async (design: string, fields: Answers, data: Data) =>
    specOf(await designs.fill(design, fields, data, { byLabel: true }), design),
  quota: config.openJobs,
});

const withQuotaAnswer = async <T>(accept: () => Promise<T>): Promise<T> => {
  try {
    return await accept();
  } catch (error) {
    if (!isProblem(error) || error.code !== 'quota.exceeded') throw error;
    throw new HttpProblem('quota.jobs', error.message, { headers: { 'Retry-After': '30' } });
  }
};

const wakeFor = async (tenant: string, outcomes: readonly LineOutcome[], parts: ServerParts): Promise<void> => {
  const fresh = outcomes.filter(
    ({ outcome, state }) => (outcome === 'accepted' || outcome === 'changed') && state !== null && !isFinal(state),
  );
  const jobs = await Promise.all(fresh.map(({ jobId }) => parts.ledger.jobs.get(tenant, jobId ?? '')));
  await wakeWorkers(
    jobs.flatMap((job) => job ?? []),
    parts,
  );
};

export const submitOrder = route({
  id: 'submitOrder',
  method: 'post',
  path: '/v1/orders',
  tag: ORDERS_TAG,
  summary: 'Submit an order',
  description:
    'One job for each line, named for ever by source, reference and line: the same order may come again and again. A line that cannot be rendered as it came becomes a job that needs attention; it is never a blank print.',
  access: ['submit'],
  rate: 'submit',
  body: orderSchema,
  answers: { 200: { description: 'What became of each line', schema: orderAnswer } },
  problems: ['input.invalid', 'quota.jobs', 'ledger.full'],
  handle: async (call) => json(200, await takeOrder(call.caller.tenant, call.body, call)),
});
