import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeView, filesOfView } from '../../intake/decode-view.ts';
import { isProblem, Problem } from '../../model/problem.ts';
import { type ProductView, parseView, type View } from '../../model/view.ts';
import { ByteCache } from './byte-cache.ts';
import { parseRecord } from './parse-record.ts';
import { readFileInside } from './safe-file.ts';

export type ViewLibrary = {
  /** Ids of a product's views, sorted; none when it has no pictures. */
  list(product: string): Promise<readonly string[]>;
  /** What a view shows, without its maps. Throws `view.unknown`, `view.no-record`, or `input.invalid` for a damaged record. */
  record(product: string, view: string): Promise<View>;
  /** The view with its maps. Throws as `record` and decodeView do. */
  load(product: string, view: string): Promise<ProductView>;
  /** The small picture for lists, WebP; null when the view has none. */
  thumb(product: string, view: string): Promise<Uint8Array | null>;
};

const MAX_RECORD_BYTES = 200_000;
const MAX_MAP_BYTES = 30_000_000;
const CACHE_BYTES = 256_000_000;
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

const bytesInMemory = ({ positions, shade, gloss, coverage, grain }: ProductView): number =>
  positions.mm.byteLength + shade.length + gloss.length + coverage.size * shade.length + (grain?.length ?? 0);

const unknownView = (product: string, view: string, known: readonly string[]): Problem =>
  new Problem('view.unknown', `expected a view of ${product} (${known.join(', ') || 'it has none'}), got "${view.slice(0, 100)}"`);

/**
 * The pictures of all products below `templatesDir`/products/<id>/views/<view>.
 * @param options.cacheBytes - decoded views that are kept, least used dropped first; 256 MB unless given
 */
export const openViewLibrary = (templatesDir: string, { cacheBytes = CACHE_BYTES }: { readonly cacheBytes?: number } = {}): ViewLibrary => {
  const root = join(templatesDir, 'products');
  const cache = new ByteCache<ProductView>(cacheBytes, bytesInMemory);

  const list = async (product: string): Promise<readonly string[]> => {
    if (!ID.test(product)) return [];
    try {
      const entries = await readdir(join(root, product, 'views'), { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && ID.test(entry.name))
        .map((entry) => entry.name)
        .sort();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  };
  const record = async (product: string, view: string): Promise<View> => {
    const known = await list(product);
    if (!known.includes(view)) throw unknownView(product, view, known);
    const path = `${product}/views/${view}/view.json`;
    const parsed = parseRecord(`products/${path}`, await recordBytes(path), parseView);
    if (parsed.id === view) return parsed;
    throw new Problem('view.id', `expected the id "${view}" for the view in its folder, got "${parsed.id}" in products/${path}`);
  };
  const recordBytes = async (path: string): Promise<Uint8Array> => {
    try {
      return await readFileInside(root, path, MAX_RECORD_BYTES);
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'resource.not-found')
        throw new Problem('view.no-record', `expected the file products/${path} for the view, got none`, { cause });
      throw cause;
    }
  };
  /** null: there is no such file. */
  const fileOf = async (product: string, view: string, file: string): Promise<Uint8Array | null> => {
    try {
      return await readFileInside(root, `${product}/views/${view}/${file}`, MAX_MAP_BYTES);
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'resource.not-found') return null;
      throw cause;
    }
  };
  const read = async (product: string, view: string): Promise<ProductView> => {
    const parsed = await record(product, view);
    const files = new Map<string, Uint8Array>();
    for (const file of filesOfView(parsed)) {
      const bytes = await fileOf(product, view, file);
      if (bytes) files.set(file, bytes);
    }
    try {
      return await decodeView(parsed, files);
    } catch (error) {
      if (!isProblem(error)) throw error;
      throw new Problem(error.code, `${error.message}, in products/${product}/views/${view}`, { cause: error });
    }
  };

  return {
    list,
    record,
    load: (product, view) => cache.get(`${product}/${view}`, () => read(product, view)),
    thumb: async (product, view) => {
      const { thumb } = await record(product, view);
      if (thumb === undefined) return null;
      const bytes = await fileOf(product, view, thumb);
      if (bytes) return bytes;
      throw new Problem('view.map-missing', `expected a picture ${thumb}, got none, in products/${product}/views/${view}`);
    },
  };
};
