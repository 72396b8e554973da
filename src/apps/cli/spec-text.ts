import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseJson } from '../../intake/json-text.ts';
import { isProblem, Problem } from '../../model/problem.ts';

/** A spec as text, kept so that messages can point into it. */
export type SpecText = {
  /** As the user wrote it; "(standard input)" for "-". */
  readonly name: string;
  /** Pictures are found relative to this folder. */
  readonly folder: string;
  readonly text: string;
};

/** Specs carry data: URLs at most; more than this is a mistake. */
const MAX_SPEC_BYTES = 64 * 1024 * 1024;

/**
 * Reads a spec file, or standard input for "-".
 * @throws Problem `file.unreadable` naming the path and the reason
 */
export const readSpecText = async (path: string, stdin: NodeJS.ReadableStream): Promise<SpecText> => {
  if (path === '-') return { name: '(standard input)', folder: process.cwd(), text: await readAll(stdin) };
  try {
    const { size } = await stat(path);
    if (size > MAX_SPEC_BYTES)
      throw new Problem('file.too-large', `expected a spec of at most ${MAX_SPEC_BYTES} bytes, got ${size} bytes in ${path}`);
    return { name: path, folder: dirname(resolve(path)), text: decodeUtf8(await readFile(path), path) };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('file.unreadable', `expected a readable spec file, got ${reasonOf(error)}: ${path}`, { cause: error });
  }
};

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  EISDIR: 'a folder',
  EACCES: 'no permission to read it',
  ENOTDIR: 'a path through a file',
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
};

const readAll = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_SPEC_BYTES) throw new Problem('file.too-large', `expected a spec of at most ${MAX_SPEC_BYTES} bytes on standard input`);
    chunks.push(bytes);
  }
  return decodeUtf8(Buffer.concat(chunks), 'standard input');
};

const decodeUtf8 = (bytes: Uint8Array, name: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Problem('file.not-utf8', `expected UTF-8 text, got other bytes in ${name}`, { cause: error });
  }
};

/** @throws Problem that names the file when its text is no JSON */
export const jsonOfText = ({ name, text }: SpecText): unknown => {
  try {
    return parseJson(text, { maxDepth: 100, maxBytes: MAX_SPEC_BYTES });
  } catch (error) {
    if (!isProblem(error)) throw error;
    throw new Problem(error.code, `${error.message}, in ${name}`, { hint: error.hint, cause: error });
  }
};
