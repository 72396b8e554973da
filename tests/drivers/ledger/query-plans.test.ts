import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import type { SqliteModule } from '../../../src/drivers/ledger/sqlite-module.ts';
import { loadSqlite } from '../../../src/drivers/ledger/sqlite-module.ts';
import { newId } from '../../../src/jobs/new-id.ts';
import { claimOne, endpoint, jobs, key, newJob, problem, result, START_MS, submitOne } from '../../conformance/ledger/world.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const statements = vi.hoisted(() => new Set<string>());

vi.mock('../../../src/drivers/ledger/sqlite-module.ts', async (original) => {
  const real = await original<{ readonly loadSqlite: () => Promise<SqliteModule> }>();
  const loadRecording = async (): Promise<SqliteModule> => {
    const { DatabaseSync } = await real.loadSqlite();
    class Recording extends DatabaseSync {
      override prepare(text: string): ReturnType<InstanceType<typeof DatabaseSync>['prepare']> {
        statements.add(text);
        return super.prepare(text);
      }
    }
    return { DatabaseSync: Recording };
  };
  return { ...real, loadSqlite: loadRecording };
});

/** Each method at least once, with rows to find. */
const useAll = async (file: string): Promise<void> => {
  const clock = { ms: START_MS };
  const ledger = await openLedger({ kind: 'sqlite', file }, { now: () => clock.ms });
  statements.clear();
  const hook = await ledger.callbacks.create('a', endpoint());
  await ledger.callbacks.reseal(hook.id, hook.sealedSecrets, hook.sealedSecrets);
  await ledger.callbacks.create('a', endpoint({ kind: 'callback', url: 'https://shop.example/1' }));
  const origin = { source: 's', reference: 'r', line: '1' };
  const asked = { jobs: [newJob({ origin, callbackUrl: 'https://shop.example/1' }), ...jobs(3)], batch: { metadata: {} }, quota: 9 };
  await ledger.jobs.submit('a', { ...asked, idempotency: key('k') });
  await ledger.jobs.submit('a', { ...asked, idempotency: key('k') });
  await ledger.jobs.submit('a', { jobs: jobs(2, { problem }), idempotency: key('l') });
  await ledger.jobs.submit('a', { jobs: jobs(2, { problem }), idempotency: key('l') });
  const one = await claimOne(ledger);
  await ledger.jobs.renew(one.id, one.fence, { leaseMs: 1000 });
  await ledger.jobs.cancelRequested([one.id]);
  await ledger.jobs.finish(one.id, one.fence, { kind: 'succeeded', result: result() });
  const two = await claimOne(ledger);
  await ledger.jobs.finish(two.id, two.fence, { kind: 'retry', problem, afterMs: 10 });
  clock.ms += 10;
  await claimOne(ledger, 'w', 1);
  clock.ms += 10;
  await ledger.jobs.recover({ maxCrashes: 3, isDead: () => false });
  const filters = [
    {},
    { state: ['queued'] },
    { batchId: 'b' },
    { reference: 'r' },
    { product: 'p' },
    { sinceMs: 1 },
    { untilMs: 9 },
  ] as const;
  for (const filter of filters) await ledger.jobs.list('a', filter, { limit: 9, after: newId('job', START_MS) });
  for (const filter of filters) await ledger.jobs.list('a', filter, { limit: 9 });
  await Promise.all([
    ledger.jobs.get('a', one.id),
    ledger.jobs.byOrigin('a', origin),
    ledger.jobs.batch('a', one.batchId ?? ''),
    ledger.jobs.counts(),
  ]);
  await ledger.jobs.waiting({ limit: 1 });
  await ledger.jobs.waiting({ limit: 1, after: 'job_' });
  await ledger.jobs.cancel('a', two.id);
  const message = { source: 's', reference: 'r', updatedAtMs: 1, cancelled: true };
  await ledger.jobs.noteMessage('a', message);
  await ledger.jobs.cancel('a', two.id, { unmade: true, message });
  await ledger.jobs.sweepMessages(clock.ms + 1, 9);
  await ledger.jobs.expired(clock.ms, 9);
  await ledger.jobs.usedByOthers(['m'], [one.id]);
  for (const outcome of [
    { kind: 'again', atMs: 0 },
    { kind: 'disable', reason: 'x' },
  ] as const) {
    for (const { delivery, fence } of await ledger.callbacks.claim({ worker: 'd', leaseMs: 1000, limit: 1, perEndpoint: 1 })) {
      await ledger.callbacks.release([{ id: delivery.id, fence: 0 }]);
      const attempt = { atMs: 0, durationMs: 1, status: 500, error: null, excerpt: '', outcome };
      await ledger.callbacks.record(delivery.id, fence, attempt);
    }
  }
  await ledger.callbacks.update('a', hook.id, { enabled: true });
  await ledger.callbacks.recoverSince('a', hook.id, 0);
  for (const filter of [{}, { endpointId: hook.id }, { jobId: one.id }, { state: ['failed'] }] as const)
    for (const { id } of await ledger.callbacks.deliveries('a', filter, { limit: 1 }))
      await ledger.callbacks.replay('a', id).catch(() => undefined);
  await Promise.all([
    ledger.callbacks.counts(),
    ledger.callbacks.nextDueMs(),
    ledger.callbacks.event('a', 'e'),
    ledger.callbacks.endpoints('a', 'callback'),
  ]);
  await ledger.idempotency.begin('a', { ...key('m'), busyMs: 1 });
  await ledger.idempotency.drop('a', key('m'));
  clock.ms += 100_000;
  await ledger.idempotency.sweep(9);
  await ledger.callbacks.sweep(clock.ms, 9);
  const asset = await ledger.assets.create('a', { state: 'ready', key: 'k', name: null, mediaType: null, sha256: null, bytes: 1 });
  await ledger.assets.usage('a');
  await ledger.assets.expired(clock.ms, 9);
  await ledger.assets.remove([asset.id]);
  await ledger.jobs.remove([one.id]);
  await ledger.callbacks.remove('a', hook.id);
  await submitOne(ledger, 'a');
  await ledger.close();
};

