import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DesignSpec, parseDesignSpec } from '../../../model/design-spec.ts';
import { digestOf } from '../../../model/digest.ts';
import type { Manifest } from '../../../model/manifest.ts';
import { parsePalette } from '../../../model/palette.ts';
import { Problem } from '../../../model/problem.ts';
import { parseProduct } from '../../../model/product.ts';
import type { Resources } from '../../../model/resources.ts';
import { parseShop } from '../../../model/shop.ts';
import type { ManifestInput } from '../../../scene/resolve.ts';
import { writeWhole } from '../write-whole.ts';

/** Their folder within that of the batch. */
export const RECORDS = 'batch.records';

/** Records of the library that a batch keeps; files of fonts, pictures and views it knows by their digests alone. */
const KEPT: readonly ManifestInput['kind'][] = ['product', 'shop', 'palette'];

export const isKeptKind = ({ kind }: ManifestInput): boolean => KEPT.includes(kind);

const readKept = async (out: string, digest: string): Promise<unknown> => {
  const path = join(out, RECORDS, `${digest}.json`);
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (digestOf(value) === digest) return value;
  } catch {}
  throw new Problem('batch.record', `expected the record that rows were made with, got none that can be read: ${path}`);
};

/**
 * What the rows of a batch were made with, in the folder of the batch: products, shop profiles and palettes as they were, each once and
 * under its digest, which the manifests of rows name. Rows can be made with them again after the library has changed.
 */
export class KeptRecords {
  readonly #out: string;
  readonly #known = new Set<string>();

  constructor(out: string) {
    this.#out = out;
  }

  /** Keeps what a row was made with, unless the library holds another by now. */
  async keep({ inputs }: Manifest, library: Pick<Resources, 'product' | 'shop' | 'palette'>): Promise<void> {
    for (const input of inputs.filter(isKeptKind)) {
      if (await this.has(input.sha256)) continue;
      const value = await recordOf(input, library).catch(() => null);
      if (value !== null && digestOf(value) === input.sha256) await this.#write(input.sha256, value);
    }
  }

  /** Keeps a spec that the plan of the batch is about to lose. */
  async keepSpec(digest: string, spec: DesignSpec): Promise<void> {
    if (!(await this.has(digest))) await this.#write(digest, spec);
  }

  async has(digest: string): Promise<boolean> {
    if (this.#known.has(digest)) return true;
    const found = await stat(join(this.#out, RECORDS, `${digest}.json`)).catch(() => null);
    if (found?.isFile()) this.#known.add(digest);
    return found?.isFile() === true;
  }

  /** @throws Problem `batch.record` */
  async spec(digest: string): Promise<DesignSpec> {
    return parseDesignSpec(await readKept(this.#out, digest));
  }

  async #write(digest: string, value: unknown): Promise<void> {
    await mkdir(join(this.#out, RECORDS), { recursive: true });
    await writeWhole(join(this.#out, RECORDS, `${digest}.json`), `${JSON.stringify(value)}\n`);
    this.#known.add(digest);
  }
}

const recordOf = ({ kind, name }: ManifestInput, library: Pick<Resources, 'product' | 'shop' | 'palette'>): Promise<unknown> => {
  if (kind === 'product') return library.product(name);
  return kind === 'shop' ? library.shop(name) : library.palette(name);
};

/** Records as a row was made with them, out of the folder of its batch. */
export type RecordPins = { readonly out: string; readonly inputs: readonly ManifestInput[] };

/** A library in which the pinned records are as they were. Asking for one rejects with Problem `batch.record` when its file is damaged. */
export const withPins = (library: Resources, { out, inputs }: RecordPins): Resources => {
  const pinned = <T>(kind: ManifestInput['kind'], parse: (value: unknown) => T, today: (id: string) => Promise<T>) => {
    const digests = new Map(inputs.filter((one) => one.kind === kind).map(({ name, sha256 }) => [name, sha256]));
    return async (id: string): Promise<T> => {
      const digest = digests.get(id);
      return digest === undefined ? today(id) : parse(await readKept(out, digest));
    };
  };
  const { stitches, wordList, photoFinder } = library;
  return {
    product: pinned('product', parseProduct, (id) => library.product(id)),
    shop: pinned('shop', parseShop, (id) => library.shop(id)),
    palette: pinned('palette', parsePalette, (id) => library.palette(id)),
    font: (request) => library.font(request),
    image: (source, signal) => library.image(source, signal),
    drawing: (source, signal) => library.drawing(source, signal),
    views: (id) => library.views(id),
    view: (product, id) => library.view(product, id),
    profile: (name) => library.profile(name),
    design: (id) => library.design(id),
    optionSet: (id) => library.optionSet(id),
    ...(stitches ? { stitches: stitches.bind(library) } : {}),
    ...(wordList ? { wordList: wordList.bind(library) } : {}),
    ...(photoFinder ? { photoFinder } : {}),
  };
};
