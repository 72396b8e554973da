import { readDataUrl } from '../../intake/data-url.ts';
import { Problem } from '../../model/problem.ts';

/** What the text of an image or drawing source refers to. */
export type Source =
  | { readonly kind: 'data'; readonly url: string }
  | { readonly kind: 'asset'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

/** Sorts a source by its scheme. Throws Problem 'resource.scheme-unsupported' for every scheme but `data:` and `asset:`. */
export const parseSource = (source: string): Source => {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'file', path: source };
  if (scheme === 'data') return { kind: 'data', url: source.trim() };
  if (scheme === 'asset') return { kind: 'asset', name: source.trim().slice('asset:'.length) };
  throw new Problem(
    'resource.scheme-unsupported',
    `expected a relative file, a data: URL or an asset: name, got a ${scheme.slice(0, 20)}: address`,
    {
      hint: 'Download the file and refer to it by a relative path.',
    },
  );
};

/** The source for messages: data: URLs are long and private. */
export const shownSource = (source: string): string =>
  /^\s*data:/i.test(source) ? `data: URL of ${source.length} characters` : `"${source.slice(0, 200)}"`;

export const dataUrlBytes = (url: string): Uint8Array => readDataUrl(url).bytes;

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
