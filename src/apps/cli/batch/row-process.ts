import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { processMemory } from '../../../drivers/sandbox/process-memory.ts';
import { RENDER_CRASHED, RENDER_UNAVAILABLE, RenderFailed } from '../../../jobs/job-problem.ts';
import { Problem } from '../../../model/problem.ts';
import { coreShare } from '../../worker/core-share.ts';
import type { FromRowChild, RowCheck, RowConfig, RowMade, RowTask, ToRowChild } from './row-messages.ts';

const MEGABYTE = 1024 * 1024;
/** Resident memory at which a process is killed in the middle of a row, and above which a fresh one takes its place after it. */
const MOST_BYTES = 2048 * MEGABYTE;
const KEEP_BELOW_BYTES = 1024 * MEGABYTE;
const HEAP_MB = 1200;
/** Room for what lives for one row: with V8's own 16 MB a shirt costs 15 % more processor time, spent on collecting; 64 take 60 MB more memory. */
const YOUNG_MB = 64;
const WATCH_EVERY_MS = 200;
const SHARE = coreShare(1);
const LAST_WORDS = 2000;
const PASSED_ON = /^(?:PATH|HOME|TMPDIR|TZ|LANG|LD_LIBRARY_PATH|SystemRoot|TEMP|TMP)$/;

/** The script of a process that makes rows. Node 20 runs no TypeScript: from the sources it is the built one. */
const childEntry = (): string => {
  const fromSources = import.meta.url.endsWith('.ts');
  const path = fileURLToPath(new URL(fromSources ? '../../../../dist/apps/cli/batch/row-child.js' : './row-child.js', import.meta.url));
  if (existsSync(path)) return path;
  throw new Problem(RENDER_UNAVAILABLE, `expected the rendering script at ${path}, got no such file (npm run build makes it)`);
};

type Answer = Extract<FromRowChild, { readonly type: 'done' | 'checked' }>;
type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void };

/** One killable process that makes rows, one at a time. It is dead for good once it ended. */
export class RowProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<void>;
  readonly #exited: Promise<void>;
  #waiting: Waiting | null = null;
  #alive = true;
  #reason: Problem | null = null;
  #said = '';
  peakBytes = 0;

  constructor(config: RowConfig) {
    this.#child = fork(childEntry(), [], {
      // One picture at a time on one core: the other cores have rows of their own.
      execArgv: [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${YOUNG_MB}`, '--no-warnings', ...SHARE.execArgv],
      env: { ...passedOn(), ...SHARE.env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = `${this.#said}${text}`.slice(-LAST_WORDS);
    });
    this.#exited = new Promise((resolve) => {
      const gone = (how: string): void => {
        this.#end(crashed(/heap out of memory/.test(this.#said) ? `out of memory, ${how}` : how));
        resolve();
      };
      this.#child.once('error', (error) => gone(error.message));
      this.#child.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`));
    });
    this.#ready = new Promise((resolve, reject) => {
      void this.#exited.then(() => reject(this.#reason));
      this.#child.on('message', (message) => this.#hear(message as FromRowChild, resolve, reject));
    });
    this.#ready.catch(() => undefined);
    this.#send({ type: 'start', config });
  }

  get isFresh(): boolean {
    return this.#alive && this.#look() < KEEP_BELOW_BYTES;
  }

  /** Rejects with RenderFailed as the render did, or Problem `render.crashed` when the process ended over it. */
  async run(task: RowTask): Promise<RowMade> {
    const answer = await this.#ask({ type: 'run', task });
    if (answer.type !== 'done') throw crashed('it answered another question');
    return answer.made;
  }

  /** Preflight of a spec. Rejects likewise; what cannot be loaded is in the problem of RenderFailed. */
  async check(spec: unknown): Promise<readonly RowCheck[]> {
    const answer = await this.#ask({ type: 'check', spec });
    if (answer.type !== 'checked') throw crashed('it answered another question');
    return answer.findings;
  }

  async #ask(question: ToRowChild): Promise<Answer> {
    await this.#ready;
    const watch = setInterval(() => {
      if (this.#look() > MOST_BYTES) this.#kill(crashed(`killed at ${Math.round(MOST_BYTES / 1e6)} MB of memory`));
    }, WATCH_EVERY_MS);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        if (!this.#alive) return reject(this.#reason ?? crashed('it had ended before'));
        this.#waiting = { resolve, reject };
        this.#send(question);
      });
    } finally {
      clearInterval(watch);
      this.#look();
    }
  }

  async close(): Promise<void> {
    this.#kill(crashed('closed'));
    await this.#exited;
  }

  #hear(said: FromRowChild, ready: () => void, broken: (error: unknown) => void): void {
    const waiting = this.#waiting;
    switch (said.type) {
      case 'ready':
        ready();
        return;
      case 'broken':
        broken(new RenderFailed(said.failure));
        this.#kill(crashed('it could not open the library'));
        return;
      case 'done':
      case 'checked':
        this.#waiting = null;
        waiting?.resolve(said);
        return;
      case 'failed':
        this.#waiting = null;
        waiting?.reject(new RenderFailed(said.failure));
    }
  }

  #send(message: ToRowChild): void {
    // A channel that is closed already: the exit tells why.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #kill(why: Problem): void {
    this.#end(why);
    this.#child.kill('SIGKILL');
  }

  #end(why: Problem): void {
    this.#alive = false;
    this.#reason ??= why;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(this.#reason);
  }

  #look(): number {
    const memory = this.#child.pid === undefined ? null : processMemory(this.#child.pid);
    this.peakBytes = Math.max(this.peakBytes, memory?.peakBytes ?? 0);
    return memory?.residentBytes ?? 0;
  }
}

const passedOn = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)));

const crashed = (how: string): Problem =>
  new Problem(RENDER_CRASHED, `expected a rendering process that lives to the end of its row, got one that ended (${how})`, {
    retry: 'later',
  });
