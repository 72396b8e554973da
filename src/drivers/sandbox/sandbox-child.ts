import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { Problem } from '../../model/problem.ts';
import { childEntry } from './child-entry.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import type { Reply, Request } from './messages.ts';
import { processMemory } from './process-memory.ts';

export type ChildLimits = {
  /** Wall time for one task. */
  readonly deadlineMs: number;
  /** Resident memory of the process; also the ceiling for its writable memory where the system has one. */
  readonly maxMemoryBytes: number;
};

const WATCH_EVERY_MS = 20;
const MAX_HEAP_MB = 512;
/** Writable memory that is reserved but hardly touched: thread stacks, allocator arenas, the engine's own heaps. */
const RESERVED_BYTES = 1_000_000_000;
/** An orphan that spins for ever ends here; a healthy child is replaced long before. */
const MAX_CPU_SECONDS = 3600;

/** Through a shell, so that the limits are those of this process alone; `exec` keeps it one process. */
const start = (entry: string, folder: string, { maxMemoryBytes }: ChildLimits): ChildProcess => {
  const node = [`--max-old-space-size=${MAX_HEAP_MB}`, '--no-warnings', entry];
  const env = { TMPDIR: folder, LANG: 'C', MALLOC_ARENA_MAX: '2', VIPS_WARNING: '0' };
  const options = { cwd: folder, env, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] as ('pipe' | 'ignore')[] };
  if (process.platform === 'win32') return spawn(process.execPath, node, { ...options, windowsHide: true });
  const kilobytes = Math.ceil((maxMemoryBytes + RESERVED_BYTES) / 1024);
  const script = `umask 077; ulimit -c 0; ulimit -t ${MAX_CPU_SECONDS}; ulimit -d ${kilobytes} 2>/dev/null; exec "$0" "$@"`;
  return spawn('/bin/sh', ['-c', script, process.execPath, ...node], options);
};

type Waiting = { readonly resolve: (reply: Reply) => void; readonly reject: (error: unknown) => void };

/** One killable process that reads untrusted files, one at a time. It is dead for good after a failure of the process itself. */
export class SandboxChild {
  readonly #process: ChildProcess;
  readonly #limits: ChildLimits;
  #waiting: Waiting | null = null;
  #alive = true;
  #peakBytes = 0;
  tasksDone = 0;

  constructor(folder: string, limits: ChildLimits) {
    this.#limits = limits;
    this.#process = start(childEntry(), folder, limits);
    const gone = (how: string): void => this.#die(crashed(how));
    this.#process.on('error', (error) => gone(error.message));
    this.#process.on('exit', (code, signal) => gone(signal ?? `exit code ${code}`));
    const reader = new FrameReader(4 * limits.maxMemoryBytes, (message) => this.#settle(message));
    this.#output()?.on('data', (chunk: Uint8Array) => {
      try {
        reader.push(chunk);
      } catch (error) {
        this.#die(crashed(error instanceof Error ? error.message : 'a broken reply'));
      }
    });
    this.#output()?.on('error', () => {});
    this.#input()?.on('error', () => {});
    this.#hold(false);
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Highest resident memory seen so far, 0 where the system does not tell. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** Resident memory now, 0 where the system does not tell. */
  get residentBytes(): number {
    return this.#look();
  }

  /** Rejects with a Problem 'sandbox.timeout', 'sandbox.memory' or 'sandbox.crashed', or the signal's reason; the process is killed then. */
  run(request: Request, signal: AbortSignal | undefined): Promise<Reply> {
    signal?.throwIfAborted();
    this.#hold(true);
    const { deadlineMs, maxMemoryBytes } = this.#limits;
    const deadline = setTimeout(() => this.#die(tooSlow(deadlineMs)), deadlineMs);
    const watch = setInterval(() => {
      if (this.#look() > maxMemoryBytes) this.#die(tooMuchMemory(maxMemoryBytes));
    }, WATCH_EVERY_MS);
    const abort = (): void => this.#die(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const reply = new Promise<Reply>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      for (const part of encodeFrame(request)) this.#input()?.write(part);
    });
    return reply.finally(() => {
      clearTimeout(deadline);
      clearInterval(watch);
      signal?.removeEventListener('abort', abort);
      this.#look();
      this.#hold(false);
      this.tasksDone += 1;
    });
  }

  kill(): void {
    this.#die(crashed('closed'));
  }

  #settle(message: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#look();
    // The child runs this same program: a message is one of its replies.
    waiting?.resolve(message as Reply);
  }

  #die(why: unknown): void {
    this.#look();
    this.#alive = false;
    this.#process.kill('SIGKILL');
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(why);
  }

  #look(): number {
    const memory = this.#process.pid === undefined ? null : processMemory(this.#process.pid);
    this.#peakBytes = Math.max(this.#peakBytes, memory?.peakBytes ?? 0);
    return memory?.residentBytes ?? 0;
  }

  /** An idle child must not keep our own process from ending; it ends itself when its input closes. */
  #hold(busy: boolean): void {
    const verb = busy ? 'ref' : 'unref';
    this.#process[verb]();
    for (const stream of [this.#input(), this.#output()]) if (stream instanceof Socket) stream[verb]();
  }

  #input(): Writable | null {
    return this.#process.stdin;
  }

  #output(): Readable | null {
    const stream = this.#process.stdio[3];
    return stream && 'read' in stream ? stream : null;
  }
}

const crashed = (how: string): Problem =>
  new Problem('sandbox.crashed', `expected a file that can be read, got one that made its reader stop (${how})`, {
    hint: 'Open the file in an editor and save it again.',
  });

const tooSlow = (deadlineMs: number): Problem =>
  new Problem('sandbox.timeout', `expected a file that is read within ${deadlineMs} ms, got one that takes longer`, {
    hint: 'Simplify the file.',
  });

const tooMuchMemory = (bytes: number): Problem =>
  new Problem('sandbox.memory', `expected a file that is read within ${Math.round(bytes / 1e6)} MB of memory, got one that needs more`, {
    hint: 'Make the picture smaller.',
  });
