import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecret } from '../../src/jobs/callbacks/sign.ts';
import { startServer } from '../drivers/net/loopback-server.ts';
import { type Reply, RunningPlaten } from '../support/running-platen.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MUG = fileURLToPath(new URL('../../templates/products/mug-11oz', import.meta.url));
const SECRET = createSecret();

let service: RunningPlaten;
const asked: string[] = [];
beforeAll(async () => {
  const { port } = await startServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const { texts } = new Webhook(SECRET).verify(body, headers) as { texts: readonly { text: string }[] };
      asked.push(...texts.map(({ text }) => text));
      const allowed = !texts.some(({ text }) => text.includes('mayor'));
      response.end(JSON.stringify(allowed ? { allowed } : { allowed, reason: 'a person in office' }));
    });
  });
  const templates = await temporaryFolder();
  await cp(MUG, join(templates, 'products', 'mug-11oz'), { recursive: true });
  await mkdir(join(templates, 'shops', 'town'), { recursive: true });
  const textPolicy = { lists: [], approval: { url: `http://127.0.0.1:${port}/texts` } };
  await writeFile(join(templates, 'shops', 'town', 'shop.json'), JSON.stringify({ id: 'town', name: 'Town press', textPolicy }));
  service = await RunningPlaten.start(['serve'], {
    PLATEN_TEMPLATES_DIR: templates,
    PLATEN_ALLOWED_PRIVATE_NETWORKS: '127.0.0.0/8',
    PLATEN_APPROVAL_SECRETS: SECRET,
  });
});
afterAll(() => service.remove());

const submit = (text: string, options: object = {}): Promise<Reply> => {
  const layers = [{ type: 'text', text, font: { family: 'Lora' }, size: 20 }];
  const spec = { product: 'mug-11oz', shop: 'town', placements: [{ placement: 'wrap', method: 'sublimation', layers }] };
  return service.call('POST', '/v1/jobs', { spec, options: { only: 'preview', ...options } }, { Prefer: 'wait=25' });
};

describe('a running service whose shop has texts approved from outside', () => {
  it('makes what is approved, holds what is not with its reason, and makes that when a person forces it', async () => {
    expect((await submit('Ada')).json).toMatchObject({ state: 'succeeded' });
    const held = await submit('Our mayor');
    expect(held.json).toMatchObject({
      state: 'needs_attention',
      artifacts: [],
      problem: { code: 'texts.refused', message: expect.stringContaining('a person in office') },
    });
    expect(asked).toEqual(['Ada', 'Our mayor']);
    const again = { options: { only: 'preview', force: true }, lane: 'interactive' };
    const forced = await service.call('POST', `/v1/jobs/${held.json.id}/rerender`, again);
    const done = await service.call('GET', `/v1/jobs/${forced.json.id}`, undefined, { Prefer: 'wait=25' });
    expect(done.json).toMatchObject({ state: 'succeeded' });
    expect(asked).toHaveLength(2);
  });
});
