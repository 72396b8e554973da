import { resolve } from 'node:path';
import { type BatchFacts, readFacts } from '../batch/batch-facts.ts';
import { batchLibrary } from '../batch/batch-library.ts';
import { withBatchLocked } from '../batch/batch-lock.ts';
import { writeChanges } from '../batch/file-changes.ts';
import { InputDigests } from '../batch/input-digests.ts';
import { readJournal } from '../batch/journal.ts';
import { type MakingFlags, makePlan } from '../batch/make-plan.ts';
import { readPlan, writePlan } from '../batch/plan-file.ts';
import { type PlannedRow, rowName } from '../batch/planned-row.ts';
import { rowConfig } from '../batch/row-config.ts';
import { isMeant, type RowFilter, type RowStatus, type Selected, selectRow } from '../batch/select-rows.ts';
import { tellRows } from '../batch/tell-rows.ts';
import { type Environment, EXIT, runCommand } from '../run-command.ts';
import { openLibrary, packageVersion } from '../session.ts';
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
  readonly dryRun?: boolean;
};

/** `platen rerender`: rows of a batch again, with the designs, products and fonts of today. */
export const rerenderCommand = (environment: Environment, flags: RerenderFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const out = resolve(environment.cwd, flags.out);
    const facts = await readFacts(out);
    const rows = await readPlan(out);
    const ends = await readJournal(out);
    const config = rowConfig(environment, facts.baseDir, flags.assets ?? facts.assets);
    const resources = await openLibrary(config.library, config.baseDir, config.assetsDir);
    try {
      const digests = new InputDigests(resources, environment.signal);
      const how = { out, parts: batchLibrary(resources), digests, version: packageVersion() };
      const selected: Selected[] = [];
      for (const row of rows.filter((one) => isMeant(one, ends.get(one.folder), filterOf(flags)))) {
        environment.signal.throwIfAborted();
        terminal.status(`${selected.length} rows so far, looking at ${rowName(row)}`);
        const one = await selectRow(row, how);
        if (!flags.changedOnly || one.reasons.length > 0) selected.push(one);
      }
      tellSelected(selected, rows.length, terminal);
      const wrong = tellRows(
        selected.map(({ row }) => row),
        [],
        terminal,
      );
      if (flags.dryRun) return wrong > 0 ? EXIT.failed : EXIT.done;
      if (selected.length === 0) return EXIT.done;
      const todo = selected.map(({ row }) => row);
      const all = withThose(rows, todo);
      const making = { ...flags, ...unsaid(facts, flags) };
      return await withBatchLocked(out, async () => {
        await writePlan(out, all);
        const settle = 'make all';
        const code = await makePlan({ out, rows: all, ends, todo, settle, failures: wrong, config, environment, flags: making, terminal });
        await tellChanges(out, selected, terminal);
        return code;
      });
    } finally {
      await resources.close();
    }
  });

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
  terminal.say(`${selected.length} of ${total} rows to make again`);
};

const tellChanges = async (out: string, selected: readonly Selected[], terminal: Terminal): Promise<void> => {
  const changes = await writeChanges(out, selected);
  for (const one of changes) terminal.event({ event: 'changes', ...one });
  const sum = (count: (one: (typeof changes)[number]) => number): number => changes.reduce((all, one) => all + count(one), 0);
  const [changed, added] = [sum((one) => one.changed.length), sum((one) => one.added.length)];
  const [removed, same] = [sum((one) => one.removed.length), sum((one) => one.same)];
  terminal.say(`files: ${changed} changed, ${added} new, ${removed} gone, ${same} the same to the byte`);
};
