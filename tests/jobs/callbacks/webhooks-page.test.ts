import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../../src/jobs/callbacks/body.ts';
import { OLD_SECRET_MS, RECOVER_MS } from '../../../src/jobs/callbacks/endpoints.ts';
import { EVENT_TYPES } from '../../../src/jobs/callbacks/event.ts';
import { PAUSES_MS } from '../../../src/jobs/callbacks/schedule.ts';
import { createSecret, signMessage } from '../../../src/jobs/callbacks/sign.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { until } from '../../support/until.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/webhooks.md', import.meta.url)), 'utf8');
const secret = createSecret();
let receiver: ChildProcess;
let url: string;
let printed = '';

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
const post = async (body: string, headers: Readonly<Record<string, string>>): Promise<number> => {
  const answer = await fetch(url, { method: 'POST', body, headers: { ...headers } });
  return answer.status;
};
const isUp = (): Promise<boolean> =>
  post('', {}).then(
    () => true,
    () => false,
  );

beforeAll(async () => {
  const file = join(await temporaryFolder(), 'receiver.mjs');
  writeFileSync(file, /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  const port = await freePort();
  url = `http://127.0.0.1:${port}/`;
  const env = { PATH: process.env.PATH, PLATEN_WEBHOOK_SECRET: secret, PORT: String(port) };
  receiver = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  receiver.stdout?.on('data', (text: Buffer) => {
    printed += text.toString();
  });
  await until('the receiver of the page to listen', isUp);
});
afterAll(() => {
  receiver.kill('SIGKILL');
});

it('shows a receiver that takes what we sign, once, and refuses everything else', async () => {
  const body = JSON.stringify({ type: 'job.succeeded', data: { job: { id: 'job_1', path: '/v1/jobs/job_1' } } });
  const signed = (atMs = Date.now(), secrets = [secret]) => ({ ...signMessage({ id: 'evt_1', atMs, body, secrets }) });
  expect(await post(body, signed())).toBe(204);
  expect(await post(body, signed(Date.now(), [createSecret(), secret]))).toBe(204);
  expect(await post(`${body} `, signed())).toBe(401);
  expect(await post(body, signed(Date.now() - 400_000))).toBe(401);
  expect(await post(body, signed(Date.now(), [createSecret()]))).toBe(401);
  expect(await post(body, {})).toBe(401);
  await until('its line', () => printed.includes('\n'));
  expect(printed).toBe('job.succeeded job_1 /v1/jobs/job_1\n');
});

it('names every event and the figures that hold', () => {
  for (const type of EVENT_TYPES) expect(page).toContain(`\`${type}\``);
  const row = /\| pause before it \|(.*)\|/.exec(page)?.[1] ?? '';
  const factor: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000 };
  const pauses = row.split('|').map((cell) => {
    const [count = '0', unit = ''] = cell.trim().split(' ');
    return (Number(count) || 0) * (factor[unit] ?? 0);
  });
  expect(pauses).toEqual([...PAUSES_MS]);
  expect([MAX_BODY_BYTES / 1000, OLD_SECRET_MS / 3_600_000, RECOVER_MS / 86_400_000]).toEqual([20, 24, 14]);
  expect(page).toMatch(/smaller\s+than 20 kB/);
});
