import { layersOfBook } from '../model/book.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { digestOf } from '../model/digest.ts';
import type { Finding } from '../model/finding.ts';
import type { Layer } from '../model/layers.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Palette } from '../model/palette.ts';
import { didYouMean } from '../model/parse.ts';
import { isProblem, Problem } from '../model/problem.ts';
import type { Product, ProductPlacement } from '../model/product.ts';
import type { DecodedImage, Drawing, FontFile, FontRequest, Resources, StitchFile } from '../model/resources.ts';
import type { Shop } from '../model/shop.ts';
import { sourceName } from '../model/source-name.ts';
import { measurePlacement, type PlacementArea } from './area.ts';
import { fontsOfBook } from './book/book-fonts.ts';
import { type Hyphenation, openHyphenation } from './book/hyphenation.ts';
import { CAPTION_FONT } from './layers/code-caption.ts';
import { imagesIn } from './layers/svg-layer.ts';
import { isSpecial, specialFonts } from './special/special-sources.ts';
import { type NamedSwatch, plateColour, swatchesIn, withPlates } from './swatches.ts';
import { fontRequestsOf } from './text/layout-text.ts';
import { layersOf } from './walk.ts';

export type ManifestInput = Manifest['inputs'][number];

/** A spec with everything it names loaded and measured: nothing after this step waits on the outside. */
export type ResolvedDesign = {
  /** With plates in the place of swatches. */
  readonly spec: DesignSpec;
  readonly product: Product;
  readonly shop: Shop;
  readonly areas: readonly ResolvedPlacement[];
  readonly fonts: readonly ResolvedFont[];
  /** By source as the spec writes it. */
  readonly images: ReadonlyMap<string, DecodedImage>;
  readonly drawings: ReadonlyMap<string, Drawing>;
  /** Machine files of stitches, by source. */
  readonly stitches: ReadonlyMap<string, StitchFile>;
  /** Those that the spec names swatches of, by id. */
  readonly palettes: ReadonlyMap<string, Palette>;
  /** How words of the languages of its books are divided. */
  readonly hyphenation: ReadonlyMap<string, Hyphenation>;
  readonly inputs: readonly ManifestInput[];
  readonly findings: readonly Finding[];
};

export type ResolvedPlacement = PlacementArea & { readonly product: ProductPlacement; readonly pointer: string };
export type ResolvedFont = { readonly request: FontRequest; readonly file: FontFile };

/** Raised once with everything that could not be found, loaded or decoded. */
export class Unresolved extends Problem {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    super(problems.length === 1 && first ? first.code : 'resolve.failed', problems.map((one) => one.message).join('; '), {
      pointer: first?.pointer,
      hint: first?.hint,
      retry: problems.some((one) => one.retry === 'later') ? 'later' : 'never',
    });
    this.name = 'Unresolved';
    this.problems = problems;
  }
}

/** Runs loads side by side and keeps going after failures: the first pointer that names a thing is blamed for it. */
class Loading {
  readonly problems: Problem[] = [];

