import { openLedger } from '../../../drivers/ledger/open-ledger.ts';
import { makeFolder } from '../../../drivers/make-folder.ts';
import type { ApiKey, Scope } from '../../../jobs/api-key.ts';
import { createApiKey } from '../../../jobs/api-key-secret.ts';
import type { Ledger } from '../../../jobs/ledger.ts';
import { Problem } from '../../../model/problem.ts';
import { readConfig } from '../../service/config.ts';
import { EXIT } from '../exit-codes.ts';
import { type Environment, type OutputFlags, runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';

export type NewKeyFlags = OutputFlags & {
  readonly tenant: string;
  readonly name: string;
  readonly scope: readonly Scope[];
  readonly origin?: readonly string[];
  readonly expiresInDays?: number;
};

/** Opens the ledger that the service would open, for one command. */
export const withLedger = (
  environment: Environment,
  flags: OutputFlags,
  work: (ledger: Ledger, terminal: Terminal) => Promise<number>,
): Promise<number> =>
  runCommand(environment, flags, async (terminal) => {
    const config = readConfig(environment.env, {}, environment.cwd);
    if (config.ledger.kind === 'sqlite') await makeFolder(config.dataDir);
    const ledger = await openLedger(config.ledger);
    try {
      return await work(ledger, terminal);
    } finally {
      await ledger.close();
    }
  });

/** `platen keys create`: the token is the result, and is shown this once. */
export const createKeyCommand = (environment: Environment, flags: NewKeyFlags): Promise<number> =>
  withLedger(environment, flags, async (ledger, terminal) => {
    const { tenant, name, scope, origin, expiresInDays } = flags;
    const expiresAtMs = expiresInDays === undefined ? null : (await ledger.now()) + expiresInDays * 86_400_000;
    const { token, key } = createApiKey({ tenant, name, scopes: scope, origins: origin ?? [], expiresAtMs });
    const made = await ledger.keys.create(key);
    terminal.event({ event: 'key', token, ...shown(made) });
    if (!terminal.json) terminal.print(token);
    terminal.say('This is the only time it is shown.');
    return EXIT.done;
  });

/** `platen keys list`: without secrets, nobody has them. */
export const listKeysCommand = (environment: Environment, flags: OutputFlags & { readonly tenant?: string }): Promise<number> =>
  withLedger(environment, flags, async (ledger, terminal) => {
    for (const key of await ledger.keys.list(flags.tenant)) {
      const { keyId, tenant, name, scopes, revokedAtMs, expiresAtMs } = key;
      const state = revokedAtMs !== null ? 'revoked' : expiresAtMs === null ? 'valid' : `valid until ${isoTime(expiresAtMs)}`;
      if (terminal.json) terminal.event({ event: 'key', ...shown(key) });
      else terminal.print(`${keyId}  ${tenant}  ${scopes.join('+')}  ${state}  ${name}`);
    }
    return EXIT.done;
  });

/** `platen keys revoke ID`: from now on it opens nothing. */
export const revokeKeyCommand = (environment: Environment, keyId: string, flags: OutputFlags): Promise<number> =>
  withLedger(environment, flags, async (ledger, terminal) => {
    if (!(await ledger.keys.revoke(keyId))) {
      if (!(await ledger.keys.find(keyId)))
        throw new Problem('key.unknown', `expected a known key, got "${keyId}"`, { hint: 'platen keys list' });
      terminal.say('it was revoked before');
    }
    terminal.event({ event: 'revoked', keyId });
    return EXIT.done;
  });

const isoTime = (ms: number): string => new Date(ms).toISOString();

const shown = ({ keyId, tenant, name, scopes, origins, createdAtMs, expiresAtMs, revokedAtMs, lastUsedAtMs }: ApiKey) => ({
  keyId,
  tenant,
  name,
  scopes,
  origins,
  createdAt: isoTime(createdAtMs),
  expiresAt: expiresAtMs === null ? null : isoTime(expiresAtMs),
  revokedAt: revokedAtMs === null ? null : isoTime(revokedAtMs),
  lastUsedAt: lastUsedAtMs === null ? null : isoTime(lastUsedAtMs),
});
