import { z } from 'zod';
import type { Asset } from '../../../jobs/ledger.ts';
import { LONGEST_UPLOAD_MS } from '../../../jobs/signed-link.ts';
import { digestOf } from '../../../model/digest.ts';
import { readForm, type TakeFile } from '../http/read-form.ts';
import { json, type Reply } from '../http/reply.ts';
import { HttpProblem, notFound } from '../problems/http-problem.ts';
import { type Conversation, route, type StreamFacts, type Upload } from '../route.ts';
import { assetBody, assetSchema, fileName, UPLOAD_TYPES, type UploadLink } from '../schemas/asset-schema.ts';
import { id, idempotencyHeaders, sha256 } from '../schemas/fields.ts';
import { baseOf } from './jobs.ts';
import { mediaTypeByContent, requireRoom, storeUpload, uploadKey, withUploadPlace } from './upload-bytes.ts';
import { digestOfStream, type Sent, uploadOnce } from './upload-once.ts';

const TAG = 'Uploads';
const HEAD_BYTES = 4096;
const UPLOADERS = ['submit'] as const;

const fileStream: StreamFacts = { description: 'The file itself', maxBytes: ({ maxUploadBytes }) => maxUploadBytes };

/** A form is a little larger than its file. */
const formStream: StreamFacts = {
  description: 'A form with the file',
  maxBytes: ({ maxUploadBytes }) => maxUploadBytes + 10_000,
  schema: z.strictObject({ file: z.string().meta({ format: 'binary' }), name: fileName.optional() }),
};

const streams: Readonly<Record<string, StreamFacts>> = {
  'multipart/form-data': formStream,
  ...Object.fromEntries(UPLOAD_TYPES.map((mediaType) => [mediaType, fileStream])),
};

const locationHeader = { Location: 'Address of the upload' } as const;

const sentReply = (call: Conversation, { asset, isRepeat }: Sent, link?: UploadLink): Reply =>
  json(isRepeat ? 200 : 201, assetBody(asset, link), { Location: `${baseOf(call)}/v1/assets/${asset.id}` });

export const createAsset = route({
  id: 'createAsset',
  method: 'post',
  path: '/v1/assets',
  tag: TAG,
  summary: 'Upload a picture or a machine file',
  description:
    'Send the file as the body or in a form, and name it in specs by its `source`. Large files go straight to the store: announce length and digest as JSON, PUT the bytes to the address in the answer, then complete the upload.',
  access: UPLOADERS,
  rate: 'upload',
  query: z.strictObject({ name: fileName.optional() }),
  headers: idempotencyHeaders,
  streams,
  body: z
    .strictObject({ name: fileName.optional(), mediaType: z.enum(UPLOAD_TYPES), bytes: z.int().min(1), sha256 })
    .meta({ id: 'AssetRequest' }),
  answers: {
    200: { description: 'Sent before', schema: assetSchema, headers: locationHeader },
    201: { description: 'Stored, or announced', schema: assetSchema, headers: locationHeader },
  },
  problems: [
    'upload.empty',
    'upload.format',
    'upload.form',
    'request.too-large',
    'request.timeout',
    'quota.uploads',
    'quota.storage',
    'store.full',
    'idempotency.in-progress',
    'idempotency.other-request',
  ],
  handle: async (call) => {
    const { body, headers, query, parts } = call;
    const { mediaType, bytes, sha256: digest } = body;
    if (bytes > parts.config.maxUploadBytes)
      throw new HttpProblem('upload.too-large', `expected a file of at most ${parts.config.maxUploadBytes} bytes, got ${bytes}`);
    const sent = await uploadOnce(call, {
      key: headers['idempotency-key'],
      fingerprint: digestOf([body, query]),
      make: () => announce(call, { mediaType, bytes, sha256: digest, name: body.name ?? query.name ?? null }),
      isSame: async () => true,
    });
    return sentReply(
      call,
      sent,
      sent.asset.state === 'ready' ? undefined : await linkTo(call, sent.asset, { mediaType, bytes, sha256: digest }),
    );
  },
  receive: (call) =>
    withUploadPlace(call, async () => {
      const { body, headers, query } = call;
      const sent = await uploadOnce(call, {
        key: headers['idempotency-key'],
        fingerprint: digestOf(['bytes', query]),
        make: () => takeIn(call, body, query.name),
        isSame: async (known) => (await receiveFile(body, digestOfStream)).stored === known.sha256,
      });
      return sentReply(call, sent);
    }),
});

type Announced = { readonly mediaType: string; readonly bytes: number; readonly sha256: string };

const announce = async (call: Conversation, facts: Announced & { readonly name: string | null }): Promise<Asset> => {
  const { caller, parts } = call;
  await requireRoom(call, facts.bytes);
  return parts.ledger.assets.create(caller.tenant, { state: 'awaiting', key: uploadKey(caller.tenant), ...facts });
};

const linkTo = async (call: Conversation, { id: assetId, key }: Asset, facts: Announced): Promise<UploadLink> => {
  const expiresAtMs = call.parts.now() + LONGEST_UPLOAD_MS;
  const link = await call.parts.store.uploadUrl(key, { ttlMs: LONGEST_UPLOAD_MS, ...facts });
  const own = { url: `${baseOf(call)}/v1/assets/${assetId}/content`, headers: { 'Content-Type': facts.mediaType } };
  return { ...(link ?? own), expiresAtMs };
};