  async each<T, V>(
    wanted: ReadonlyMap<string, { readonly what: T; readonly pointer: string }>,
    load: (what: T) => Promise<V>,
  ): Promise<ReadonlyMap<string, V>> {
    const entries = await Promise.all(
      [...wanted].map(async ([key, { what, pointer }]) => {
        const value = await this.one(pointer, () => load(what));
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
    return new Map(entries.flat());
  }

  async one<V>(pointer: string, load: () => Promise<V> | V): Promise<V | undefined> {
    try {
      return await load();
    } catch (error) {
      if (!isProblem(error)) throw error;
      this.problems.push(
        new Problem(error.code, error.message, { pointer: error.pointer ?? pointer, hint: error.hint, retry: error.retry, cause: error }),
      );
      return undefined;
    }
  }

  check(): void {
    if (this.problems.length === 0) return;
    throw new Unresolved([...this.problems].sort((a, b) => ((a.pointer ?? '') < (b.pointer ?? '') ? -1 : 1)));
  }
}

/** Every layer of a spec with its pointer, those of its books too. */
export const layersOfSpec = (spec: DesignSpec): ReturnType<typeof layersOf> =>
  spec.placements.flatMap((one, i) => [
    ...layersOf(one.layers, `/placements/${i}/layers`),
    ...(one.book ? layersOfBook(one.book, `/placements/${i}/book`) : []).flatMap((list) => layersOf(list.layers, list.pointer)),
  ]);

/**
 * Loads what a spec names and measures its placements. The only step that waits on the outside.
 * @throws Unresolved with every missing or broken thing at once
 */
export const resolve = async (spec: DesignSpec, resources: Resources, signal: AbortSignal): Promise<ResolvedDesign> => {
  const loading = new Loading();
  const [product, shop] = await Promise.all([
    loading.one('/product', () => resources.product(spec.product)),
    loading.one('/shop', () => resources.shop(spec.shop)),
  ]);
  const layers = layersOfSpec(spec);
  const wants = gatherWants(layers);
  for (const { request, pointer } of spec.placements.flatMap((one, i) => (one.book ? fontsOfBook(one.book, `/placements/${i}/book`) : [])))
    if (!wants.fonts.has(fontKey(request))) wants.fonts.set(fontKey(request), { what: request, pointer });
  const swatches = swatchesIn(spec);
  const [images, drawings, stitches, fonts, palettes] = await Promise.all([
    loading.each(wants.images, (source) => resources.image(source, signal)),
    loading.each(wants.drawings, (source) => resources.drawing(source, signal)),
    loading.each(wants.stitches, (want) => stitchesFrom(resources, want, signal)),
    loading.each(wants.fonts, async (request) => ({ request, file: await resources.font(request) })),
    loading.each(palettesOf(swatches), (id) => resources.palette(id)),
  ]);
  signal.throwIfAborted();
  await checkSwatches(swatches, palettes, loading);
  const measured = product && shop ? await measureAll(spec, product, shop, loading) : undefined;
  loading.check();
  if (!product || !shop || !measured) throw new Unresolved(loading.problems);
  const fontList = [...fonts.values()];
  return {
    spec: withPlates(spec, palettes),
    product,
    shop,
    areas: measured,
    fonts: fontList,
    images,
    drawings,
    stitches,
    palettes,
    hyphenation: await hyphenationFor(spec),
    inputs: listInputs({ product, shop, fonts: fontList, images, drawings, stitches, palettes }),
    findings: [
      ...decoderFindings(wants.images, images),
      ...decoderFindings(wants.drawings, drawings),
      ...stitchFileFindings(wants.stitches, stitches),
      ...weightFindings(wants.fonts, fonts),
    ],
  };
};

const hyphenationFor = async (spec: DesignSpec): Promise<ResolvedDesign['hyphenation']> => {
  const languages = new Set(spec.placements.flatMap(({ book }) => (book ? [book.language] : [])));
  return new Map(await Promise.all([...languages].map(async (one) => [one, await openHyphenation(one)] as const)));
};

/** The first swatch of each palette, which is blamed for a palette that is missing. */
const palettesOf = (swatches: readonly NamedSwatch[]): Wanted<string> => {
  const wanted: Wanted<string> = new Map();
  for (const { paint, pointer } of swatches)
    if (!wanted.has(paint.palette)) wanted.set(paint.palette, { what: paint.palette, pointer: `${pointer}/palette` });
  return wanted;
};

/** Each name that is not in its palette is told once, where it stands first. */
const checkSwatches = async (swatches: readonly NamedSwatch[], palettes: ReadonlyMap<string, Palette>, loading: Loading): Promise<void> => {
  const told = new Set<string>();
  for (const named of swatches) {
    const key = `${named.paint.palette} ${named.paint.swatch}`;
    const palette = palettes.get(named.paint.palette);
    if (!palette || told.has(key)) continue;
    told.add(key);
    await loading.one(named.pointer, () => plateColour(named, palette));
  }
};

const measureAll = async (spec: DesignSpec, product: Product, shop: Shop, loading: Loading): Promise<readonly ResolvedPlacement[]> => {
  await checkVariant(spec, product, loading);
  // The pages of a book are known when its text has flowed: planWork measures again.
  const counted = spec.placements.some(({ book }) => book) ? { ...spec, pages: spec.pages ?? 2 } : spec;
  const found = await Promise.all(
    spec.placements.map((one, i) =>
      loading.one(`/placements/${i}/placement`, (): ResolvedPlacement => {
        const placement = findPlacement(product, one.placement);
        checkMethod(placement, one.method, i);
        return { ...measurePlacement(product, placement, counted, shop), product: placement, pointer: `/placements/${i}` };
      }),
    ),
  );
  return found.flatMap((one) => one ?? []);
};

const findPlacement = (product: Product, id: string): ProductPlacement => {
  const placement = product.placements.find((one) => one.id === id);
  if (placement) return placement;
  const ids = product.placements.map((one) => one.id);
  throw new Problem('placement.unknown', `expected a placement of ${product.name} (${ids.join(', ')}), got "${id}"`, {
    hint: didYouMean(id, ids),
  });
};

const checkMethod = (placement: ProductPlacement, method: string, index: number): void => {
  const methods = Object.keys(placement.methods);
  if (methods.includes(method)) return;
  throw new Problem('method.not-taken', `expected a method that ${placement.label} takes (${methods.join(', ')}), got "${method}"`, {
    pointer: `/placements/${index}/method`,
    hint: didYouMean(method, methods),
  });
};

/** Every option answered with a value it has; unanswered options take their default or are asked for. */
const checkVariant = async (spec: DesignSpec, product: Product, loading: Loading): Promise<void> => {
  const ids = product.options.map((option) => option.id);
  for (const [id, value] of Object.entries(spec.variant)) {
    await loading.one(`/variant/${id}`, () => {
      const option = product.options.find((one) => one.id === id);
      if (!option) {
        throw new Problem(
          'variant.option-unknown',
          `expected an option of ${product.name} (${ids.join(', ') || 'it has none'}), got "${id}"`,
          {
            hint: didYouMean(id, ids),
          },
        );
      }
      const values = option.values.map((one) => one.id);
      if (!values.includes(value)) {
        throw new Problem('variant.value-unknown', `expected a ${option.label} (${values.join(', ')}), got "${value}"`, {
          hint: didYouMean(value, values),
        });
      }
    });
  }
  for (const option of product.options) {
    if (option.default !== undefined || spec.variant[option.id] !== undefined) continue;
    await loading.one('/variant', () => {
      throw new Problem(
        'variant.option-missing',
        `expected a ${option.label} (${option.values.map((one) => one.id).join(', ')}), got none`,
        {
          pointer: `/variant/${option.id}`,
        },
      );
    });
  }
};

type Wanted<T> = Map<string, { readonly what: T; readonly pointer: string }>;
type WantedStitches = { readonly source: string; readonly format: string | null };
type Wants = {
  readonly images: Wanted<string>;
  readonly drawings: Wanted<string>;
  readonly stitches: Wanted<WantedStitches>;
  readonly fonts: Wanted<FontRequest>;
};

const stitchesFrom = (resources: Resources, { source, format }: WantedStitches, signal: AbortSignal): Promise<StitchFile> => {
  if (resources.stitches) return resources.stitches(source, format, signal);
  throw new Problem('stitches.unsupported', 'expected a library that reads machine files, got one that does not');
};

const gatherWants = (layers: ReturnType<typeof layersOf>): Wants => {
  const wants: Wants = { images: new Map(), drawings: new Map(), stitches: new Map(), fonts: new Map() };
  const want = <T>(map: Wanted<T>, key: string, what: T, pointer: string): void => {
    if (!map.has(key)) map.set(key, { what, pointer });
  };
  for (const { layer, pointer } of layers) {
    for (const [source, at] of imageSources(layer)) want(wants.images, source, source, `${pointer}${at}`);
    if (layer.type === 'svg') want(wants.drawings, layer.source, layer.source, `${pointer}/source`);
    if (layer.type === 'stitches') {
      want(wants.stitches, layer.source, { source: layer.source, format: layer.format ?? null }, `${pointer}/source`);
    }
    for (const request of fontsOf(layer)) want(wants.fonts, fontKey(request), request, `${pointer}/font`);
  }
  return wants;
};

export const fontKey = ({ family, weight, italic }: FontRequest): string => `${family}/${weight}/${italic ? 'italic' : 'upright'}`;

const fontsOf = (layer: Layer): readonly FontRequest[] => {
  if (layer.type === 'text') return fontRequestsOf(layer);
  if (isSpecial(layer)) return specialFonts(layer);
  return layer.type === 'code' && layer.caption ? [CAPTION_FONT] : [];
};

const imageSources = (layer: Layer): readonly (readonly [string, string])[] => {
  if (layer.type === 'collage') return layer.photos.map((photo, i) => [photo.source, `/photos/${i}/source`] as const);
  if (layer.type === 'song-player' && layer.cover !== undefined) return [[layer.cover, '/cover'] as const];
  if (layer.type !== 'image') return [];
  const own = [layer.source, '/source'] as const;
  return layer.mask && 'source' in layer.mask ? [own, [layer.mask.source, '/mask/source'] as const] : [own];
};

const decoderFindings = (
  wanted: Wanted<string>,
  loaded: ReadonlyMap<string, { readonly warnings: readonly string[] }>,
): readonly Finding[] =>
  [...loaded].flatMap(([source, { warnings }]) =>
    warnings.map(
      (message): Finding => ({ severity: 'warning', code: 'image.repaired', pointer: wanted.get(source)?.pointer ?? '', message }),
    ),
  );

/** What a machine file says wrongly of itself, or a reader could not carry over. */
const stitchFileFindings = (wanted: Wanted<WantedStitches>, loaded: ReadonlyMap<string, StitchFile>): readonly Finding[] =>
  [...loaded].flatMap(([source, { warnings }]) =>
    warnings.map(
      (message): Finding => ({ severity: 'warning', code: 'stitches.repaired', pointer: wanted.get(source)?.pointer ?? '', message }),
    ),
  );

/** A family without the weight that was asked for answers with its nearest one: never unsaid. */
const weightFindings = (wanted: Wanted<FontRequest>, fonts: ReadonlyMap<string, ResolvedFont>): readonly Finding[] =>
  [...fonts].flatMap(([key, { request, file }]): readonly Finding[] => {
    const { weights } = file;
    if (!weights || (request.weight >= weights.min && request.weight <= weights.max)) return [];
    const used = request.weight < weights.min ? weights.min : weights.max;
    return [
      {
        severity: 'warning',
        code: 'font.weight-nearest',
        pointer: wanted.get(key)?.pointer ?? '',
        message: `${file.family} has no weight ${request.weight}; its nearest, ${used}, is used.`,
        hint: 'Name a weight the family has (`platen fonts show` lists them), or another family.',
        measured: used,
        required: request.weight,
      },
    ];
  });

type Loaded = Pick<ResolvedDesign, 'product' | 'shop' | 'fonts' | 'images' | 'drawings' | 'stitches' | 'palettes'>;

/** A short name for a source in the manifest: data URLs carry customers' pictures and are not repeated there. */
const listInputs = ({ product, shop, fonts, images, drawings, stitches, palettes }: Loaded): readonly ManifestInput[] => {
  const inputs: readonly ManifestInput[] = [
    { kind: 'product', name: product.id, sha256: digestOf(product) },
    { kind: 'shop', name: shop.id, sha256: digestOf(shop) },
    ...fonts.map(({ request, file }): ManifestInput => ({ kind: 'font', name: fontKey(request), sha256: file.digest })),
    ...[...images].map(([source, { digest }]): ManifestInput => ({ kind: 'image', name: sourceName(source), sha256: digest })),
    ...[...drawings].map(([source, { digest }]): ManifestInput => ({ kind: 'drawing', name: sourceName(source), sha256: digest })),
    ...[...stitches].map(([source, { digest }]): ManifestInput => ({ kind: 'stitches', name: sourceName(source), sha256: digest })),
    ...[...palettes].map(([id, palette]): ManifestInput => ({ kind: 'palette', name: id, sha256: digestOf(palette) })),
  ];
  return [...inputs].sort((a, b) => compareText(`${a.kind} ${a.name} ${a.sha256}`, `${b.kind} ${b.name} ${b.sha256}`));
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Every decoded picture by digest, those inside drawings included: what the renderers look pixels up in. */
export const picturesOf = ({ images, drawings }: ResolvedDesign): ReadonlyMap<string, DecodedImage> =>
  new Map([...images.values(), ...[...drawings.values()].flatMap(({ nodes }) => imagesIn(nodes))].map((image) => [image.digest, image]));
