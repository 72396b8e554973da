import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../problems/http-problem.ts';
import type { RawRequest, Route, StreamFacts } from '../route.ts';
import type { ServerConfig } from '../server-parts.ts';
import { hasBody, readJsonBody, requestBytes } from './request-body.ts';

const JSON_TYPE = 'application/json';

/**
 * Reads a JSON body whole, or hands over a stream, whichever the declared type and the route say.
 * @throws HttpProblem `request.media-type`, `request.too-large`, `request.timeout`, `json.syntax`
 */
export const readRequestBody = async (request: IncomingMessage, route: Route, config: ServerConfig): Promise<RawRequest['body']> => {
  const { streams = {}, schemas, bodyOptional } = route;
  if (!schemas.body && Object.keys(streams).length === 0) return { kind: 'none' };
  const contentType = request.headers['content-type'];
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  const stream = Object.hasOwn(streams, mediaType) ? streams[mediaType] : streams['*/*'];
  if (stream) return { kind: 'stream', upload: uploadOf(request, mediaType, stream, config) };
  if (!hasBody(request) && bodyOptional) return { kind: 'none' };
  if (!schemas.body || mediaType !== JSON_TYPE) throw unsupported(mediaType, route);
  requireIdentity(request);
  const maxBytes = route.maxBytes?.(config) ?? config.maxBodyBytes;
  return { kind: 'json', value: await readJsonBody(request, { maxBytes, timeoutMs: config.bodyTimeoutMs }) };
};

const uploadOf = (request: IncomingMessage, mediaType: string, { maxBytes }: StreamFacts, config: ServerConfig) => {
  requireIdentity(request);
  const declared = request.headers['content-length'];
  return {
    mediaType,
    contentType: request.headers['content-type'] ?? '',
    declaredBytes: declared === undefined ? null : Number(declared),
    chunks: requestBytes(request, { maxBytes: maxBytes(config), timeoutMs: config.uploadTimeoutMs }),
  };
};

const takenBy = ({ schemas, streams = {} }: Route): readonly string[] => [...(schemas.body ? [JSON_TYPE] : []), ...Object.keys(streams)];

const unsupported = (mediaType: string, route: Route): HttpProblem => {
  const taken = takenBy(route).join(', ');
  return new HttpProblem('request.media-type', `expected a body of the type ${taken}, got ${JSON.stringify(mediaType.slice(0, 100))}`, {
    headers: { Accept: taken },
  });
};

/** A small packed body can become a huge one: none is unpacked. */
const requireIdentity = ({ headers }: IncomingMessage): void => {
  const coding = headers['content-encoding'];
  if (coding === undefined || coding === 'identity') return;
  throw new HttpProblem('request.media-type', 'expected a body without Content-Encoding, got one with it', {
    headers: { 'Accept-Encoding': 'identity' },
  });
};
