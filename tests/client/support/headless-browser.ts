import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { until } from '../../support/until.ts';

type Message = {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
};

type Evaluated = {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
};

/** Chromium without a window, spoken to by the DevTools protocol over two pipes: no port is opened. */
export class HeadlessBrowser {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #waiting = new Map<number, { readonly done: (result: Message['result']) => void; readonly fail: (error: Error) => void }>();
  #sent = 0;
  #session = '';
  #rest = '';

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    this.#pipe<Readable>(4)
      .setEncoding('utf8')
      .on('data', (text: string) => this.#hear(text));
    child.on('exit', () => {
      for (const { fail } of this.#waiting.values()) fail(new Error('expected a running browser, got its end'));
    });
  }

  /** A browser with one empty page. */
  static async start(): Promise<HeadlessBrowser> {
    const folder = await mkdtemp(join(tmpdir(), 'platen-browser-'));
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
    ];
    const args = [...flags, '--remote-debugging-pipe', `--user-data-dir=${folder}`, 'about:blank'];
    const child = spawn('chromium', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.removeListener('exit', end));
    await once(child, 'spawn');
    const browser = new HeadlessBrowser(child, folder);
    const { targetId } = await browser.#call('Target.createTarget', { url: 'about:blank' });
    browser.#session = String((await browser.#call('Target.attachToTarget', { targetId, flatten: true })).sessionId);
    return browser;
  }

  /** Resolves when the page is there with all that it names. */
  async open(url: string): Promise<void> {
    await this.#call('Page.navigate', { url });
    const there = `document.readyState === 'complete' && location.href.startsWith(${JSON.stringify(url)})`;
    await until(`${url} to be loaded`, async () => (await this.evaluate(there).catch(() => false)) === true);
  }

  /** The value of an expression in the page; promises are waited for. */
  async evaluate(expression: string): Promise<unknown> {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = (await this.#call('Runtime.evaluate', parameters)) as Evaluated;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async picture(): Promise<Uint8Array> {
    return Buffer.from(String((await this.#call('Page.captureScreenshot', { format: 'png' })).data), 'base64');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  #pipe<T>(at: number): T {
    return this.#child.stdio[at] as T;
  }

  #call(method: string, params: object): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#sent;
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done: (result) => done(result ?? {}), fail });
      const session = this.#session === '' ? {} : { sessionId: this.#session };
      this.#pipe<Writable>(3).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    });
  }

  /** Messages end with a zero byte. */
  #hear(text: string): void {
    const parts = (this.#rest + text).split('\0');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) {
      const { id, result, error }: Message = JSON.parse(part);
      const waiting = id === undefined ? undefined : this.#waiting.get(id);
      if (id === undefined || !waiting) continue;
      this.#waiting.delete(id);
      if (error) waiting.fail(new Error(error.message));
      else waiting.done(result);
    }
  }
}
