import { resolve } from 'node:path';
import { packageVersion } from '../package-version.ts';
import type { Environment } from '../run-command.ts';
import { assetsFolder, libraryFolders } from '../session.ts';
import type { RowConfig } from './row-messages.ts';

/** What rendering processes work with: the library of this environment, sources below a folder. */
export const rowConfig = (environment: Environment, baseDir: string, assets: string | undefined): RowConfig => {
  const assetsDir = assetsFolder(baseDir, assets ?? environment.env.PLATEN_ASSETS_DIR);
  return {
    library: libraryFolders(environment.env),
    baseDir,
    version: packageVersion(),
    ...(assetsDir === undefined ? {} : { assetsDir: resolve(environment.cwd, assetsDir) }),
  };
};
