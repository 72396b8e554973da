import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import type { SqliteDatabase, SqliteModule } from '../../../src/drivers/ledger/sqlite-module.ts';
import { loadSqlite, walIsSafe } from '../../../src/drivers/ledger/sqlite-module.ts';
import { claimOne, jobs, result, submitOne, taken } from '../../conformance/ledger/world.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What the store opens, so that a test can make the disk full and the version old. */
const seen = vi.hoisted(() => ({ databases: [] as SqliteDatabase[], version: '' }));

vi.mock('../../../src/drivers/ledger/sqlite-module.ts', async (original) => {
  const real = await original<{ readonly loadSqlite: () => Promise<SqliteModule> }>();
  const loadWatched = async (): Promise<SqliteModule> => {
    const { DatabaseSync } = await real.loadSqlite();
    class Watched extends DatabaseSync {
      constructor(file: string) {
        super(file);
        seen.databases.push(this);
      }
      override prepare(text: string): ReturnType<SqliteDatabase['prepare']> {
        return super.prepare(seen.version === '' ? text : text.replace('sqlite_version()', `'${seen.version}'`));
      }
    }
    return { DatabaseSync: Watched };
  };
  return { ...real, loadSqlite: loadWatched };
});

beforeEach(() => {
  seen.databases = [];
  seen.version = '';
});

const freshFile = async (): Promise<string> => join(await temporaryFolder(), 'data', 'ledger.db');

const ask = async (file: string, statement: string): Promise<unknown> => {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(file);
  const [row] = database.prepare(statement).all();
  database.close();
  return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
};

