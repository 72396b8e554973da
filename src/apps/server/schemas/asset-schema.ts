import { z } from 'zod';
import type { Asset } from '../../../jobs/ledger.ts';
import { plainText, sha256, timestamp, timestampOf } from './fields.ts';

/** What may be uploaded: pictures and drawings that specs can name, and machine files, which have no type of their own. */
export const UPLOAD_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/tiff', 'image/svg+xml', 'application/octet-stream'] as const;

export const fileName = plainText(200).describe('Your name for it; never part of an address or key');

export const assetSchema = z
  .strictObject({
    id: z.string(),
    source: z.string().describe('What specs name it by'),
    state: z.enum(['awaiting', 'ready']),
    name: z.string().nullable(),
    mediaType: z.string().nullable(),
    sha256: sha256.nullable(),
    bytes: z.int().nullable(),
    createdAt: timestamp,
    upload: z
      .strictObject({
        method: z.literal('PUT'),
        url: z.string(),
        headers: z.record(z.string(), z.string()).describe('To be sent as they are'),
        expiresAt: timestamp,
      })
      .optional()
      .describe('Where to send the bytes; then complete the upload'),
  })
  .meta({ id: 'Asset' });

export type UploadLink = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly expiresAtMs: number };

export const assetBody = (asset: Asset, link?: UploadLink): z.input<typeof assetSchema> => ({
  id: asset.id,
  source: `upload:${asset.id}`,
  state: asset.state,
  name: asset.name,
  mediaType: asset.mediaType,
  sha256: asset.sha256,
  bytes: asset.bytes,
  createdAt: timestampOf(asset.createdAtMs),
  ...(link ? { upload: { method: 'PUT', url: link.url, headers: { ...link.headers }, expiresAt: timestampOf(link.expiresAtMs) } } : {}),
});
