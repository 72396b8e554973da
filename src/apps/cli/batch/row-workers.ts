import type { PlannedRow } from './planned-row.ts';
import type { RowConfig } from './row-messages.ts';
import { RowProcess } from './row-process.ts';

export type RowWorkersOptions = {
  readonly config: RowConfig;
  /** Processes, each with one row at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
};

/** Does something with one row; `fresh` gives the process of this worker, a new one where the last is spent or dead. */
export type RowWork = (row: PlannedRow, fresh: () => Promise<RowProcess>) => Promise<'go on' | 'stop'>;

/** Walks over rows with as many processes; after a `stop` no more are begun. `peakBytes` is the most memory that one of them had. */
export const inRowProcesses = async (
  rows: readonly PlannedRow[],
  { config, concurrency, signal }: RowWorkersOptions,
  work: RowWork,
): Promise<{ readonly begun: number; readonly peakBytes: number }> => {
  let [next, peakBytes, isStopped] = [0, 0, false];
  const processes = new Set<RowProcess>();
  const kill = (): void => {
    for (const one of processes) void one.close();
  };
  signal.addEventListener('abort', kill, { once: true });
  const worker = async (): Promise<void> => {
    let child: RowProcess | null = null;
    const retire = async (one: RowProcess | null): Promise<void> => {
      if (!one) return;
      await one.close();
      peakBytes = Math.max(peakBytes, one.peakBytes);
      processes.delete(one);
    };
    const fresh = async (): Promise<RowProcess> => {
      if (child?.isFresh) return child;
      await retire(child);
      child = new RowProcess(config);
      processes.add(child);
      return child;
    };
    while (next < rows.length && !isStopped && !signal.aborted) {
      const row = rows[next];
      next += 1;
      if (!row) break;
      if ((await work(row, fresh)) === 'stop') isStopped = true;
    }
    await retire(child);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, Math.max(1, rows.length)) }, worker));
  } finally {
    signal.removeEventListener('abort', kill);
    await Promise.all([...processes].map((one) => one.close()));
  }
  signal.throwIfAborted();
  return { begun: next, peakBytes };
};
