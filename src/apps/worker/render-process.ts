import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { processMemory } from '../../drivers/sandbox/process-memory.ts';
import type { JobProgress } from '../../jobs/job.ts';
import { RENDER_CRASHED, RenderFailed } from '../../jobs/job-problem.ts';
import { Problem } from '../../model/problem.ts';
import type { ChildConfig } from './child-parts.ts';
import { coreShare } from './core-share.ts';
import type { FromChild, ToChild } from './messages.ts';
import type { TaskKind, TaskOf, TaskResults } from './task.ts';

export type RenderProcessOptions = {
  /** Script to run. */
  readonly entry: string;
  readonly config: ChildConfig;
  /** Environment of the process; nothing else reaches it. */
  readonly env: NodeJS.ProcessEnv;
  /** Resident memory at which it is killed. */
  readonly maxMemoryBytes: number;
  /** How long it may take to open its parts. */
  readonly startWithinMs: number;
  /** Cores it may use. */
  readonly cores: number;
  /** How much it stands back for other processes, 0 to 19. */
  readonly nice: number;
  /** How long it may go on after an abort. */
  readonly killAfterMs: number;
};

const WATCH_EVERY_MS = 100;
const MEGABYTE = 1024 * 1024;
/** Of the memory allowed, what JavaScript may have; pixels live outside its heap. */
const HEAP_SHARE = 0.6;
const STDERR_TAIL = 2000;

/** `onProgress` and `onMade` hear of the steps of a job; previews and checks have none. */
export type TaskWork = {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
  readonly onMade?: () => void;
};

type Waiting = {
  readonly resolve: (result: TaskResults[TaskKind]) => void;
  readonly reject: (error: unknown) => void;
  readonly work: TaskWork;
};

/**
 * One killable process that renders a task at a time, beside what it still keeps of those before. It is dead for good after a failure of the
 * process itself.
 */
export class RenderProcess {
  readonly #child: ChildProcess;
  readonly #options: RenderProcessOptions;
  readonly #ready: Promise<void>;
  readonly exited: Promise<void>;
  #alive = true;
  /** In the order they began: only the last one computes. */
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #retired = false;
  #reason: Problem | null = null;
  #peakBytes = 0;
  #said = '';
  tasksDone = 0;

