// Batches of orders: a table of 10,000 rows read and checked before the first is made, and rows made by two processes against one.

import { spawnSync } from 'node:child_process';
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
/** Rows made, and how many quiet rounds of each kind count. */
const MADE = Number(process.env.BATCH_ROWS ?? 40);
const MAKING_ROUNDS = Number(process.env.BATCH_ROUNDS ?? 3);
/** Cores that other programs may use in a round that counts, and how many rounds are tried for it. */
const OTHERS = 0.1;
const MOST_TRIES = Number(process.env.BATCH_TRIES ?? 8);
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

const procText = (path) => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};
const ticksOf = (pid) => {
  const fields = procText(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.length < 13 ? 0 : Number(fields[11]) + Number(fields[12]);
};
/** Ticks of processor time: of the rendering processes that run, of this one, and of the whole machine (no ticks where there is no /proc). */
const ticks = () => {
  const children = procText(`/proc/self/task/${process.pid}/children`).trim().split(/\s+/).filter(Boolean);
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = procText('/proc/stat')
    .split('\n')[0]
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return {
    rows: children.reduce((sum, pid) => sum + ticksOf(pid), 0),
    own: ticksOf('self'),
    all: user + nice + system + irq + soft + steal,
  };
};
const TICKS_PER_SECOND = 100;

/** Keeps this process and those it starts to so many cores: one worker may not use the core that is the other one's share. */
const pinTo = (cores) => {
  const last = Math.max(1, cores) - 1;
  return spawnSync('taskset', ['-a', '-p', '-c', `0-${last}`, String(process.pid)], { stdio: 'ignore' }).status === 0;
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
    const marks = [];
    const pinned = pinTo(concurrency);
    const { failures, peakBytes } = await makeRows(rows, journal, {
      out,
      config,
      concurrency,
      mostFailures: 1,
      signal,
      onRow: () => {
        ends.push(performance.now());
        marks.push(ticks());
      },
    });
    await journal.close();
    must(
      failures === 0 && readFileSync(join(out, 'batch.journal.ndjson'), 'utf8').split('\n').length === MADE + 1,
      'expected every row made',
    );
    pinTo(availableParallelism());
    // The first rows of each process pay for opening the library and for code that is not compiled yet. Of the last ones, some processes are gone.
    const [first, last] = [concurrency * 4 - 1, MADE - concurrency];
    const [from, to, seconds] = [marks[first], marks[last], (ends[last] - ends[first]) / 1000];
    const of = (what) => (to[what] - from[what]) / TICKS_PER_SECOND;
    return {
      pinned,
      perSecond: (last - first) / seconds,
      peakMb: peakBytes / 1e6,
      cpuMs: (of('rows') * 1000) / (last - first),
      coordinatorMs: (of('own') * 1000) / (last - first),
      others: (of('all') - of('rows') - of('own')) / seconds,
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
};

const rounds = new Map([1, 2].map((n) => [n, []]));
const enough = (n) => rounds.get(n).filter(({ others }) => others <= OTHERS).length >= MAKING_ROUNDS;
for (let tried = 0; tried < MOST_TRIES && !(enough(1) && enough(2)); tried++)
  for (const n of rounds.keys()) if (!enough(n)) rounds.get(n).push(await rate(n));
await resources.close();
/** The quietest rounds of each kind. */
const best = new Map([...rounds].map(([n, all]) => [n, all.toSorted((a, b) => a.others - b.others).slice(0, MAKING_ROUNDS)]));
const of = (n, what) => median(best.get(n).map((one) => one[what]));
const loudest = Math.max(...[...best.values()].flat().map(({ others }) => others));
const ratio = of(2, 'perSecond') / of(1, 'perSecond');
const isPinned = best.get(1).every(({ pinned }) => pinned);
print(
  `rows made by rendering processes, ${MADE} rows of film for shirts a round, ${availableParallelism()} cores; one process ${isPinned ? 'kept to one core' : 'not kept to one core: no taskset here'}\n`,
);
printTable(
  [
    'processes',
    'rounds',
    'rows a second',
    'cpu of a row, ms',
    'of the coordinator, ms',
    'largest process, MB',
    'cores used by others, at most',
  ],
  [1, 2].map((n) => [
    String(n),
    `${best.get(n).length} of ${rounds.get(n).length}`,
    of(n, 'perSecond').toFixed(2),
    digits(of(n, 'cpuMs')),
    digits(of(n, 'coordinatorMs')),
    digits(of(n, 'peakMb')),
    Math.max(...best.get(n).map(({ others }) => others)).toFixed(2),
  ]),
);
print(
  `two processes make ${ratio.toFixed(2)} times the rows of one on the clock${loudest > OTHERS ? ', with others on the same cores' : ''}\n`,
);
const dearer = of(2, 'cpuMs') / of(1, 'cpuMs');
print(
  `a row costs each of two warm processes ${dearer.toFixed(2)} times the cpu it costs one alone: on idle cores ${(2 / dearer).toFixed(2)} times the rows\n`,
);
printTargets([
  { name: `${digits(ROWS)} rows of a table read and checked, s of cpu`, value: median(samples.all) / 1000, most: 10 },
  loudest > OTHERS
    ? { name: 'cpu of a row made by two processes, against one (others kept the clock from telling)', value: dearer, most: 2 / 1.8 }
    : { name: 'time of a row made by two processes, against one with a core', value: 1 / ratio, most: 1 / 1.8 },
]);
