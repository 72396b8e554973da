import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export type ServerCommand = {
  readonly command: string;
  readonly args: readonly string[];
  /** Whom it runs as, when that is not who runs the tests. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly cwd: string;
  /** Resolves when it answers; called until then. */
  readonly isReady: () => Promise<boolean>;
};

const START_MS = 20_000;
const STOP_MS = 10_000;

/** A server of the machine that a test starts, kills and starts again. It does not outlive the tests. */
export class ServerProcess {
  readonly #command: ServerCommand;
  #child: ChildProcess | undefined;
  #log = '';

  constructor(command: ServerCommand) {
    this.#command = command;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when it answers. One that ends early is started again: after a kill the address may be taken for a moment. */
  async start(): Promise<void> {
    const until = performance.now() + START_MS;
    while (performance.now() < until) {
      const child = this.#spawn();
      this.#child = child;
      while (performance.now() < until && isAlive(child)) {
        if (await this.#command.isReady().catch(() => false)) return;
        await sleep(25);
      }
      await this.stop('SIGKILL');
      await sleep(100);
    }
    throw new Error(`expected ${this.#command.command} to start in ${START_MS} ms, got:\n${this.#log.slice(-4000)}`);
  }

  /** Resolves when it is gone; a server that does not obey is killed. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || !isAlive(child)) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  }

  #spawn(): ChildProcess {
    const { command, args, user, cwd } = this.#command;
    const child = spawn(command, args, { cwd, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (text: Buffer): void => {
      this.#log = (this.#log + text.toString()).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => keep(Buffer.from(error.message)));
    const end = (): void => {
      child.kill('SIGKILL');
    };
    process.once('exit', end);
    child.once('exit', () => process.removeListener('exit', end));
    return child;
  }
}

const isAlive = (child: ChildProcess): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
