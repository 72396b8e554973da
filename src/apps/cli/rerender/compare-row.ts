import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact, Manifest } from '../../../model/manifest.ts';
import { isProblem } from '../../../model/problem.ts';
import { comparePages, type PageDifference } from '../../../render/compare/compare-pages.ts';
import { comparePictures, type PictureDifference } from '../../../render/compare/compare-pictures.ts';

/** What would become of one file. A file whose bytes stay the same has no change. */
export type FileChange = {
  readonly name: string;
  readonly role: Artifact['role'];
  readonly kind: 'changed' | 'new' | 'gone';
  readonly bytesBefore: number | null;
  readonly bytesAfter: number | null;
  readonly picture?: PictureDifference;
  readonly pages?: PageDifference;
  /** File of the report that shows both and where they differ. */
  readonly shown?: string;
  /** Why there is no closer look. */
  readonly note?: string;
};

export type Side = { readonly folder: string; readonly manifest: Manifest };

/** Keeps a picture of the report; null when it holds enough of them. */
export type KeepPicture = (name: string, picture: () => Promise<Uint8Array>) => Promise<string | null>;

const PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/tiff'];

/** Every file of a row that would not have the bytes it has. */
export const compareRow = async (before: Side, after: Side, keep: KeepPicture): Promise<readonly FileChange[]> => {
  const old = new Map(before.manifest.artifacts.map((one) => [one.name, one]));
  const now = new Map(after.manifest.artifacts.map((one) => [one.name, one]));
  const changes: FileChange[] = [];
  for (const file of now.values()) {
    const was = old.get(file.name);
    const sizes = { bytesBefore: was?.bytes ?? null, bytesAfter: file.bytes };
    if (!was) changes.push({ name: file.name, role: file.role, kind: 'new', ...sizes });
    else if (was.sha256 !== file.sha256)
      changes.push({ name: file.name, role: file.role, kind: 'changed', ...sizes, ...(await closerLook(file, before, after, keep)) });
  }
  for (const { name, role, bytes } of old.values())
    if (!now.has(name)) changes.push({ name, role, kind: 'gone', bytesBefore: bytes, bytesAfter: null });
  return changes;
};

type Look = Pick<FileChange, 'picture' | 'pages' | 'shown' | 'note'>;

const closerLook = async ({ name, mediaType }: Artifact, before: Side, after: Side, keep: KeepPicture): Promise<Look> => {
  const isPicture = PICTURES.includes(mediaType);
  if (!isPicture && mediaType !== 'application/pdf') return {};
  try {
    const [old, now] = await Promise.all([before, after].map(({ folder }) => readFile(join(folder, name))));
    if (!old || !now) return {};
    if (!isPicture) return { pages: comparePages(old, now) };
    const { difference, picture } = await comparePictures(old, now);
    const shown = difference.pixels === 0 ? null : await keep(name, picture);
    return { picture: difference, ...(shown === null ? {} : { shown }) };
  } catch (error) {
    if (isProblem(error)) return { note: error.message };
    return { note: 'the file of before is not there any more' };
  }
};

/** How much of a file is another, 0 to 1, for putting the greatest change first: a file that is told by its bytes alone counts whole. */
export const weightOf = ({ kind, picture, pages }: FileChange): number => {
  if (kind !== 'changed') return 1;
  if (picture) return picture.share;
  if (!pages) return 1;
  return (pages.changed.length + Math.abs(pages.before - pages.after)) / Math.max(1, pages.before, pages.after);
};
