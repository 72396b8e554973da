// Writes schemas/*.json from the zod schemas (build first). With --check it only compares and fails when they differ.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { connectionsSchema } from '../dist/jobs/orders/connection.js';
import { jsonSchemas } from '../dist/model/json-schema.js';

const folder = new URL('../schemas/', import.meta.url);
const checkOnly = process.argv.includes('--check');
await mkdir(folder, { recursive: true });
const stale = [];
const schemas = { ...jsonSchemas(), 'connections.schema.json': z.toJSONSchema(connectionsSchema, { io: 'input' }) };
for (const [name, schema] of Object.entries(schemas)) {
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
