import type { ServerResponse } from 'node:http';
import type { Reply, ReplyBody } from './reply.ts';

/** Writes a reply. A stream that breaks half-way ends the connection, so that nobody takes a part for the whole. */
export const sendReply = async (response: ServerResponse, reply: Reply, isHead: boolean): Promise<void> => {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  response.statusCode = reply.status;
  const { body } = reply;
  if (!body) {
    if (reply.status !== 204 && reply.status !== 304) response.setHeader('Content-Length', '0');
    response.end();
    return;
  }
  if (body.kind === 'stream') return sendStream(response, body, isHead);
  const bytes = body.kind === 'bytes' ? body.bytes : Buffer.from(`${JSON.stringify(body.value)}\n`);
  response.setHeader('Content-Type', body.mediaType ?? 'application/json');
  response.setHeader('Content-Length', String(bytes.length));
  response.end(isHead ? undefined : bytes);
};

const sendStream = async (
  response: ServerResponse,
  { chunks, mediaType, bytes }: Extract<ReplyBody, { readonly kind: 'stream' }>,
  isHead: boolean,
): Promise<void> => {
  response.setHeader('Content-Type', mediaType);
  if (bytes !== undefined) response.setHeader('Content-Length', String(bytes));
  if (isHead) {
    response.end();
    await chunks[Symbol.asyncIterator]().return?.();
    return;
  }
  response.flushHeaders();
  try {
    for await (const chunk of chunks) {
      if (response.destroyed) return;
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
};

/** Resolves when there is room again, or nobody listens any more. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((done) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      done();
    };
    response.once('drain', go).once('close', go);
    if (response.destroyed) go();
  });
