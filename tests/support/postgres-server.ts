import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { ServerProcess } from './server-process.ts';

export type PostgresServer = {
  readonly url: string;
  readonly port: number;
  /** As `kill -9` of the whole server. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data; ends it first when it runs. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** What psql answers, one line a row, columns divided by `|`. */
  query(statement: string): Promise<string>;
};

const run = promisify(execFile);
const VERSIONS = '/usr/lib/postgresql';

/** Debian keeps the server's programs off the PATH. */
const programs = (): string => {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
  const [newest] = versions.map((version) => join(VERSIONS, version, 'bin')).filter((bin) => existsSync(join(bin, 'initdb')));
  return newest === undefined ? '' : `${newest}/`;
};

/** Postgres refuses to run as root: there it runs as the account that its package made. */
const accountOfServer = async (): Promise<{ readonly uid: number; readonly gid: number } | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
};

/**
 * A Postgres of its own on a free port, with an empty database.
 * @param durable - flush to disk; off unless a test needs it, which is much faster and survives the death of the process all the same
 */
export const startPostgres = async ({ durable = false }: { readonly durable?: boolean } = {}): Promise<PostgresServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-postgres-'));
  const port = await freePort();
  const user = await accountOfServer();
  const server = new ServerProcess({
    command: `${programs()}postgres`,
    args: ['-D', folder, '-p', `${port}`, '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', `fsync=${durable ? 'on' : 'off'}`],
    ...(user === undefined ? {} : { user }),
    cwd: folder,
    isReady: async () => (await run(`${programs()}pg_isready`, ['-q', '-h', '127.0.0.1', '-p', `${port}`])).stderr === '',
  });
  const stop = async (): Promise<void> => {
    await server.stop('SIGINT');
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  try {
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    const encoding = ['--encoding=UTF8', '--locale=C.UTF-8'];
    await run(`${programs()}initdb`, ['-D', folder, '-U', 'postgres', '-A', 'trust', '--no-sync', ...encoding], { ...user, cwd: folder });
    await server.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    port,
    kill: () => server.stop('SIGKILL'),
    restart: async () => {
      await server.stop('SIGINT');
      await server.start();
    },
    stop,
    query: async (statement) =>
      (await run(`${programs()}psql`, ['-X', '-A', '-t', '-q', url, '-c', statement], { cwd: folder })).stdout.trim(),
  };
};
