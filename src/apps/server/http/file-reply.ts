import type { ArtifactStore, Stored } from '../../../jobs/artifact-store.ts';
import { contentDisposition } from '../../../jobs/content-disposition.ts';
import { HttpProblem, notFound } from '../problems/http-problem.ts';
import { wantedRange } from './byte-range.ts';
import { etagOf, noneMatchHits } from './etag.ts';
import type { Reply } from './reply.ts';

export type FileRequest = {
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
};

/**
 * A stored file, or a part of it. Always to be saved, never shown: what customers sent must not run as a page of ours.
 * @throws HttpProblem `file.unknown`, `range.unsatisfiable`
 */
export const fileReply = async (
  store: ArtifactStore,
  key: string,
  { fileName, cacheControl }: { readonly fileName: string; readonly cacheControl: string },
  request: FileRequest,
): Promise<Reply> => {
  const stored = await store.stat(key);
  if (!stored) throw notFound('file.unknown', 'file');
  const etag = etagOf(stored.sha256);
  const headers = { ...fileHeaders(stored, fileName), ETag: etag, 'Cache-Control': cacheControl };
  if (noneMatchHits(request.ifNoneMatch, etag)) return { status: 304, headers };
  const wanted = wantedRange(request.range, stored.bytes, etag, request.ifRange);
  if (wanted.kind === 'unsatisfiable')
    throw new HttpProblem('range.unsatisfiable', `expected a range within ${stored.bytes} bytes, got one beyond`, {
      headers: { 'Content-Range': `bytes */${stored.bytes}` },
    });
  const range = wanted.kind === 'part' ? wanted.range : undefined;
  const opened = await store.get(key, range);
  if (!opened) throw notFound('file.unknown', 'file');
  const bytes = range ? range.last - range.first + 1 : stored.bytes;
  return {
    status: range ? 206 : 200,
    headers: { ...headers, ...(range ? { 'Content-Range': `bytes ${range.first}-${range.last}/${stored.bytes}` } : {}) },
    body: { kind: 'stream', chunks: opened.body, mediaType: stored.mediaType, bytes },
  };
};

const fileHeaders = (stored: Stored, fileName: string): Readonly<Record<string, string>> => ({
  'Accept-Ranges': 'bytes',
  'Content-Disposition': contentDisposition(fileName),
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Last-Modified': new Date(stored.modifiedAtMs).toUTCString(),
});