const planOf = (rows: readonly unknown[]): string =>
  rows.map((row) => (typeof row === 'object' && row !== null && 'detail' in row ? String(row.detail) : '')).join('; ');

describe('the statements of the ledger', () => {
  it('find their rows by an index, also when there are a hundred thousand', async () => {
    const file = join(await temporaryFolder(), 'ledger.db');
    await useAll(file);
    const { DatabaseSync } = await loadSqlite();
    const texts = [...statements].filter((text) => /^(?:select|update|delete)/.test(text));
    const database = new DatabaseSync(file);
    const plans = texts.map((text) => ({ text, plan: planOf(database.prepare(`EXPLAIN QUERY PLAN ${text}`).all()) }));
    database.close();
    expect(plans.length).toBeGreaterThan(80);
    const scans = plans.filter(({ plan }) => /SCAN (?!clock\b)\w+(?! USING)(?: AS \w+)?(?:;|$)/.test(plan));
    expect(scans).toEqual([]);
    const sorted = plans.filter(({ plan }) => /SEARCH (?:jobs|deliveries|events) .*TEMP B-TREE FOR ORDER BY/.test(plan));
    expect(sorted.map(({ text }) => text).filter((text) => !text.includes('as "failed"'))).toEqual([]);
    const [claim] = plans.filter(({ text }) => /from "jobs" where .*"lane" = \? order by "turn", "id"/.test(text));
    expect(claim?.plan).toBe('SEARCH jobs USING INDEX jobs_turn (lane=?)');
    const wide = plans.filter(({ plan }) => /jobs_newest \(tenant=\?\)|deliveries_newest \(tenant=\?\)/.test(plan));
    expect(wide.map(({ text }) => text.replace(/^select \* from "\w+" where /, ''))).toEqual([
      '"tenant" = ? order by "id" desc limit ?',
      '"tenant" = ? order by "id" desc limit ?',
    ]);
  });
});
