// Batches of orders: a table of 10,000 rows read and checked before the first is made, and rows made by two processes against one.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchLibrary } from '../dist/apps/cli/batch/batch-library.js';
import { Journal } from '../dist/apps/cli/batch/journal.js';
import { makeRows } from '../dist/apps/cli/batch/make-rows.js';
import { NO_MAPPING } from '../dist/apps/cli/batch/mapping.js';
import { planBatch } from '../dist/apps/cli/batch/plan-batch.js';
import { readRows } from '../dist/apps/cli/batch/read-batch-file.js';
import { rowConfig } from '../dist/apps/cli/batch/row-config.js';
import { openLibrary } from '../dist/apps/cli/session.js';
import { decodeTableText } from '../dist/intake/csv/decode-table-text.js';
import { readCsv } from '../dist/intake/csv/read-csv.js';
import { median, timed } from './support/measure.mjs';
import { digits, must, print, printTable, printTargets } from './support/report.mjs';

const ROWS = 10_000;
const ROUNDS = 3;
/** Rows made, and how often: a machine that others use needs more of both. */
const MADE = Number(process.env.BATCH_ROWS ?? 24);
const MAKING_ROUNDS = Number(process.env.BATCH_ROUNDS ?? 3);
const signal = new AbortController().signal;

const names = ['Okafor', 'O’Connell', 'Müller-Lüdenscheidt', 'Ann', 'Łukasz', 'da Silva'];
const line = (i) =>
  `A-${i};${names[i % names.length].slice(0, 14)};${1 + (i % 99)};football;navy;athletic-gold;"${i % 5 ? '' : 'left at the door;\nring twice'}"`;
const table = `\ufeffreference;name;football-number;sport;colour;rim;note\r\n${Array.from({ length: ROWS }, (_, i) => line(i)).join('\r\n')}\r\n`;
const bytes = new TextEncoder().encode(table);

const config = rowConfig({ env: {}, cwd: process.cwd() }, process.cwd(), undefined);
const resources = await openLibrary(config.library, config.baseDir);
const parts = batchLibrary(resources);
const reading = { mapping: NO_MAPPING, design: 'player-jersey', designOf: parts.designOf };
const file = { name: 'orders.csv', folder: process.cwd(), bytes };

const samples = { csv: [], all: [] };
for (let round = -1; round < ROUNDS; round++) {
  const csv = await timed(() => readCsv(decodeTableText(bytes)).rows.length);
  must(csv.result === ROWS, `expected ${ROWS} rows, got ${csv.result}`);
  const all = await timed(async () => planBatch((await readRows(file, reading)).rows, parts, signal));
  const wrong = all.result.filter(({ spec }) => spec === null);
  must(all.result.length === ROWS && wrong.length === 0, `expected ${ROWS} good rows, got ${JSON.stringify(wrong[0]?.findings)}`);
  if (round < 0) continue;
  samples.csv.push(csv.cpuMs);
  samples.all.push(all.cpuMs);
}

print(`\n${digits(ROWS)} rows of a table, ${digits(bytes.length / 1000)} KB; cpu, medians of ${ROUNDS} rounds\n`);
printTable(
  ['step', 'ms'],
  [
    ['table to cells', digits(median(samples.csv))],
    ['table to checked specs', digits(median(samples.all))],
  ],
);

/** A shirt with a name for film: the cost of an everyday order. */
const spec = (i) => ({
  product: 'crew-tee',
  variant: { size: 'l', colour: 'black' },
  order: { reference: `A-${i}` },
  placements: [
    {
      placement: 'front',
      method: 'dtf',
      settings: { dpi: 150 },
      layers: [
        {
          type: 'text',
          text: `${names[i % names.length]} ${i}`,
          font: { family: 'Oswald' },
          size: 120,
          fill: '#f4c542',
          fit: { mode: 'shrink', minSize: 20 },
          box: { x: 20, y: 40, width: 260, height: 80 },
        },
      ],
    },
  ],
});
const lines = (from) => ({
  bytes: new TextEncoder().encode(Array.from({ length: MADE }, (_, i) => JSON.stringify(spec(from + i))).join('\n')),
});

/** Ticks of processor time of the child processes that run, from /proc; 0 where there is none. */
const childTicks = () => {
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'latin1').trim().split(/\s+/);
    return children.reduce((sum, pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      return sum + Number(fields[11]) + Number(fields[12]);
    }, 0);
  } catch {
    return 0;
  }
};

/** Rows a second once the processes are warm: the time between the first row and the last. */
const rate = async (concurrency) => {
  const out = mkdtempSync(join(tmpdir(), 'platen-bench-batch-'));
  try {
    const rows = await planBatch((await readRows({ ...file, ...lines(0) }, reading)).rows, parts, signal);
    must(
      rows.every((row) => row.spec !== null),
      'expected good specs',
    );
    const journal = await Journal.open(out);
    const ends = [];
    const ticks = [];
    const { failures, peakBytes } = await makeRows(rows, journal, {
      out,
      config,
      concurrency,
      mostFailures: 1,
      signal,
      onRow: () => {
        ends.push(performance.now());
        ticks.push(childTicks());
      },
    });
    await journal.close();
    must(
      failures === 0 && readFileSync(join(out, 'batch.journal.ndjson'), 'utf8').split('\n').length === MADE + 1,
      'expected every row made',
    );
    // The first rows of each process pay for opening the library and for code that is not compiled yet. Of the last ones, some processes are gone.
    const warm = concurrency * 4;
    return {
      perSecond: (ends.length - warm) / ((ends.at(-1) - ends[warm - 1]) / 1000),
      peakMb: peakBytes / 1e6,
      ticks: (ticks.at(-concurrency) - ticks[warm - 1]) / (ends.length - concurrency + 1 - warm),
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
};

const rates = new Map([1, 2].map((n) => [n, []]));
for (let round = 0; round < MAKING_ROUNDS; round++) for (const n of rates.keys()) rates.get(n).push(await rate(n));
await resources.close();
const of = (n, what) => median(rates.get(n).map((one) => one[what]));
const ratio = of(2, 'perSecond') / of(1, 'perSecond');
print(
  `rows made by rendering processes, ${MADE} rows of film for shirts a round, ${availableParallelism()} cores; clock, so true only on an idle machine\n`,
);
printTable(
  ['processes', 'rows a second', 'largest process, MB'],
  [1, 2].map((n) => [String(n), of(n, 'perSecond').toFixed(1), digits(of(n, 'peakMb'))]),
);
print(`two processes make ${ratio.toFixed(2)} times the rows of one on the clock of this machine as busy as it is\n`);
const dearer = of(2, 'ticks') / of(1, 'ticks');
print(
  `a row costs each of two warm processes ${dearer.toFixed(2)} times the cpu it costs one alone: on idle cores ${(2 / dearer).toFixed(2)} times the rows\n`,
);
printTargets([
  { name: `${digits(ROWS)} rows of a table read and checked, s of cpu`, value: median(samples.all) / 1000, most: 10 },
  { name: 'cpu of a row made by two processes, against one', value: dearer, most: 2 / 1.8 },
]);
