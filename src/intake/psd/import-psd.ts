import { Problem } from '../../model/problem.ts';
import { type Product, parseProduct } from '../../model/product.ts';
import { parseView, type View } from '../../model/view.ts';
import { type BakedZone, bakeMaps, bareWebp, exactWebp, grainWebp } from './bake-maps.ts';
import { isLightLike } from './blend-modes.ts';
import { toLinear } from './light-curve.ts';
import { type Measured, measureLight, type Quality, type Tracked } from './measure-light.ts';
import { bakePositions, type PrintArea, printAreasOf } from './print-areas.ts';
import type { PsdDocument, PsdLayer, PsdNote } from './psd-document.ts';
import { DEFAULT_PSD_LIMITS, type PsdLimits, readPsd } from './read-psd.ts';

export type PsdImportOptions = {
  /** Of the product and its folder. */
  readonly id: string;
  readonly name: string;
  /** Id of the first print area; "print", or the layer's name when there are several, unless given. */
  readonly placement?: string | undefined;
  /** Trim width of the first print area; 300 dpi of its content unless given. */
  readonly widthMm?: number | undefined;
  readonly view?: string | undefined;
  /** Decoration method of the print areas; sublimation where the layer multiplies, else dtg, unless given. */
  readonly method?: string | undefined;
  /** Longest side of the view, which is reduced by a whole number to fit; 2400 unless given. */
  readonly maxSidePx?: number | undefined;
  readonly limits?: PsdLimits | undefined;
};

export type PsdImport = {
  readonly product: Product;
  readonly view: View;
  readonly notes: readonly PsdNote[];
  /** How near print on the view comes to print in the layered picture, dB over greys from black to white; null when exact. */
  readonly psnr: number | null;
  /** Everything of the folder by its path below it. */
  readonly files: ReadonlyMap<string, Uint8Array>;
};

const MAX_SIDE_PX = 2400;
const MAX_PLACEMENTS = 20;
const MAX_COLOURS = 3;
const PRODUCT_ZONE = 'product';
const BACKGROUND = 'background';
const WHITE = [1, 1, 1] as const;
const COLOUR_NAME = /colou?r/i;

type Rgb = readonly [number, number, number];

