import type { Bucket, CompletedPart, Conditions, StoredObject } from './bucket.ts';
import { md5, unquoted } from './bucket.ts';
import { type Checksum, isChecksumName } from './checksums.ts';
import { elements, escapeXml, S3Error, XML } from './s3-error.ts';

/** A request after its signature and body were checked. */
export type Call = {
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly checksum: Checksum | undefined;
  readonly isPresigned: boolean;
  readonly nowMs: number;
};

export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: Buffer | string };

/** Named as in the S3 reference, so that faults can be aimed at them. */
export const operationOf = (method: string, bucket: string, key: string, query: ReadonlyMap<string, string>): string => {
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : 'Unknown';
  if (key === '') {
    if (method === 'HEAD') return 'HeadBucket';
    if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
    if (method === 'GET' && query.has('uploads')) return 'ListMultipartUploads';
    return method === 'GET' && query.get('list-type') === '2' ? 'ListObjectsV2' : 'Unknown';
  }
  if (query.has('uploadId')) {
    return { PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload', GET: 'ListParts' }[method] ?? 'Unknown';
  }
  if (method === 'POST') return query.has('uploads') ? 'CreateMultipartUpload' : 'Unknown';
  return { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? 'Unknown';
};

export const perform = (call: Call, bucket: Bucket): Answer => {
  switch (call.operation) {
    case 'HeadBucket':
      return { status: 200 };
    case 'PutObject':
      return putObject(call, bucket);
    case 'GetObject':
    case 'HeadObject':
      return getObject(call, bucket);
    case 'DeleteObject':
      bucket.objects.delete(call.key);
      return { status: 204 };
    case 'DeleteObjects':
      return deleteObjects(call, bucket);
    case 'ListObjectsV2':
      return listObjects(call, bucket);
    case 'CreateMultipartUpload':
      return createUpload(call, bucket);
    case 'UploadPart': {
      const part = bucket.putPart(call.key, uploadId(call), Number(call.query.get('partNumber')), call.body, call.checksum);
      return { status: 200, headers: { etag: `"${part.etag}"`, ...checksumHeader(part.checksum) } };
    }
    case 'CompleteMultipartUpload':
      return completeUpload(call, bucket);
    case 'AbortMultipartUpload':
      bucket.upload(call.key, uploadId(call));
      bucket.uploads.delete(uploadId(call));
      return { status: 204 };
    case 'ListParts': {
      const parts = [...bucket.upload(call.key, uploadId(call)).parts].sort(([a], [b]) => a - b);
      const lines = parts.map(
        ([number, { etag, data }]) => `<Part><PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag><Size>${data.length}</Size></Part>`,
      );
      return xml(`<ListPartsResult><IsTruncated>false</IsTruncated>${lines.join('')}</ListPartsResult>`);
    }
    case 'ListMultipartUploads': {
      const lines = [...bucket.uploads.values()].map(
        ({ key, id }) => `<Upload><Key>${escapeXml(key)}</Key><UploadId>${id}</UploadId></Upload>`,
      );
      return xml(`<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${lines.join('')}</ListMultipartUploadsResult>`);
    }
    default:
      throw new S3Error('NotImplemented', 501, call.operation);
  }
};

const xml = (text: string): Answer => ({ status: 200, headers: { 'content-type': 'application/xml' }, body: XML + text });

const uploadId = (call: Call): string => call.query.get('uploadId') ?? '';

const conditions = ({ headers }: Call): Conditions => ({ ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] });

const checksumHeader = (checksum: Checksum | undefined): Readonly<Record<string, string>> =>
  checksum ? { [`x-amz-checksum-${checksum.name}`]: checksum.value } : {};

const metadataOf = ({ headers }: Call): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (name.startsWith('x-amz-meta-') ? [[name.slice(11), value]] : [])));

const putObject = (call: Call, bucket: Bucket): Answer => {
  if (call.headers['x-amz-copy-source']) throw new S3Error('NotImplemented', 501, 'CopyObject');
  if (Buffer.byteLength(call.key) > 1024) throw new S3Error('KeyTooLongError', 400);
  const object: StoredObject = {
    key: call.key,
    data: call.body,
    etag: md5(call.body),
    mediaType: call.headers['content-type'] ?? 'binary/octet-stream',
    metadata: metadataOf(call),
    modifiedAtMs: call.nowMs,
    checksum: call.checksum && { ...call.checksum, type: 'FULL_OBJECT' },
  };
  bucket.put(object, conditions(call));
  return { status: 200, headers: { etag: `"${object.etag}"`, ...checksumHeader(call.checksum) } };
};

const getObject = (call: Call, bucket: Bucket): Answer => {
  const object = bucket.objects.get(call.key);
  if (!object) throw new S3Error('NoSuchKey', 404);
  const { ifMatch, ifNoneMatch } = conditions(call);
  if (ifMatch !== undefined && unquoted(ifMatch) !== object.etag) throw new S3Error('PreconditionFailed', 412);
  const facts = {
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modifiedAtMs).toUTCString(),
    'accept-ranges': 'bytes',
    'content-type': call.query.get('response-content-type') ?? object.mediaType,
    ...optional('content-disposition', call.query.get('response-content-disposition')),
    ...optional('cache-control', call.query.get('response-cache-control')),
    ...Object.fromEntries(Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    ...(call.headers['x-amz-checksum-mode'] && object.checksum && !call.headers.range
      ? { ...checksumHeader(object.checksum), 'x-amz-checksum-type': object.checksum.type }
      : {}),
  };
  if (ifNoneMatch !== undefined && unquoted(ifNoneMatch) === object.etag) return { status: 304, headers: facts };
  const range = /^bytes=(\d*)-(\d*)$/.exec(call.headers.range ?? '');
  if (!range || (range[1] === '' && range[2] === '')) return { status: 200, headers: facts, body: object.data };
  const size = object.data.length;
  const first = range[1] === '' ? Math.max(0, size - Number(range[2])) : Number(range[1]);
  const last = range[1] === '' || range[2] === '' ? size - 1 : Math.min(Number(range[2]), size - 1);
  if (first >= size || first > last) throw new S3Error('InvalidRange', 416);
  return {
    status: 206,
    headers: { ...facts, 'content-range': `bytes ${first}-${last}/${size}` },
    body: object.data.subarray(first, last + 1),
  };
};

