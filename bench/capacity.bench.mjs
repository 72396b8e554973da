// How many rendering slots a day of orders needs: a queueing simulation. Orders come as shops see them (a quiet night, a busy evening, a
// quarter of the day's orders in its best three hours, several lines in some orders), each line takes the cpu time of one of the examples as
// measured by order.bench.mjs, and whichever slot is free takes the line that has waited longest. Same seed, same table.
//   node bench/capacity.bench.mjs [orders a day] [cpu seconds per line ...]
import { digits, print, printTable } from './support/report.mjs';

const DAY = 86_400;
/** Share of a day's orders in each hour: the shape of a consumer shop in one time zone. */
const HOURS = [1.6, 1, 0.7, 0.6, 0.6, 0.9, 1.6, 2.6, 3.6, 4.4, 4.9, 5.1, 5.2, 5.0, 4.9, 4.9, 5.2, 5.6, 6.4, 7.6, 8.6, 8.4, 6.2, 4.4];
/** Measured cpu seconds of the eight example orders, warm (docs/performance.md, "Whole orders"). */
const DEFAULT_COSTS = [0.59, 1.85, 1.02, 1.08, 0.81, 1.83, 0.99, 1.12];
/** Lines per order: most orders have one. */
const LINES = [1, 1, 1, 1, 1, 1, 2, 2, 3, 6];

const [perDay = 1_000_000, ...given] = process.argv
  .slice(2)
  .filter((one) => !one.startsWith('--'))
  .map(Number);
const costs = given.length > 0 ? given : DEFAULT_COSTS;
const meanCost = costs.reduce((a, b) => a + b) / costs.length;
const meanLines = LINES.reduce((a, b) => a + b) / LINES.length;

/** Mulberry32: small, fast, and the same everywhere. */
const randomOf = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

/** Every line of a day as [arrival s, work s], in order of arrival: thinning of a Poisson process by the hour's share. */
const linesOfDay = (ordersPerDay, seed) => {
  const random = randomOf(seed);
  const total = HOURS.reduce((a, b) => a + b);
  const peak = (Math.max(...HOURS) / total) * ordersPerDay;
  const lines = [];
  for (let at = 0; at < DAY; at += -Math.log(1 - random()) / (peak / 3600)) {
    if (random() > HOURS[Math.floor(at / 3600)] / Math.max(...HOURS)) continue;
    const count = LINES[Math.floor(random() * LINES.length)];
    for (let line = 0; line < count; line++) lines.push([at, costs[Math.floor(random() * costs.length)] * (0.8 + 0.4 * random())]);
  }
  return lines;
};

/** Waits in seconds, sorted: first come, first served by whichever slot is free first. */
const waitsOf = (lines, slots) => {
  const free = new MinHeap(slots);
  const waits = new Float64Array(lines.length);
  lines.forEach(([at, work], index) => {
    const start = Math.max(at, free.least());
    free.replaceLeast(start + work);
    waits[index] = start - at;
  });
  return waits.sort();
};

/** When each slot is free again; the root is the earliest. */
class MinHeap {
  constructor(size) {
    this.times = new Float64Array(size);
  }
  least() {
    return this.times[0];
  }
  replaceLeast(time) {
    const { times } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= times.length) break;
      if (child + 1 < times.length && times[child + 1] < times[child]) child++;
      if (times[child] >= time) break;
      times[at] = times[child];
      at = child;
    }
    times[at] = time;
  }
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const peakShare = Math.max(...HOURS) / HOURS.reduce((a, b) => a + b);
print(`\n${meanLines} lines an order, ${digits(meanCost, 2)} cpu s a line, best hour ${digits(peakShare * 100, 1)} % of the day\n`);
const rows = [];
for (const orders of [perDay / 100, perDay / 10, perDay]) {
  const lines = linesOfDay(orders, 1);
  const needed = (peakShare * orders * meanLines * meanCost) / 3600;
  for (const slots of new Set([1.05, 0.9, 0.75].map((load) => Math.max(1, Math.ceil(needed / load))))) {
    const waits = waitsOf(lines, slots);
    const busy = lines.reduce((sum, [, work]) => sum + work, 0) / (slots * DAY);
    rows.push([
      Math.round(orders).toLocaleString('en'),
      slots,
      `${digits((needed / slots) * 100)} %`,
      `${digits(busy * 100)} %`,
      digits(at(waits, 0.5), 1),
      digits(at(waits, 0.95), 1),
      digits(at(waits, 0.99), 1),
      digits(waits.at(-1), 0),
    ]);
  }
}
printTable(['orders a day', 'slots', 'load, best hour', 'load, day', 'wait p50 s', 'p95 s', 'p99 s', 'longest s'], rows);
