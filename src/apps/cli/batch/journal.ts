import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../../../model/problem.ts';

export const JOURNAL_NAME = 'batch.journal.ndjson';

const entrySchema = z.strictObject({
  row: z.int(),
  folder: z.string(),
  reference: z.string().nullable(),
  digest: z.string(),
  status: z.enum(['made', 'refused', 'failed']),
  at: z.iso.datetime(),
  ms: z.number(),
  files: z.int(),
  code: z.string().optional(),
  message: z.string().optional(),
});

/** How one row ended. A row that was made again has several; the last one counts. */
export type JournalEntry = z.output<typeof entrySchema>;

/** Ends of rows by folder; the last of each counts. An end that was cut off in the middle of its line never happened. */
export const readJournal = async (folder: string): Promise<ReadonlyMap<string, JournalEntry>> => {
  const text = await readFile(join(folder, JOURNAL_NAME), 'utf8').catch((error: unknown) => {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') return '';
    throw new Problem('file.unreadable', `expected a readable journal in ${folder}, got none`, { cause: error });
  });
  const entries = new Map<string, JournalEntry>();
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = entryOf(line);
    if (entry) entries.set(entry.folder, entry);
  }
  return entries;
};

/** A disk that lost power may keep blocks of zeros where a line should be. */
const entryOf = (line: string): JournalEntry | null => {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
};

/** Writes ends of rows, each on the disk before the next row is counted. */
export class Journal {
  readonly #file: FileHandle;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Opens the journal of a folder that exists; a line that was cut off is ended, so that the next one is whole. */
  static async open(folder: string): Promise<Journal> {
    const path = join(folder, JOURNAL_NAME);
    const file = await open(path, 'a+').catch((error: unknown) => {
      throw new Problem('output.unwritable', `expected to write ${path}, got: ${error instanceof Error ? error.message : String(error)}`);
    });
    const { size } = await file.stat();
    const tail = Buffer.alloc(1);
    if (size > 0) await file.read(tail, 0, 1, size - 1);
    if (size > 0 && tail[0] !== 10) await file.write('\n');
    return new Journal(file);
  }

  append(entry: JournalEntry): Promise<void> {
    const line = `${JSON.stringify(entry)}\n`;
    this.#last = this.#last.then(async () => {
      await this.#file.write(line);
      await this.#file.datasync();
    });
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#file.close();
  }
}
