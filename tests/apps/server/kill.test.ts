import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { mugSpec } from './support/api-server.ts';

const MAIN = fileURLToPath(new URL('../../../dist/apps/cli/main.js', import.meta.url));
const running = new Set<ChildProcess>();

type Served = { readonly child: ChildProcess; readonly url: string; readonly firstKey: string | undefined };

/** The API of the built package in a process of its own, without a worker. */
const serve = async (folder: string): Promise<Served> => {
  const env = {
    PATH: process.env.PATH,
    PLATEN_DATA_DIR: folder,
    PLATEN_PORT: '0',
    PLATEN_LOG_LEVEL: 'silent',
    PLATEN_RATE_PER_MINUTE: '100000',
  };
  const child = spawn(process.execPath, [MAIN, 'serve', '--no-worker', '--json'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line);
    if (event.event === 'started') return { child, url: event.url, firstKey: event.firstKey };
  }
  throw new Error(`expected the API to start, got: ${said}`);
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

afterEach(async () => {
  for (const child of running) await end(child, 'SIGKILL');
});

/** The id of the job, or undefined when no answer came. */
const submit = async (url: string, token: string, key: string): Promise<string | undefined> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key };
  try {
    const answer = await fetch(`${url}/v1/jobs`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ spec: mugSpec(key), metadata: { key } }),
    });
    const body = await answer.json();
    return answer.status === 202 || answer.status === 200 ? String(Reflect.get(Object(body), 'id')) : undefined;
  } catch {
    return undefined;
  }
};

describe('kill -9 of the API while jobs are submitted (R2)', () => {
  it('loses nothing that was acknowledged, and sending all again makes nothing twice', async () => {
    const folder = await temporaryFolder();
    const keys = Array.from({ length: 80 }, (_, at) => `order-${at}`);
    const acknowledged = new Map<string, string>();
    const first = await serve(folder);
    const token = first.firstKey ?? '';
    const waiting = [...keys];
    // A few at a time: all at once, a slow machine may have every answer on its way when the kill comes.
    const caller = async (): Promise<void> => {
      for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
        const id = await submit(first.url, token, key);
        if (id !== undefined) acknowledged.set(key, id);
        if (acknowledged.size === 25) await end(first.child, 'SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 12 }, caller));
    expect(acknowledged.size).toBeGreaterThanOrEqual(25);
    expect(acknowledged.size).toBeLessThan(80);
    const second = await serve(folder);
    const again = new Map<string, string | undefined>();
    for (const key of keys) again.set(key, await submit(second.url, token, key));
    await end(second.child, 'SIGTERM');
    for (const [key, id] of acknowledged) expect(again.get(key)).toBe(id);
    const ledger = await openLedger({ kind: 'sqlite', file: `${folder}/platen.db` });
    try {
      const jobs = await ledger.jobs.list('default', {}, { limit: 200 });
      expect(jobs.map(({ metadata }) => metadata.key).toSorted()).toEqual(keys.toSorted());
      expect(new Set(jobs.map(({ id }) => id))).toEqual(new Set(again.values()));
    } finally {
      await ledger.close();
    }
  });
});
