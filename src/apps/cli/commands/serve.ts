import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type ConfigFlags, printableConfig, readConfig } from '../../service/config.ts';
import { type Service, startService } from '../../service/service.ts';
import { EXIT } from '../exit-codes.ts';
import { packageVersion } from '../package-version.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';

export type ServeFlags = OutputFlags & ConfigFlags & { readonly worker: boolean; readonly printConfig?: boolean };

/** `platen serve`: the API, and unless told otherwise a worker, until a signal comes. */
export const serveCommand = (environment: Environment, flags: ServeFlags): Promise<number> =>
  runUntilSignal(environment, flags, { api: true, worker: flags.worker });

/** `platen worker`: only renders. */
export const workerCommand = (environment: Environment, flags: OutputFlags & { readonly printConfig?: boolean }): Promise<number> =>
  runUntilSignal(environment, { ...flags, worker: true }, { api: false, worker: true });

const runUntilSignal = (environment: Environment, flags: ServeFlags, role: { api: boolean; worker: boolean }): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const config = readConfig(environment.env, flags, environment.cwd);
    if (flags.printConfig) {
      for (const line of printableConfig(config)) terminal.print(line);
      for (const warning of config.warnings) terminal.complain(`warning: ${warning}`);
      return EXIT.done;
    }
    const service = await startService(config, packageVersion(), role);
    announce(service, terminal);
    if (!environment.signal.aborted) await once(environment.signal, 'abort');
    terminal.say('stopping: what runs is finished or handed back');
    const limitMs = config.values.PLATEN_SHUTDOWN_GRACE_SECONDS + STOP_MARGIN_MS;
    if (await endsWithin(service.stop(), limitMs)) return EXIT.done;
    terminal.complain(`gave up stopping after ${Math.round(limitMs / 1000)} s; leases end by themselves, nothing is lost`);
    return EXIT.failed;
  });

/** Beyond the grace for jobs: something outside does not answer. */
const STOP_MARGIN_MS = 15_000;

const endsWithin = async (stopping: Promise<void>, limitMs: number): Promise<boolean> => {
  const late = new AbortController();
  try {
    return await Promise.race([stopping.then(() => true), pause(limitMs, false, { signal: late.signal })]);
  } finally {
    late.abort();
  }
};

/** The key is printed this once: nobody can read it again. */
const announce = ({ url, firstKey, parts }: Service, terminal: Terminal): void => {
  if (firstKey !== undefined) {
    terminal.say('A first key with all scopes, for the tenant "default". It is shown this once:');
    terminal.say(`  ${firstKey}`);
  }
  terminal.event({ event: 'started', url, ...(firstKey === undefined ? {} : { firstKey }) });
  if (url !== null) terminal.say(`Platen ${parts.version} listens on ${url} (docs: ${url}/docs)`);
  else terminal.say(`Platen ${parts.version} works`);
  if (parts.config.dev) terminal.say('--dev: no key is asked; everybody on this machine is tenant "dev"');
};