describe('the ledger in a SQLite file', () => {
  it('makes its folder and a file that only its owner reads', async () => {
    const file = await freshFile();
    const ledger = await openLedger({ kind: 'sqlite', file });
    await submitOne(ledger, 'a');
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect((await stat(name)).mode & 0o777).toBe(0o600);
    await ledger.close();
  });

  it('flushes every commit, with write-ahead logging', async () => {
    const file = await freshFile();
    const ledger = await openLedger({ kind: 'sqlite', file });
    const settings = seen.databases.map((database) =>
      ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => Object.values(Object(database.prepare(`PRAGMA ${name}`).all()[0]))[0]),
    );
    expect(settings).toEqual([
      ['wal', 2, 1],
      ['wal', 2, 1],
    ]);
    await ledger.close();
  });

  it('waits for the disk when jobs come and end, not when they are claimed and renewed', async () => {
    const ledger = await openLedger({ kind: 'sqlite', file: await freshFile() });
    const flushes = (): unknown => {
      const [writer] = seen.databases.map((database) => Object.values(Object(database.prepare('PRAGMA synchronous').all()[0]))[0]).sort();
      return writer;
    };
    await submitOne(ledger, 'a');
    expect(flushes()).toBe(2);
    const { id, fence } = await claimOne(ledger);
    expect(flushes()).toBe(1);
    expect(await ledger.jobs.renew(id, fence, { leaseMs: 1000 })).toBe('kept');
    expect(flushes()).toBe(1);
    await Promise.all([ledger.jobs.renew(id, fence, { leaseMs: 1000 }), submitOne(ledger, 'a')]);
    expect(flushes()).toBe(2);
    await ledger.jobs.renew(id, fence, { leaseMs: 1000 });
    await ledger.jobs.finish(id, fence, { kind: 'succeeded', result: result() });
    expect(flushes()).toBe(2);
    await ledger.close();
  });

  it('flushes every commit where there is no write-ahead log', async () => {
    seen.version = '3.51.2';
    const ledger = await openLedger({ kind: 'sqlite', file: await freshFile() });
    await submitOne(ledger, 'a');
    await claimOne(ledger);
    expect(seen.databases.map((database) => Object.values(Object(database.prepare('PRAGMA synchronous').all()[0]))[0])).toEqual([2, 2]);
    await ledger.close();
  });

  it('does without write-ahead logging where a SQLite before 3.51.3 could lose a commit by it', async () => {
    seen.version = '3.51.2';
    const file = await freshFile();
    const [ledger, other] = await Promise.all([openLedger({ kind: 'sqlite', file }), openLedger({ kind: 'sqlite', file })]);
    expect(await ask(file, 'PRAGMA journal_mode')).not.toBe('wal');
    const both = await Promise.all(Array.from({ length: 20 }, (_, at) => submitOne(at % 2 === 0 ? ledger : other, 'a')));
    expect(new Set(both.map(({ id }) => id)).size).toBe(20);
    expect((await other.jobs.counts()).byState.queued).toBe(20);
    await Promise.all([ledger.close(), other.close()]);
  });

  it.each([
    ['3.51.2', false],
    ['3.45.1', false],
    ['3.51.3', true],
    ['3.52.0', true],
    ['4.0.0', true],
  ])('thinks of write-ahead logging in %s: %s', (version, isSafe) => {
    expect(walIsSafe(version)).toBe(isSafe);
  });

  it('tells that the disk is full, keeps what it accepted, and goes on when there is room', async () => {
    const file = await freshFile();
    const ledger = await openLedger({ kind: 'sqlite', file });
    const limit = (pages: number): void => {
      for (const database of seen.databases) database.exec(`PRAGMA max_page_count = ${pages}`);
    };
    limit(160);
    const accepted: string[] = [];
    let refused: unknown;
    while (refused === undefined && accepted.length < 10_000) {
      try {
        const answer = await ledger.jobs.submit('a', { jobs: jobs(5, { spec: { product: 'mug', text: 'x'.repeat(2000) } }) });
        accepted.push(...taken(answer).map(({ id }) => id));
      } catch (error) {
        refused = error;
      }
    }
    expect(refused).toMatchObject({ name: 'Problem', code: 'ledger.full', retry: 'later' });
    expect(accepted.length).toBeGreaterThan(20);
    expect((await ledger.jobs.waiting({ limit: 10_000 })).map(({ id }) => id).sort()).toEqual([...accepted].sort());
    limit(100_000);
    accepted.push((await submitOne(ledger, 'a')).id);
    expect((await ledger.jobs.counts()).byState.queued).toBe(accepted.length);
    await ledger.close();
    expect(await ask(file, 'PRAGMA integrity_check')).toBe('ok');
  });

  it('refuses only what was too much of what is asked for at once', async () => {
    const ledger = await openLedger({ kind: 'sqlite', file: await freshFile() });
    const page = Object.values(Object(seen.databases[0]?.prepare('PRAGMA page_count').all()[0]))[0];
    for (const database of seen.databases) database.exec(`PRAGMA max_page_count = ${Number(page) + 60}`);
    const big = { product: 'mug', text: 'x'.repeat(2_000_000) };
    const answers = await Promise.allSettled([submitOne(ledger, 'a'), submitOne(ledger, 'a', { spec: big }), submitOne(ledger, 'a')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await ledger.jobs.counts()).byState.queued).toBe(2);
    await ledger.close();
  });

  it('lets one failing request undo nothing of those that share its commit', async () => {
    const ledger = await openLedger({ kind: 'sqlite', file: await freshFile() });
    const pages = Object.values(Object(seen.databases[0]?.prepare('PRAGMA page_count').all()[0]))[0];
    for (const database of seen.databases) database.exec(`PRAGMA max_page_count = ${Number(pages) + 150}`);
    // Its first hundreds of rows are written before the one for which there is no room.
    const large = jobs(500, { spec: { product: 'mug', text: 'x'.repeat(2000) } });
    const asked = Array.from({ length: 10 }, (_, at) => ledger.jobs.submit('a', { jobs: at % 2 === 0 ? jobs(2) : large }));
    const answers = await Promise.allSettled(asked);
    expect(answers.map(({ status }) => status)).toEqual(asked.map((_, at) => (at % 2 === 0 ? 'fulfilled' : 'rejected')));
    expect((await ledger.jobs.counts()).byState.queued).toBe(10);
    await ledger.close();
  });

  it('waits for another process without standing still', async () => {
    const file = await freshFile();
    const ledger = await openLedger({ kind: 'sqlite', file });
    const { DatabaseSync } = await loadSqlite();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    let answered = false;
    const submitted = submitOne(ledger, 'a').then(() => {
      answered = true;
    });
    for (let tick = 0; tick < 20; tick++) await sleep(5);
    expect(answered).toBe(false);
    expect(await ledger.jobs.list('a', {}, { limit: 5 })).toEqual([]);
    other.exec('COMMIT');
    await submitted;
    expect(answered).toBe(true);
    other.close();
    await ledger.close();
  });

  it('is never behind another process on the same file, however wrong one clock is', async () => {
    const file = await freshFile();
    const ahead = await openLedger({ kind: 'sqlite', file }, { now: () => 2_000_000_600_000 });
    const behind = await openLedger({ kind: 'sqlite', file }, { now: () => 2_000_000_000_000 });
    const first = await submitOne(ahead, 'a');
    const second = await submitOne(behind, 'a');
    expect(second.createdAtMs).toBeGreaterThanOrEqual(first.createdAtMs);
    expect(await behind.now()).toBeGreaterThanOrEqual(first.createdAtMs);
    await Promise.all([ahead.close(), behind.close()]);
  });

  it('leaves a ledger alone that a newer version has used', async () => {
    const file = await freshFile();
    await (await openLedger({ kind: 'sqlite', file })).close();
    await ask(file, "INSERT INTO migrations VALUES (99, 'later', 0) RETURNING number");
    await expect(openLedger({ kind: 'sqlite', file })).rejects.toMatchObject({ name: 'Problem', code: 'ledger.newer' });
  });

  it.each([':memory:', ''])('refuses %j as a file', async (file) => {
    await expect(openLedger({ kind: 'sqlite', file })).rejects.toMatchObject({ name: 'Problem', code: 'ledger.sqlite' });
  });

  it('says which file it cannot write', async () => {
    const folder = await temporaryFolder();
    await expect(openLedger({ kind: 'sqlite', file: folder })).rejects.toMatchObject({
      code: 'ledger.unavailable',
      message: expect.stringContaining(folder),
    });
  });
});