/** Stores what arrives and writes it down; when either fails, nothing is left behind. */
const takeIn = async (call: Conversation, upload: Upload, called: string | undefined): Promise<Asset> => {
  const { caller, parts } = call;
  await requireRoom(call, upload.declaredBytes ?? 1);
  const key = uploadKey(caller.tenant);
  try {
    const { stored, name } = await receiveFile(upload, (bytes, given) => storeUpload(parts.store, key, bytes, called ?? given));
    const { mediaType, sha256: digest, bytes } = stored;
    await requireRoom(call, bytes);
    return await parts.ledger.assets.create(caller.tenant, { state: 'ready', key, name: called ?? name, mediaType, sha256: digest, bytes });
  } catch (error) {
    // Without a row nobody would ever remove it.
    await parts.store.remove([key]).catch(() => undefined);
    throw error;
  }
};

type Received<T> = { readonly stored: T; readonly name: string | null };

const receiveFile = async <T>(upload: Upload, take: TakeFile<T>): Promise<Received<T>> => {
  if (upload.mediaType !== 'multipart/form-data') return { stored: await take(upload.chunks, null), name: null };
  const { file, fileName: given, fields } = await readForm(upload.contentType, upload.chunks, take);
  const name = fileName.safeParse(fields.name ?? given ?? undefined);
  return { stored: file, name: name.success ? name.data : null };
};

const findAsset = async ({ caller, parts }: Conversation, assetId: string): Promise<Asset> => {
  const asset = await parts.ledger.assets.get(caller.tenant, assetId);
  if (!asset) throw notFound('asset.unknown', 'upload');
  return asset;
};

const params = z.strictObject({ id });

export const getAsset = route({
  id: 'getAsset',
  method: 'get',
  path: '/v1/assets/{id}',
  tag: TAG,
  summary: 'Look at an upload',
  access: ['read', 'submit'],
  rate: 'read',
  params,
  answers: { 200: { description: 'The upload', schema: assetSchema } },
  problems: ['asset.unknown'],
  handle: async (call) => json(200, assetBody(await findAsset(call, call.params.id))),
});

export const putAssetContent = route({
  id: 'putAssetContent',
  method: 'put',
  path: '/v1/assets/{id}/content',
  tag: TAG,
  summary: 'Send the bytes of an announced upload',
  description: 'Where the store has no upload links of its own, answers to POST /v1/assets name this address.',
  access: UPLOADERS,
  rate: 'upload',
  params,
  streams: Object.fromEntries(UPLOAD_TYPES.map((mediaType) => [mediaType, fileStream])),
  answers: { 200: { description: 'Stored', schema: assetSchema } },
  problems: ['asset.unknown', 'store.checksum', 'upload.empty', 'upload.format', 'request.too-large', 'request.timeout', 'quota.uploads'],
  receive: (call) =>
    withUploadPlace(call, async () => {
      const { parts, body } = call;
      const asset = await findAsset(call, call.params.id);
      if (asset.state !== 'ready' && asset.mediaType && asset.sha256 && asset.bytes !== null)
        await parts.store.put(asset.key, body.chunks, { mediaType: asset.mediaType, sha256: asset.sha256, bytes: asset.bytes });
      return json(200, assetBody(asset));
    }),
});

export const completeAsset = route({
  id: 'completeAsset',
  method: 'post',
  path: '/v1/assets/{id}/complete',
  tag: TAG,
  summary: 'Complete an announced upload',
  description: 'Looks at what arrived: length, digest and kind must be as announced. Harmless when done twice.',
  access: UPLOADERS,
  rate: 'upload',
  params,
  answers: { 200: { description: 'Ready for specs', schema: assetSchema } },
  problems: ['asset.unknown', 'asset.incomplete', 'store.checksum', 'upload.format'],
  handle: async (call) => {
    const asset = await findAsset(call, call.params.id);
    if (asset.state === 'ready') return json(200, assetBody(asset));
    const facts = await arrivedFacts(call, asset);
    const ready = await call.parts.ledger.assets.complete(call.caller.tenant, asset.id, facts);
    if (!ready) throw notFound('asset.unknown', 'upload');
    return json(200, assetBody(ready));
  },
});

const arrivedFacts = async ({ parts: { store } }: Conversation, { key, sha256: announced, bytes, name }: Asset) => {
  const stored = await store.stat(key);
  const opened = stored && stored.bytes > 0 ? await store.get(key, { first: 0, last: Math.min(HEAD_BYTES, stored.bytes) - 1 }) : undefined;
  if (!stored || !opened) throw new HttpProblem('asset.incomplete', 'expected the bytes of the upload to be there, got none');
  if (stored.sha256 !== announced || stored.bytes !== bytes)
    throw new HttpProblem('store.checksum', `expected ${bytes} bytes with the sha256 that was announced, got ${stored.bytes} others`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of opened.body) chunks.push(chunk);
  return { key, mediaType: mediaTypeByContent(Buffer.concat(chunks), name), sha256: stored.sha256, bytes: stored.bytes };
};
