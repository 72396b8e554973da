import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Manifest } from '../../../model/manifest.ts';
import { plural } from '../../../model/plural.ts';
import { Problem } from '../../../model/problem.ts';
import { type BatchFacts, readFacts } from '../batch/batch-facts.ts';
import { batchLibrary } from '../batch/batch-library.ts';
import { withBatchLocked } from '../batch/batch-lock.ts';
import { writeChanges } from '../batch/file-changes.ts';
import { InputDigests } from '../batch/input-digests.ts';
import { readJournal } from '../batch/journal.ts';
import { type MakingFlags, makePlan } from '../batch/make-plan.ts';
import { readPlan, writePlan } from '../batch/plan-file.ts';
import { type PlannedRow, rowName } from '../batch/planned-row.ts';
import { BatchProgress } from '../batch/progress.ts';
import { rowConfig } from '../batch/row-config.ts';
import type { RowStatus } from '../batch/row-statuses.ts';
import { isMeant, type RowFilter, type Selected, selectRow } from '../batch/select-rows.ts';
import { tellRows } from '../batch/tell-rows.ts';
import { EXIT } from '../exit-codes.ts';
import { packageVersion } from '../package-version.ts';
import { type ComparisonOptions, compareRows } from '../rerender/comparison.ts';
import { comparisonSummary, writeComparison } from '../rerender/comparison-report.ts';
import { KeptRecords, type RecordPins } from '../rerender/kept-records.ts';
import { pinRow } from '../rerender/pin-row.ts';
import { type Environment, runCommand } from '../run-command.ts';
import { openLibrary } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export type RerenderFlags = MakingFlags & {
  readonly out: string;
  readonly product?: string;
  readonly design?: string;
  readonly order?: string;
  readonly since?: number;
  readonly until?: number;
  readonly status?: RowStatus;
  readonly changedOnly?: boolean;
  /** As they were made, whatever designs, products, shops and palettes are today. */
  readonly pinned?: boolean;
  readonly dryRun?: boolean;
  /** Of a dry run: the folder for report.html, with what a new render changes. */
  readonly report?: string;
  /** Of a report: go on with the one in its folder. */
  readonly resume?: boolean;
};

/** `platen rerender`: rows of a batch again, with the designs, products and fonts of today or, pinned, as they were. */
export const rerenderCommand = (environment: Environment, flags: RerenderFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const out = resolve(environment.cwd, flags.out);
    requireSense(flags);
    const facts = await readFacts(out);
    const rows = await readPlan(out);
    const ends = await readJournal(out);
    const config = rowConfig(environment, facts.baseDir, flags.assets ?? facts.assets);
    const resources = await openLibrary(config.library, config.baseDir, config.assetsDir);
    try {
      const digests = new InputDigests(resources, environment.signal);
      const records = new KeptRecords(out);
      const how = { out, records, parts: batchLibrary(resources), digests, version: packageVersion() };
      const selected: Selected[] = [];
      const pins = new Map<string, RecordPins>();
      for (const row of rows.filter((one) => isMeant(one, ends.get(one.folder), filterOf(flags)))) {
        environment.signal.throwIfAborted();
        terminal.status(`${plural(selected.length, 'row')} so far, looking at ${rowName(row)}`);
        const one = flags.pinned ? await pinRow(row, how) : await selectRow(row, how);
        if (one.pins) pins.set(row.folder, { out, inputs: one.pins });
        if (!flags.changedOnly || one.reasons.length > 0) selected.push(one);
      }
      tellSelected(selected, rows.length, terminal);
      const wrong = tellRows(
        selected.map(({ row }) => row),
        [],
        terminal,
      );
      const making = { ...flags, ...unsaid(facts, flags) };
      if (flags.report !== undefined) {
        const report = resolve(environment.cwd, flags.report);
        return await tellComparison(selected, { out, report, config, pins, environment, flags: making, terminal });
      }
      if (flags.dryRun) return wrong > 0 ? EXIT.failed : EXIT.done;
      if (selected.length === 0) return EXIT.done;
      const todo = selected.map(({ row }) => row);
      // A row that cannot be made as it was keeps its place in the plan, and its files.
      const all = withThose(rows, flags.pinned ? todo.filter(({ spec }) => spec !== null) : todo);
      const planned = new Map(rows.map((row) => [row.folder, row]));
      return await withBatchLocked(out, async () => {
        for (const { row, before } of selected) await keepReplaced(planned.get(row.folder), row, before, records);
        await writePlan(out, all);
        const settle = 'make all';
        const code = await makePlan({
          out,
          rows: all,
          ends,
          todo,
          settle,
          failures: wrong,
          pins,
          config,
          environment,
          flags: making,
          terminal,
        });
        await tellChanges(out, selected, terminal);
        return wrong > 0 ? EXIT.failed : code;
      });
    } finally {
      await resources.close();
    }
  });

