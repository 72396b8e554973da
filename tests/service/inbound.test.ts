import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { platen } from '../support/platen-cli.ts';
import { RunningPlaten } from '../support/running-platen.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FIXTURE = fileURLToPath(new URL('../fixtures/inbound/shopify-order-paid.json', import.meta.url));

it('a recorded webhook of a connected shop is taken by a running service, in well under a second, once', async () => {
  const file = join(await temporaryFolder(), 'connections.json');
  const connection = { source: 'shopify', shop: 'paper-and-mugs.myshopify.com', tenant: 'mugs', secretEnv: 'MUGS_SECRET' };
  await writeFile(file, JSON.stringify({ connections: [connection] }));
  const service = await RunningPlaten.start(['serve', '--no-worker'], { PLATEN_CONNECTIONS_FILE: file, MUGS_SECRET: 'older hush' });
  try {
    const replay = (secret: string) =>
      platen(['inbound', 'replay', FIXTURE, '--to', service.url, '--json'], { env: { PLATEN_INBOUND_SECRET: secret } });
    const first = await replay('hush');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ status: 200, body: { lines: [{ outcome: 'accepted', state: 'queued' }] } });
    expect(JSON.parse((await replay('older')).out)).toMatchObject({ body: { lines: [{ outcome: 'repeated' }] } });
    const refused = await replay('wrong');
    expect([refused.code, JSON.parse(refused.out).status]).toEqual([1, 401]);
    const answered = service.lines().find(({ route, status }) => route === '/v1/inbound/shopify' && status === 200);
    expect(answered).toBeDefined();
  } finally {
    await service.remove();
  }
});

it('a service does not start with a connection whose secret is missing', async () => {
  const file = join(await temporaryFolder(), 'connections.json');
  await writeFile(
    file,
    JSON.stringify({ connections: [{ source: 'shopify', shop: 'x', tenant: 'UPPER', secretEnv: 'NONE_SUCH' }, { source: 'other' }] }),
  );
  const run = await platen(['serve'], { env: { PLATEN_CONNECTIONS_FILE: file, PLATEN_PORT: '0' } });
  expect(run.code).toBe(1);
  expect(run.err).toMatch(/connections\/0\/tenant.*connections\/1\/source/s);
});
