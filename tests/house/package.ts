import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT, readText } from './tree.ts';

const versions = z.record(z.string(), z.string()).default({});

const manifest = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  engines: z.object({ node: z.string() }),
});

const lockEntry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});

export type LockEntry = z.infer<typeof lockEntry>;

export const readManifest = (): z.infer<typeof manifest> => manifest.parse(JSON.parse(readText('package.json')));

/** Entries of the lockfile by their place, "" for the project itself, "node_modules/zod" for a package. */
export const readLock = (): ReadonlyMap<string, LockEntry> =>
  new Map(
    Object.entries(z.object({ packages: z.record(z.string(), lockEntry) }).parse(JSON.parse(readText('package-lock.json'))).packages),
  );

/** What a user of the package installs: the lockfile without the project itself and its development packages. */
export const productionPackages = (): readonly (readonly [place: string, entry: LockEntry])[] =>
  [...readLock()].filter(([place, entry]) => place !== '' && !entry.dev);

export const nameOf = (place: string): string => place.split('node_modules/').at(-1) ?? place;

const installed = z.object({ version: z.string(), license: z.unknown(), scripts: versions });

/** The package.json in node_modules, or null: a package for another platform is not there. */
export const readInstalled = (place: string): z.infer<typeof installed> | null => {
  const path = join(place, 'package.json');
  return existsSync(join(ROOT, path)) ? installed.parse(JSON.parse(readText(path))) : null;
};
