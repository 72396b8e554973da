// Whole orders: each example from its JSON to all its files in memory, in one warm process with open resources. Pictures are decoded in a
// child process while warming up and then come from the cache, as in a service that prints the same artwork again.
import { median, timed } from './support/measure.mjs';
import { exampleNames, openExample, produceOrder } from './support/orders.mjs';
import { digits, print, printTable } from './support/report.mjs';

const ROUNDS = 5;
const orders = [];
for (const name of exampleNames()) orders.push({ name, ...(await openExample(name)), cpu: [], wall: [], files: new Map() });
for (let round = -1; round < ROUNDS; round++) {
  for (const order of orders) {
    const { cpuMs, wallMs, result } = await timed(() => produceOrder(order.spec, order.resources));
    order.files = result;
    if (round < 0) continue;
    order.cpu.push(cpuMs);
    order.wall.push(wallMs);
  }
}
const rows = orders.map(({ name, cpu, wall, files }) => {
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  return [
    name,
    digits(median(cpu)),
    digits(median(wall)),
    files.size,
    digits(bytes / 1e6, 1),
    digits((files.size * 1000) / median(cpu), 1),
  ];
});
const sum = (of) => orders.reduce((total, order) => total + of(order), 0);
const cpuMs = sum(({ cpu }) => median(cpu));
const fileCount = sum(({ files }) => files.size);
rows.push(['all', digits(cpuMs), digits(sum(({ wall }) => median(wall))), fileCount, '', digits((fileCount * 1000) / cpuMs, 1)]);
print(`\nMedians of ${ROUNDS} rounds, the examples taking turns\n`);
printTable(['order, warm', 'cpu ms', 'wall ms', 'files', 'MB', 'files per cpu second'], rows);
await Promise.all(orders.map(({ resources }) => resources.close()));
