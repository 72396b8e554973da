import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openFsResources } from '../../drivers/resources/fs-resources.ts';
import type { Resources } from '../../model/resources.ts';
import { PACKAGE_ROOT } from './package-version.ts';

export type LibraryFolders = {
  readonly templates: string;
  readonly fonts: string;
  readonly profiles: string;
  /** A model of the shop's own for cut-outs (docs/photos.md). */
  readonly cutOutModel?: string;
};

/** Bundled data, or the folders the environment names. */
export const libraryFolders = (env: NodeJS.ProcessEnv): LibraryFolders => ({
  templates: env.PLATEN_TEMPLATES_DIR ?? join(PACKAGE_ROOT, 'templates'),
  fonts: env.PLATEN_FONTS_DIR ?? join(PACKAGE_ROOT, 'fonts'),
  profiles: env.PLATEN_PROFILES_DIR ?? join(PACKAGE_ROOT, 'profiles'),
  ...(env.PLATEN_CUTOUT_MODEL ? { cutOutModel: env.PLATEN_CUTOUT_MODEL } : {}),
});

export type OpenResources = Resources & { close(): Promise<void> };

/** Where `asset:` sources are found: as said, or a folder `assets` beside the spec or one above it. */
export const assetsFolder = (baseDir: string, said: string | undefined): string | undefined =>
  said ?? [join(baseDir, 'assets'), join(baseDir, '..', 'assets')].find((folder) => existsSync(folder));

/** Resources of the bundled library, with pictures found in `baseDir`. Close it: a child process may be running. */
export const openLibrary = (folders: LibraryFolders, baseDir: string, assetsDir?: string): Promise<OpenResources> =>
  openFsResources({
    templatesDir: folders.templates,
    fontsDir: folders.fonts,
    profilesDir: folders.profiles,
    cutOutModel: folders.cutOutModel,
    baseDir,
    ...(assetsDir === undefined ? {} : { assetsDir }),
  });
