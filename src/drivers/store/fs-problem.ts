import { isProblem, Problem } from '../../model/problem.ts';
import { errorCode } from './fs-durable.ts';

/** Disk, quota, and the size a process may write. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A key that is a folder of other keys, or the other way round: object stores take both, a file system cannot. */
const CLASH = new Set(['EISDIR', 'ENOTDIR', 'EEXIST']);

/** What a failing file system means to a caller. Errors that are none of its own pass as they are. */
export const fsProblem = (doing: 'open' | 'read' | 'write', root: string, error: unknown): unknown => {
  const code = errorCode(error);
  if (isProblem(error) || code === undefined) return error;
  const got = `${code} while ${doing === 'open' ? 'opening' : doing === 'read' ? 'reading' : 'writing'}`;
  if (FULL.has(code)) {
    return new Problem('store.full', `expected room for files below ${root}, got ${got}`, { retry: 'later', cause: error });
  }
  if (doing !== 'open' && CLASH.has(code)) {
    return new Problem('store.key', `expected a key that is not also the beginning of another one, got ${got}`, { cause: error });
  }
  return new Problem('store.unavailable', `expected to reach files below ${root}, got ${got}`, {
    retry: 'later',
    hint: 'Check that the folder exists and that this process may read and write it.',
    cause: error,
  });
};
