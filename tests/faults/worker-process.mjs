/**
 * A worker process as users run it, from the built package, with a reconciler of its own. What it is to do comes as JSON in its first
 * argument; it says what happens as lines of JSON, and writes down each start before anything else, so that a kill loses none.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const order = JSON.parse(process.argv[2] ?? '{}');
if (order.clockShiftMs) {
  const real = Date.now;
  const began = performance.now();
  // Wrong from the start, or after a while: a step.
  Date.now = () => (performance.now() - began < (order.clockShiftAfterMs ?? 0) ? real() : real() + order.clockShiftMs);
}
const from = (path) => import(new URL(path, order.dist).href);
const [{ openLedger }, { openEmbeddedQueue }, { openBullmqQueue }, { startWorker }, { startReconciler }, { Problem }] = await Promise.all([
  from('drivers/ledger/open-ledger.js'),
  from('drivers/queue/embedded-queue.js'),
  from('drivers/queue/bullmq-queue.js'),
  from('jobs/worker.js'),
  from('jobs/reconciler.js'),
  from('model/problem.js'),
]);

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const manifest = {
  version: 1,
  platen: '0.0.0',
  status: 'made',
  specDigest: 'a'.repeat(64),
  product: 'card',
  shop: 'standard',
  inputs: [],
  artifacts: [],
  findings: [],
};

const block = (ms) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

/** The jobs of tests/support/tiny-render.ts that need a process of their own, and `work`. */
const render = async (job, { signal }) => {
  const { spec } = job;
  if (spec.do === 'die') process.kill(process.pid, 'SIGKILL');
  else if (spec.do === 'block') block(order.blockMs ?? spec.ms);
  else if (spec.do === 'later' && job.attempt < spec.until)
    throw new Problem('store.unavailable', 'expected the store to answer', { retry: 'later' });
  else await pause(spec.ms ?? 0, undefined, { signal });
  return { kind: 'succeeded', result: { manifestKey: `${job.tenant}/${job.id}/manifest.json`, manifest, keys: {} } };
};

const onEvent = (event) => {
  switch (event.kind) {
    case 'started':
      appendFileSync(order.log, `${event.job.id} ${event.job.attempt} ${process.pid}\n`);
      return;
    case 'finished':
      say({ event: 'finished', id: event.job.id, outcome: event.outcome, fence: event.job.fence });
      return;
    case 'refused':
      say({ event: 'refused', id: event.jobId });
      return;
    case 'recovered':
      say({ event: 'recovered', requeued: event.requeued.length, failed: event.failed.length });
      return;
    case 'trouble':
      say({ event: 'trouble', doing: event.doing, error: String(event.error) });
  }
};

const ledger = await openLedger(order.ledger);
const queue = order.redis
  ? await openBullmqQueue({ url: order.redis, pollMs: 60_000, stalledMs: 500, lockMs: 2000 })
  : await openEmbeddedQueue({ pollMs: 50 });
const opened = order.pool ? (await from('apps/worker/render-pool.js')).openRenderPool({ slots: order.slots, ...order.pool }) : undefined;
const worker = startWorker({ ledger, queue, render: opened?.render ?? render, onEvent, ...order.worker });
const reconciler = startReconciler({ ledger, queue, onEvent, recoverMs: 100, compareMs: 500, ...order.reconciler });
say({ event: 'ready', worker: worker.id });

process.once('SIGTERM', async () => {
  await worker.stop();
  await reconciler.stop();
  await opened?.close();
  await queue.close();
  await ledger.close();
  say({ event: 'stopped' });
  process.exit(0);
});
