import { readFile } from 'node:fs/promises';
import { type Connection, connectionsSchema } from '../../jobs/orders/connection.ts';
import { InvalidInput, parseWith } from '../../model/parse.ts';
import { Problem } from '../../model/problem.ts';

/** A shop that may send orders, with the secrets that sign them. */
export type OpenConnection = { readonly connection: Connection; readonly secrets: readonly string[] };

/**
 * Reads the file of connections once, and their secrets from the environment.
 * @throws Problem `config.unreadable`; InvalidInput with every mistake, missing secrets included
 */
export const readConnections = async (path: string | null, env: NodeJS.ProcessEnv): Promise<readonly OpenConnection[]> => {
  if (path === null) return [];
  const { connections } = parseWith(connectionsSchema, await readJson(path), 'connections file');
  const opened = connections.map((connection) => ({ connection, secrets: (env[connection.secretEnv] ?? '').split(/\s+/).filter(Boolean) }));
  const mistakes = opened.flatMap(({ connection, secrets }, index) =>
    secrets.length > 0
      ? []
      : [
          {
            pointer: `/connections/${index}/secretEnv`,
            expected: `a secret in the environment variable ${connection.secretEnv}`,
            got: 'nothing',
          },
        ],
  );
  if (mistakes.length > 0) throw new InvalidInput('connections file', mistakes);
  return opened;
};

const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem('config.unreadable', `expected a JSON file of connections at ${path}, got: ${reason}`, { cause: error });
  }
};
