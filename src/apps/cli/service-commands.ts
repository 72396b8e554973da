import { type Command, InvalidArgumentError, Option } from 'commander';
import { SCOPES } from '../../jobs/api-key.ts';
import { type Finish, flagged, wholeNumber } from './option-values.ts';
import type { Environment } from './run-command.ts';

const TENANT = ['--tenant <id>', 'whose', 'default'] as const;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** The commands of whoever runs the service. */
export const addServiceCommands = (program: Command, environment: Environment, finish: Finish): void => {
  flagged(program.command('serve').description('the API, with a worker in the same process'))
    .option('--host <address>', 'address to listen on (default: PLATEN_HOST, or 127.0.0.1)')
    .option('--port <number>', 'port to listen on (default: PLATEN_PORT, or 3000)', wholeNumber(0, 65_535))
    .option('--no-worker', 'only the API; workers run elsewhere')
    .option('--dev', 'ask for no key; on a loopback address only')
    .option('--print-config', 'show what is in force, without secrets, and end')
    .action(async (flags) => finish(await (await import('./commands/serve.ts')).serveCommand(environment, flags)));
  flagged(program.command('worker').description('only a worker: as many as you like'))
    .option('--print-config', 'show what is in force, without secrets, and end')
    .action(async (flags) => finish(await (await import('./commands/serve.ts')).workerCommand(environment, flags)));

  const keys = program.command('keys').description('keys of the API');
  flagged(keys.command('create').description('make one; its token is shown this once'))
    .option(...TENANT)
    .requiredOption('--name <text>', 'what it is for')
    .addOption(
      new Option('--scope <scope>', `what it may do: ${SCOPES.join(', ')}; may be given several times`)
        .argParser(scopeList)
        .makeOptionMandatory(),
    )
    .option('--origin <origin>', 'web page that may use it, such as https://shop.example; may be given several times', collect)
    .option('--expires-in-days <days>', 'when it ends (default: never)', wholeNumber(1, 36_500))
    .action(async (flags) => finish(await (await import('./commands/keys.ts')).createKeyCommand(environment, flags)));
  flagged(keys.command('list', { isDefault: true }).description('all of them, without secrets'))
    .option('--tenant <id>', 'only those of this tenant')
    .action(async (flags) => finish(await (await import('./commands/keys.ts')).listKeysCommand(environment, flags)));
  flagged(keys.command('revoke').argument('<id>').description('end one at once')).action(async (id: string, flags) =>
    finish(await (await import('./commands/keys.ts')).revokeKeyCommand(environment, id, flags)),
  );

  const inbound = program.command('inbound').description('webhooks of shops');
  flagged(inbound.command('replay').argument('<file>').description('send a recorded one again, freshly signed, to a running service'))
    .option('--to <url>', 'where the service is', 'http://127.0.0.1:3000')
    .option('--secret-env <name>', 'environment variable with the secret of the shop', 'PLATEN_INBOUND_SECRET')
    .action(async (file: string, flags) =>
      finish(await (await import('./commands/inbound.ts')).replayInboundCommand(environment, file, flags)),
    );

  const webhooks = program.command('webhooks').description('callbacks to order systems');
  flagged(webhooks.command('list', { isDefault: true }).description('endpoints, and how they do'))
    .option(...TENANT)
    .action(async (flags) => finish(await (await import('./commands/webhooks.ts')).listWebhooksCommand(environment, flags)));
  flagged(webhooks.command('deliveries').argument('<endpoint>').description('what was sent to one, the newest first'))
    .option(...TENANT)
    .option('--limit <count>', 'at most', wholeNumber(1, 1000), 50)
    .action(async (id: string, flags) => finish(await (await import('./commands/webhooks.ts')).deliveriesCommand(environment, id, flags)));
  flagged(
    webhooks.command('replay').argument('<delivery>').description('send one again; with --since, all that an endpoint missed for good'),
  )
    .option(...TENANT)
    .option('--since <time>', 'the argument is an endpoint then')
    .action(async (id: string, flags) => finish(await (await import('./commands/webhooks.ts')).replayCommand(environment, id, flags)));
};

/** Choices check every value by themselves only when there is no parser. */
const scopeList = (value: string, before: unknown): readonly string[] => {
  if (!SCOPES.some((scope) => scope === value)) throw new InvalidArgumentError(`expected one of ${SCOPES.join(', ')}, got "${value}"`);
  return [...(Array.isArray(before) ? before : []), value];
};
