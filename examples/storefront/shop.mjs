import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createClient } from 'platen/client';
import { shirt } from './spec.mjs';

const { PLATEN_URL = 'http://localhost:3000', PLATEN_KEY, PLATEN_PREVIEW_KEY, PORT = '8080', ORDERS_DIR = 'orders' } = process.env;
const platen = createClient({ baseUrl: PLATEN_URL, ...(PLATEN_KEY && { token: PLATEN_KEY }) });
const settings = JSON.stringify({ platen: PLATEN_URL, previewKey: PLATEN_PREVIEW_KEY });

/** Under its name only once it is whole: whoever presses twice, or prints meanwhile, never finds half a file. */
const writeWhole = async (path, bytes) => {
  const beside = `${path}.partial-${randomUUID()}`;
  await writeFile(beside, bytes);
  await rename(beside, path);
};

const takeOrder = async (request) => {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 2000) throw new Error('expected an order, got a book');
  }
  const { order, ...wishes } = JSON.parse(text);
  const job = await platen.submitAndWait(shirt(wishes), { idempotencyKey: order, options: { only: 'production' } });
  if (job.state !== 'succeeded') return `Not ordered: ${job.problem?.message ?? job.state}`;
  await mkdir(ORDERS_DIR, { recursive: true });
  const files = await Promise.all(job.artifacts.map(({ name }) => platen.download(job, name)));
  await Promise.all(files.map(({ name, bytes }) => writeWhole(`${ORDERS_DIR}/${job.id}-${name}`, bytes)));
  return `Ordered: ${files.map(({ name }) => name).join(', ')}`;
};

const PAGES = { '/': ['index.html', 'text/html'], '/spec.mjs': ['spec.mjs', 'text/javascript'] };
const server = createServer(async (request, response) => {
  try {
    const [file, mediaType] = PAGES[request.url] ?? [];
    if (file) response.setHeader('content-type', `${mediaType}; charset=utf-8`).end(await readFile(new URL(file, import.meta.url)));
    else if (request.url === '/settings.json') response.setHeader('content-type', 'application/json').end(settings);
    else if (request.url === '/orders' && request.method === 'POST') response.end(await takeOrder(request));
    else response.writeHead(404).end();
  } catch (error) {
    response.writeHead(502).end(error.message);
  }
});
server.listen(Number(PORT), 'localhost', () => process.stdout.write(`shop on http://localhost:${server.address().port}\n`));