const optional = (name: string, value: string | undefined): Readonly<Record<string, string>> =>
  value === undefined ? {} : { [name]: value };

const deleteObjects = (call: Call, bucket: Bucket): Answer => {
  const text = call.body.toString('utf8');
  if (!call.checksum && call.headers['content-md5'] === undefined) {
    throw new S3Error('InvalidRequest', 400, 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  const keys = elements(text, 'Key');
  if (keys.length === 0 || keys.length > 1000) throw new S3Error('MalformedXML', 400);
  const isQuiet = elements(text, 'Quiet')[0] === 'true';
  const lines = keys.map((key) => {
    const refused = bucket.objects.get(key)?.metadata.undeletable;
    if (refused) return `<Error><Key>${escapeXml(key)}</Key><Code>${refused}</Code><Message>refused</Message></Error>`;
    bucket.objects.delete(key);
    return isQuiet ? '' : `<Deleted><Key>${escapeXml(key)}</Key></Deleted>`;
  });
  return xml(`<DeleteResult>${lines.join('')}</DeleteResult>`);
};

const listObjects = (call: Call, bucket: Bucket): Answer => {
  const { query } = call;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  if (!Number.isInteger(limit) || limit < 0) throw new S3Error('InvalidArgument', 400, 'max-keys');
  const token = query.get('continuation-token');
  if (token !== undefined && !token.startsWith('next.'))
    throw new S3Error('InvalidArgument', 400, 'The continuation token provided is incorrect');
  const after = token === undefined ? (query.get('start-after') ?? '') : Buffer.from(token.slice(5), 'base64').toString('utf8');
  const inOrder = [...bucket.objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const rows = new Map<string, StoredObject | undefined>();
  for (const key of inOrder) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const row = key.startsWith(prefix) && end >= 0 ? key.slice(0, end + delimiter.length) : key;
    if (key.startsWith(prefix) && Buffer.compare(Buffer.from(row), Buffer.from(after)) > 0)
      rows.set(row, end < 0 ? bucket.objects.get(key) : undefined);
  }
  const page = [...rows].slice(0, limit);
  const isTruncated = rows.size > page.length;
  const name = (key: string): string =>
    query.get('encoding-type') === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/') : escapeXml(key);
  const lines = page.map(([row, object]) =>
    object
      ? `<Contents><Key>${name(row)}</Key><LastModified>${new Date(object.modifiedAtMs).toISOString()}</LastModified><ETag>"${object.etag}"</ETag><Size>${object.data.length}</Size></Contents>`
      : `<CommonPrefixes><Prefix>${name(row)}</Prefix></CommonPrefixes>`,
  );
  const next = Buffer.from(page.at(-1)?.[0] ?? '').toString('base64');
  const encoding = query.has('encoding-type') ? '<EncodingType>url</EncodingType>' : '';
  const more = isTruncated ? `<NextContinuationToken>next.${next}</NextContinuationToken>` : '';
  const head = `<Name>${call.bucket}</Name><Prefix>${name(prefix)}</Prefix>${encoding}<MaxKeys>${limit}</MaxKeys><KeyCount>${page.length}</KeyCount>`;
  return xml(`<ListBucketResult>${head}<IsTruncated>${isTruncated}</IsTruncated>${more}${lines.join('')}</ListBucketResult>`);
};

const createUpload = (call: Call, bucket: Bucket): Answer => {
  const algorithm = call.headers['x-amz-checksum-algorithm']?.toLowerCase();
  if (algorithm !== undefined && !isChecksumName(algorithm)) throw new S3Error('InvalidRequest', 400, 'Checksum algorithm');
  const mediaType = call.headers['content-type'] ?? 'binary/octet-stream';
  const upload = bucket.begin({ key: call.key, mediaType, metadata: metadataOf(call), algorithm });
  return xml(
    `<InitiateMultipartUploadResult><Bucket>${call.bucket}</Bucket><Key>${escapeXml(call.key)}</Key><UploadId>${upload.id}</UploadId></InitiateMultipartUploadResult>`,
  );
};

const completeUpload = (call: Call, bucket: Bucket): Answer => {
  const text = call.body.toString('utf8');
  const parts = elements(text, 'Part').map(
    (part): CompletedPart => ({
      number: Number(elements(part, 'PartNumber')[0]),
      etag: elements(part, 'ETag')[0] ?? '',
      checksums: Object.fromEntries(
        [...part.matchAll(/<Checksum(\w+)>([^<]*)</g)].map(([, name = '', value = '']) => [name.toLowerCase(), value]),
      ),
    }),
  );
  const object = bucket.complete(call.key, uploadId(call), parts, conditions(call), call.nowMs);
  return xml(
    `<CompleteMultipartUploadResult><Bucket>${call.bucket}</Bucket><Key>${escapeXml(call.key)}</Key><ETag>"${object.etag}"</ETag></CompleteMultipartUploadResult>`,
  );
};
