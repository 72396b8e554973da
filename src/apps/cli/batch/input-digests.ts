import { digestOf } from '../../../model/digest.ts';
import type { Manifest } from '../../../model/manifest.ts';
import { isProblem } from '../../../model/problem.ts';
import type { OpenResources } from '../session.ts';

type Input = Manifest['inputs'][number];

/** Digests of what manifests name, as they are today; each thing is read once. */
export class InputDigests {
  readonly #resources: OpenResources;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Promise<string | null>>();

  constructor(resources: OpenResources, signal: AbortSignal) {
    this.#resources = resources;
    this.#signal = signal;
  }

  /**
   * Names of the inputs of a run that are others today, or gone: "font Lora/400/upright". What a manifest keeps no way to find again (a
   * picture that came in a data: URL, a profile of a shop) is part of the spec or of the shop, whose digests tell.
   */
  async changedSince(manifest: Manifest): Promise<readonly string[]> {
    return (await this.changedInputs(manifest)).map(({ kind, name }) => `${kind} ${name}`);
  }

  /** The same as inputs, with the digests that they had. */
  async changedInputs(manifest: Manifest): Promise<readonly Input[]> {
    const changed: Input[] = [];
    for (const input of manifest.inputs) {
      const today = await this.#today(input, manifest.product);
      if (today !== undefined && today !== input.sha256) changed.push(input);
    }
    return changed;
  }

  /** Null when it is gone, undefined when it cannot be asked for by its name. */
  async #today(input: Input, product: string): Promise<string | null | undefined> {
    const load = this.#loaderOf(input, product);
    if (!load) return undefined;
    const key = `${input.kind} ${input.kind === 'view' ? `${product}/` : ''}${input.name}`;
    const found = this.#known.get(key) ?? load().catch(gone);
    this.#known.set(key, found);
    return found;
  }

  #loaderOf({ kind, name }: Input, product: string): (() => Promise<string>) | null {
    const resources = this.#resources;
    switch (kind) {
      case 'product':
        return async () => digestOf(await resources.product(name));
      case 'shop':
        return async () => digestOf(await resources.shop(name));
      case 'palette':
        return async () => digestOf(await resources.palette(name));
      case 'view':
        return async () => (await resources.view(product, name)).digest;
      case 'profile':
        return async () => (await resources.profile(name)).digest;
      case 'font':
        return async () => fontDigest(name, resources);
      case 'image':
        return isFile(name) ? async () => (await resources.image(name, this.#signal)).digest : null;
      case 'stitches':
        return isFile(name) && resources.stitches ? async () => stitchesDigest(name, resources, this.#signal) : null;
      case 'drawing':
        return isFile(name) ? async () => (await resources.drawing(name, this.#signal)).digest : null;
      case 'model':
        return null;
    }
  }
}

const gone = (error: unknown): null => {
  if (isProblem(error)) return null;
  throw error;
};

/** A manifest shortens data: URLs; files and assets stand there as the spec has them. */
const isFile = (name: string): boolean => !/^\s*data[: ]/i.test(name);

/** Without its bytes being asked for again: an EXP file that came without its ending cannot be. */
const stitchesDigest = async (name: string, resources: OpenResources, signal: AbortSignal): Promise<string> => {
  const file = await resources.stitches?.(name, null, signal);
  return file?.digest ?? '';
};

const FONT = /^(.+)\/(\d+)\/(italic|upright)$/;

const fontDigest = async (name: string, resources: OpenResources): Promise<string> => {
  const [, family = name, weight = '400', slope] = FONT.exec(name) ?? [];
  return (await resources.font({ family, weight: Number(weight), italic: slope === 'italic' })).digest;
};
