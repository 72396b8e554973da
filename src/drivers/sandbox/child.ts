import { Socket } from 'node:net';
import { decodeImage, sha256Hex } from '../../intake/decode-image.ts';
import { DEFAULT_IMAGE_LIMITS } from '../../intake/image-limits.ts';
import { inspectFont } from '../../intake/inspect-font.ts';
import { lockDecoders } from '../../intake/lock-decoders.ts';
import type { PsdImportOptions } from '../../intake/psd/import-psd.ts';
import { readSvg } from '../../intake/read-svg.ts';
import { DEFAULT_SVG_LIMITS } from '../../intake/svg/svg-limits.ts';
import { isProblem } from '../../model/problem.ts';
import { readStitchFile } from '../../stitch/formats/read-stitch-file.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import type { Reply, Request, SentImport } from './messages.ts';

/** The process that reads untrusted files: requests come in on standard input, replies leave on descriptor 3. */
const REPLIES_FD = 3;

/** Its reader is large and rarely wanted, so it is loaded when it is. */
const importLayered = async (bytes: Uint8Array, options: object | null): Promise<SentImport> => {
  const { importPsd } = await import('../../intake/psd/import-psd.ts');
  // The parent is this same program: what it sends are the options of importPsd.
  const { files, ...rest } = await importPsd(bytes, options as PsdImportOptions);
  return { ...rest, files: [...files] };
};

/** What the parent calls the file: all that tells an EXP file. */
const nameIn = (limits: object | null): string =>
  limits && 'fileName' in limits && typeof limits.fileName === 'string' ? limits.fileName : '';

/** Its networks are large and rarely wanted, too. */
const findInPhoto = async (bytes: Uint8Array, question: object | null): Promise<unknown> => {
  const { answerQuestion } = await import('../cut-out/ask.ts');
  return answerQuestion(bytes, question);
};

const perform = async ({ task, bytes, limits }: Request): Promise<unknown> => {
  switch (task) {
    case 'decode-image':
      return decodeImage(bytes, { ...DEFAULT_IMAGE_LIMITS, ...limits });
    case 'read-svg':
      return readSvg(bytes, { ...DEFAULT_SVG_LIMITS, ...limits });
    case 'read-stitches':
      return readStitchFile(bytes, sha256Hex(bytes), nameIn(limits));
    case 'inspect-font':
      return inspectFont(bytes);
    case 'import-psd':
      return importLayered(bytes, limits);
    case 'find-in-photo':
      return findInPhoto(bytes, limits);
  }
};

const failure = (error: unknown): Reply => {
  if (isProblem(error)) return { ok: false, code: error.code, message: error.message, hint: error.hint, retry: error.retry };
  const said = error instanceof Error ? error.message : String(error);
  const memory = /allocation failed|out of memory/i.test(said);
  return {
    ok: false,
    code: memory ? 'sandbox.memory' : 'sandbox.crashed',
    message: memory
      ? 'expected a file that can be read in the memory allowed, got one that needs more'
      : `expected a readable file, got one that fails in our reader (${said.slice(0, 200)})`,
    hint: undefined,
    retry: 'never',
  };
};

const answer = async (request: Request): Promise<Reply> => {
  try {
    return { ok: true, result: await perform(request) };
  } catch (error) {
    return failure(error);
  }
};

lockDecoders();
const replies = new Socket({ fd: REPLIES_FD, readable: false, writable: true });
const requests = new FrameReader(Number.MAX_SAFE_INTEGER, (request) => {
  // Only our own parent writes here, and it is the same version of this program.
  void answer(request as Request).then((reply) => {
    for (const part of encodeFrame(reply)) replies.write(part);
  });
});
process.stdin.on('data', (chunk: Uint8Array) => requests.push(chunk));
process.stdin.on('end', () => process.exit(0));
