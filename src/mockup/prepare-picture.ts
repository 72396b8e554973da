import { didYouMean } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
import type { ShownPlacement, View } from '../model/view.ts';
import { UV_INK } from '../render/finishes.ts';
import { type ArtTexture, levelFor, loadArt, type MockupLayer } from './art-texture.ts';
import type { CompiledView, CompiledZone } from './compile-view.ts';
import type { MockupKernel } from './kernel/mockup-kernel.ts';
import type { PrintMap } from './print-map.ts';
import { type RowBuffers, reserveRows } from './row-buffers.ts';
import { type PreparedSurface, prepareSurface } from './surface-layer.ts';
import { type MockupChoices, type Reflectance, zoneColours } from './zone-colours.ts';
import { checkTexture, type ZoneTexture } from './zone-texture.ts';

/**
 * Picture pixels over which the taps of one pixel spread. The product pictures were filtered about this wide, and print that is sharper
 * than the cloth around it looks pasted on.
 */
export const REACH = 1.5;
/** Below this many texels a pixel needs one tap in that direction. */
const ONE_TAP = 1.2;

export type PreparedZone = CompiledZone & {
  readonly colour: Reflectance;
  readonly metal: boolean;
  /** Whether the view's own grain shows. */
  readonly grained: boolean;
  readonly behind: boolean;
  readonly texture: ZoneTexture | null;
  /** Layers of a zone that is built apart; null for zones that are not. */
  readonly layers: readonly PreparedLayer[] | null;
};

export type PreparedLayer = {
  readonly art: ArtTexture;
  readonly dye: boolean;
  /** Of each tile, texture level * 8 + taps; 0 where there is nothing. */
  readonly filters: Uint8Array;
  /** Null for flat layers. */
  readonly surface: PreparedSurface | null;
};

/** Everything of a picture that stays the same from row to row, some of it in the memory of a kernel. */
export type Picture = {
  readonly kernel: MockupKernel;
  readonly rows: RowBuffers;
  readonly view: CompiledView;
  readonly zones: readonly PreparedZone[];
  /** Flat layers of the zones that are not built apart. */
  readonly flat: readonly (PreparedLayer & { readonly zone: PreparedZone })[];
  /** Whether any layer reads positions. */
  readonly printed: boolean;
  readonly tinted: boolean;
  /** Whether some zone is built apart. */
  readonly rich: boolean;
  readonly cutOut: boolean;
};

const shownBy = (record: View, placement: string): ShownPlacement => {
  const shown = record.placements.find((one) => one.placement === placement);
  if (shown) return shown;
  const known = record.placements.map((one) => one.placement);
  throw new Problem(
    'mockup.placement-unknown',
    `expected a placement of view ${record.id} (${known.join(', ')}), got "${placement.slice(0, 64)}"`,
    {
      hint: didYouMean(placement, known),
    },
  );
};

/** Per tile the texture level by its longest step in any direction, and the taps by what is left of it along rows and columns. */
const chooseFilters = ({ tiles }: PrintMap, { levels, texelsPerMm }: ArtTexture): Uint8Array => {
  const filters = new Uint8Array(tiles.length / 3);
  for (let i = 0; i < filters.length; i += 1) {
    const most = tiles[i * 3 + 2] ?? 0;
    if (most === 0) continue;
    const level = Math.min(levels.length - 1, levelFor(most * texelsPerMm));
    const density = (REACH * texelsPerMm) / 2 ** level;
    const wide = (tiles[i * 3] ?? 0) * density > ONE_TAP;
    const tall = (tiles[i * 3 + 1] ?? 0) * density > ONE_TAP;
    filters[i] = level * 8 + (wide && tall ? 4 : wide ? 2 : tall ? 3 : 1);
  }
  return filters;
};

const coarsestOf = ({ tiles }: PrintMap): number => {
  let coarsest = 0;
  for (let i = 2; i < tiles.length; i += 3) coarsest = Math.max(coarsest, tiles[i] ?? 0);
  return coarsest;
};

