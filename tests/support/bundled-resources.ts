import { fileURLToPath } from 'node:url';
import { openFsResources } from '../../src/drivers/resources/fs-resources.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The products, fonts and profiles that are shipped, with `tests/` for relative sources. Close them when done. */
export const openBundledResources = () =>
  openFsResources({ templatesDir: at('templates'), fontsDir: at('fonts'), profilesDir: at('profiles'), baseDir: at('tests') });
