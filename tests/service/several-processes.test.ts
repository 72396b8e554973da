import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platen } from '../support/platen-cli.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { RunningPlaten, smallSpec } from '../support/running-platen.ts';
import { type S3Server, startS3Server } from '../support/s3-server/s3-server.ts';
import { until } from '../support/until.ts';

type Artifact = { readonly name: string; readonly sha256: string };
const digestsOf = (job: Readonly<Record<string, unknown>>): readonly string[] =>
  (job.artifacts as Artifact[]).map(({ name, sha256 }) => `${name} ${sha256}`);

describe('an API and workers on Postgres, Redis and S3', () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  let s3: S3Server;
  let api: RunningPlaten;
  let worker: RunningPlaten;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    [postgres, redis, s3] = await Promise.all([startPostgres(), startRedisServer(), startS3Server({ buckets: ['art'] })]);
    env = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      S3_BUCKET: 'art',
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.credentials.region,
      S3_FORCE_PATH_STYLE: 'true',
      AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
      PLATEN_SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
      PLATEN_LEASE_SECONDS: '2',
    };
    api = await RunningPlaten.start(['serve', '--no-worker'], env);
    worker = await RunningPlaten.start(['worker'], env);
  });
  afterAll(async () => {
    await api?.remove();
    await worker?.remove();
    await Promise.all([postgres?.stop(), redis?.stop(), s3?.close()]);
  });

  const submit = (text: string, headers: Readonly<Record<string, string>> = {}) =>
    api.call('POST', '/v1/jobs', { spec: smallSpec(text) }, headers);
  const finished = (id: unknown) => api.call('GET', `/v1/jobs/${id}`, undefined, { Prefer: 'wait=25' });

  it('render an order, and hand out its files by links that the store signs itself', async () => {
    const answer = await submit('Mila', { Prefer: 'wait=25' });
    expect([answer.status, answer.json.state]).toEqual([200, 'succeeded']);
    const [artifact] = answer.json.artifacts as Artifact[];
    const link = await api.call('GET', `/v1/jobs/${answer.json.id}/artifacts/${artifact?.name}`);
    expect(link.status).toBe(302);
    expect(link.headers.get('location')).toContain(s3.endpoint);
    const file = await api.download(String(answer.json.id), artifact?.name ?? '');
    expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(artifact?.sha256);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it('give the same bytes as a single process with a file and a folder', async () => {
    const alone = await RunningPlaten.start(['serve', '--dev']);
    try {
      const here = await submit('Ångström 7', { Prefer: 'wait=25' });
      const there = await alone.call('POST', '/v1/jobs', { spec: smallSpec('Ångström 7') }, { Prefer: 'wait=25' });
      expect(digestsOf(there.json)).toEqual(digestsOf(here.json));
    } finally {
      await alone.remove();
    }
  });

  it('lose nothing when a worker is killed in the middle, and when Redis forgets everything', async () => {
    const jobs = await Promise.all(['a', 'b', 'c'].map((text) => submit(text)));
    await until('a job to run', async () => (await api.call('GET', '/v1/jobs?state=running')).json.items !== undefined, 10_000);
    await worker.end('SIGKILL');
    await flushAll(redis);
    await worker.restart();
    for (const { json } of jobs) expect((await finished(json.id)).json.state).toBe('succeeded');
    expect(await postgres.query("select count(*) from platen.jobs where state <> 'succeeded'")).toBe('0');
  });

  it('accept orders while Redis is away, and render them when it is back', async () => {
    await redis.kill('SIGKILL');
    const answer = await submit('while away');
    expect(answer.status).toBe(202);
    const readiness = await fetch(`${api.url}/readyz`);
    expect(readiness.status).toBe(503);
    await redis.start();
    expect((await finished(answer.json.id)).json.state).toBe('succeeded');
  });

  it('show the tickets to the operator alone, with nothing from elsewhere', async () => {
    const page = (authorization?: string) => fetch(`${api.url}/admin/queue/`, { headers: authorization ? { authorization } : {} });
    const basic = (token: string) => `Basic ${Buffer.from(`me:${token}`).toString('base64')}`;
    expect((await page()).status).toBe(401);
    expect((await page(basic('platen_x_y'))).status).toBe(401);
    const made = await api.call('POST', '/v1/keys', { name: 'reader', scopes: ['read', 'submit'] });
    expect((await page(basic(String(made.json.token)))).status).toBe(401);
    const shown = await page(basic(api.token));
    expect(shown.status).toBe(200);
    const html = await shown.text();
    expect(html).toMatch(/Platen tickets/);
    // The page asks for a font from elsewhere: the policy keeps the browser from fetching it.
    expect(shown.headers.get('content-security-policy')).toMatch(
      /^default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self'/,
    );
    const queues = await fetch(`${api.url}/admin/queue/api/queues`, { headers: { authorization: basic(api.token) } });
    expect(JSON.stringify(await queues.json())).toMatch(/tickets/);
  });

  it('are found in order by the doctor, who names what is not', async () => {
    const well = await platen(['doctor'], { env: { ...env, PLATEN_DATA_DIR: api.dataDir } });
    expect(well.out).toMatch(/ok +ledger +Postgres.*\nok +queue +Redis.*\nok +store +bucket art/);
    expect(well.code).toBe(0);
    const ill = await platen(['doctor'], { env: { ...env, PLATEN_DATA_DIR: api.dataDir, REDIS_URL: 'redis://127.0.0.1:1' } });
    expect(ill.out).toMatch(/ok +ledger.*\nBAD +queue.*\nok +store/);
    expect(ill.code).toBe(1);
  });

  it('keep every order that was acknowledged when the API is killed while orders come in', async () => {
    const acknowledged = new Map<string, string>();
    const send = async (key: string): Promise<void> => {
      try {
        const { status, json } = await api.call(
          'POST',
          '/v1/jobs',
          { spec: smallSpec(key), options: { only: 'preview' } },
          { 'Idempotency-Key': key },
        );
        if (status === 202 || status === 200) acknowledged.set(key, String(json.id));
      } catch {
        // The connection broke: whoever sent it does not know, and sends it again.
      }
    };
    const keys = Array.from({ length: 40 }, (_, index) => `key-${index}`);
    const sending = Promise.all(keys.map(send));
    await until('the first answers', () => acknowledged.size > 3);
    await api.end('SIGKILL');
    await sending;
    const before = new Map(acknowledged);
    expect(before.size).toBeGreaterThan(0);
    await api.restart();
    await Promise.all(keys.map(send));
    for (const [key, id] of before) expect(acknowledged.get(key)).toBe(id);
    expect(new Set(acknowledged.values()).size).toBe(keys.length);
    expect(await postgres.query("select count(*) from platen.jobs where spec::text like '%key-%'")).toBe(String(keys.length));
  });
});