  constructor(options: RenderProcessOptions) {
    this.#options = options;
    const heapMb = Math.max(128, Math.floor((options.maxMemoryBytes * HEAP_SHARE) / MEGABYTE));
    const share = coreShare(options.cores);
    this.#child = fork(options.entry, [], {
      execArgv: [`--max-old-space-size=${heapMb}`, '--no-warnings', ...share.execArgv],
      env: { ...options.env, ...share.env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Pictures come back as bytes.
      serialization: 'advanced',
    });
    if (this.#child.pid !== undefined) standBack(this.#child.pid, options.nice);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = `${this.#said}${text}`.slice(-STDERR_TAIL);
    });
    this.exited = new Promise((resolve) => {
      const gone = (how: string): void => {
        this.#end(crashed(/heap out of memory/.test(this.#said) ? `out of memory, ${how}` : how));
        resolve();
      };
      this.#child.once('error', (error) => gone(error.message));
      this.#child.once('exit', (code, signal) => gone(signal ?? `exit code ${code}`));
    });
    this.#ready = this.#start();
    this.#ready.catch(() => undefined);
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Highest resident memory seen so far, 0 where the system does not tell. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  get residentBytes(): number {
    return this.#look();
  }

  /** The end of what it wrote to standard error, for logs. */
  get lastWords(): string {
    return this.#said;
  }

  /** Resolves when it can render; rejects with a Problem `render.unavailable` (retry later) when it cannot. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** Tasks under way. */
  get underWay(): number {
    return this.#waiting.size;
  }

  /**
   * Rejects with what the render rejected with, or a Problem `render.crashed` when the process died of it or was killed for it;
   * `render.unavailable` when it died of another one: then this one has done nothing wrong.
   */
  async run<Kind extends TaskKind>(task: TaskOf<Kind>, work: TaskWork): Promise<TaskResults[Kind]> {
    await this.#ready;
    work.signal.throwIfAborted();
    const id = ++this.#lastId;
    const watch = setInterval(() => {
      if (this.#look() > this.#options.maxMemoryBytes) this.#kill(tooMuchMemory(this.#options.maxMemoryBytes), this.#newest());
    }, WATCH_EVERY_MS);
    let killer: NodeJS.Timeout | undefined;
    const abort = (): void => {
      this.#send({ type: 'abort', id });
      killer = setTimeout(() => this.#kill(crashed('killed, it did not stop when told to'), id), this.#options.killAfterMs);
    };
    work.signal.addEventListener('abort', abort, { once: true });
    try {
      const result = await new Promise<TaskResults[TaskKind]>((resolve, reject) => {
        if (!this.#alive) return reject(this.#reason ?? crashed('it had ended before'));
        this.#waiting.set(id, { resolve, reject, work });
        this.#send({ type: 'run', id, task });
      });
      // The process answers each task with the result of its kind.
      return result as TaskResults[Kind];
    } finally {
      clearInterval(watch);
      clearTimeout(killer);
      work.signal.removeEventListener('abort', abort);
      this.#look();
      this.tasksDone += 1;
      if (this.#retired && this.#waiting.size === 0) this.kill();
    }
  }

  kill(): void {
    this.#kill(crashed('closed'));
  }

  /** Ends when nothing is under way any more. */
  retire(): void {
    this.#retired = true;
    if (this.#waiting.size === 0) this.kill();
  }

  #start(): Promise<void> {
    const { config, startWithinMs } = this.#options;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.#kill(unavailable(`nothing within ${startWithinMs} ms`)), startWithinMs);
      void this.exited.then(() => {
        clearTimeout(late);
        reject(unavailable(this.#reason?.message ?? 'one that ended'));
      });
      this.#child.on('message', (message) => {
        // The child is this same program: what it sends is a FromChild.
        const said = message as FromChild;
        if (said.type === 'broken') this.#kill(unavailable(said.failure.problem.message));
        else if (said.type !== 'ready') this.#hear(said);
        else {
          clearTimeout(late);
          resolve();
        }
      });
      this.#send({ type: 'start', config });
    });
  }

  #hear(said: Exclude<FromChild, { readonly type: 'ready' | 'broken' }>): void {
    const waiting = this.#waiting.get(said.id);
    if (said.type === 'progress') {
      waiting?.work.onProgress?.(said.progress);
      return;
    }
    if (said.type === 'made') {
      waiting?.work.onMade?.();
      return;
    }
    this.#waiting.delete(said.id);
    if (said.type === 'done') waiting?.resolve(said.result);
    else waiting?.reject(new RenderFailed(said.failure));
  }

  #send(message: ToChild): void {
    // A channel that is closed already: the exit tells why.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #newest(): number | undefined {
    return [...this.#waiting.keys()].at(-1);
  }

  #kill(why: Problem, culprit?: number): void {
    this.#end(why, culprit);
    this.#child.kill('SIGKILL');
  }

  /** Without a culprit it is the task that computes: those that are only being kept do not end a process. */
  #end(why: Problem, culprit = this.#newest()): void {
    this.#alive = false;
    this.#reason ??= why;
    const ended = [...this.#waiting];
    this.#waiting.clear();
    for (const [id, { reject }] of ended) reject(id === culprit ? this.#reason : diedOfAnother());
  }

  #look(): number {
    const memory = this.#alive && this.#child.pid !== undefined ? processMemory(this.#child.pid) : null;
    this.#peakBytes = Math.max(this.#peakBytes, memory?.peakBytes ?? 0);
    return memory?.residentBytes ?? 0;
  }
}

/** Answers go before pixels. A system that does not let us changes nothing but that. */
const standBack = (pid: number, nice: number): void => {
  try {
    setPriority(pid, nice);
  } catch {
    // It may be gone already, or the system knows no priorities.
  }
};

const crashed = (how: string): Problem =>
  new Problem(RENDER_CRASHED, `expected a rendering process that lives to the end of its job, got one that ended (${how})`, {
    retry: 'later',
  });

const diedOfAnother = (): Problem => unavailable('one that ended over another job');

const tooMuchMemory = (bytes: number): Problem =>
  new Problem(RENDER_CRASHED, `expected a job that renders within ${Math.round(bytes / 1e6)} MB of memory, got one that needs more`, {
    retry: 'later',
    hint: 'Ask for fewer or smaller mockups, or give the workers more memory.',
  });

const unavailable = (how: string): Problem =>
  new Problem('render.unavailable', `expected a rendering process that starts, got: ${how}`, { retry: 'later' });
