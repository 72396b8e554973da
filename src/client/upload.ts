import type { components, paths } from './api-types.ts';
import { retrying } from './retrying.ts';
import { type Body, readJson, type Transport } from './transport.ts';

export type Asset = components['schemas']['Asset'];

/** What may be uploaded: pictures, and machine files as `application/octet-stream`. */
export type UploadType = Extract<
  keyof paths['/v1/assets']['post']['requestBody']['content'],
  `image/${string}` | 'application/octet-stream'
>;

/** A file of a form, or bytes as a program has them. */
export type UploadBytes = Blob | ArrayBuffer | Uint8Array;

export type UploadOptions = {
  /** Your name for the file. EXP files are known by its ending alone. */
  readonly name?: string;
  readonly signal?: AbortSignal;
};

/**
 * Uploads a picture or a machine file; specs name it by the `source` of the answer, such as `upload:ast_…`. When an answer is lost, it is sent again:
 * the API may then keep the same bytes twice until uploads are cleared away.
 * @throws PlatenError when the file is refused or the API stays away; the signal's reason
 */
export const upload = (
  transport: Transport,
  bytes: UploadBytes,
  mediaType: UploadType,
  { name, signal }: UploadOptions = {},
): Promise<Asset> =>
  retrying(
    async () => {
      // Memory that threads share is sent like any other.
      const body = bytes as Body;
      const query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`;
      const answer = await transport.api('POST', `/v1/assets${query}`, { headers: { 'content-type': mediaType }, body, signal });
      return readJson<Asset>(answer, signal);
    },
    { retryForMs: transport.retryForMs, signal },
  );
