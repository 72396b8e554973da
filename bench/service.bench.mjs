// What the service costs beside the rendering itself: one small order line, another name each time, rendered by produce() into a folder in this process,
// through `platen serve`, and by two worker processes with a core each; then how fast orders are accepted, and whether reading stays fast under load.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median, percentile } from './support/measure.mjs';
import { openExample, produceInto } from './support/orders.mjs';
import { digits, print, printTable, printTargets } from './support/report.mjs';
import { get, newDataDir, post, removeDataDir, runBatch, startPlaten } from './support/service.mjs';

const JOBS = 40;
const ROUNDS = 3;
const POSTS_PER_SECOND = 200;
const SECONDS = 10;

const spec = (text) => ({
  version: 1,
  product: 'crew-tee',
  variant: { size: 'l', colour: 'white' },
  placements: [
    {
      placement: 'front',
      method: 'dtg',
      layers: [
        { type: 'text', text, font: { family: 'Anton' }, size: 200, fill: '#1f3a5f', box: { x: 20, y: 100, width: 260, height: 120 } },
      ],
    },
  ],
});
const specsOf = (round) => Array.from({ length: JOBS }, (_, index) => spec(`Name ${round * JOBS + index}`));

const { resources } = await openExample('07-notebook');
const directDir = newDataDir();
/** So many at a time in this one process: what a program that embeds Platen would do. */
const direct = async (round, atOnce) => {
  const started = performance.now();
  const waiting = [...specsOf(round).entries()];
  const caller = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await produceInto(join(directDir, `${round}-${atOnce}-${next[0]}`), next[1], resources);
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  const ms = performance.now() - started;
  // Else the service, which waits for the disk, would wait for these files too.
  spawnSync('sync');
  return ms;
};

const dataDir = newDataDir();
const one = await startPlaten(['serve', '--dev'], dataDir, { PLATEN_WORKER_SLOTS: '1' });
const twoDir = newDataDir();
const two = await startPlaten(['serve', '--dev'], twoDir, { PLATEN_WORKER_SLOTS: '2' });
const shared = newDataDir();
const api = await startPlaten(['serve', '--dev', '--no-worker'], shared);
const workers = [];

const times = { direct: [], served: [], direct2: [], served2: [], alone: [], pair: [] };
for (let round = -1; round < ROUNDS; round++) {
  const directMs = await direct(round + 1, 1);
  const servedMs = await runBatch(one.url, specsOf(round + 1));
  const direct2Ms = await direct(round + 1, 2);
  const served2Ms = await runBatch(two.url, specsOf(round + 1));
  if (round >= 0) {
    times.direct.push(directMs);
    times.served.push(servedMs);
    times.direct2.push(direct2Ms);
    times.served2.push(served2Ms);
  }
}
await two.stop();

workers.push(await startPlaten(['worker'], shared, { PLATEN_WORKER_SLOTS: '1' }, 0));
for (let round = -1; round < ROUNDS; round++) {
  const ms = await runBatch(api.url, specsOf(round + 1));
  if (round >= 0) times.alone.push(ms);
}
workers.push(await startPlaten(['worker'], shared, { PLATEN_WORKER_SLOTS: '1' }, 1));
for (let round = -1; round < ROUNDS; round++) {
  const ms = await runBatch(api.url, specsOf(round + 1));
  if (round >= 0) times.pair.push(ms);
}

/** Latencies of reads, a few at a time, for so long. */
const readLatencies = async (id, forMs) => {
  const taken = [];
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    const started = performance.now();
    await get(api.url, `/v1/jobs/${id}`);
    taken.push(performance.now() - started);
    await pause(5);
  }
  return taken;
};
const { items } = await get(api.url, '/v1/jobs?limit=1');
await readLatencies(items[0].id, 1000);
const idle = await readLatencies(items[0].id, 4000);
const busyBatch = runBatch(api.url, specsOf(9));
await pause(300);
const busy = await readLatencies(items[0].id, 4000);
await busyBatch;
for (const worker of workers) await worker.stop();

/** Posts on a clock, whether or not earlier ones were answered: a slow server cannot slow its callers. */
const posted = [];
const started = performance.now();
await Promise.all(
  Array.from({ length: POSTS_PER_SECOND * SECONDS }, async (_, index) => {
    await pause((index * 1000) / POSTS_PER_SECOND - (performance.now() - started));
    const before = performance.now();
    await post(api.url, '/v1/jobs', { spec: spec(`Post ${index}`) });
    posted.push(performance.now() - before);
  }),
);
await api.stop();
await one.stop();
await resources.close();
removeDataDir(directDir);
removeDataDir(dataDir);
removeDataDir(twoDir);
removeDataDir(shared);

const perSecond = (ms) => (JOBS * 1000) / median(ms);
print(`\n${JOBS} jobs, medians of ${ROUNDS} rounds; SQLite ledger, folder store\n`);
printTable(
  ['rendering', 'jobs a second', 'ms a job'],
  [
    ['produce() into folders, one process', digits(perSecond(times.direct), 2), digits(median(times.direct) / JOBS)],
    ['platen serve, one slot', digits(perSecond(times.served), 2), digits(median(times.served) / JOBS)],
    ['produce() into folders, two at a time', digits(perSecond(times.direct2), 2), digits(median(times.direct2) / JOBS)],
    ['platen serve, two slots', digits(perSecond(times.served2), 2), digits(median(times.served2) / JOBS)],
    ['one worker process with one core, beside the API', digits(perSecond(times.alone), 2), digits(median(times.alone) / JOBS)],
    ['two worker processes with a core each, beside the API', digits(perSecond(times.pair), 2), digits(median(times.pair) / JOBS)],
  ],
);
printTable(
  ['answers, ms', 'p50', 'p95', 'p99'],
  [
    ['reading a job, idle', ...[0.5, 0.95, 0.99].map((share) => digits(percentile(idle, share), 1))],
    ['reading a job, workers saturated', ...[0.5, 0.95, 0.99].map((share) => digits(percentile(busy, share), 1))],
    [`submitting ${POSTS_PER_SECOND} a second`, ...[0.5, 0.95, 0.99].map((share) => digits(percentile(posted, share), 1))],
  ],
);
printTargets([
  { name: 'time through serve / time of produce(), one at a time', value: median(times.served) / median(times.direct), most: 1 / 0.9 },
  { name: 'the same, two at a time', value: median(times.served2) / median(times.direct2), most: 1 / 0.9 },
  { name: 'time of two workers / time of one, a core each', value: median(times.pair) / median(times.alone), most: 1 / 1.8 },
  { name: 'p95 of reading, saturated / idle', value: percentile(busy, 0.95) / percentile(idle, 0.95), most: 2 },
  { name: 'p95 of submitting, ms', value: percentile(posted, 0.95), most: 20 },
]);
