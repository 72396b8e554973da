// Writes schemas/*.json from the zod schemas (build first). With --check it only compares and fails when they differ.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { jsonSchemas } from '../dist/model/json-schema.js';

const folder = new URL('../schemas/', import.meta.url);
const checkOnly = process.argv.includes('--check');
await mkdir(folder, { recursive: true });
const stale = [];
for (const [name, schema] of Object.entries(jsonSchemas())) {
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  const file = new URL(name, folder);
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed === text) continue;
  if (checkOnly) stale.push(name);
  else await writeFile(file, text);
}
if (stale.length > 0) {
  process.stderr.write(`schemas out of date: ${stale.join(', ')}; run "node scripts/write-schemas.mjs" after a build\n`);
  process.exitCode = 1;
}
