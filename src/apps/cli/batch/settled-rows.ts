import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_NAME } from '../../../drivers/store/folder-sink.ts';
import { type Manifest, manifestSchema } from '../../../model/manifest.ts';
import { RECORDS } from '../rerender/kept-records.ts';
import type { JournalEntry } from './journal.ts';
import type { PlannedRow } from './planned-row.ts';

/** The manifest of a row, null when it has none that can be read. */
export const manifestAt = async (folder: string): Promise<Manifest | null> => {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST_NAME), 'utf8')));
  } catch {
    return null;
  }
};

const isComplete = async (folder: string, { artifacts }: Manifest): Promise<boolean> => {
  for (const { name, bytes } of artifacts) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.size !== bytes) return false;
  }
  return true;
};

/**
 * How a row of an earlier run ended, when nothing is left to do for it: the journal or its folder says that this very spec was made or
 * refused, and every file is there. A row that failed is not settled. Null otherwise.
 */
export const settledRow = async (out: string, row: PlannedRow, known: JournalEntry | undefined): Promise<JournalEntry | null> => {
  if (row.digest === null) return null;
  const folder = join(out, row.folder);
  const manifest = await manifestAt(folder);
  if (manifest?.specDigest !== row.digest || !(await isComplete(folder, manifest))) return null;
  if (known?.digest === row.digest && known.status === manifest.status) return known;
  // Killed after its last file and before the journal had it: complete all the same.
  const first = manifest.status === 'refused' ? manifest.findings.find(({ severity }) => severity === 'error') : undefined;
  return {
    row: row.row,
    folder: row.folder,
    reference: row.reference,
    digest: row.digest,
    status: manifest.status,
    at: new Date().toISOString(),
    ms: 0,
    files: manifest.artifacts.length,
    ...(first ? { code: first.code, message: first.message } : {}),
  };
};

const PARTIAL = /\.partial-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Removes what a killed run left half written, rows and the records they were made with; nothing of it ever counted. */
export const sweepPartials = async (out: string): Promise<void> => {
  for (const folder of [out, join(out, RECORDS)]) {
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names) if (PARTIAL.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
};
