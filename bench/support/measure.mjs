import { setTimeout as sleep } from 'node:timers/promises';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The value that a share of all values does not exceed: 0.95 for the slow end. */
export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

/**
 * Milliseconds of processor time (user and system, all threads of this process) and of the clock for one run of `work`.
 * Processor time is the figure to compare: the clock also counts what other programs took. Garbage is not collected in between: a forced
 * collection also drops compiled code, which made warm code look cold (45 ms of 370 for a print file).
 */
export const timed = async (work) => {
  await sleep(50);
  const before = process.cpuUsage();
  const started = performance.now();
  const result = await work();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, wallMs, result };
};

/**
 * Runs every candidate once per round, one after another, so that a busy machine slows all of them alike. Rounds before the first
 * counted one warm up. A candidate with `every: n` joins each n-th round only. Returns medians by name, and each candidate's last result.
 */
export const interleaved = async (candidates, { rounds, warmUp = 1 }) => {
  const samples = new Map(candidates.map(({ name }) => [name, { cpu: [], wall: [], result: undefined }]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const { name, run, every = 1 } of candidates) {
      if (round >= 0 && round % every !== 0) continue;
      const { cpuMs, wallMs, result } = await timed(() => run(round));
      const kept = samples.get(name);
      kept.result = result;
      if (round < 0) continue;
      kept.cpu.push(cpuMs);
      kept.wall.push(wallMs);
    }
  }
  return new Map(
    [...samples].map(([name, { cpu, wall, result }]) => [
      name,
      { cpuMs: median(cpu), wallMs: median(wall), leastMs: Math.min(...cpu), mostMs: Math.max(...cpu), runs: cpu.length, result },
    ]),
  );
};
