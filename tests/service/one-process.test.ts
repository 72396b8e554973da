import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyRing, tenantSecrets } from '../../src/jobs/callbacks/key-ring.ts';
import { platen } from '../support/platen-cli.ts';
import { RunningPlaten, smallSpec } from '../support/running-platen.ts';
import { until } from '../support/until.ts';

type Artifact = { readonly name: string; readonly sha256: string; readonly bytes: number; readonly mediaType: string };
type Received = { readonly headers: Record<string, string>; readonly body: string };

const SECRET_KEY = Buffer.alloc(32, 9);

/** An order system on loopback that keeps what it is told. */
const startReceiver = async (): Promise<{ server: Server; url: string; received: Received[] }> => {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    received.push({ headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])), body });
    response.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, received };
};

const artifactsOf = (job: Readonly<Record<string, unknown>>): readonly Artifact[] => (job.artifacts ?? []) as readonly Artifact[];

describe('one process without any server beside it', () => {
  let service: RunningPlaten;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  beforeAll(async () => {
    receiver = await startReceiver();
    service = await RunningPlaten.start(['serve'], {
      PLATEN_SECRET_KEY: SECRET_KEY.toString('base64'),
      PLATEN_ALLOWED_PRIVATE_NETWORKS: '127.0.0.0/8',
    });
  });
  afterAll(async () => {
    await service.remove();
    receiver.server.close();
  });

  it('renders an order, keeps its files and tells the order system, signed', async () => {
    const order = { spec: smallSpec('Mila'), callbackUrl: receiver.url, metadata: { shop: 'a' } };
    const answer = await service.call('POST', '/v1/jobs', order, { Prefer: 'wait=25', 'Idempotency-Key': 'first' });
    expect([answer.status, answer.json.state]).toEqual([200, 'succeeded']);
    const id = String(answer.json.id);

    const artifacts = artifactsOf(answer.json);
    expect(artifacts.map(({ name }) => name)).toContain('left-chest-dtg.png');
    for (const { name, sha256, bytes, mediaType } of artifacts) {
      const file = await service.download(id, name);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toBe(mediaType);
      expect(file.bytes).toHaveLength(bytes);
      expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(sha256);
    }

    await until('the callback', () => receiver.received.length > 0, 20_000);
    const [message] = receiver.received;
    const [secret = ''] = tenantSecrets(openKeyRing({ id: 'k1', bytes: SECRET_KEY }), 'default');
    const payload = new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {}) as {
      type: string;
      data: { jobId?: string; id?: string };
    };
    expect(payload.type).toBe('job.succeeded');
    expect(JSON.stringify(payload.data)).toContain(id);
    expect(message?.body.length).toBeLessThan(20_000);
  });

  it('answers the same key with the same job, and another body under it with 422', async () => {
    const order = { spec: smallSpec('Mila'), callbackUrl: receiver.url, metadata: { shop: 'a' } };
    const again = await service.call('POST', '/v1/jobs', order, { 'Idempotency-Key': 'first' });
    expect(again.json.state).toBe('succeeded');
    const other = await service.call('POST', '/v1/jobs', { spec: smallSpec('Noa') }, { 'Idempotency-Key': 'first' });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency.other-request']);
  });

  it('needs attention, and makes no file, when the preflight has errors', async () => {
    const spec = smallSpec('x');
    const [placement] = spec.placements;
    const outside = { ...spec, placements: [{ ...placement, layers: [{ ...placement?.layers[0], font: { family: 'No Such Font' } }] }] };
    const answer = await service.call('POST', '/v1/jobs', { spec: outside }, { Prefer: 'wait=25' });
    expect(['needs_attention', 'failed']).toContain(answer.json.state);
    expect(JSON.stringify(answer.json.problem)).toMatch(/No Such Font/);
    expect(artifactsOf(answer.json)).toEqual([]);
  });

  it('makes previews and checks outside the thread that answers', async () => {
    const spec = { ...smallSpec('Mila'), mockups: undefined };
    const picture = await service.call('POST', '/v1/previews', { spec, view: 'front', widthPx: 300 }, { Accept: 'image/jpeg' });
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Buffer.from(picture.bytes.subarray(0, 2)).toString('hex')).toBe('ffd8');
    const findings = await service.call('POST', '/v1/checks', { spec });
    expect(findings.status).toBe(200);
  });

  it('takes an upload and prints it, for its own tenant alone', async () => {
    const pixels = Buffer.from(Array.from({ length: 20 * 20 * 3 }, (_, at) => (at * 37) % 256));
    const png = await sharp(pixels, { raw: { width: 20, height: 20, channels: 3 } })
      .png()
      .toBuffer();
    const upload = await fetch(`${service.url}/v1/assets?name=dot.png`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${service.token}`, 'Content-Type': 'image/png' },
      body: png,
    });
    expect(upload.status).toBe(201);
    const asset: { id: string } = JSON.parse(await upload.text());
    const spec = smallSpec('x');
    const layer = { type: 'image', source: `upload:${asset.id}`, box: { x: 10, y: 10, width: 30, height: 30 } };
    const withPhoto = { ...spec, placements: [{ ...spec.placements[0], layers: [layer] }] };
    const checked = await service.call('POST', '/v1/checks', { spec: withPhoto });
    expect(JSON.stringify(checked.json)).toMatch(/resolution/);
    const made = await platen(['keys', 'create', '--tenant', 'other', '--scope', 'submit', '--name', 'x', '--json'], {
      env: { PLATEN_DATA_DIR: service.dataDir, PLATEN_SECRET_KEY: SECRET_KEY.toString('base64') },
    });
    const { token }: { token: string } = JSON.parse(made.out);
    const theirs = await service.call('POST', '/v1/checks', { spec: withPhoto }, { Authorization: `Bearer ${token}` });
    expect(JSON.stringify(theirs.json)).toMatch(/source\.unknown-upload/);
  });

  it('reaches no file of its machine by a spec', async () => {
    const layer = (source: string) => ({ type: 'image', source, box: { x: 10, y: 10, width: 30, height: 30 } });
    for (const source of ['/etc/hostname', '../../package.json', 'asset:x.png', 'file:///etc/passwd', 'http://127.0.0.1:1/x.png']) {
      const spec = { ...smallSpec('x'), placements: [{ ...smallSpec('x').placements[0], layers: [layer(source)] }] };
      const answer = await service.call('POST', '/v1/checks', { spec });
      expect(answer.status, source).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(answer.json), source).toMatch(/source\./);
    }
  });

  it('logs no text of a customer and no credential', () => {
    expect(service.out).toMatch(/"msg":"job over"/);
    expect(`${service.out.replace(service.token, '')}${service.err}`).not.toMatch(/Mila|No Such Font|platen_[a-z0-9]{16}_/);
  });

  it('goes on after kill -9 with everything it had, and prints no second key', async () => {
    const queued = await service.call('POST', '/v1/jobs', { spec: smallSpec('Ada') });
    await service.end('SIGKILL');
    const { token } = service;
    await service.restart();
    expect(service.token).toBe(token);
    expect(service.out).not.toContain('firstKey');
    const job = await service.call('GET', `/v1/jobs/${queued.json.id}`, undefined, { Prefer: 'wait=25' });
    expect(job.json.state).toBe('succeeded');
  });

  it('ends with code 0 on SIGTERM', async () => {
    expect(await service.end('SIGTERM')).toBe(0);
  });
});

describe('a service that cannot start', () => {
  it('says every mistake of its configuration at once', async () => {
    const run = await platen(['serve'], { env: { PLATEN_PORT: 'x', PLATEN_LEASE_SECONDS: 'soon', REDIS_URL: 'nonsense' } });
    expect(run.code).not.toBe(0);
    for (const name of ['PLATEN_PORT', 'PLATEN_LEASE_SECONDS', 'REDIS_URL']) expect(run.err).toContain(name);
  });

  it('refuses --dev on an address that others reach', async () => {
    const run = await platen(['serve', '--dev', '--host', '0.0.0.0'], {});
    expect([run.code === 0, run.err]).toEqual([false, expect.stringMatching(/loopback/)]);
  });
});
