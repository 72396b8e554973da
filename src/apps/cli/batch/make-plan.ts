import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { plural } from '../../../model/plural.ts';
import { EXIT } from '../exit-codes.ts';
import { KeptRecords, type RecordPins } from '../rerender/kept-records.ts';
import type { Environment, OutputFlags } from '../run-command.ts';
import { type OpenResources, openLibrary } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { type Summary, summaryOf, writeReport } from './batch-report.ts';
import { Journal, type JournalEntry } from './journal.ts';
import { makeRows } from './make-rows.ts';
import { type PlannedRow, rowName } from './planned-row.ts';
import { BatchProgress, durationText } from './progress.ts';
import type { RowConfig } from './row-messages.ts';
import { manifestAt, settledRow, sweepPartials } from './settled-rows.ts';

/** What making rows takes, from a new batch or from one that is made again. */
export type MakingFlags = OutputFlags & {
  readonly concurrency?: number;
  readonly maxFailures?: number;
  /** Rows a minute at most. */
  readonly rate?: number;
  readonly only?: 'production' | 'preview' | 'mockup';
  readonly force?: boolean;
  readonly proof: boolean;
  readonly assets?: string;
};

export type PlanToMake = {
  readonly out: string;
  readonly rows: readonly PlannedRow[];
  /** How rows ended before, by folder. */
  readonly ends: ReadonlyMap<string, JournalEntry>;
  /** Which of the rows to make. */
  readonly todo: readonly PlannedRow[];
  /** Whether rows that an earlier run ended stay as they are. */
  readonly settle: 'settled stay' | 'make all';
  /** Rows that failed already: they count for --max-failures. */
  readonly failures: number;
  /** Records of the library that rows are made with as they were, by their folders. */
  readonly pins?: ReadonlyMap<string, RecordPins>;
  readonly config: RowConfig;
  readonly environment: Environment;
  readonly flags: MakingFlags;
  readonly terminal: Terminal;
};

/** Makes rows of a plan whose folder is locked, and writes what a shop reads afterwards. Returns the exit code. */
export const makePlan = async (plan: PlanToMake): Promise<number> => {
  const { out, rows, config, environment, flags } = plan;
  const started = performance.now();
  const ends = new Map(plan.ends);
  const resources = await openLibrary(config.library, out);
  try {
    const resumed = await makeTodo(plan, ends, recordKeeper(out, resources));
    const summary = summaryOf(rows, ends, { resumed, seconds: (performance.now() - started) / 1000 });
    await writeReport(out, rows, ends, summary, { proof: flags.proof, resources, signal: environment.signal });
    return tellSummary(summary, plan);
  } finally {
    await resources.close();
  }
};

type KeepRecords = (row: JournalEntry) => Promise<void>;

/** Keeps what a row was made with, so that it can be made again from the same. */
const recordKeeper = (out: string, library: OpenResources): KeepRecords => {
  const records = new KeptRecords(out);
  return async ({ folder, status }) => {
    const manifest = status === 'made' ? await manifestAt(join(out, folder)) : null;
    if (manifest) await records.keep(manifest, library);
  };
};

/** Makes what is to make; `ends` is told of every row. Returns how many rows an earlier run had ended. */
const makeTodo = async (plan: PlanToMake, ends: Map<string, JournalEntry>, keep: KeepRecords): Promise<number> => {
  const { out, config, environment, flags, terminal, failures } = plan;
  await sweepPartials(out);
  const journal = await Journal.open(out);
  try {
    const todo = plan.settle === 'make all' ? plan.todo : await unsettled(plan, { journal, ends, keep });
    const progress = new BatchProgress(todo.filter(({ spec }) => spec !== null).length);
    terminal.status(progress.line());
    const making = await makeRows(todo, journal, {
      out,
      config,
      signal: environment.signal,
      concurrency: flags.concurrency ?? availableParallelism(),
      mostFailures: (flags.maxFailures ?? Number.POSITIVE_INFINITY) - failures,
      rowsPerMinute: flags.rate,
      only: flags.only,
      force: flags.force,
      pins: plan.pins,
      onRow: async (end, row) => {
        ends.set(end.folder, end);
        await keep(end);
        progress.count(end.status === 'made');
        terminal.event({ event: 'row', ...end, ...progress.facts() });
        if (end.status !== 'made') terminal.complain(`${rowName(row)} ${end.status}: ${end.message ?? ''}`);
        terminal.status(progress.line());
      },
    });
    if (making.left > 0)
      terminal.complain(
        `stopped after ${plural(making.failures + failures, 'failure')}: ${plural(making.left, 'row was', 'rows were')} not begun`,
      );
    return plan.todo.length - todo.length;
  } finally {
    await journal.close();
    await sweepPartials(out);
  }
};

/** Rows that an earlier run did not end; those it ended come into the journal if it did not get to that. */
const unsettled = async (
  { out, todo, ends: before }: PlanToMake,
  { journal, ends, keep }: { readonly journal: Journal; readonly ends: Map<string, JournalEntry>; readonly keep: KeepRecords },
): Promise<readonly PlannedRow[]> => {
  const left: PlannedRow[] = [];
  for (const row of todo) {
    const known = before.get(row.folder);
    const settled = await settledRow(out, row, known);
    if (!settled) left.push(row);
    else if (settled !== known) await journal.append(settled);
    if (!settled) continue;
    ends.set(row.folder, settled);
    await keep(settled);
  }
  return left;
};

const tellSummary = ({ troubles, ...counts }: Summary, { out, terminal }: PlanToMake): number => {
  const { made, refused, failed, left, resumed, seconds } = counts;
  terminal.event({ event: 'done', folder: out, ...counts });
  const before = resumed > 0 ? ` (${resumed} before)` : '';
  terminal.say(`${made} made${before}, ${refused} refused, ${failed} failed, ${left} left, in ${durationText(seconds)}`);
  if (!terminal.json && !terminal.quiet) terminal.print(out);
  return troubles.length > 0 || left > 0 ? EXIT.failed : EXIT.done;
};
