import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/apps/cli/main.js', import.meta.url));

export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string };

export type CliOptions = {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Sends a signal as soon as standard output or error contains the text. */
  readonly killOn?: { readonly text: string; readonly signal: NodeJS.Signals };
};

/** Runs the built command in a process of its own, as a user would. */
export const platen = (args: readonly string[], { cwd, input, env, killOn }: CliOptions = {}): Promise<CliRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
    let out = '';
    let err = '';
    let killed = false;
    const look = (): void => {
      if (killed || !killOn || !`${out}${err}`.includes(killOn.text)) return;
      killed = true;
      child.kill(killOn.signal);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      look();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      look();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input ?? '');
  });

/** The NDJSON events of a run with --json. */
export const eventsOf = ({ out }: CliRun): readonly Record<string, unknown>[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line));
