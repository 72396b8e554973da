import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { patientRetries } from './s3-patience.ts';

export type S3StoreOptions = {
  readonly bucket: string;
  /** Before every key, such as `platen/`; none by default. */
  readonly prefix?: string;
  readonly region?: string;
  /** Of stores other than AWS. */
  readonly endpoint?: string;
  /** `endpoint/bucket/key` in place of `bucket.endpoint/key`: MinIO and most others. */
  readonly forcePathStyle?: boolean;
  /** Where links point when callers reach the store by another address than this process; `endpoint` by default. */
  readonly linkEndpoint?: string;
  /** The usual places (environment, files, instance role) by default. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  /** Sends sha256 checksums for the store to verify; off for stores that refuse the header. On by default. */
  readonly checksums?: boolean;
  /** How long an upload is tried again; 30 s by default. */
  readonly writeForMs?: number;
  /** How long a read is tried again; 8 s by default. */
  readonly readForMs?: number;
  readonly connectWithinMs?: number;
  /** How long a connection may be silent; 15 s by default. */
  readonly silentForMs?: number;
  /** Where streams of unknown digest are held until it is known; the system's folder for temporary files by default. */
  readonly spoolFolder?: string;
  readonly now?: () => number;
};

export type S3Clients = {
  readonly writer: S3Client;
  readonly reader: S3Client /** Signs links, sends nothing. */;
  readonly linker: S3Client;
};

/** Two patiences over one pool of connections. The SDK is loaded here, so that whoever keeps files elsewhere never pays for it. */
export const openS3Clients = async (options: S3StoreOptions): Promise<S3Clients> => {
  // Which Node a later SDK will want is news for whoever updates it here, not for every log.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { endpoint, linkEndpoint, region, credentials, forcePathStyle } = options;
  const config: S3ClientConfig = {
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(forcePathStyle === undefined ? {} : { forcePathStyle }),
    // The checksums we want we name ourselves; those of the SDK's choice are not known everywhere.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Parts go over connections that are open already.
    expectContinueHeader: false,
    requestHandler: { connectionTimeout: options.connectWithinMs ?? 3_000, socketTimeout: options.silentForMs ?? 15_000 },
  };
  const writer = new S3Client({ ...config, retryStrategy: patientRetries({ retryForMs: options.writeForMs ?? 30_000 }) });
  const shared = { ...config, requestHandler: writer.config.requestHandler };
  return {
    writer,
    reader: new S3Client({ ...shared, retryStrategy: patientRetries({ retryForMs: options.readForMs ?? 8_000 }) }),
    linker: new S3Client({ ...shared, ...(linkEndpoint === undefined ? {} : { endpoint: linkEndpoint }) }),
  };
};
