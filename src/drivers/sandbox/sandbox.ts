import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageLimits } from '../../intake/image-limits.ts';
import type { FontFacts } from '../../intake/inspect-font.ts';
import type { PsdImport, PsdImportOptions } from '../../intake/psd/import-psd.ts';
import type { SvgLimits } from '../../intake/svg/svg-limits.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage, Drawing, StitchFile } from '../../model/resources.ts';
import type { FinderAnswer, FinderQuestion } from '../cut-out/ask.ts';
import type { Request, TaskName, Tasks } from './messages.ts';
import { type ChildLimits, SandboxChild } from './sandbox-child.ts';

export type SandboxOptions = Partial<ChildLimits> & {
  /** Child processes at most; they start when needed. */
  readonly children?: number;
  /** Files a child reads before a fresh one takes its place. */
  readonly tasksPerChild?: number;
  /** A child that keeps more than this after a task gives way to a fresh one. */
  readonly keepBelowBytes?: number;
  /** Called after each task with what it cost; for metrics. */
  readonly onTask?: (facts: { readonly task: TaskName; readonly peakBytes: number }) => void;
};

/** Reads untrusted files in processes of their own: a crash, an endless loop or a memory bomb costs that process only. */
export type Sandbox = {
  /** As `decodeImage` of intake; limits not given are its defaults. */
  decodeImage(bytes: Uint8Array, signal?: AbortSignal, limits?: Partial<ImageLimits>): Promise<DecodedImage>;
  readSvg(bytes: Uint8Array, signal?: AbortSignal, limits?: Partial<SvgLimits>): Promise<Drawing>;
  /** As `readStitches` of stitch/formats; the name of the file tells an EXP file. */
  readStitches(bytes: Uint8Array, fileName: string, signal?: AbortSignal): Promise<StitchFile>;
  inspectFont(bytes: Uint8Array, signal?: AbortSignal): Promise<FontFacts>;
  /** As `importPsd` of intake. A large file needs more time and memory than the defaults: see PSD_SANDBOX. */
  importPsd(bytes: Uint8Array, options: PsdImportOptions, signal?: AbortSignal): Promise<PsdImport>;
  /** What a photo shows, by networks that are installed beside Platen; `rgb` is row-major. For its own pool: see openPhotoFinder. */
  findInPhoto(rgb: Uint8Array, question: FinderQuestion, signal?: AbortSignal): Promise<FinderAnswer>;
  /** Kills the children and removes their folder; tasks under way are rejected. */
  close(): void;
};

/** A 120 Mpx picture needs about 1.2 GB while it is decoded and turned. */
const DEFAULTS = { deadlineMs: 15_000, maxMemoryBytes: 1_600_000_000, children: 2, tasksPerChild: 200, keepBelowBytes: 400_000_000 };
/** For layered mockups of up to 400 MB and 40 Mpx, whose layers are unpacked as a whole and measured for a minute or so. */
export const PSD_SANDBOX = { deadlineMs: 300_000, maxMemoryBytes: 6_000_000_000, children: 1 } as const;

/** The children and who waits for one; first come, first served. */
class ChildPool {
  readonly #folder = mkdtempSync(join(tmpdir(), 'platen-'));
  readonly #options: typeof DEFAULTS & SandboxOptions;
  readonly #idle: SandboxChild[] = [];
  readonly #busy = new Set<SandboxChild>();
  readonly #queue: (() => void)[] = [];
  #closed = false;

  constructor(options: SandboxOptions) {
    this.#options = { ...DEFAULTS, ...options };
  }

  async run<T extends TaskName>(request: Request & { readonly task: T }, signal: AbortSignal | undefined): Promise<Tasks[T]> {
    const child = await this.#take(signal);
    try {
      const reply = await child.run(request, signal);
      if (!reply.ok) throw new Problem(reply.code, reply.message, { hint: reply.hint, retry: reply.retry });
      // The reply to a task is that task's result by construction of the child.
      return reply.result as Tasks[T];
    } finally {
      this.#options.onTask?.({ task: request.task, peakBytes: child.peakBytes });
      this.#give(child);
    }
  }

  close(): void {
    this.#closed = true;
    for (const child of [...this.#idle, ...this.#busy]) child.kill();
    for (const next of this.#queue.splice(0)) next();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #take(signal: AbortSignal | undefined): Promise<SandboxChild> {
    while (true) {
      signal?.throwIfAborted();
      if (this.#closed) throw new Problem('sandbox.closed', 'expected an open sandbox, got one that was closed', { retry: 'later' });
      const idle = this.#idle.pop();
      if (idle && !idle.alive) continue;
      if (idle || this.#busy.size < this.#options.children) {
        const child = idle ?? new SandboxChild(this.#folder, this.#options);
        this.#busy.add(child);
        return child;
      }
      await this.#turn(signal);
    }
  }

  /** Resolves when a child may be free, or the caller no longer wants one. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const next = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        const at = this.#queue.indexOf(next);
        if (at >= 0) this.#queue.splice(at, 1);
        resolve();
      };
      this.#queue.push(next);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  #give(child: SandboxChild): void {
    this.#busy.delete(child);
    const fresh =
      child.alive && child.tasksDone < this.#options.tasksPerChild && child.residentBytes < this.#options.keepBelowBytes && !this.#closed;
    if (fresh) this.#idle.push(child);
    else child.kill();
    this.#queue.shift()?.();
  }
}

/** Opens a sandbox; no process starts before the first task. Close it when done. */
export const openSandbox = (options: SandboxOptions = {}): Sandbox => {
  const pool = new ChildPool(options);
  return {
    decodeImage: (bytes, signal, limits) => pool.run({ task: 'decode-image', bytes, limits: limits ?? null }, signal),
    readSvg: (bytes, signal, limits) => pool.run({ task: 'read-svg', bytes, limits: limits ?? null }, signal),
    readStitches: (bytes, fileName, signal) => pool.run({ task: 'read-stitches', bytes, limits: { fileName } }, signal),
    inspectFont: (bytes, signal) => pool.run({ task: 'inspect-font', bytes, limits: null }, signal),
    importPsd: async (bytes, options, signal) => {
      const { files, ...rest } = await pool.run({ task: 'import-psd', bytes, limits: options }, signal);
      return { ...rest, files: new Map(files) };
    },
    findInPhoto: (rgb, question, signal) => pool.run({ task: 'find-in-photo', bytes: rgb, limits: question }, signal),
    close: () => pool.close(),
  };
};
