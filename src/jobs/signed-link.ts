import { createHmac, timingSafeEqual } from 'node:crypto';
import { isProblem } from '../model/problem.ts';
import { wellFormed } from './content-disposition.ts';
import { keySegments } from './store-key.ts';

/** Links live as long as it takes to follow them. */
export const LONGEST_DOWNLOAD_MS = 15 * 60_000;
export const LONGEST_UPLOAD_MS = 5 * 60_000;

/** Where the API serves our own links. */
export const FILES_PATH = '/files/';

/** What a link lets its holder do, and until when (milliseconds since 1970). */
export type DownloadLink = { readonly key: string; readonly fileName: string; readonly expiresAtMs: number };
export type UploadLink = {
  readonly key: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly expiresAtMs: number;
};

export type VerifiedLink<Link> =
  | { readonly kind: 'valid'; readonly link: Link }
  | { readonly kind: 'expired' }
  /** Not signed by us, or changed since. */
  | { readonly kind: 'refused' };

/** `/files/<key>?expires=…&name=…&signature=…`: the API answers a GET of it with the file, as long as it is valid. */
export const signDownload = (link: DownloadLink, secret: string): string => {
  const fileName = wellFormed(link.fileName);
  const signed = signature(downloadText({ ...link, fileName }), secret);
  return pathOf(link.key, { expires: String(link.expiresAtMs), name: fileName }, signed);
};

/** `/files/<key>?bytes=…&expires=…&sha256=…&type=…&signature=…`: the API takes a PUT of exactly these bytes there. */
export const signUpload = (link: UploadLink, secret: string): string =>
  pathOf(
    link.key,
    { bytes: String(link.bytes), expires: String(link.expiresAtMs), sha256: link.sha256, type: link.mediaType },
    signature(uploadText(link), secret),
  );

/** `secrets`: newest first; older ones stay in the list until their last link has expired. */
export const verifyDownload = (
  key: string,
  query: URLSearchParams,
  secrets: readonly string[],
  nowMs: number,
): VerifiedLink<DownloadLink> => {
  const values = read(key, query, ['expires', 'name', 'signature']);
  if (!values) return { kind: 'refused' };
  const link = { key, fileName: values('name'), expiresAtMs: Number(values('expires')) };
  return judge(link, downloadText(link), values('signature'), secrets, nowMs);
};

export const verifyUpload = (key: string, query: URLSearchParams, secrets: readonly string[], nowMs: number): VerifiedLink<UploadLink> => {
  const values = read(key, query, ['bytes', 'expires', 'sha256', 'type', 'signature']);
  if (!values) return { kind: 'refused' };
  const link = {
    key,
    mediaType: values('type'),
    bytes: Number(values('bytes')),
    sha256: values('sha256'),
    expiresAtMs: Number(values('expires')),
  };
  return judge(link, uploadText(link), values('signature'), secrets, nowMs);
};

/** A list, not a joined string: no value can pass for its neighbour. The verb keeps a download link from being an upload link. */
const downloadText = (link: DownloadLink): string => JSON.stringify(['GET', link.key, link.expiresAtMs, link.fileName]);

const uploadText = (link: UploadLink): string =>
  JSON.stringify(['PUT', link.key, link.expiresAtMs, link.mediaType, link.bytes, link.sha256]);

const signature = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('base64url');

const pathOf = (key: string, query: Readonly<Record<string, string>>, signed: string): string => {
  const encoded = keySegments(key).map(encodeURIComponent).join('/');
  return `${FILES_PATH}${encoded}?${new URLSearchParams({ ...query, signature: signed })}`;
};

/** The values when each wanted one stands there exactly once and nothing else does. */
const read = (key: string, query: URLSearchParams, wanted: readonly string[]): ((name: string) => string) | undefined => {
  const names = [...query.keys()];
  if (!isKey(key) || names.length !== wanted.length || !wanted.every((name) => names.includes(name))) return undefined;
  return (name) => query.get(name) ?? '';
};

const isKey = (key: string): boolean => {
  try {
    return keySegments(key).length > 0;
  } catch (error) {
    if (isProblem(error)) return false;
    throw error;
  }
};

const judge = <Link extends { readonly expiresAtMs: number }>(
  link: Link,
  text: string,
  given: string,
  secrets: readonly string[],
  nowMs: number,
): VerifiedLink<Link> => {
  // Every secret is tried, so that the time taken does not tell which one matched.
  const matches = secrets.filter((secret) => isEqual(given, signature(text, secret))).length;
  if (matches === 0 || !Number.isFinite(link.expiresAtMs)) return { kind: 'refused' };
  return link.expiresAtMs > nowMs ? { kind: 'valid', link } : { kind: 'expired' };
};

const isEqual = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};
