import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../../dist/apps/cli/main.js', import.meta.url));

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly json: Readonly<Record<string, unknown>>;
};

/** The built program as an operator starts it, in a process and a data folder of its own. */
export class RunningPlaten {
  readonly dataDir: string;
  readonly #args: readonly string[];
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #token = '';
  url = '';
  out = '';
  err = '';

  private constructor(dataDir: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.dataDir = dataDir;
    this.#args = args;
    this.#env = env;
  }

  /** Resolves when it says that it has started. */
  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunningPlaten> {
    const dataDir = env.PLATEN_DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'platen-service-')));
    const platen = new RunningPlaten(dataDir, args, {
      PLATEN_PORT: '0',
      PLATEN_LOG_LEVEL: 'info',
      PLATEN_WORKER_SLOTS: '1',
      ...env,
      PLATEN_DATA_DIR: dataDir,
    });
    await platen.restart();
    return platen;
  }

  /** The key that the first start made. */
  get token(): string {
    return this.#token;
  }

  set token(token: string) {
    this.#token = token;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async restart(): Promise<void> {
    this.out = '';
    this.err = '';
    const child = spawn(process.execPath, [MAIN, ...this.#args, '--json'], {
      env: { ...process.env, NO_COLOR: '1', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    await until(
      'a service that has started',
      () => {
        if (child.exitCode !== null) throw new Error(`expected a running service, got:\n${this.out}\n${this.err}`);
        return this.#started() !== undefined;
      },
      60_000,
    );
    const { url, firstKey } = this.#started() ?? {};
    this.url = String(url ?? '');
    if (typeof firstKey === 'string') this.#token = firstKey;
  }

  /** Its own events and its log are lines of one stream. */
  lines(): readonly Readonly<Record<string, unknown>>[] {
    return this.out
      .split('\n')
      .slice(0, -1)
      .map((line): Record<string, unknown> => JSON.parse(line));
  }

  #started(): Readonly<Record<string, unknown>> | undefined {
    return this.lines().find(({ event }) => event === 'started');
  }

  async call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const response = await fetch(path.startsWith('http') ? path : this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(path.startsWith('http') || this.#token === '' ? {} : { Authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, bytes, json: isJson ? JSON.parse(Buffer.from(bytes).toString()) : {} };
  }

  /** A file of a job, through whatever link the API gives. */
  async download(jobId: string, name: string): Promise<Reply> {
    const first = await this.call('GET', `/v1/jobs/${jobId}/artifacts/${name}`);
    const location = first.headers.get('location');
    if (first.status !== 302 || location === null) return first;
    return this.call('GET', new URL(location, this.url).href);
  }

  /** Resolves with its exit code, null when the signal ended it. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    return child.exitCode;
  }

  /** Ends it for good and removes its data. */
  async remove(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** A small order line that the real renderer makes in a moment. */
export const smallSpec = (text: string) => ({
  version: 1,
  product: 'crew-tee',
  variant: { size: 'l', colour: 'white' },
  mockups: { views: [] },
  placements: [
    {
      placement: 'left-chest',
      method: 'dtg',
      layers: [{ type: 'text', text, font: { family: 'Anton' }, size: 60, fill: '#1f3a5f', box: { x: 8, y: 30, width: 84, height: 40 } }],
    },
  ],
});
