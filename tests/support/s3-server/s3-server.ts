import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeAwsChunked, UNSIGNED_TRAILER } from './aws-chunked.ts';
import { Bucket } from './bucket.ts';
import { checkBody } from './checksums.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { type Answer, operationOf, perform } from './operations.ts';
import { errorXml, escapeXml, S3Error, XML } from './s3-error.ts';
import { type Credentials, verifySignature } from './sigv4.ts';

export type S3Server = {
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** `PutObject key 200`, one line per request answered or broken off. */
  readonly log: readonly string[];
  /** What goes wrong from now on. */
  setFaults(plan: FaultPlan | undefined): void;
  close(): Promise<void>;
};

export type S3ServerOptions = { readonly buckets: readonly string[] /** The clock of the server. */; readonly now?: () => number };

const CREDENTIALS: Credentials = { accessKeyId: 'AKDOUBLE', secretAccessKey: 'double/secret+key', region: 'eu-test-1' };

/**
 * A strict double of S3 for tests, on the loopback, path style: it checks signatures, clocks, checksums, conditions and parts as S3
 * does and refuses what it does not know. What it keeps is in memory.
 */
export const startS3Server = async (options: S3ServerOptions): Promise<S3Server> => {
  const buckets = new Map(options.buckets.map((name) => [name, new Bucket()]));
  const log: string[] = [];
  let plan: FaultPlan | undefined;
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const { socket } = request;
    const { path, query, headers } = partsOf(request);
    const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
    const operation = operationOf(request.method ?? '', bucket, key, new Map(query));
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    const fault = plan?.({ operation, key, count });
    const done = (status: number | string): void => void log.push(`${operation} ${key} ${status}`);
    const answer = async (): Promise<void> => {
      const nowMs = (options.now ?? Date.now)();
      if (fault?.kind === 'hang') return void done('hangs');
      const raw = await readBody(request, fault?.kind === 'reset-request' ? fault.afterBytes : undefined);
      if (raw === 'reset') return void done('reset');
      const result = ((): Answer => {
        try {
          if (fault?.kind === 'answer') throw new S3Error(fault.code, fault.status);
          const signed = { method: request.method ?? '', path, query, headers };
          const { payload, isPresigned } = verifySignature(signed, CREDENTIALS, nowMs);
          if (bucket === '') return { status: 200, body: bucketsXml(buckets) };
          const { body, checksum } = openBody(raw, headers, payload);
          const found = buckets.get(bucket);
          if (!found) throw new S3Error('NoSuchBucket', 404);
          if (fault?.kind === 'error-in-200') return { status: 200, body: errorXml(new S3Error(fault.code, 500)) };
          return perform({ operation, bucket, key, query: new Map(query), headers, body, checksum, isPresigned, nowMs }, found);
        } catch (error) {
          if (!(error instanceof S3Error)) throw error;
          return { status: error.status, headers: { 'content-type': 'application/xml' }, body: errorXml(error) };
        }
      })();
      done(fault && fault.kind !== 'answer' ? `${result.status} ${fault.kind}` : result.status);
      await send(socket, request.method, response, result, fault);
    };
    answer().catch((error: unknown) => {
      done(String(error));
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    credentials: CREDENTIALS,
    buckets,
    log,
    setFaults(next) {
      plan = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const partsOf = (request: IncomingMessage) => {
  const [rawPath = '', rawQuery = ''] = (request.url ?? '').split(/\?(.*)/s);
  const query = rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [decodeURIComponent(name), decodeURIComponent(value)];
    });
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );
  return { path: decodeURIComponent(rawPath), query, headers };
};

const readBody = async (request: IncomingMessage, resetAfter: number | undefined): Promise<Buffer | 'reset'> => {
  const { socket } = request;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    parts.push(part);
    bytes += part.length;
    if (resetAfter !== undefined && bytes >= resetAfter) break;
  }
  if (resetAfter === undefined) return Buffer.concat(parts);
  socket.resetAndDestroy();
  return 'reset';
};

/** The bytes of the object, after its framing, length and checksums were checked. */
const openBody = (raw: Buffer, headers: Readonly<Record<string, string>>, payload: string) => {
  const length = headers['content-length'] ?? headers['x-amz-decoded-content-length'];
  if (raw.length > 0 && length === undefined) throw new S3Error('MissingContentLength', 411);
  const isChunked = payload === UNSIGNED_TRAILER;
  if (payload.startsWith('STREAMING-') && !isChunked) throw new S3Error('NotImplemented', 501, payload);
  if (!isChunked && payload !== 'UNSIGNED-PAYLOAD' && !/^[0-9a-f]{64}$/.test(payload)) throw new S3Error('InvalidArgument', 400, payload);
  if (isChunked !== (headers['content-encoding'] ?? '').split(',').includes('aws-chunked'))
    throw new S3Error('InvalidRequest', 400, 'aws-chunked');
  const { data, trailers } = isChunked ? decodeAwsChunked(raw, headers) : { data: raw, trailers: {} };
  return { body: data, checksum: checkBody(data, { ...headers, ...trailers }, payload) };
};

const send = async (
  socket: Socket,
  method: string | undefined,
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
): Promise<void> => {
  if (fault?.kind === 'lost-answer') return void socket.resetAndDestroy();
  const whole = Buffer.from(answer.body ?? '');
  const body = fault?.kind === 'short-answer' ? whole.subarray(0, fault.bytes) : whole;
  response.writeHead(answer.status, { 'x-amz-request-id': 'double', ...answer.headers, 'content-length': body.length });
  // The bytes that a HEAD would have are counted in its header and not sent.
  if (method === 'HEAD') return void response.end();
  if (fault?.kind === 'reset-answer') {
    return void response.write(body.subarray(0, fault.afterBytes), () => socket.resetAndDestroy());
  }
  if (fault?.kind !== 'slow-answer') return void response.end(body);
  for (let at = 0; at < body.length && !response.destroyed; at += fault.bytes) {
    response.write(body.subarray(at, at + fault.bytes));
    await pause(fault.everyMs);
  }
  response.end();
};

const bucketsXml = (buckets: ReadonlyMap<string, Bucket>): string => {
  const lines = [...buckets.keys()].map(
    (name) => `<Bucket><Name>${escapeXml(name)}</Name><CreationDate>2026-03-01T00:00:00.000Z</CreationDate></Bucket>`,
  );
  return `${XML}<ListAllMyBucketsResult><Buckets>${lines.join('')}</Buckets></ListAllMyBucketsResult>`;
};
