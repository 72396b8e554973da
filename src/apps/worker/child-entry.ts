import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The script a rendering process runs. Node 20 cannot run TypeScript, so from the sources (tests) it is the built one: `npm run build`
 * first. Throws when that is missing.
 */
export const renderChildEntry = (): string => {
  const fromSources = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(fromSources ? '../../../dist/apps/worker/child.js' : './child.js', import.meta.url));
  if (!existsSync(path)) throw new Error(`expected the rendering script at ${path}, got no such file (npm run build makes it)`);
  return path;
};
