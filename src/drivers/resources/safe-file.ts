import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';
import { Problem } from '../../model/problem.ts';

const MAX_PATH = 1024;

const outside = (path: string): Problem =>
  new Problem('resource.forbidden', `expected a file inside the allowed folder, got "${path.slice(0, 200)}"`, {
    hint: 'Use a path relative to the design, without "..".',
  });

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const refusal = (error: unknown, path: string): unknown => {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Problem('resource.not-found', `expected a file for "${path}", got none`, { cause: error });
    case 'ELOOP':
    case 'ENXIO':
    case 'EISDIR':
    case 'EACCES':
    case 'EPERM':
    case 'ENAMETOOLONG':
      return new Problem('resource.forbidden', `expected a readable regular file for "${path}", got something else`, { cause: error });
    default:
      return error;
  }
};

/** The real path of a file below `root`, links followed. Throws Problem 'resource.forbidden' when it is elsewhere, 'resource.not-found'. */
export const resolveInside = async (root: string, path: string): Promise<string> => {
  if (path === '' || path.length > MAX_PATH || path.includes('\0') || path.includes('\\') || isAbsolute(path) || /^[a-z]:/i.test(path))
    throw outside(path);
  if (path.split('/').includes('..')) throw outside(path);
  try {
    const base = await realpath(root);
    const real = await realpath(resolve(base, path));
    if (!real.startsWith(base.endsWith(sep) ? base : base + sep)) throw outside(path);
    return real;
  } catch (error) {
    throw refusal(error, path);
  }
};

const readAll = async (file: FileHandle, path: string, maxBytes: number): Promise<Uint8Array> => {
  const facts = await file.stat();
  if (!facts.isFile()) throw new Problem('resource.forbidden', `expected a regular file for "${path}", got something else`);
  if (facts.size > maxBytes)
    throw new Problem('resource.too-large', `expected a file of at most ${maxBytes} bytes for "${path}", got ${facts.size}`);
  const bytes = new Uint8Array(facts.size);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
};

/**
 * The bytes of a regular file below `root`. Links may not lead out of it; pipes, devices and folders are refused without waiting on
 * them. Throws Problem 'resource.forbidden', 'resource.not-found' or 'resource.too-large'.
 */
export const readFileInside = async (root: string, path: string, maxBytes: number): Promise<Uint8Array> => {
  const real = await resolveInside(root, path);
  const file = await openPlain(real, path);
  try {
    return await readAll(file, path, maxBytes);
  } finally {
    await file.close();
  }
};

const openPlain = async (real: string, path: string): Promise<FileHandle> => {
  try {
    // A pipe would block an ordinary open until somebody writes.
    return await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw refusal(error, path);
  }
};

/** A file written this recently may be written again without its times showing it. */
const SETTLED_MS = 2000;

/**
 * Changes whenever the file below `root` does; null while it is too fresh to tell.
 * @throws Problem `resource.forbidden` or `resource.not-found`
 */
export const fingerprintInside = async (root: string, path: string): Promise<string | null> => {
  const facts = await stat(await resolveInside(root, path), { bigint: true });
  const { dev, ino, size, mtimeNs, ctimeNs } = facts;
  if (Date.now() - Number(facts.ctimeMs) < SETTLED_MS) return null;
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
};
