import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { mediaTypeOf } from '../../jobs/media-type.ts';
import { errorCode, type FileMark, markOf } from './fs-durable.ts';

/** `~` is in no key: what the driver keeps for itself cannot be a file of somebody. */
export const FACTS_ENDING = '~facts.json';

const factsSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string(),
  inode: z.string(),
  bytes: z.int().nonnegative(),
  modifiedNs: z.string(),
});

/** What stands beside a file. The mark binds it to the very file it was measured from. */
export type FileFacts = z.output<typeof factsSchema>;

export type FoundFile = FileFacts & {
  readonly modifiedAtMs: number /** Measured anew: what stood beside the file was not about it. */;
  readonly isStale: boolean;
};

/**
 * The facts of the file at `path`; undefined when there is none. Facts are written before the file gets its name, so a write that was
 * killed, a lost race or a restored backup can leave facts that are about another file: the mark shows it, and the file is hashed again.
 */
export const readFacts = async (path: string): Promise<FoundFile | undefined> => {
  const status = await lstat(path, { bigint: true }).catch(nothingThere);
  if (!status?.isFile()) return undefined;
  const mark = markOf(status);
  const modifiedAtMs = Number(status.mtimeMs);
  const written = await readFile(path + FACTS_ENDING, 'utf8').then(parseFacts, nothingThere);
  if (written && isSame(written, mark)) return { ...written, modifiedAtMs, isStale: false };
  const sha256 = await hashFile(path).catch(nothingThere);
  if (sha256 === undefined) return undefined;
  return { ...mark, sha256, mediaType: written?.mediaType ?? mediaTypeOf(path), modifiedAtMs, isStale: true };
};

export const factsText = (facts: FileFacts): string => `${JSON.stringify(factsSchema.parse(facts))}\n`;

const parseFacts = (text: string): FileFacts | undefined => {
  try {
    return factsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

export const isSame = (a: FileMark, b: FileMark): boolean => a.inode === b.inode && a.bytes === b.bytes && a.modifiedNs === b.modifiedNs;

const hashFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
};

/** @throws every other error */
export const nothingThere = (error: unknown): undefined => {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
};
