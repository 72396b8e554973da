import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../intake/json-text.ts';
import { Problem } from '../../model/problem.ts';
import type { IccProfile } from '../../model/resources.ts';
import { readFileInside } from './safe-file.ts';

const MAX_INDEX_BYTES = 1_000_000;
const MAX_PROFILE_BYTES = 10_000_000;

const profileIndex = z.object({
  profiles: z.array(
    z.object({
      name: z.string(),
      file: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      conditionId: z.string(),
      description: z.string(),
    }),
  ),
});

type Listed = z.output<typeof profileIndex>['profiles'][number];

const readIndex = async (dir: string): Promise<readonly Listed[]> => {
  try {
    const bytes = await readFileInside(dir, 'index.json', MAX_INDEX_BYTES);
    return profileIndex.parse(parseJson(new TextDecoder().decode(bytes))).profiles;
  } catch (cause) {
    throw new Problem('profile.index-unreadable', `expected a profile index, got no usable index.json in ${dir}`, { cause });
  }
};

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const isProfile = (bytes: Uint8Array): boolean => bytes.length > 132 && Buffer.from(bytes.subarray(36, 40)).toString('latin1') === 'acsp';

/** A profile listed in the library's index; the file must be the one that was listed. */
const readListed = async (dir: string, { name, file, sha256, conditionId, description }: Listed): Promise<IccProfile> => {
  const bytes = await readFileInside(dir, file, MAX_PROFILE_BYTES);
  const digest = digestOf(bytes);
  if (digest !== sha256) throw new Problem('profile.corrupt', `expected sha256 ${sha256} for the profile "${name}", got ${digest}`);
  return { name, digest, bytes, conditionId, description };
};

/** A profile file of the shop's own, named by path. Its printing condition is not a registered one. */
const readOwn = async (baseDir: string, path: string): Promise<IccProfile> => {
  const bytes = await readFileInside(baseDir, path, MAX_PROFILE_BYTES);
  if (!isProfile(bytes)) throw new Problem('profile.corrupt', `expected an ICC profile for "${path}", got another kind of file`);
  const description = path.split('/').at(-1) ?? path;
  return { name: path, digest: digestOf(bytes), bytes, conditionId: 'Custom', description };
};

/** Finds a profile by its name in `dir`/index.json, or, for a name that ends in .icc or .icm, as a file below `baseDir`. */
export const findProfile = async (dir: string, baseDir: string, name: string): Promise<IccProfile> => {
  const index = await readIndex(dir);
  const listed = index.find((each) => each.name === name);
  if (listed) return readListed(dir, listed);
  if (/\.ic[cm]$/i.test(name)) return readOwn(baseDir, name);
  const names = index.map((each) => each.name).join(', ');
  throw new Problem('profile.unknown', `expected a known output profile, got "${name.slice(0, 100)}"`, { hint: `profiles: ${names}` });
};
