import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Agent, fetch } from 'undici';

const MAIN = fileURLToPath(new URL('../../dist/apps/cli/main.js', import.meta.url));

/** A data folder of its own, removed by `remove`. */
export const newDataDir = () => mkdtempSync(join(tmpdir(), 'platen-bench-'));
export const removeDataDir = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

/** The built program in a process of its own, on one core when its number is given; resolves when it has started. */
export const startPlaten = async (args, dataDir, env = {}, core = null) => {
  const command = [process.execPath, MAIN, ...args, '--json'];
  const [program, ...rest] = core === null ? command : ['taskset', '-c', String(core), ...command];
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PLATEN_PORT: '0',
      PLATEN_LOG_LEVEL: 'error',
      PLATEN_RATE_PER_MINUTE: '1000000',
      PLATEN_DATA_DIR: dataDir,
      ...env,
    },
  });
  const started = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`expected a running service, got exit code ${code}`)));
    createInterface(child.stdout).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.event === 'started') resolve(event);
    });
  });
  return {
    url: started.url,
    pid: child.pid,
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
};

/** As many connections as a busy storefront keeps open; beyond them a request waits here, and its wait counts. */
const dispatcher = new Agent({ connections: 64 });

export const post = async (url, path, body) => {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body), dispatcher });
  const answer = await response.json();
  if (!response.ok) throw new Error(`expected an answer to ${path}, got ${response.status} ${JSON.stringify(answer)}`);
  return answer;
};

export const get = async (url, path) => (await fetch(url + path, { dispatcher })).json();

/** Submits specs as one batch and waits until all are over; milliseconds from the first start to the last end, by the ledger's clock. */
export const runBatch = async (url, specs) => {
  const { id } = await post(url, '/v1/batches', { items: specs.map((spec) => ({ spec })) });
  for (;;) {
    const batch = await get(url, `/v1/batches/${id}`);
    if (batch.isOver) {
      if (batch.byState.succeeded !== specs.length) throw new Error(`expected every job to succeed, got ${JSON.stringify(batch.byState)}`);
      break;
    }
    await pause(50);
  }
  const jobs = [];
  for (let path = `/v1/jobs?batch=${id}&limit=200`; path; ) {
    const page = await get(url, path);
    jobs.push(...page.items);
    path = page.next ? new URL(page.next, url).pathname + new URL(page.next, url).search : null;
  }
  const times = (name) => jobs.map((job) => Date.parse(job[name]));
  return Math.max(...times('finishedAt')) - Math.min(...times('startedAt'));
};
