import type { Render } from '../../jobs/render.ts';
import { Problem } from '../../model/problem.ts';
import { renderChildEntry } from './child-entry.ts';
import type { ChildConfig } from './child-parts.ts';
import { RenderProcess, type TaskWork } from './render-process.ts';
import { renderJobOf, type TaskKind, type TaskOf, type TaskResults, type Uploads, uploadsNamedIn } from './task.ts';

export type RenderPoolOptions = {
  readonly config: ChildConfig;
  /** What an upload is, when the tenant has it: rendering processes have no ledger to ask. Without it no upload is known. */
  readonly findUpload?: (tenant: string, id: string) => Promise<Uploads[string] | undefined>;
  /** Rendering processes, each with one task at a time, beside the keeping of the one before: as many as the worker has slots. */
  readonly slots: number;
  /** Cores that each of its processes may use: one unless given. */
  readonly cores?: number;
  /** Resident memory at which a process is killed in the middle of a job. */
  readonly maxMemoryBytes?: number;
  /** Resident memory after a job above which a fresh process takes its place. */
  readonly keepBelowBytes?: number;
  /** Tasks a process does before a fresh one takes its place. */
  readonly tasksPerProcess?: number;
  /** How much its processes stand back for others, 0 (not at all) to 19. */
  readonly nice?: number;
  readonly startWithinMs?: number;
  readonly killAfterMs?: number;
  /** Of this process, what the rendering ones may see; all names but the common ones and those of AWS are dropped by default. */
  readonly env?: NodeJS.ProcessEnv;
  readonly entry?: string;
  /** Called when a process has done a task or died over it; for metrics and logs. */
  readonly onRendered?: (facts: RenderedFacts) => void;
};

export type RenderedFacts = {
  readonly peakBytes: number;
  /** Set when the process is gone: the end of what it wrote to standard error. */
  readonly lastWords?: string;
};

export type RenderPool = {
  readonly render: Render;
  /** Another task than a job: waits for a process that is free. `spec` is what may name uploads. */
  run<Kind extends TaskKind>(
    tenant: string,
    spec: unknown,
    task: (uploads: Uploads) => TaskOf<Kind>,
    work: TaskWork,
  ): Promise<TaskResults[Kind]>;
  /** Tasks that wait for a process. */
  waiting(): number;
  /** Resolves when every process has opened its parts; rejects with a Problem `render.unavailable` when one cannot. */
  ready(): Promise<void>;
  /** Kills the processes; jobs under way are rejected. */
  close(): Promise<void>;
};

/** Of one process: finished jobs whose files are still being kept while it renders the next one. */
const MOST_KEEPING = 1;

const MEGABYTE = 1024 * 1024;
const DEFAULTS = {
  maxMemoryBytes: 2048 * MEGABYTE,
  keepBelowBytes: 1024 * MEGABYTE,
  tasksPerProcess: 2000,
  cores: 1,
  nice: 0,
  startWithinMs: 30_000,
  killAfterMs: 200,
};
const PASSED_ON =
  /^(?:PATH|HOME|TMPDIR|TZ|LANG|LD_LIBRARY_PATH|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|AWS_[A-Z0-9_]+|SystemRoot|TEMP|TMP)$/;

/** Starts the rendering processes and keeps them warm. */
export const openRenderPool = (options: RenderPoolOptions): RenderPool => new ProcessPool(options);

class ProcessPool implements RenderPool {
  readonly #options: typeof DEFAULTS & RenderPoolOptions;
  readonly #entry: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #all = new Set<RenderProcess>();
  readonly #idle: RenderProcess[] = [];
  readonly #queue: (() => void)[] = [];
  #busy = 0;
  #closed = false;

  constructor(options: RenderPoolOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#entry = options.entry ?? renderChildEntry();
    this.#env = options.env ?? Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.test(name)));
    for (let slot = 0; slot < options.slots; slot += 1) this.#idle.push(this.#spawn());
  }