const flushAll = async ({ url }: RedisServer): Promise<void> => {
  const { Redis } = await import('ioredis');
  const client = new Redis(url);
  await client.flushall();
  client.disconnect();
};

describe('REDIS_URL without DATABASE_URL', () => {
  it('works on one host, and is refused for a worker that has another ledger', async () => {
    const redis = await startRedisServer();
    const serve = await RunningPlaten.start(['serve', '--no-worker', '--dev'], { REDIS_URL: redis.url });
    try {
      const beside = await RunningPlaten.start(['worker'], { REDIS_URL: redis.url, PLATEN_DATA_DIR: serve.dataDir });
      const answer = await serve.call('POST', '/v1/jobs', { spec: smallSpec('x') }, { Prefer: 'wait=25' });
      expect(answer.json.state).toBe('succeeded');
      await beside.end();
      await expect(RunningPlaten.start(['worker'], { REDIS_URL: redis.url })).rejects.toThrow(/DATABASE_URL/);
    } finally {
      await serve.remove();
      await redis.stop();
    }
  });

  it('ends on SIGTERM although Redis is gone', async () => {
    const redis = await startRedisServer();
    const worker = await RunningPlaten.start(['worker'], { REDIS_URL: redis.url });
    try {
      await redis.kill('SIGKILL');
      expect(await worker.end()).toBe(0);
    } finally {
      await worker.remove();
      await redis.stop();
    }
  });
});
