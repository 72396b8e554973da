import { readDataUrl } from '../../intake/data-url.ts';
import { Problem } from '../../model/problem.ts';
import type { SourceBytes } from './source-bytes.ts';

/** What the text of an image or drawing source refers to. */
export type Source =
  | { readonly kind: 'data'; readonly url: string }
  | { readonly kind: 'asset'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly scheme: 'http' | 'https'; readonly url: string }
  /** Something uploaded to the service, by its id. */
  | { readonly kind: 'upload'; readonly scheme: 'upload'; readonly id: string }
  /** A file of an earlier job, by its key in the store. */
  | { readonly kind: 'store'; readonly scheme: 'store'; readonly key: string };

/** A source of a kind that is not read here. */
export const unsupportedScheme = (scheme: string): Problem =>
  new Problem(
    'resource.scheme-unsupported',
    `expected a relative file, a data: URL or an asset: name, got a ${scheme.slice(0, 20)}: address`,
    {
      hint: 'Download the file and refer to it by a relative path.',
    },
  );

/** Sorts a source by its scheme. Throws Problem 'resource.scheme-unsupported' for one that nobody reads. */
export const parseSource = (source: string): Source => {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase();
  const text = source.trim();
  const rest = text.slice((scheme?.length ?? 0) + 1);
  switch (scheme) {
    case undefined:
      return { kind: 'file', path: source };
    case 'data':
      return { kind: 'data', url: text };
    case 'asset':
      return { kind: 'asset', name: rest };
    case 'http':
    case 'https':
      return { kind: 'url', scheme, url: text };
    case 'upload':
      return { kind: 'upload', scheme, id: rest };
    case 'store':
      return { kind: 'store', scheme, key: rest };
    default:
      throw unsupportedScheme(scheme);
  }
};

/** The source for messages: data: URLs are long and private, and what follows the path of an address may be a password. */
export const shownSource = (source: string): string => {
  if (/^\s*data:/i.test(source)) return `data: URL of ${source.length} characters`;
  const plain = /^\s*https?:/i.test(source) ? source.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//') : source;
  return `"${plain.slice(0, 200)}"`;
};

export const dataUrlBytes = (url: string): Uint8Array => readDataUrl(url).bytes;

export const dataSource = (url: string): SourceBytes => ({ fingerprint: async () => null, read: async () => dataUrlBytes(url) });

/** Runs `work`; a Problem that comes out of it names the source. */
export const aboutSource = async <T>(source: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.message.includes(shownSource(source))) throw error;
    throw new Problem(error.code, `${error.message}, for ${shownSource(source)}`, {
      pointer: error.pointer,
      hint: error.hint,
      retry: error.retry,
      cause: error,
    });
  }
};

/** The name at the end of a path or an address, for its ending; empty for a data: URL. */
export const fileNameOf = (source: string): string =>
  /^\s*data:/i.test(source)
    ? ''
    : (
        source
          .replace(/[?#].*$/s, '')
          .split(/[/\\]/)
          .at(-1) ?? ''
      ).slice(-100);
