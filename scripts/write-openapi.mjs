// Writes schemas/openapi.json from the routes (build first). With --check it only compares and fails when they differ.
import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from '../dist/apps/server/openapi/document.js';
import { ROUTES } from '../dist/apps/server/routes/index.js';

const file = new URL('../schemas/openapi.json', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const text = `${JSON.stringify(openApiDocument(ROUTES, version, null), null, 2)}\n`;
const committed = await readFile(file, 'utf8').catch(() => '');
if (committed !== text) {
  if (process.argv.includes('--check')) {
    process.stderr.write('schemas/openapi.json is out of date; run "node scripts/write-openapi.mjs" after a build\n');
    process.exitCode = 1;
  } else await writeFile(file, text);
}
