import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { makeFolder } from '../../../drivers/make-folder.ts';
import type { TableEncoding } from '../../../intake/csv/decode-table-text.ts';
import { plural } from '../../../model/plural.ts';
import { Problem } from '../../../model/problem.ts';
import { type BatchFacts, writeFacts } from '../batch/batch-facts.ts';
import { batchLibrary } from '../batch/batch-library.ts';
import { withBatchLocked } from '../batch/batch-lock.ts';
import { writeCheckReport } from '../batch/check-report.ts';
import { checkRows } from '../batch/check-rows.ts';
import { readJournal } from '../batch/journal.ts';
import { type MakingFlags, makePlan } from '../batch/make-plan.ts';
import { type Mapping, NO_MAPPING, parseMapping } from '../batch/mapping.ts';
import { planBatch } from '../batch/plan-batch.ts';
import { hasPlan, writePlan } from '../batch/plan-file.ts';
import type { PlannedRow } from '../batch/planned-row.ts';
import { BatchProgress } from '../batch/progress.ts';
import { readBatchFile, readRows } from '../batch/read-batch-file.ts';
import { rowConfig } from '../batch/row-config.ts';
import type { RowConfig } from '../batch/row-messages.ts';
import { tellRows } from '../batch/tell-rows.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, runCommand } from '../run-command.ts';
import { openLibrary } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export type BatchFlags = MakingFlags & {
  readonly out: string;
  readonly design?: string;
  readonly map?: string;
  readonly set?: readonly string[];
  readonly encoding?: TableEncoding;
  readonly roster?: boolean;
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  /** Of a dry run: answers and tables alone. */
  readonly quick?: boolean;
  /** Of a dry run: the folder for check.csv and check.json. */
  readonly report?: string;
};

/** `platen batch`: a file of many orders, all of it checked before the first is made. */
export const batchCommand = (environment: Environment, path: string, flags: BatchFlags): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const out = resolve(environment.cwd, flags.out);
    const isGoingOn = await requireFreeFolder(out, flags);
    const file = await readBatchFile(path, environment.stdin, environment.cwd);
    const config = rowConfig(environment, file.folder, flags.assets);
    const resources = await openLibrary(config.library, config.baseDir, config.assetsDir);
    try {
      const parts = batchLibrary(resources);
      const mapping = await mappingOf(flags, environment);
      const { rows: read, notes } = await readRows(file, { ...flags, mapping, designOf: parts.designOf });
      if (read.length === 0) throw new Problem('usage.invalid', `expected rows in ${file.name}, got none`);
      const rows = await planBatch(read, parts, environment.signal);
      const wrong = tellRows(rows, notes, terminal);
      terminal.event({ event: 'checked', rows: rows.length, wrong });
      terminal.say(`${plural(rows.length, 'row')} checked, ${wrong} cannot be made`);
      if (flags.dryRun) return await endDryRun(rows, { config, environment, flags, terminal });
      if (wrong >= (flags.maxFailures ?? Number.POSITIVE_INFINITY)) {
        terminal.complain(`nothing was made: ${plural(wrong, 'row')} cannot be made, and --max-failures is ${flags.maxFailures}`);
        return EXIT.failed;
      }
      await makeFolder(out);
      return await withBatchLocked(out, async () => {
        await writeFacts(out, { version: 1, baseDir: config.baseDir, ...kept(flags, config.assetsDir) });
        await writePlan(out, rows);
        const ends = await readJournal(out);
        const settle = isGoingOn ? 'settled stay' : 'make all';
        return makePlan({ out, rows, ends, todo: rows, settle, failures: wrong, config, environment, flags, terminal });
      });
    } finally {
      await resources.close();
    }
  });

type DryRun = {
  readonly config: RowConfig;
  readonly environment: Environment;
  readonly flags: BatchFlags;
  readonly terminal: Terminal;
};

/** What making the rows would say, unless only their answers are asked about; and the report, where one is wanted. */
const endDryRun = async (rows: readonly PlannedRow[], { config, environment, flags, terminal }: DryRun): Promise<number> => {
  const checked = flags.quick ? rows : await preflight(rows, { config, environment, flags, terminal });
  const wrong = checked.filter(({ spec }) => spec === null).length;
  const reports = flags.report === undefined ? [] : await writeCheckReport(resolve(environment.cwd, flags.report), checked);
  if (!flags.quick) {
    terminal.event({ event: 'preflight', rows: checked.length, wrong });
    terminal.say(`${plural(checked.length, 'row')} looked through, ${wrong} cannot be made`);
  }
  for (const file of reports) terminal.say(file);
  return wrong > 0 ? EXIT.failed : EXIT.done;
};

const preflight = async (rows: readonly PlannedRow[], { config, environment, flags, terminal }: DryRun): Promise<readonly PlannedRow[]> => {
  const known = new Map(rows.map(({ row, findings }) => [row, findings.length]));
  const told = (row: PlannedRow): PlannedRow => ({ ...row, findings: row.findings.slice(known.get(row.row) ?? 0) });
  const progress = new BatchProgress(rows.filter(({ spec }) => spec !== null).length);
  const checked = await checkRows(rows, {
    config,
    concurrency: flags.concurrency ?? availableParallelism(),
    signal: environment.signal,
    force: flags.force,
    onRow: (row) => {
      progress.count(row.spec !== null);
      // Programs hear of a row when it is known; people read all of them in order, up to what anybody reads.
      if (terminal.json) tellRows([told(row)], [], terminal);
      terminal.status(progress.line());
    },
  });
  if (!terminal.json) tellRows(checked.map(told), [], terminal);
  return checked;
};

/** A batch is made into a folder of its own; what is there already is gone on with when that is said, and never mixed with another. */
const requireFreeFolder = async (out: string, { resume, dryRun }: BatchFlags): Promise<boolean> => {
  const isBatch = await hasPlan(out);
  if (isBatch && !resume && !dryRun)
    throw new Problem('usage.invalid', `expected a folder without a batch, got one with a batch: ${out}`, {
      hint: 'Say --resume to go on with it, or another --out.',
    });
  return isBatch;
};

/** What rows that are made again need to know. */
const kept = ({ only, force }: BatchFlags, assets: string | undefined): Omit<BatchFacts, 'version' | 'baseDir'> => ({
  ...(assets === undefined ? {} : { assets }),
  ...(only === undefined ? {} : { only }),
  ...(force === undefined ? {} : { force }),
});

const mappingOf = async ({ map, set = [] }: BatchFlags, { cwd }: Environment): Promise<Mapping> => {
  const { columns, constants } = map === undefined ? NO_MAPPING : parseMapping(await mappingText(resolve(cwd, map)));
  const said = set.map((one): readonly [string, string] => {
    const at = one.indexOf('=');
    if (at < 1) throw new Problem('usage.invalid', `expected --set name=value, got "${one}"`);
    return [one.slice(0, at), one.slice(at + 1)];
  });
  return { columns, constants: { ...constants, ...Object.fromEntries(said) } };
};

const mappingText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Problem('file.unreadable', `expected a readable mapping, got none: ${path}`, { cause });
  });