const hexOf = (colour: Rgb): string =>
  `#${colour
    .map((v) =>
      Math.round(v * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** Plain colour layers that are named as such: those a shop is meant to change. */
const colourLayers = (layers: readonly PsdLayer[]): readonly PsdLayer[] =>
  layers.flatMap((layer) => {
    const simple = layer.fill && layer.blend === 'normal' && !layer.clipped && COLOUR_NAME.test(layer.name);
    return [...(simple ? [layer] : []), ...(layer.children ? colourLayers(layer.children) : [])];
  });

type Colour = { readonly layer: PsdLayer; readonly id: string; readonly colour: Rgb };

const coloursOf = (document: PsdDocument, notes: PsdNote[]): readonly Colour[] => {
  const found = colourLayers(document.layers);
  for (const { name } of found.slice(MAX_COLOURS))
    notes.push({ severity: 'warning', code: 'psd.colour-fixed', layer: name, message: `keeps its colour: only ${MAX_COLOURS} may change` });
  return found
    .slice(0, MAX_COLOURS)
    .map((layer, i) => ({ layer, id: i === 0 ? 'colour' : `colour-${i + 1}`, colour: layer.fill ?? WHITE }));
};

type Zone = View['zones'][number];

const followsOf = (colour: Colour, first: boolean): Zone['follows'] => (first ? 'article' : { component: colour.id });

/** The colour layer that lies below most of a print area. */
const colourBelow = (area: number, areas: number, colours: readonly Colour[], { shares, bareShares }: Measured): number =>
  colours.findIndex((_, k) => {
    let [below, all] = [0, 0];
    const [print, colour] = [shares[area], bareShares[areas + k]];
    for (let i = 0; i < (print?.length ?? 0); i += 1) {
      below += (print?.[i] ?? 0) * (colour?.[i] ?? 0);
      all += print?.[i] ?? 0;
    }
    return all > 0 && below / all > 0.5;
  });

type Zones = { readonly baked: readonly BakedZone[]; readonly records: readonly Zone[] };

const zonesOf = (areas: readonly PrintArea[], colours: readonly Colour[], measured: Measured): Zones => {
  const linear = ([r, g, b]: Rgb): Rgb => [toLinear(r), toLinear(g), toLinear(b)];
  const rest = measured.alpha.map((alpha, i) => Math.max(0, alpha - measured.shares.reduce((sum, plane) => sum + (plane[i] ?? 0), 0)));
  const printed = areas.map(({ id, label }, k) => {
    const index = colourBelow(k, areas.length, colours, measured);
    const colour = colours[index];
    const record: Zone = {
      id,
      label,
      colour: hexOf(colour?.colour ?? WHITE),
      follows: colour ? followsOf(colour, index === 0) : 'own',
      material: 'plain',
    };
    return {
      record,
      baked: { id, cover: measured.shares[k] ?? rest, light: linear(colour?.colour ?? WHITE), recoloured: colour !== undefined },
    };
  });
  const coloured = colours.map((one, k) => ({
    record: {
      id: one.id,
      label: one.layer.name,
      colour: hexOf(one.colour),
      follows: followsOf(one, k === 0),
      material: 'plain',
    } satisfies Zone,
    baked: { id: one.id, cover: measured.shares[areas.length + k] ?? rest, light: linear(one.colour), recoloured: true },
  }));
  const product: Zone = { id: PRODUCT_ZONE, label: 'Everything else', colour: '#ffffff', follows: 'own', material: 'plain' };
  const background: Zone = { id: BACKGROUND, label: 'Behind the picture', colour: '#ffffff', follows: 'scene', material: 'plain' };
  const all = [...printed, ...coloured, { record: product, baked: { id: PRODUCT_ZONE, cover: rest, light: WHITE, recoloured: false } }];
  return { baked: all.map(({ baked }) => baked), records: [...all.map(({ record }) => record), background] };
};

/** Blending above print that only the fitted light stands for. */
const noteBlends = (layers: readonly PsdLayer[], notes: PsdNote[], path: readonly string[] = []): void => {
  for (const layer of layers) {
    const here = [...path, layer.name];
    if (!isLightLike(layer.blend)) {
      const message = `blend mode "${layer.blend}": exact without print; where print lies below it, as near as shade and gloss can be`;
      notes.push({ severity: 'info', code: 'psd.blend-fitted', layer: here.join(' / '), message });
    }
    noteBlends(layer.children ?? [], notes, here);
  }
};

const CLOSE_DB = 30;

const noteQuality = (areas: readonly PrintArea[], { psnr, shares }: Measured & Quality, notes: PsdNote[]): void => {
  areas.forEach(({ layer }, k) => {
    if (!shares[k]?.some((share) => share > 0.5))
      notes.push({ severity: 'warning', code: 'psd.area-hidden', layer: layer.name, message: 'nothing of this print area can be seen' });
  });
  if (psnr === null || psnr >= CLOSE_DB) return;
  const message = `light on print differs from the layered picture: ${psnr.toFixed(1)} dB over greys from black to white, expected ${CLOSE_DB} dB`;
  notes.push({ severity: 'warning', code: 'psd.light', layer: '', message });
};

const productOf = (areas: readonly PrintArea[], colours: readonly Colour[], options: PsdImportOptions): Record<string, unknown> => {
  const [first] = colours;
  const values = first && [
    { id: 'as-pictured', label: 'As pictured', colour: hexOf(first.colour) },
    { id: 'white', label: 'White', colour: '#ffffff' },
    { id: 'black', label: 'Black', colour: '#1b1b1d' },
  ];
  return {
    version: 1,
    id: options.id,
    name: options.name,
    description: 'Imported from a layered mockup picture. Sizes and methods are first guesses: see import-report.json.',
    options: values ? [{ id: 'colour', label: 'Colour', values, default: 'as-pictured' }] : [],
    placements: areas.map(({ id, label, widthMm, heightMm, layer }) => ({
      id,
      label,
      width: widthMm,
      height: heightMm,
      methods: { [options.method ?? (layer.blend === 'multiply' ? 'sublimation' : 'dtg')]: {} },
    })),
  };
};

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

const sizesOf = (document: PsdDocument, maxSidePx: number, notes: PsdNote[]): number => {
  const by = Math.ceil(Math.max(document.widthPx, document.heightPx) / maxSidePx);
  if (by > 1) {
    const size = `${Math.floor(document.widthPx / by)} x ${Math.floor(document.heightPx / by)} px`;
    notes.push({ severity: 'info', code: 'psd.reduced', layer: '', message: `the picture was reduced ${by} times to ${size}` });
  }
  return by;
};

const trackedOf = (areas: readonly PrintArea[], colours: readonly Colour[]): readonly Tracked[] => [
  ...areas.map(({ layer, coverAt }) => ({ layer, coverAt, colour: null })),
  ...colours.map(({ layer, colour }) => ({ layer, coverAt: () => 1, colour })),
];

/**
 * Makes a product folder of a layered mockup picture: smart objects become print areas, what lies over them light and cover, colour
 * layers named so become zones that can be recoloured. The same bytes and options give the same files.
 * @throws what `readPsd` throws; Problem `psd.no-print-area` without a usable smart object, `psd.too-many-areas` with more than 20
 */
export const importPsd = async (bytes: Uint8Array, options: PsdImportOptions): Promise<PsdImport> => {
  const read = readPsd(bytes, options.limits ?? DEFAULT_PSD_LIMITS);
  const notes = [...read.notes];
  const { document } = read;
  const colours = coloursOf(document, notes);
  const reserved = new Set([PRODUCT_ZONE, BACKGROUND, ...colours.map(({ id }) => id)]);
  const areas = printAreasOf(document, options, reserved, notes);
  if (areas.length === 0)
    throw new Problem('psd.no-print-area', 'expected a visible smart object with four corners for a print area, got none', {
      hint: 'convert the layer that holds the design to a smart object',
    });
  if (areas.length > MAX_PLACEMENTS)
    throw new Problem('psd.too-many-areas', `expected at most ${MAX_PLACEMENTS} smart objects, got ${areas.length}`);
  noteBlends(document.layers, notes);
  const by = sizesOf(document, options.maxSidePx ?? MAX_SIDE_PX, notes);
  const measured = measureLight(document, trackedOf(areas, colours), by);
  noteQuality(areas, measured, notes);
  const { widthPx, heightPx } = measured;
  const zones = zonesOf(areas, colours, measured);
  const maps = bakeMaps(measured, zones.baked);
  const positions = await bakePositions(areas, measured, by, measured.shares);
  const zoneFiles = maps.zones.map((_, i) => `zones${i === 0 ? '' : `-${i + 1}`}.webp`);
  const viewId = options.view ?? 'front';
  const view = {
    version: 1,
    id: viewId,
    label: options.name,
    widthPx,
    heightPx,
    maps: {
      positions: positions.record,
      shade: { file: 'shade.webp', max: maps.shade.max },
      gloss: { file: 'gloss.webp', max: maps.gloss.max },
      zones: zoneFiles.map((file, i) => ({ file, zones: zones.baked.slice(i * 3, i * 3 + 3).map(({ id }) => id) })),
      grain: { file: 'grain.webp', max: maps.grain.max, zones: zones.baked.map(({ id }) => id) },
    },
    background: BACKGROUND,
    zones: zones.records,
    placements: areas.map(({ id, x, widthMm, heightMm }) => ({ placement: id, zone: id, x, y: 0, width: widthMm, height: heightMm })),
    white: 1,
    knee: 1,
    pxPerMm: positions.pxPerMm,
    base: 'base.webp',
    thumb: 'thumb.webp',
    source: 'layered picture',
  };
  const product = productOf(areas, colours, options);
  const folder = `views/${viewId}`;
  const files = new Map<string, Uint8Array>([
    ['product.json', json(product)],
    ['import-report.json', json({ product: options.id, widthPx, heightPx, lightPsnr: measured.psnr, notes })],
    [`${folder}/view.json`, json(view)],
    [`${folder}/positions.png`, positions.png],
    [`${folder}/shade.webp`, await exactWebp(maps.shade.plane, widthPx, heightPx, 1)],
    [`${folder}/gloss.webp`, await exactWebp(maps.gloss.plane, widthPx, heightPx, 1)],
    [`${folder}/grain.webp`, await grainWebp(maps.grain.plane, widthPx, heightPx)],
    [`${folder}/base.webp`, await bareWebp(measured, Math.max(widthPx, heightPx))],
    [`${folder}/thumb.webp`, await bareWebp(measured, 320)],
  ]);
  for (const [i, plane] of maps.zones.entries()) files.set(`${folder}/${zoneFiles[i] ?? ''}`, await exactWebp(plane, widthPx, heightPx, 3));
  return { product: parseProduct(product), view: parseView(view), notes, psnr: measured.psnr, files };
};
