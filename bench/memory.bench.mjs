// Memory over time: one process makes the same small order 300 times, with another name on every one, and must not grow.
import { openExample, produceOrder } from './support/orders.mjs';
import { digits, print, printTable, printTargets } from './support/report.mjs';

const EXAMPLE = '06-birthday-card';
const LOOKS = [25, 150, 300];

/** The spec with a number added to each of its texts. */
const numbered = (spec, run) => {
  const visit = (value) => {
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
    return copy.type === 'text' && typeof copy.text === 'string' ? { ...copy, text: `${copy.text} ${run}` } : copy;
  };
  return visit(spec);
};

const { spec, resources } = await openExample(EXAMPLE);
const before = process.memoryUsage.rss();
const looks = new Map();
let peak = 0;
for (let run = 1; run <= 300; run++) {
  await produceOrder(numbered(spec, run), resources);
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  peak = Math.max(peak, rss);
  if (LOOKS.includes(run)) looks.set(run, { rss, heapUsed, external, arrayBuffers });
}
await resources.close();

const mb = (bytes) => digits(bytes / 1e6);
print(
  `\n${EXAMPLE}, another text each run, default allocator; before the first run ${mb(before)} MB, highest after any run ${mb(peak)} MB\n`,
);
printTable(
  ['after runs', 'RSS MB', 'JS heap MB', 'buffers MB'],
  [...looks].map(([run, { rss, heapUsed, arrayBuffers }]) => [run, mb(rss), mb(heapUsed), mb(arrayBuffers)]),
);
printTargets([{ name: 'RSS after 300 runs against 25', value: looks.get(300).rss / looks.get(25).rss, most: 1.3 }]);
