import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksumOf } from '../../support/s3-server/checksums.ts';
import { type S3Server, startS3Server } from '../../support/s3-server/s3-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const run = promisify(execFile);
const hasAwsCli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

/** What the SDK throws, in a word. */
const nameOf = async (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

describe('the double of S3', () => {
  let server: S3Server;
  let nowMs = Date.now();
  const clients: S3Client[] = [];

  const clientWith = (change: { secretAccessKey?: string; accessKeyId?: string; region?: string } = {}): S3Client => {
    const { region, ...credentials } = { ...server.credentials, ...change };
    const client = new S3Client({ endpoint: server.endpoint, forcePathStyle: true, maxAttempts: 1, region, credentials });
    clients.push(client);
    return client;
  };
  const put = (client: S3Client, more: object = {}) =>
    client.send(new PutObjectCommand({ Bucket: 'files', Key: 'a/file', Body: Buffer.from('hello'), ...more }));

  beforeAll(async () => {
    server = await startS3Server({ buckets: ['files'], now: () => nowMs });
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await server.close();
  });

  it('takes what the SDK signs', async () => {
    expect(await nameOf(put(clientWith()))).toBe('done');
    const { Body, ContentLength } = await clientWith().send(new GetObjectCommand({ Bucket: 'files', Key: 'a/file' }));
    expect(ContentLength).toBe(5);
    expect(await Body?.transformToString()).toBe('hello');
  });

  it('refuses another secret, key id and region, and no signature at all', async () => {
    expect(await nameOf(put(clientWith({ secretAccessKey: 'guessed' })))).toBe('SignatureDoesNotMatch');
    expect(await nameOf(put(clientWith({ accessKeyId: 'AKOTHER' })))).toBe('InvalidAccessKeyId');
    expect(await nameOf(put(clientWith({ region: 'eu-test-2' })))).toBe('AuthorizationHeaderMalformed');
    expect((await fetch(`${server.endpoint}/files/a/file`)).status).toBe(403);
  });

  it('refuses clocks that differ by more than a quarter of an hour', async () => {
    nowMs = Date.now() + 16 * 60_000;
    expect(await nameOf(put(clientWith()))).toBe('RequestTimeTooSkewed');
    nowMs = Date.now() - 16 * 60_000;
    expect(await nameOf(put(clientWith()))).toBe('RequestTimeTooSkewed');
    nowMs = Date.now();
    expect(await nameOf(put(clientWith()))).toBe('done');
  });

  it('decodes streamed bodies and their trailers', async () => {
    const data = Buffer.alloc(300_000, 'abc');
    const Body = Readable.from([data.subarray(0, 100_001), data.subarray(100_001)]);
    expect(await nameOf(put(clientWith(), { Key: 'streamed', Body, ContentLength: data.length }))).toBe('done');
    expect(server.buckets.get('files')?.objects.get('streamed')?.data.equals(data)).toBe(true);
    expect(server.buckets.get('files')?.objects.get('streamed')?.checksum?.name).toBe('crc32');
  });

  it('holds bodies against every checksum', async () => {
    const sha256 = Buffer.alloc(32).toString('base64');
    expect(await nameOf(put(clientWith(), { ChecksumSHA256: sha256 }))).toBe('BadDigest');
    expect(await nameOf(put(clientWith(), { ChecksumCRC32: 'AAAAAA==' }))).toBe('BadDigest');
    expect(await nameOf(put(clientWith(), { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }))).toBe('BadDigest');
    for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
      expect(await nameOf(put(clientWith(), { ChecksumAlgorithm })), ChecksumAlgorithm).toBe('done');
    }
  });

  it('computes the checksums of the published examples', () => {
    const digits = Buffer.from('123456789');
    const hex = (name: 'crc32' | 'crc32c' | 'crc64nvme') => Buffer.from(checksumOf(name, digits), 'base64').toString('hex');
    expect(hex('crc32')).toBe('cbf43926');
    expect(hex('crc32c')).toBe('e3069283');
    expect(hex('crc64nvme')).toBe('ae8b14860a799888');
  });

  it('refuses links that are late, changed or carry what was not signed', async () => {
    const command = new GetObjectCommand({ Bucket: 'files', Key: 'a/file' });
    const link = await getSignedUrl(clientWith(), command, { expiresIn: 60 });
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(link.replace('/a/file', '/a/other'))).status).toBe(403);
    expect((await fetch(link.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).status).toBe(403);
    expect((await fetch(`${link}&response-content-type=text%2Fhtml`)).status).toBe(403);
    expect((await fetch(link, { headers: { 'x-amz-acl': 'public-read' } })).status).toBe(403);
    nowMs = Date.now() + 61_000;
    const late = await fetch(link);
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    nowMs = Date.now();
  });

  it('keeps conditions of writes', async () => {
    expect(await nameOf(put(clientWith(), { Key: 'once', IfNoneMatch: '*' }))).toBe('done');
    expect(await nameOf(put(clientWith(), { Key: 'once', IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(await nameOf(put(clientWith(), { Key: 'once', IfMatch: '"0"' }))).toBe('PreconditionFailed');
    const etag = '"5d41402abc4b2a76b9719d911017c592"';
    expect(await nameOf(put(clientWith(), { Key: 'once', IfMatch: etag }))).toBe('done');
  });

  it('takes uploads in parts as S3 does: in order, of enough bytes, with the right tags', async () => {
    const client = clientWith();
    const place = { Bucket: 'files', Key: 'parts' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...place, ChecksumAlgorithm: 'SHA256' }));
    const part = (PartNumber: number, size: number) =>
      client.send(
        new UploadPartCommand({ ...place, UploadId, PartNumber, Body: Buffer.alloc(size, PartNumber), ChecksumAlgorithm: 'SHA256' }),
      );
    const [one, two] = [await part(1, 5_242_880), await part(2, 10)];
    const listed = await client.send(new ListPartsCommand({ ...place, UploadId }));
    expect(listed.Parts?.map(({ Size }) => Size)).toEqual([5_242_880, 10]);
    const Parts = [one, two].map(({ ETag, ChecksumSHA256 }, at) => ({ PartNumber: at + 1, ETag, ChecksumSHA256 }));
    const complete = (parts: typeof Parts) =>
      nameOf(client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts: parts } })));
    expect(await complete([...Parts].reverse())).toBe('InvalidPartOrder');
    expect(await complete(Parts.map((wanted) => ({ ...wanted, ETag: '"0"' })))).toBe('InvalidPart');
    expect(await complete(Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag, ChecksumSHA256: undefined })))).toBe('InvalidPart');
    await part(1, 10).then(async ({ ETag, ChecksumSHA256 }) => {
      expect(await complete([{ PartNumber: 1, ETag, ChecksumSHA256 }, ...Parts.slice(1)])).toBe('EntityTooSmall');
    });
    expect(await complete(Parts)).toBe('InvalidPart');
    await part(1, 5_242_880);
    expect(await complete(Parts)).toBe('done');
    expect(await complete(Parts)).toBe('NoSuchUpload');
    expect(server.buckets.get('files')?.objects.get('parts')?.data.length).toBe(5_242_890);
  });

  it('answers listings page by page and refuses tokens it did not give', async () => {
    const client = clientWith();
    for (const name of ['1', '2', '3']) await put(client, { Key: `list/${name}` });
    const list = (more: object) => client.send(new ListObjectsV2Command({ Bucket: 'files', Prefix: 'list/', MaxKeys: 2, ...more }));
    const first = await list({});
    expect([first.KeyCount, first.IsTruncated]).toEqual([2, true]);
    const next = await list({ ContinuationToken: first.NextContinuationToken });
    expect(next.Contents?.map(({ Key }) => Key)).toEqual(['list/3']);
    expect(await nameOf(list({ ContinuationToken: 'guess' }))).toBe('InvalidArgument');
  });

  it.skipIf(!hasAwsCli)('serves the AWS command line', async () => {
    const folder = await temporaryFolder();
    const { accessKeyId, secretAccessKey, region } = server.credentials;
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const aws = async (...words: readonly string[]) => (await run('aws', ['--endpoint-url', server.endpoint, ...words], { env })).stdout;
    const file = join(folder, 'large file.bin');
    await writeFile(file, Buffer.alloc(9_000_001, 'platen'));
    await aws('s3', 'cp', '--quiet', file, 's3://files/cli/large file+é.bin');
    expect(await aws('s3', 'ls', 's3://files/cli/')).toMatch(/ 9000001 large file\+é\.bin/);
    await aws('s3', 'cp', '--quiet', 's3://files/cli/large file+é.bin', `${file}.back`);
    expect((await readFile(`${file}.back`)).equals(await readFile(file))).toBe(true);
    const link = (await aws('s3', 'presign', 's3://files/a/file', '--expires-in', '60')).trim();
    expect(await (await fetch(link)).text()).toBe('hello');
    await aws('s3', 'rm', '--quiet', '--recursive', 's3://files/cli/');
    expect([...(server.buckets.get('files')?.objects.keys() ?? [])].filter((key) => key.startsWith('cli/'))).toEqual([]);
  });
});
