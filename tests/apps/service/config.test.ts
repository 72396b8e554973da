import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printableConfig, readConfig, SETTINGS } from '../../../src/apps/service/config.ts';
import { storePlace } from '../../../src/apps/service/store-place.ts';
import { InvalidInput } from '../../../src/model/parse.ts';

const mistakesOf = (env: NodeJS.ProcessEnv, flags = {}): readonly string[] => {
  try {
    readConfig(env, flags, '/srv');
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes.map(({ pointer }) => pointer);
    throw error;
  }
  return [];
};

const KEY = Buffer.alloc(32, 7).toString('base64');

describe('the configuration', () => {
  it('needs nothing: SQLite, the ledger as queue and a folder', () => {
    const config = readConfig({}, {}, '/srv');
    expect(config.ledger).toEqual({ kind: 'sqlite', file: join('/srv', 'data', 'platen.db') });
    expect(config.queue).toEqual({ kind: 'embedded' });
    expect(config.store).toEqual({ kind: 'folder', root: join('/srv', 'data', 'store') });
    expect(config.values.PLATEN_LEASE_SECONDS).toBe(30_000);
    expect(config.values.PLATEN_MAX_SOURCE_MB).toBe(50 * 1024 * 1024);
  });

  it('turns to servers when they are named', () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://a:b@db/platen',
      REDIS_URL: 'redis://r',
      S3_BUCKET: 'art',
      PLATEN_SECRET_KEY: KEY,
    });
    expect([config.ledger.kind, config.queue.kind, config.store.kind]).toEqual(['postgres', 'bullmq', 's3']);
    expect(config.values.PLATEN_SECRET_KEY).toHaveLength(32);
  });

  it('tells the store of S3 whether to send checksums, and where streams wait', () => {
    const place = (env: NodeJS.ProcessEnv) => storePlace(readConfig({ S3_BUCKET: 'art', ...env }), 'secret');
    expect(place({})).toMatchObject({ kind: 's3', checksums: true });
    expect(place({})).not.toHaveProperty('spoolFolder');
    expect(place({ S3_CHECKSUMS: 'false', S3_SPOOL_DIR: 'spool' })).toMatchObject({ checksums: false, spoolFolder: resolve('spool') });
    expect(mistakesOf({ S3_CHECKSUMS: 'maybe' })).toEqual(['S3_CHECKSUMS']);
    expect(mistakesOf({ S3_SPOOL_DIR: '/tmp' })).toEqual(['S3_BUCKET']);
  });

  it('takes earlier secret keys beside the newest, and shows none', () => {
    const old = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const config = readConfig({ PLATEN_OLD_SECRET_KEYS: `${old[0]?.toString('base64')}, ${old[1]?.toString('hex')}` });
    expect(config.values.PLATEN_OLD_SECRET_KEYS).toEqual(old);
    expect(printableConfig(config)).toContain('PLATEN_OLD_SECRET_KEYS=(secret, given)');
    expect(readConfig({}).values.PLATEN_OLD_SECRET_KEYS).toEqual([]);
    expect(mistakesOf({ PLATEN_OLD_SECRET_KEYS: `${KEY} short` })).toEqual(['PLATEN_OLD_SECRET_KEYS']);
  });

  it('names every mistake at once', () => {
    const env = {
      PLATEN_PORT: 'http',
      PLATEN_LEASE_SECONDS: '0',
      PLATEN_LOG_LEVEL: 'loud',
      REDIS_URL: 'http://r',
      PLATEN_SECRET_KEY: 'short',
      PLATEN_API_KEYS: 'shop:submit',
      S3_ENDPOINT: 'http://minio:9000',
    };
    const { S3_ENDPOINT, ...wrong } = env;
    expect([...mistakesOf(env)].map((pointer) => pointer.replace(/ entry 1$/, '')).sort()).toEqual(
      [...Object.keys(wrong), 'S3_BUCKET'].sort(),
    );
  });

  it('names each wrong variable once', () => {
    const env = { DATABASE_URL: 'postgres://db/x', PLATEN_SECRET_KEY: 'short' };
    expect(mistakesOf(env)).toEqual(['PLATEN_SECRET_KEY']);
  });

  it('shows no secret in a message', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://root:hunter2@db' })).toThrow(/^(?!.*hunter2).*DATABASE_URL/s);
  });

  it.each([
    [{ DATABASE_URL: 'postgres://db/x' }, {}, ['PLATEN_SECRET_KEY']],
    [{ S3_ENDPOINT: 'http://minio:9000' }, {}, ['S3_BUCKET']],
    [{}, { dev: true, host: '0.0.0.0' }, ['PLATEN_HOST']],
    [{ PLATEN_ALLOWED_PRIVATE_NETWORKS: '10.0.0.0/33' }, {}, ['PLATEN_ALLOWED_PRIVATE_NETWORKS']],
    [{ PLATEN_ALLOWED_SOURCES: 'https://a.example' }, {}, ['PLATEN_ALLOWED_SOURCES']],
    [{ PLATEN_WORKER_SLOTS: '1.5' }, {}, ['PLATEN_WORKER_SLOTS']],
  ])('refuses %j with %j', (env, flags, pointers) => {
    expect(mistakesOf(env, flags)).toEqual(pointers);
  });

  it('takes --dev on loopback addresses only', () => {
    for (const host of ['127.0.0.1', '::1', 'localhost', '127.8.0.1']) expect(readConfig({}, { dev: true, host }).dev).toBe(true);
  });

  it('warns of a name that was probably mistyped, and of nothing else that begins alike', () => {
    const { warnings } = readConfig({ PLATEN_ALOWED_SOURCES: 'a.example', PLATEN_SERVICE_HOST: '10.0.0.1' });
    expect(warnings.join('\n')).toMatch(/PLATEN_ALOWED_SOURCES is not a setting; did you mean "PLATEN_ALLOWED_SOURCES"/);
    expect(warnings.join('\n')).not.toMatch(/SERVICE_HOST/);
  });

  it('prints every setting in the unit of its name, without secrets', () => {
    const env = {
      DATABASE_URL: 'postgres://u:hunter2@db/x',
      PLATEN_SECRET_KEY: KEY,
      PLATEN_LEASE_SECONDS: '12',
      PLATEN_MAX_SOURCE_MB: '7',
    };
    const lines = printableConfig(readConfig(env));
    expect(lines).toHaveLength(Object.keys(SETTINGS).length);
    expect(lines).toContain('PLATEN_LEASE_SECONDS=12');
    expect(lines).toContain('PLATEN_MAX_SOURCE_MB=7');
    expect(lines).toContain('DATABASE_URL=(secret, given)');
    expect(lines).toContain('REDIS_URL=');
    expect(lines.join('\n')).not.toMatch(/hunter2/);
    expect(lines.join('\n')).not.toContain(KEY);
  });

  it('prints what it can read again', () => {
    const first = readConfig({ PLATEN_KEEP_JOBS_DAYS: '2.5', PLATEN_ALLOWED_SOURCES: 'a.example, *.b.example', PLATEN_MAX_BODY_MB: '0.5' });
    const env = Object.fromEntries(printableConfig(first).map((line) => line.split(/=(.*)/s).slice(0, 2)));
    expect({ ...readConfig(env), env: {} }).toEqual({ ...first, env: {} });
  });
});
