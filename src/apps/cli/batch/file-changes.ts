import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../../model/manifest.ts';
import type { Selected } from './select-rows.ts';
import { manifestAt } from './settled-rows.ts';

export const CHANGES_NAME = 'batch.changes.json';

export type RowChanges = {
  readonly row: number;
  readonly folder: string;
  readonly reasons: readonly string[];
  /** Files with other bytes than before. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly same: number;
};

const digests = (manifest: Manifest | null): ReadonlyMap<string, string> =>
  new Map((manifest?.artifacts ?? []).map(({ name, sha256 }) => [name, sha256]));

/** What became of the files of a row that was made again. */
export const changesOf = ({ row, reasons, before }: Selected, after: Manifest | null): RowChanges => {
  const [old, now] = [digests(before), digests(after)];
  const kept = [...now.keys()].filter((name) => old.has(name));
  return {
    row: row.row,
    folder: row.folder,
    reasons,
    changed: kept.filter((name) => old.get(name) !== now.get(name)),
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    same: kept.filter((name) => old.get(name) === now.get(name)).length,
  };
};

/** Compares the files of rows with those before, and writes what changed. */
export const writeChanges = async (out: string, selected: readonly Selected[]): Promise<readonly RowChanges[]> => {
  const changes: RowChanges[] = [];
  for (const one of selected) changes.push(changesOf(one, await manifestAt(join(out, one.row.folder))));
  await writeFile(join(out, CHANGES_NAME), `${JSON.stringify({ version: 1, rows: changes }, null, 2)}\n`);
  return changes;
};
