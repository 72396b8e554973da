import { setMaxListeners } from 'node:events';
import { Worker } from 'node:worker_threads';
import { failureOf } from '../../jobs/job-problem.ts';
import { RenderCache } from '../../produce/render-cache.ts';
import { type ChildParts, openChildParts } from './child-parts.ts';
import type { FromChild, ToChild } from './messages.ts';
import { runTask } from './run-task.ts';
import type { Task } from './task.ts';

/** The process that renders: told what to do over IPC, a task at a time and the keeping of the one before. Its parent kills it when it must. */
const cache = new RenderCache();
let parts: Promise<ChildParts> | undefined;
const aborts = new Map<number, AbortController>();

const tell = (message: FromChild): void => {
  // The parent may be gone: then this process ends too.
  process.send?.(message, undefined, {}, () => undefined);
};

const start = async (opening: Promise<ChildParts>): Promise<void> => {
  try {
    await opening;
    tell({ type: 'ready' });
  } catch (error) {
    tell({ type: 'broken', failure: failureOf(error) });
  }
};

const run = async (id: number, task: Task): Promise<void> => {
  const abort = new AbortController();
  // An order of many drawings reads them side by side, and each listens.
  setMaxListeners(0, abort.signal);
  aborts.set(id, abort);
  try {
    if (!parts) throw new Error('expected a start before a task');
    const result = await runTask(task, await parts, cache, {
      signal: abort.signal,
      onProgress: (progress) => tell({ type: 'progress', id, progress }),
      onMade: () => tell({ type: 'made', id }),
    });
    tell({ type: 'done', id, result });
  } catch (error) {
    tell({ type: 'failed', id, failure: failureOf(error) });
  } finally {
    aborts.delete(id);
  }
};

process.on('message', (message) => {
  // Only our own parent writes here, and it is the same version of this program.
  const order = message as ToChild;
  switch (order.type) {
    case 'start':
      parts = openChildParts(order.config);
      void start(parts);
      return;
    case 'run':
      void run(order.id, order.task);
      return;
    case 'abort':
      aborts.get(order.id)?.abort(new Error('nobody wants the result any more'));
  }
});
process.on('disconnect', () => process.exit(0));
// A terminal or a container sends these to the whole group: the parent decides when we end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

/** A thread of its own, since an orphan that spins for ever never hears that its parent is gone. */
const WATCH_PARENT = `
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 1000);
`;
new Worker(WATCH_PARENT, { eval: true }).unref();