type ZonedLayer = PreparedLayer & { readonly zone: string };

const prepareLayer = (
  kernel: MockupKernel,
  view: CompiledView,
  print: PrintMap,
  shown: ShownPlacement,
  layer: MockupLayer,
  metal: boolean,
): ZonedLayer => {
  const { appearance } = layer;
  const art = loadArt(kernel, shown, layer, coarsestOf(print));
  // Metal takes no shade: print on it needs light that is looked up, as surfaces do.
  const finish = appearance.surface?.finish ?? (metal ? UV_INK : null);
  const maps = finish && view.surfaces();
  return {
    zone: shown.zone,
    art,
    dye: appearance.process === 'dye',
    filters: chooseFilters(print, art),
    surface: finish && maps && prepareSurface(kernel, view, maps, shown, appearance, finish, metal, art.levels.length - 1),
  };
};

const prepareLayers = (
  kernel: MockupKernel,
  view: CompiledView,
  layers: readonly MockupLayer[],
  isMetal: (zone: string) => boolean,
): readonly ZonedLayer[] => {
  const { record, print, zones } = view;
  const shown = layers.map((layer) => shownBy(record, layer.placement));
  if (!print) return [];
  return layers.flatMap((layer, i) => {
    const placement = shown[i];
    if (!placement || !zones.some(({ id }) => id === placement.zone)) return [];
    return [prepareLayer(kernel, view, print, placement, layer, isMetal(placement.zone))];
  });
};

const NONE: Reflectance = [0, 0, 0];

const isMetalIn =
  ({ zones }: View, textures: ReadonlyMap<string, ZoneTexture>) =>
  (zone: string): boolean =>
    textures.get(zone)?.metal ?? zones.some(({ id, material }) => id === zone && material === 'metal');

/** Zones with a texture, with surfaces, or with more than one layer (the upper must cover the lower) are built apart. */
const prepareZones = (
  view: CompiledView,
  choices: MockupChoices,
  layers: readonly ZonedLayer[],
  textures: ReadonlyMap<string, ZoneTexture>,
): readonly PreparedZone[] => {
  const { record, zones } = view;
  const colours = zoneColours(record, choices);
  return zones.map((zone) => {
    const own = layers.filter((layer) => layer.zone === zone.id);
    const texture = textures.get(zone.id) ?? null;
    if (texture) checkTexture(texture, zone, view);
    return {
      ...zone,
      colour: colours.get(zone.id) ?? NONE,
      metal: isMetalIn(record, textures)(zone.id),
      grained: texture?.pattern === undefined && (record.maps.grain?.zones.includes(zone.id) ?? false),
      behind: zone.id === record.background,
      texture,
      layers: texture || own.length > 1 || own.some(({ surface }) => surface) ? own : null,
    };
  });
};

/**
 * Puts a picture's art into a kernel and settles what every zone needs.
 * @throws Problem `mockup.placement-unknown`, `mockup.zone-unknown`, `mockup.colour` or `mockup.art-size`; RangeError for a texture that does
 * not fit its zone
 */
export const preparePicture = (
  kernel: MockupKernel,
  view: CompiledView,
  layers: readonly MockupLayer[],
  choices: MockupChoices,
  textures: ReadonlyMap<string, ZoneTexture>,
): Picture => {
  const prepared = prepareLayers(kernel, view, layers, isMetalIn(view.record, textures));
  const zones = prepareZones(view, choices, prepared, textures);
  const rich = zones.some((zone) => zone.layers !== null);
  return {
    kernel,
    view,
    zones,
    rich,
    rows: reserveRows(kernel, view.widthPx, view.print?.stride ?? 0, rich),
    flat: prepared.flatMap((layer) => zones.flatMap((zone) => (zone.id === layer.zone && !zone.layers ? [{ ...layer, zone }] : []))),
    printed: prepared.length > 0,
    tinted: rich || zones.some(({ metal }) => metal),
    cutOut: choices.background === 'transparent',
  };
};
