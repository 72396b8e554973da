import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../../drivers/make-folder.ts';
import { Problem } from '../../../model/problem.ts';
import { Journal, type JournalEntry } from '../batch/journal.ts';
import { makeRows } from '../batch/make-rows.ts';
import { rowName } from '../batch/planned-row.ts';
import type { RowConfig } from '../batch/row-messages.ts';
import type { Selected } from '../batch/select-rows.ts';
import { manifestAt } from '../batch/settled-rows.ts';
import { compareRow, type FileChange, type KeepPicture } from './compare-row.ts';
import type { RecordPins } from './kept-records.ts';

const LINES_NAME = 'compared.ndjson';
const RENDERED = 'rendered';
const PICTURES = 'pictures';
/** Pictures that a report shows; of the rest it has the figures. */
const MOST_PICTURES = 400;

/** What would become of one row. */
export type RowComparison = {
  readonly row: number;
  readonly name: string;
  readonly folder: string;
  readonly reasons: readonly string[];
  /** `refused` and `failed`: it would not be made, as `message` says. */
  readonly status: 'same' | 'changed' | 'new' | 'refused' | 'failed';
  readonly message?: string;
  readonly same: number;
  readonly files: readonly FileChange[];
};

export type ComparisonOptions = {
  /** Folder of the batch, which is only read, and that of the report. */
  readonly out: string;
  readonly report: string;
  readonly config: RowConfig;
  readonly concurrency: number;
  readonly rowsPerMinute?: number | undefined;
  readonly only?: 'production' | 'preview' | 'mockup' | undefined;
  readonly force?: boolean | undefined;
  readonly pins?: ReadonlyMap<string, RecordPins> | undefined;
  /** Keep what an earlier comparison in this folder found. */
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly onRow: (row: RowComparison) => void;
};

const lineSchema = z.looseObject({ digest: z.string(), row: z.looseObject({ folder: z.string() }) });

/** Comparisons of an earlier run by the folder and the spec they are of; a line that was cut off never happened. */
const readLines = async (report: string): Promise<ReadonlyMap<string, RowComparison>> => {
  const text = await readFile(join(report, LINES_NAME), 'utf8').catch(() => '');
  const known = new Map<string, RowComparison>();
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      const said: unknown = JSON.parse(line);
      const { digest, row } = lineSchema.parse(said);
      // Written by this program: the rest of its shape is not asked about.
      known.set(`${row.folder} ${digest}`, row as unknown as RowComparison);
    } catch {}
  }
  return known;
};

const keyOf = ({ row }: Selected): string => `${row.folder} ${row.digest ?? ''}`;

/** Makes rows beside the batch, compares their files with those of the batch, and throws them away again: one row at a time of each process is on the disk. */
export const compareRows = async (selected: readonly Selected[], options: ComparisonOptions): Promise<readonly RowComparison[]> => {
  const { report, resume, signal, onRow } = options;
  await begin(report, resume);
  const found = new Map(await readLines(report));
  const bySpec = new Map(selected.map((one) => [one.row.folder, one]));
  const todo = selected.filter((one) => one.row.spec !== null && !found.has(keyOf(one))).map(({ row }) => row);
  const keep = pictureKeeper(report, pictureCount(found.values()));
  const journal = await Journal.open(join(report, RENDERED));
  try {
    await makeRows(todo, journal, {
      out: join(report, RENDERED),
      config: options.config,
      concurrency: options.concurrency,
      mostFailures: Number.POSITIVE_INFINITY,
      rowsPerMinute: options.rowsPerMinute,
      only: options.only,
      force: options.force,
      pins: options.pins,
      signal,
      onRow: async (end, row) => {
        const one = bySpec.get(row.folder);
        if (!one) return;
        const compared = await comparisonOf(one, end, options, keep);
        found.set(keyOf(one), compared);
        await appendFile(join(report, LINES_NAME), `${JSON.stringify({ digest: row.digest ?? '', row: compared })}\n`);
        await rm(join(report, RENDERED, row.folder), { recursive: true, force: true });
        onRow(compared);
      },
    });
  } finally {
    await journal.close();
  }
  await rm(join(report, RENDERED), { recursive: true, force: true });
  return selected.flatMap((one) => found.get(keyOf(one)) ?? (one.row.spec === null ? [unfilled(one)] : []));
};

const begin = async (report: string, resume: boolean): Promise<void> => {
  await makeFolder(report);
  const isOld = (await readFile(join(report, LINES_NAME)).catch(() => null)) !== null;
  if (isOld && !resume)
    throw new Problem('usage.invalid', `expected a folder without a comparison, got one with a comparison: ${report}`, {
      hint: 'Say --resume to go on with it, or another --report.',
    });
  await writeFile(join(report, LINES_NAME), '', { flag: 'a' });
  // What was half made when a run was killed.
  await rm(join(report, RENDERED), { recursive: true, force: true });
  await mkdir(join(report, RENDERED), { recursive: true });
  await mkdir(join(report, PICTURES), { recursive: true });
};

const pictureCount = (rows: Iterable<RowComparison>): number =>
  [...rows].reduce((sum, { files }) => sum + files.filter(({ shown }) => shown !== undefined).length, 0);

const pictureKeeper = (report: string, before: number): ((folder: string) => KeepPicture) => {
  let count = before;
  return (folder) => async (name, picture) => {
    if (count >= MOST_PICTURES) return null;
    count += 1;
    const path = `${PICTURES}/${folder}--${name}.png`;
    await writeFile(join(report, path), await picture());
    return path;
  };
};

const unfilled = ({ row, reasons }: Selected): RowComparison => ({
  ...told(row, reasons),
  status: 'refused',
  message: row.findings.find(({ severity }) => severity === 'error')?.message ?? 'it cannot be filled',
});

const told = (row: Selected['row'], reasons: readonly string[]): Omit<RowComparison, 'status'> => ({
  row: row.row,
  name: rowName(row),
  folder: row.folder,
  reasons,
  same: 0,
  files: [],
});

const comparisonOf = async (
  { row, reasons, before }: Selected,
  end: JournalEntry,
  { out, report }: ComparisonOptions,
  keep: (folder: string) => KeepPicture,
): Promise<RowComparison> => {
  const facts = told(row, reasons);
  const folder = join(report, RENDERED, row.folder);
  const after = end.status === 'made' ? await manifestAt(folder) : null;
  if (!after) return { ...facts, status: end.status === 'refused' ? 'refused' : 'failed', message: end.message ?? '' };
  const none = { ...after, artifacts: [] };
  const files = await compareRow(
    { folder: join(out, row.folder), manifest: before ?? none },
    { folder, manifest: after },
    keep(row.folder),
  );
  const same = after.artifacts.length - files.filter(({ kind }) => kind !== 'gone').length;
  return { ...facts, status: before === null ? 'new' : files.length === 0 ? 'same' : 'changed', same, files };
};
