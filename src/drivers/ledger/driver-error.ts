import { isProblem, Problem } from '../../model/problem.ts';

/** What an error of a database driver means: `busy` may be tried again at once. */
export type Trouble = 'busy' | 'full' | 'unavailable' | 'text' | 'other';

/** A connection was broken before it was asked to change anything. */
export class StaleConnection extends Error {
  override readonly name = 'StaleConnection';

  constructor(cause: unknown) {
    super('expected a live connection of the pool, got one that was cut', { cause });
  }
}

const SQLITE = new Map<number, Trouble>([
  [5, 'busy'],
  [6, 'busy'],
  [13, 'full'],
  [10, 'unavailable'],
  [14, 'unavailable'],
  [8, 'unavailable'],
]);

/** SQLSTATE and its first two letters: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const POSTGRES: readonly (readonly [string, Trouble])[] = [
  ['40001', 'busy'],
  ['40P01', 'busy'],
  ['55P03', 'busy'],
  // A row that this one refers to was removed a moment ago.
  ['23503', 'busy'],
  ['53100', 'full'],
  ['22021', 'text'],
  ['22P05', 'text'],
  ['25006', 'unavailable'],
  ['57014', 'unavailable'],
  ['08', 'unavailable'],
  ['28', 'unavailable'],
  ['3D', 'unavailable'],
  ['53', 'unavailable'],
  ['57P', 'unavailable'],
  ['58', 'unavailable'],
];

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]);
/** node-postgres gives these no code. */
const LOST = /connection terminated|connection ended|not queryable|timeout exceeded|query read timeout|cannot use a pool/i;

const CUT = /connection terminated|connection ended|not queryable/i;

export const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof Error)) return 'other';
  if (error instanceof StaleConnection) return 'busy';
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE.get(error.errcode & 0xff) ?? 'other';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ENOSPC') return 'full';
  if (NETWORK.has(code) || (code === '' && LOST.test(error.message))) return 'unavailable';
  return POSTGRES.find(([start]) => code.length === 5 && code.startsWith(start))?.[1] ?? 'other';
};

/** Whether the connection itself broke, by a peer that ended it or by the network. */
export const wasCut = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return NETWORK.has(code) || /^(57P|08)/.test(code) || (code === '' && CUT.test(error.message));
};

/** The error as a Problem, whatever it was. */
export const problemOfDriver = (error: unknown): Problem => {
  if (isProblem(error)) return error;
  switch (troubleOf(error)) {
    case 'full':
      return new Problem('ledger.full', 'expected room for the ledger, got a full disk', {
        hint: 'free space where the ledger lives; nothing that was accepted is lost',
        retry: 'later',
        cause: error,
      });
    case 'busy':
      return new Problem('ledger.unavailable', 'expected a turn to write to the ledger, got none in time', {
        retry: 'later',
        cause: error,
      });
    case 'unavailable':
      return new Problem('ledger.unavailable', 'expected the ledger to answer, got no connection to it', { retry: 'later', cause: error });
    case 'text':
      return new Problem('ledger.text', 'expected text that a database can keep, got a NUL or half a character', { cause: error });
    case 'other':
      return new Problem('ledger.failed', 'expected the ledger to do as told, got an error of its database', { cause: error });
  }
};

export const closedLedger = (): Problem =>
  new Problem('ledger.unavailable', 'expected an open ledger, got a closed one', { retry: 'later' });