const requireSense = ({ report, resume, dryRun, pinned, changedOnly }: RerenderFlags): void => {
  if (pinned && changedOnly)
    throw new Problem('usage.invalid', 'expected --pinned or --changed-only, got both', {
      hint: 'What is pinned is made as it was, whatever has changed.',
    });
  if (report !== undefined && !dryRun)
    throw new Problem('usage.invalid', 'expected --dry-run with --report, got --report alone', {
      hint: 'A report says what would change. What is replaced stands in batch.changes.json.',
    });
  if (resume && report === undefined)
    throw new Problem('usage.invalid', 'expected --report with --resume, got --resume alone', {
      hint: 'Rows are made again from where it was by the same --changed-only, or by --until with the time it began.',
    });
};

type Comparing = Pick<ComparisonOptions, 'out' | 'report' | 'config' | 'pins'> & {
  readonly environment: Environment;
  readonly flags: RerenderFlags;
  readonly terminal: Terminal;
};

/** Makes the rows beside the batch, and writes what they would change. */
const tellComparison = async (selected: readonly Selected[], comparing: Comparing): Promise<number> => {
  const { environment, flags, terminal, ...where } = comparing;
  const progress = new BatchProgress(selected.filter(({ row }) => row.spec !== null).length);
  const rows = await compareRows(selected, {
    ...where,
    concurrency: flags.concurrency ?? availableParallelism(),
    rowsPerMinute: flags.rate,
    only: flags.only,
    force: flags.force,
    resume: flags.resume ?? false,
    signal: environment.signal,
    onRow: (row) => {
      progress.count(row.message === undefined);
      terminal.event({ event: 'compared', ...row, ...progress.facts() });
      terminal.status(progress.line());
    },
  });
  const files = await writeComparison(where.report, rows);
  const { files: counted, ...counts } = comparisonSummary(rows);
  terminal.event({ event: 'done', folder: where.report, ...counts, files: counted });
  terminal.say(
    `rows: ${counts.same} the same, ${counts.changed} changed, ${counts.new} new, ${counts.refused + counts.failed} would not be made`,
  );
  terminal.say(`files: ${counted.changed} changed, ${counted.new} new, ${counted.gone} gone, ${counted.same} the same to the byte`);
  for (const file of files) terminal.say(file);
  return counts.refused + counts.failed > 0 ? EXIT.failed : EXIT.done;
};

const filterOf = ({ product, design, order, since, until, status }: RerenderFlags): RowFilter => ({
  product,
  design,
  order,
  sinceMs: since,
  untilMs: until,
  status,
});

/** As the batch was made, unless said now. */
const unsaid = ({ only, force }: BatchFacts, flags: RerenderFlags): Pick<MakingFlags, 'only' | 'force'> => {
  const [role, forced] = [flags.only ?? only, flags.force ?? force];
  return { ...(role === undefined ? {} : { only: role }), ...(forced === undefined ? {} : { force: forced }) };
};

/** The spec that the files of a row were made from, when the plan is about to have another. */
const keepReplaced = async (old: PlannedRow | undefined, now: PlannedRow, before: Manifest | null, records: KeptRecords): Promise<void> => {
  if (!old?.spec || old.digest === null || old.digest === now.digest || old.digest !== before?.specDigest) return;
  await records.keepSpec(old.digest, old.spec);
};

const withThose = (rows: readonly PlannedRow[], today: readonly PlannedRow[]): readonly PlannedRow[] => {
  const byFolder = new Map(today.map((row) => [row.folder, row]));
  return rows.map((row) => byFolder.get(row.folder) ?? row);
};

const MOST_LINES = 200;

const tellSelected = (selected: readonly Selected[], total: number, terminal: Terminal): void => {
  for (const { row, reasons } of selected) terminal.event({ event: 'selected', row: row.row, folder: row.folder, reasons });
  for (const { row, reasons } of selected.slice(0, MOST_LINES))
    terminal.say(`${rowName(row)}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`);
  if (selected.length > MOST_LINES) terminal.say(`and ${selected.length - MOST_LINES} more; --json tells all of them`);
  terminal.say(`${selected.length} of ${plural(total, 'row')} to make again`);
};

const tellChanges = async (out: string, selected: readonly Selected[], terminal: Terminal): Promise<void> => {
  const changes = await writeChanges(out, selected);
  for (const one of changes) terminal.event({ event: 'changes', ...one });
  const sum = (count: (one: (typeof changes)[number]) => number): number => changes.reduce((all, one) => all + count(one), 0);
  const [changed, added] = [sum((one) => one.changed.length), sum((one) => one.added.length)];
  const [removed, same] = [sum((one) => one.removed.length), sum((one) => one.same)];
  terminal.say(`files: ${changed} changed, ${added} new, ${removed} gone, ${same} the same to the byte`);
};
