import { z } from 'zod';
import { LONGEST_DOWNLOAD_MS } from '../../../jobs/signed-link.ts';
import { fileReply } from '../http/file-reply.ts';
import type { Reply } from '../http/reply.ts';
import { notFound } from '../problems/http-problem.ts';
import { route } from '../route.ts';
import { id, plainText, yesOrNo } from '../schemas/fields.ts';
import { MANIFEST_NAME } from '../schemas/job-schema.ts';

export const fileHeaders = z.object({
  range: z.string().max(2000).optional().describe('One part, such as `bytes=0-1023`; several at once are answered with the whole file'),
  'if-range': z.string().max(200).optional(),
  'if-none-match': z.string().max(8000).optional(),
});

export const fileAnswers = {
  200: { description: 'The file', mediaTypes: ['*/*'], headers: { ETag: 'sha256 of the file', 'Content-Disposition': 'Its name' } },
  206: { description: 'The part that was asked for', mediaTypes: ['*/*'], headers: { 'Content-Range': 'Which part' } },
  304: { description: 'You have it already' },
} as const;

export const getArtifact = route({
  id: 'getArtifact',
  method: 'get',
  path: '/v1/jobs/{id}/artifacts/{name}',
  tag: 'Jobs',
  summary: 'Download a file of a job',
  description:
    'A redirect to a link that works for 15 minutes without a key, or the bytes themselves where the store has no links or `redirect=false` asks for them. `manifest.json` is a file as the others.',
  access: ['read'],
  rate: 'read',
  params: z.strictObject({ id, name: plainText(200) }),
  query: z.strictObject({ redirect: yesOrNo.default(true).describe('false: the bytes from this very address') }),
  headers: fileHeaders,
  answers: { ...fileAnswers, 302: { description: 'Where the bytes are', headers: { Location: 'The link' } } },
  problems: ['job.unknown', 'artifact.unknown', 'range.unsatisfiable', 'store.unavailable'],
  handle: async ({ params, query, headers, caller, parts }): Promise<Reply> => {
    const job = await parts.ledger.jobs.get(caller.tenant, params.id);
    if (!job) throw notFound('job.unknown', 'job');
    const key = keyOf(job.result, params.name);
    if (key === undefined) throw notFound('artifact.unknown', 'file of this job');
    const link = query.redirect ? await parts.store.url(key, { ttlMs: LONGEST_DOWNLOAD_MS, fileName: params.name }) : undefined;
    if (link !== undefined) return { status: 302, headers: { Location: link } };
    return fileReply(
      parts.store,
      key,
      { fileName: params.name, cacheControl: 'private, max-age=86400, immutable' },
      { range: headers.range, ifRange: headers['if-range'], ifNoneMatch: headers['if-none-match'] },
    );
  },
});

type Result = { readonly manifestKey: string; readonly keys: Readonly<Record<string, string>> } | null;

const keyOf = (result: Result, name: string): string | undefined => {
  if (!result) return undefined;
  return name === MANIFEST_NAME ? result.manifestKey : Object.hasOwn(result.keys, name) ? result.keys[name] : undefined;
};
