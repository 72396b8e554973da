import type { S3Client } from '@aws-sdk/client-s3';
import type { LinkFacts, UploadFacts } from '../../jobs/artifact-store.ts';
import { contentDisposition } from '../../jobs/content-disposition.ts';
import { LONGEST_DOWNLOAD_MS, LONGEST_UPLOAD_MS } from '../../jobs/signed-link.ts';
import type { Place } from './s3-read.ts';

const secondsOf = (ttlMs: number, longestMs: number): number => Math.max(1, Math.floor(Math.min(ttlMs, longestMs) / 1_000));

/** A link that saves the object under a name: never shown in place, whatever it holds. */
export const downloadUrl = async (client: S3Client, place: Place, { ttlMs, fileName }: LinkFacts): Promise<string> => {
  const [{ GetObjectCommand }, { getSignedUrl }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/s3-request-presigner'),
  ]);
  const command = new GetObjectCommand({ ...place, ResponseContentDisposition: contentDisposition(fileName) });
  return getSignedUrl(client, command, { expiresIn: secondsOf(ttlMs, LONGEST_DOWNLOAD_MS) });
};

/** A link for a PUT of exactly these bytes: length, type and digest are headers under the signature. */
export const uploadUrl = async (client: S3Client, place: Place, { ttlMs, mediaType, bytes, sha256 }: UploadFacts, checksums: boolean) => {
  const [{ PutObjectCommand }, { getSignedUrl }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/s3-request-presigner'),
  ]);
  const digest = checksums ? { 'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64') } : {};
  const headers = { 'content-type': mediaType, 'x-amz-meta-sha256': sha256, ...digest };
  const command = new PutObjectCommand({
    ...place,
    ContentType: mediaType,
    ContentLength: bytes,
    Metadata: { sha256 },
    ...(checksums ? { ChecksumSHA256: digest['x-amz-checksum-sha256'] } : {}),
  });
  const url = await getSignedUrl(client, command, {
    expiresIn: secondsOf(ttlMs, LONGEST_UPLOAD_MS),
    signableHeaders: new Set(['host', 'content-length', ...Object.keys(headers)]),
    // Left in the query they would bind nobody.
    unhoistableHeaders: new Set(Object.keys(headers)),
  });
  return { url, headers };
};
