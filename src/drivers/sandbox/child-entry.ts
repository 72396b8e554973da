import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The script the sandbox runs. Node 20 cannot run TypeScript, so from the sources (tests) it is the built one: `npm run build` first.
 * Throws when that is missing.
 */
export const childEntry = (): string => {
  const fromSources = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(fromSources ? '../../../dist/drivers/sandbox/child.js' : './child.js', import.meta.url));
  if (!existsSync(path)) throw new Error(`expected the sandbox script at ${path}, got no such file (npm run build makes it)`);
  return path;
};
