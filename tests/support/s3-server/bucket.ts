import { createHash, randomUUID } from 'node:crypto';
import { type Checksum, type ChecksumName, checksumOf } from './checksums.ts';
import { S3Error } from './s3-error.ts';

export type StoredObject = {
  readonly key: string;
  readonly data: Buffer;
  readonly etag: string;
  readonly mediaType: string;
  /** x-amz-meta-… without the beginning. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly modifiedAtMs: number;
  readonly checksum: (Checksum & { readonly type: 'FULL_OBJECT' | 'COMPOSITE' }) | undefined;
};

export type Conditions = { readonly ifMatch: string | undefined; readonly ifNoneMatch: string | undefined };

export type Part = { readonly data: Buffer; readonly etag: string; readonly checksum: Checksum | undefined };

export type MultipartUpload = Pick<StoredObject, 'key' | 'mediaType' | 'metadata'> & {
  readonly id: string;
  readonly algorithm: ChecksumName | undefined;
  readonly parts: Map<number, Part>;
};

export type CompletedPart = { readonly number: number; readonly etag: string; readonly checksums: Readonly<Record<string, string>> };

const SMALLEST_PART = 5 * 1024 * 1024;

export const md5 = (data: Uint8Array): string => createHash('md5').update(data).digest('hex');

/** What a bucket holds, and what S3 checks before it changes. */
export class Bucket {
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, MultipartUpload>();

  put(object: StoredObject, conditions: Conditions): void {
    this.checkWrite(object.key, conditions);
    this.objects.set(object.key, object);
  }

  /** @throws S3Error `PreconditionFailed` */
  checkWrite(key: string, { ifMatch, ifNoneMatch }: Conditions): void {
    const standing = this.objects.get(key);
    if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw new S3Error('NotImplemented', 501, 'If-None-Match of writes takes *');
    if (ifNoneMatch === '*' && standing) throw new S3Error('PreconditionFailed', 412);
    if (ifMatch !== undefined && !standing) throw new S3Error('NoSuchKey', 404);
    if (ifMatch !== undefined && standing && unquoted(ifMatch) !== standing.etag) throw new S3Error('PreconditionFailed', 412);
  }

  begin(upload: Omit<MultipartUpload, 'id' | 'parts'>): MultipartUpload {
    const begun = { ...upload, id: randomUUID(), parts: new Map<number, Part>() };
    this.uploads.set(begun.id, begun);
    return begun;
  }

  upload(key: string, id: string): MultipartUpload {
    const upload = this.uploads.get(id);
    if (!upload || upload.key !== key) throw new S3Error('NoSuchUpload', 404);
    return upload;
  }

  putPart(key: string, id: string, number: number, data: Buffer, checksum: Checksum | undefined): Part {
    const upload = this.upload(key, id);
    if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new S3Error('InvalidArgument', 400, 'part number');
    if (upload.algorithm && checksum && checksum.name !== upload.algorithm)
      throw new S3Error('InvalidRequest', 400, 'Checksum Type mismatch');
    if (upload.algorithm && !checksum) throw new S3Error('InvalidRequest', 400, `expected a ${upload.algorithm} checksum for the part`);
    const part = { data, etag: md5(data), checksum };
    upload.parts.set(number, part);
    return part;
  }

  complete(key: string, id: string, listed: readonly CompletedPart[], conditions: Conditions, nowMs: number): StoredObject {
    const upload = this.upload(key, id);
    if (listed.length === 0) throw new S3Error('MalformedXML', 400);
    if (listed.some((wanted, at) => at > 0 && wanted.number <= (listed[at - 1]?.number ?? 0))) throw new S3Error('InvalidPartOrder', 400);
    const parts = listed.map((wanted, at) => {
      const part = upload.parts.get(wanted.number);
      if (!part || part.etag !== unquoted(wanted.etag)) throw new S3Error('InvalidPart', 400);
      const given = upload.algorithm && wanted.checksums[upload.algorithm];
      if (upload.algorithm && given !== part.checksum?.value) throw new S3Error('InvalidPart', 400, 'checksum of the part');
      if (at < listed.length - 1 && part.data.length < SMALLEST_PART) throw new S3Error('EntityTooSmall', 400);
      return part;
    });
    const object: StoredObject = {
      key,
      data: Buffer.concat(parts.map((part) => part.data)),
      etag: `${md5(Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex'))))}-${parts.length}`,
      mediaType: upload.mediaType,
      metadata: upload.metadata,
      modifiedAtMs: nowMs,
      checksum: upload.algorithm && compositeOf(upload.algorithm, parts),
    };
    this.put(object, conditions);
    this.uploads.delete(id);
    return object;
  }
}

const compositeOf = (name: ChecksumName, parts: readonly Part[]): StoredObject['checksum'] => {
  const all = Buffer.concat(parts.map((part) => Buffer.from(part.checksum?.value ?? '', 'base64')));
  return { name, value: `${checksumOf(name, all)}-${parts.length}`, type: 'COMPOSITE' };
};

export const unquoted = (etag: string): string => etag.trim().replace(/^"(.*)"$/, '$1');
