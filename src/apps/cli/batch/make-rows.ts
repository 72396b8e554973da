import { join } from 'node:path';
import { isProblem } from '../../../model/problem.ts';
import type { RecordPins } from '../rerender/kept-records.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { paced } from './pace.ts';
import type { PlannedRow } from './planned-row.ts';
import type { RowConfig, RowMade } from './row-messages.ts';
import type { RowProcess } from './row-process.ts';
import { inRowProcesses } from './row-workers.ts';

export type MakingOptions = {
  /** Folder of the batch. */
  readonly out: string;
  readonly config: RowConfig;
  /** Rendering processes, each with one row at a time. */
  readonly concurrency: number;
  /** Rows that may be refused or fail before no more are begun. */
  readonly mostFailures: number;
  readonly only?: 'production' | 'preview' | 'mockup' | undefined;
  readonly force?: boolean | undefined;
  /** Records of the library that a row is made with as they were, by the folder of the row. */
  readonly pins?: ReadonlyMap<string, RecordPins> | undefined;
  readonly signal: AbortSignal;
  /** Rows begun in a minute at most, all processes together: a share of a machine that others need too. */
  readonly rowsPerMinute?: number | undefined;
  /** The process of the row begins no other before this is done. */
  readonly onRow: (entry: JournalEntry, row: PlannedRow) => void | Promise<void>;
};

export type Making = { readonly failures: number /** Rows that were never begun. */; readonly left: number; readonly peakBytes: number };

/** A render that asks for another attempt gets one: what fails twice is told. */
const ATTEMPTS = 2;

/**
 * Makes rows in processes of their own, so that every core has one and none can take the batch with it. A row counts once its files are
 * complete and the journal has it on disk.
 * @throws what the signal was aborted with; rows under way then leave nothing that looks complete
 */
export const makeRows = async (rows: readonly PlannedRow[], journal: Journal, options: MakingOptions): Promise<Making> => {
  const { mostFailures, signal } = options;
  const todo = rows.filter(({ spec }) => spec !== null);
  let failures = 0;
  const next = paced(options.rowsPerMinute, signal);
  const { begun, peakBytes } = await inRowProcesses(todo, options, async (row, fresh) => {
    await next();
    if (signal.aborted) return 'stop';
    const entry = await makeRow(row, fresh, options);
    if (signal.aborted) return 'stop';
    if (entry.status !== 'made') failures += 1;
    await journal.append(entry);
    await options.onRow(entry, row);
    return failures < mostFailures ? 'go on' : 'stop';
  });
  return { failures, left: todo.length - begun, peakBytes };
};

type Ended = Pick<JournalEntry, 'status' | 'files' | 'code' | 'message'>;

const makeRow = async (row: PlannedRow, fresh: () => Promise<RowProcess>, options: MakingOptions): Promise<JournalEntry> => {
  const started = performance.now();
  const ended = await attempt(row, fresh, options);
  return {
    row: row.row,
    folder: row.folder,
    reference: row.reference,
    digest: row.digest ?? '',
    ...ended,
    at: new Date().toISOString(),
    ms: Math.round(performance.now() - started),
  };
};

const attempt = async (
  row: PlannedRow,
  fresh: () => Promise<RowProcess>,
  { out, only, force, pins, signal }: MakingOptions,
): Promise<Ended> => {
  const pinned = pins?.get(row.folder);
  const task = {
    spec: row.spec,
    folder: join(out, row.folder),
    ...(only === undefined ? {} : { only }),
    ...(force === undefined ? {} : { force }),
    ...(pinned === undefined ? {} : { pins: pinned }),
  };
  for (let tried = 1; ; tried += 1) {
    try {
      return endOf(await (await fresh()).run(task));
    } catch (error) {
      if (!isProblem(error)) throw error;
      const again = error.retry === 'later' && tried < ATTEMPTS && !signal.aborted;
      if (!again) return { status: 'failed', files: 0, code: error.code, message: error.message };
    }
  }
};

const endOf = ({ status, files, errors }: RowMade): Ended => {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return status === 'made' || !first ? { status, files } : { status, files, code: first.code, message: `${first.message}${more}` };
};