  readonly render: Render = (job, work) =>
    this.run<'render'>(job.tenant, job.spec, (uploads) => ({ kind: 'render', job: renderJobOf(job), uploads }), work);

  async run<Kind extends TaskKind>(
    tenant: string,
    spec: unknown,
    task: (uploads: Uploads) => TaskOf<Kind>,
    work: TaskWork,
  ): Promise<TaskResults[Kind]> {
    const ready = task(await this.#uploadsOf(tenant, spec));
    const child = await this.#take(work.signal);
    let given = false;
    const give = (): void => {
      if (!given) this.#give(child);
      given = true;
    };
    const onMade = (): void => {
      // More would pile up where the store is slow.
      if (child.underWay > MOST_KEEPING) return;
      give();
      work.onMade?.();
    };
    try {
      return await this.#runIn(child, ready, { ...work, onMade });
    } finally {
      give();
    }
  }

  waiting(): number {
    return this.#queue.length;
  }

  async ready(): Promise<void> {
    await Promise.all([...this.#all].map((child) => child.ready()));
  }

  async close(): Promise<void> {
    this.#closed = true;
    const children = [...this.#all];
    for (const child of children) child.kill();
    for (const next of this.#queue.splice(0)) next();
    await Promise.all(children.map(({ exited }) => exited));
  }

  /** Those the tenant has; an unknown one stays unknown to whoever reads the spec. */
  async #uploadsOf(tenant: string, spec: unknown): Promise<Uploads> {
    const { findUpload } = this.#options;
    const known: Record<string, Uploads[string]> = {};
    for (const id of findUpload ? uploadsNamedIn(spec) : []) {
      const upload = await findUpload?.(tenant, id);
      if (upload) known[id] = { state: upload.state, key: upload.key, sha256: upload.sha256, bytes: upload.bytes, name: upload.name };
    }
    return known;
  }

  async #runIn<Kind extends TaskKind>(child: RenderProcess, task: TaskOf<Kind>, work: TaskWork): Promise<TaskResults[Kind]> {
    const { onRendered } = this.#options;
    try {
      return await child.run(task, work);
    } finally {
      onRendered?.({ peakBytes: child.peakBytes, ...(child.alive ? {} : { lastWords: child.lastWords }) });
    }
  }

  async #take(signal: AbortSignal): Promise<RenderProcess> {
    while (this.#busy >= this.#options.slots && !this.#closed) await this.#turn(signal);
    signal.throwIfAborted();
    if (this.#closed) throw new Problem('render.unavailable', 'expected open rendering processes, got closed ones', { retry: 'later' });
    this.#busy += 1;
    let child = this.#idle.shift();
    while (child && !child.alive) child = this.#idle.shift();
    return child ?? this.#spawn();
  }

  /** Resolves when a process may be free, rejects when the caller gives up. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const at = this.#queue.indexOf(next);
        if (at >= 0) this.#queue.splice(at, 1);
        reject(signal.reason);
      };
      const next = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      if (signal.aborted) return reject(signal.reason);
      this.#queue.push(next);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** A process that is spent gives way to one that is warm when the next job comes; one that died while idle is replaced by need. */
  #give(child: RenderProcess): void {
    this.#busy -= 1;
    const { tasksPerProcess, keepBelowBytes } = this.#options;
    if (child.alive && child.tasksDone < tasksPerProcess && child.residentBytes < keepBelowBytes) this.#idle.push(child);
    else {
      const started = child.tasksDone > 0;
      child.retire();
      // One that could not even start would be replaced for ever: the next job tries again.
      if (started && !this.#closed) this.#idle.push(this.#spawn());
    }
    this.#queue.shift()?.();
  }

  #spawn(): RenderProcess {
    const { config, cores, maxMemoryBytes, nice, startWithinMs, killAfterMs } = this.#options;
    const about = { config, cores, maxMemoryBytes, nice, startWithinMs, killAfterMs };
    const child = new RenderProcess({ entry: this.#entry, env: this.#env, ...about });
    this.#all.add(child);
    void child.exited.then(() => this.#all.delete(child));
    return child;
  }
}
