import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/apps/service/config.ts';
import { type Service, startService } from '../../../src/apps/service/service.ts';
import { createEndpoint, secretsOf } from '../../../src/jobs/callbacks/endpoints.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

const start = (dataDir: string, env: NodeJS.ProcessEnv = {}, role = { api: true, worker: false }): Promise<Service> =>
  startService(readConfig({ PLATEN_DATA_DIR: dataDir, PLATEN_PORT: '0', PLATEN_LOG_LEVEL: 'silent', ...env }), '0.0.0', role);

describe('a start of the service', () => {
  it('that fails keeps the first key for the one that does not', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const dataDir = await temporaryFolder();
    try {
      const { port } = taken.address() as AddressInfo;
      await expect(start(dataDir, { PLATEN_PORT: String(port) })).rejects.toMatchObject({ code: 'server.address' });
    } finally {
      taken.close();
    }
    const service = await start(dataDir);
    await service.stop();
    expect(service.firstKey).toMatch(/^platen_/);
  });

  it('under a new secret key seals what the earlier one sealed, so that the earlier one can go', async () => {
    const dataDir = await temporaryFolder();
    const keys = [1, 2].map((fill) => Buffer.alloc(32, fill).toString('base64'));
    const [older = '', newer = ''] = keys;
    const first = await start(dataDir, { PLATEN_SECRET_KEY: older });
    const deps = { callbacks: first.parts.ledger.callbacks, ring: first.parts.ring, checkUrl: async (url: string) => url };
    const { endpoint, secret } = await createEndpoint(deps, 'acme', { url: 'https://shop.example/' });
    await first.stop();
    const second = await start(dataDir, { PLATEN_SECRET_KEY: newer, PLATEN_OLD_SECRET_KEYS: older });
    const sealedNow = async () => (await second.parts.ledger.callbacks.endpoint('acme', endpoint.id))?.sealedSecrets[0]?.sealed;
    await until('a new seal', async () => (await sealedNow()) !== endpoint.sealedSecrets[0]?.sealed);
    await second.stop();
    const third = await start(dataDir, { PLATEN_SECRET_KEY: newer });
    const known = await third.parts.ledger.callbacks.endpoint('acme', endpoint.id);
    expect(known && secretsOf(third.parts.ring, known, Date.now())).toEqual([secret]);
    await third.stop();
  });

  it('takes no callbacks to itself, although the operator opened loopback addresses', async () => {
    const service = await start(await temporaryFolder(), { PLATEN_ALLOWED_PRIVATE_NETWORKS: '127.0.0.0/8' });
    try {
      const { port } = new URL(service.url ?? '');
      const { sender } = service.parts;
      await expect(sender.checkUrl(`http://127.0.0.1:${port}/v1/jobs`)).rejects.toMatchObject({ code: 'endpoint.host-refused' });
      expect(sender.checkSyntax('http://127.0.0.1:9/')).toBe('http://127.0.0.1:9/');
    } finally {
      await service.stop();
    }
  });

  it('says which folder it cannot write to', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    for (const dataDir of [file, join(file, 'below')])
      await expect(start(dataDir)).rejects.toMatchObject({
        code: 'config.data-folder',
        message: expect.stringMatching(/PLATEN_DATA_DIR.*file/),
      });
  });

  it('says when streams to S3 cannot wait where they are told to', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'file');
    await writeFile(file, '');
    const env = { S3_BUCKET: 'art', S3_ENDPOINT: 'http://127.0.0.1:9', S3_SPOOL_DIR: join(file, 'below') };
    await expect(start(folder, env)).rejects.toMatchObject({
      code: 'config.spool-folder',
      message: expect.stringMatching(/S3_SPOOL_DIR.*file/),
    });
  });

  it.each([
    { api: true, worker: false },
    { api: false, worker: true },
  ])('refuses a library without products, as %j', async (role) => {
    const folder = await temporaryFolder();
    await expect(start(folder, { PLATEN_TEMPLATES_DIR: join(folder, 'none') }, role)).rejects.toMatchObject({ code: 'file.unreadable' });
  });
});
