import { z } from 'zod';
import { LONGEST_DOWNLOAD_MS, type VerifiedLink, verifyDownload, verifyUpload } from '../../../jobs/signed-link.ts';
import { fileReply } from '../http/file-reply.ts';
import { json } from '../http/reply.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { route } from '../route.ts';
import { sha256 } from '../schemas/fields.ts';
import { fileAnswers, fileHeaders } from './artifacts.ts';

const TAG = 'Files';
const key = z.strictObject({ key: z.string().min(1).max(900) });
const signature = z.string().min(1).max(100);
const expires = z.string().min(1).max(20);

export const getFile = route({
  id: 'getFile',
  method: 'get',
  path: '/files/{+key}',
  tag: TAG,
  summary: 'Follow a link to a file',
  description: 'Links come from the API and work for minutes. They need no key: who has one may use it.',
  access: 'signed',
  rate: 'read',
  params: key,
  query: z.strictObject({ expires, name: z.string().max(500), signature }),
  headers: fileHeaders,
  answers: fileAnswers,
  problems: ['link.refused', 'link.expired', 'file.unknown', 'range.unsatisfiable'],
  handle: async ({ params, query, headers, parts }) => {
    const { config, now, store } = parts;
    const link = valid(verifyDownload(params.key, new URLSearchParams(query), config.linkSecrets, now()));
    const seconds = Math.floor(Math.min(LONGEST_DOWNLOAD_MS, link.expiresAtMs - now()) / 1000);
    return fileReply(
      store,
      link.key,
      { fileName: link.fileName, cacheControl: `private, max-age=${seconds}` },
      { range: headers.range, ifRange: headers['if-range'], ifNoneMatch: headers['if-none-match'] },
    );
  },
});

export const putFile = route({
  id: 'putFile',
  method: 'put',
  path: '/files/{+key}',
  tag: TAG,
  summary: 'Follow a link to upload a file',
  description: 'Exactly the bytes that were announced when the link was made. Links work for five minutes.',
  access: 'signed',
  rate: 'upload',
  params: key,
  query: z.strictObject({ bytes: z.string().max(20), expires, sha256: z.string().max(64), type: z.string().max(200), signature }),
  streams: { '*/*': { description: 'The file', maxBytes: ({ maxUploadBytes }) => maxUploadBytes } },
  answers: { 201: { description: 'Stored', schema: z.strictObject({ sha256, bytes: z.int() }) } },
  problems: ['link.refused', 'link.expired', 'store.checksum', 'store.exists', 'request.too-large', 'request.timeout'],
  receive: async ({ params, query, body, parts }) => {
    const { config, now, store } = parts;
    const link = valid(verifyUpload(params.key, new URLSearchParams(query), config.linkSecrets, now()));
    const stored = await store.put(link.key, body.chunks, { mediaType: link.mediaType, sha256: link.sha256, bytes: link.bytes });
    return json(201, { sha256: stored.sha256, bytes: stored.bytes });
  },
});

/** @throws HttpProblem `link.refused`, `link.expired` */
const valid = <Link>(verified: VerifiedLink<Link>): Link => {
  switch (verified.kind) {
    case 'valid':
      return verified.link;
    case 'expired':
      throw new HttpProblem('link.expired', 'expected a link that still works, got an older one');
    case 'refused':
      throw new HttpProblem('link.refused', 'expected a link as the API made it, got a changed one');
  }
};
