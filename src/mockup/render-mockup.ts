import { didYouMean } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
import type { ProductView, ShownPlacement, View } from '../model/view.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { type ArtTexture, levelFor, loadArt, type MockupLayer } from './art-texture.ts';
import { type CompiledView, type CompiledZone, compileView } from './compile-view.ts';
import { type MockupKernel, withMockupKernel } from './kernel/mockup-kernel.ts';
import { type PrintMap, TILE } from './print-map.ts';
import { type MockupChoices, type Reflectance, zoneColours } from './zone-colours.ts';

/**
 * Picture pixels over which the taps of one pixel spread. The product pictures were filtered about this wide, and print that is sharper
 * than the cloth around it looks pasted on.
 */
const REACH = 1.5;
/** Below this many texels a pixel needs one tap in that direction. */
const ONE_TAP = 1.2;

const GREY: Reflectance = [1, 1, 1];
const NONE: Reflectance = [0, 0, 0];

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

/** Addresses of one row's buffers. */
type RowBuffers = {
  readonly colours: number;
  readonly tint: number;
  readonly texels: number;
  readonly cover: number;
  readonly grain: number;
  readonly shade: number;
  readonly gloss: number;
  readonly out: number;
  readonly mm: number;
  readonly below: number;
};

const PAD = 64;

const reserveRows = (kernel: MockupKernel, widthPx: number, stride: number): RowBuffers => ({
  colours: kernel.reserve(widthPx * 16),
  tint: kernel.reserve(widthPx * 16),
  texels: kernel.reserve((widthPx + TILE) * 8),
  cover: kernel.reserve(widthPx + PAD),
  grain: kernel.reserve(widthPx * 3 + PAD),
  shade: kernel.reserve(widthPx * 2),
  gloss: kernel.reserve(widthPx * 2),
  out: kernel.reserve(widthPx * 4),
  mm: kernel.reserve(stride * 8),
  below: kernel.reserve(stride * 8),
});

type PreparedZone = CompiledZone & {
  readonly colour: Reflectance;
  readonly metal: boolean;
  readonly grained: boolean;
  readonly behind: boolean;
};

type PreparedLayer = {
  readonly zone: PreparedZone;
  readonly art: ArtTexture;
  readonly dye: boolean;
  /** Of each tile, texture level * 8 + taps; 0 where there is nothing. */
  readonly filters: Uint8Array;
};

const prepareZones = ({ record, zones }: CompiledView, choices: MockupChoices): readonly PreparedZone[] => {
  const colours = zoneColours(record, choices);
  return zones.map((zone) => ({
    ...zone,
    colour: colours.get(zone.id) ?? NONE,
    metal: record.zones.some(({ id, material }) => id === zone.id && material === 'metal'),
    grained: record.maps.grain?.zones.includes(zone.id) ?? false,
    behind: zone.id === record.background,
  }));
};

/** Per tile the texture level by its longest step in any direction, and the taps by what is left of it along rows and columns. */
const chooseFilters = ({ tiles }: PrintMap, { levels, texelsPerMm }: ArtTexture): Uint8Array => {
  const filters = new Uint8Array(tiles.length / 3);
  for (let i = 0; i < filters.length; i += 1) {
    const [across = 0, down = 0, most = 0] = [tiles[i * 3], tiles[i * 3 + 1], tiles[i * 3 + 2]];
    if (most === 0) continue;
    const level = Math.min(levels.length - 1, levelFor(most * texelsPerMm));
    const density = (REACH * texelsPerMm) / 2 ** level;
    const [wide, tall] = [across * density > ONE_TAP, down * density > ONE_TAP];
    filters[i] = level * 8 + (wide && tall ? 4 : wide ? 2 : tall ? 3 : 1);
  }
  return filters;
};

const coarsestOf = ({ tiles }: PrintMap): number => {
  let coarsest = 0;
  for (let i = 2; i < tiles.length; i += 3) coarsest = Math.max(coarsest, tiles[i] ?? 0);
  return coarsest;
};

const prepareLayers = (
  kernel: MockupKernel,
  { record, print }: CompiledView,
  zones: readonly PreparedZone[],
  layers: readonly MockupLayer[],
): readonly PreparedLayer[] => {
  const shown = layers.map((layer) => shownBy(record, layer.placement));
  if (!print) return [];
  return layers.flatMap((layer, i) => {
    const placement = shown[i];
    const zone = zones.find(({ id }) => id === placement?.zone);
    if (!placement || !zone) return [];
    const art = loadArt(kernel, placement, layer, coarsestOf(print));
    return [{ zone, art, dye: layer.appearance.process === 'dye', filters: chooseFilters(print, art) }];
  });
};

/** Warps one row of a layer's art into the texel buffer, run by run of tiles that share a filter. */
const warpRow = ({ calls }: MockupKernel, rows: RowBuffers, print: PrintMap, { art, filters }: PreparedLayer, y: number): void => {
  const columns = print.width / TILE;
  const first = Math.floor(y / TILE) * columns;
  for (let from = 0; from < columns; ) {
    const filter = filters[first + from] ?? 0;
    let to = from + 1;
    while (to < columns && filters[first + to] === filter) to += 1;
    const level = art.levels[filter >> 3];
    if (filter > 0 && level) {
      const [x, count] = [from * TILE, (to - from) * TILE];
      const { at, stride, uMax, vMax, fromMm } = level;
      calls.warpRow(rows.texels + x * 8, rows.mm + x * 8, rows.below + x * 8, count, at, stride, uMax, vMax, ...fromMm, filter & 7, REACH);
    }
    from = to;
  }
};

const bytesOf = (plane: Float32Array | Uint16Array, from: number, count: number): Uint8Array =>
  new Uint8Array(plane.buffer, plane.byteOffset + from * plane.BYTES_PER_ELEMENT, count * plane.BYTES_PER_ELEMENT);

/** Everything of a picture that stays the same from row to row. */
type Picture = {
  readonly view: CompiledView;
  readonly zones: readonly PreparedZone[];
  readonly layers: readonly PreparedLayer[];
  readonly tinted: boolean;
  readonly cutOut: boolean;
};

const addZones = (kernel: MockupKernel, rows: RowBuffers, { view, zones, tinted, cutOut }: Picture, y: number): void => {
  const { calls } = kernel;
  for (const { cover, spans, colour, metal, grained, behind } of zones) {
    const [from = 0, to = 0] = [spans[y * 2], spans[y * 2 + 1]];
    if (to <= from) continue;
    const count = to - from;
    kernel.bytes.set(cover.subarray(y * view.widthPx + from, y * view.widthPx + to), rows.cover);
    const grain = grained ? rows.grain + from * 3 : 0;
    const add = (target: number, [r, g, b]: Reflectance, product: number, pattern: number): void =>
      calls.addZone(target + from * 16, rows.cover, pattern, view.grainScale, count, r, g, b, product);
    if (!(behind && cutOut)) add(rows.colours, metal ? NONE : colour, behind ? 0 : 1, grain);
    if (tinted) add(rows.tint, metal ? colour : GREY, 0, metal ? grain : 0);
  }
};

const addLayers = (kernel: MockupKernel, rows: RowBuffers, { view, layers }: Picture, print: PrintMap, y: number): void => {
  const row = y - print.y;
  if (row < 0 || row >= print.height || layers.length === 0) return;
  const bytes = kernel.bytes;
  bytes.set(bytesOf(print.mm, row * print.stride * 2, print.stride * 2), rows.mm);
  bytes.set(bytesOf(print.mm, (row + 1) * print.stride * 2, print.stride * 2), rows.below);
  for (const layer of layers) {
    const { zone, dye } = layer;
    const from = Math.max(print.x, zone.spans[y * 2] ?? 0);
    const to = Math.min(print.x + print.width, zone.spans[y * 2 + 1] ?? 0);
    if (to <= from) continue;
    bytes.fill(0, rows.texels, rows.texels + print.width * 8);
    warpRow(kernel, rows, print, layer, row);
    bytes.set(zone.cover.subarray(y * view.widthPx + from, y * view.widthPx + to), rows.cover);
    const [r, g, b] = zone.colour;
    const texels = rows.texels + (from - print.x) * 8;
    const grain = zone.grained ? rows.grain + from * 3 : 0;
    kernel.calls.addPrint(
      rows.colours + from * 16,
      texels,
      rows.cover,
      grain,
      view.grainScale,
      to - from,
      r,
      g,
      b,
      view.record.white,
      dye ? 1 : 0,
    );
  }
};

const paintRow = (kernel: MockupKernel, rows: RowBuffers, picture: Picture, y: number): Uint8Array => {
  const { view, tinted, cutOut } = picture;
  const { widthPx, shade, gloss, grain, print } = view;
  const bytes = kernel.bytes;
  bytes.fill(0, rows.colours, rows.colours + widthPx * 16);
  if (tinted) bytes.fill(0, rows.tint, rows.tint + widthPx * 16);
  if (grain) bytes.set(grain.subarray(y * widthPx * 3, (y + 1) * widthPx * 3), rows.grain);
  bytes.set(bytesOf(shade, y * widthPx, widthPx), rows.shade);
  bytes.set(bytesOf(gloss, y * widthPx, widthPx), rows.gloss);
  addZones(kernel, rows, picture, y);
  if (print) addLayers(kernel, rows, picture, print, y);
  kernel.calls.lightRow(
    rows.out,
    rows.colours,
    tinted ? rows.tint : 0,
    rows.shade,
    rows.gloss,
    widthPx,
    view.shadeScale,
    view.glossScale,
    cutOut ? 1 : 0,
  );
  return bytes.subarray(rows.out, rows.out + widthPx * 4);
};

/**
 * A picture of a view that was compiled before: zone colours, then the layers in their order, in linear light, lit by the view's maps.
 * The same input gives the same bytes.
 * @throws Problem `mockup.placement-unknown`, `mockup.zone-unknown`, `mockup.colour` or `mockup.art-size`
 */
export const paintMockup = (
  view: CompiledView,
  layers: readonly MockupLayer[],
  choices: MockupChoices,
  signal: AbortSignal,
): Promise<PixelImage> =>
  withMockupKernel(view.record.knee, async (kernel) => {
    signal.throwIfAborted();
    const { widthPx, heightPx } = view;
    const zones = prepareZones(view, choices);
    const rows = reserveRows(kernel, widthPx, view.print?.stride ?? 0);
    const picture: Picture = {
      view,
      zones,
      layers: prepareLayers(kernel, view, zones, layers),
      tinted: zones.some(({ metal }) => metal),
      cutOut: choices.background === 'transparent',
    };
    const rgba = new Uint8Array(widthPx * heightPx * 4);
    for (let y = 0; y < heightPx; y += 1) rgba.set(paintRow(kernel, rows, picture, y), y * widthPx * 4);
    signal.throwIfAborted();
    return { widthPx, heightPx, rgba };
  });

/**
 * One mockup picture, `widthPx` wide. For several of one view and size, compile the view once and use `paintMockup`.
 * @throws what `compileView` and `paintMockup` throw
 */
export const renderMockup = async (
  view: ProductView,
  layers: readonly MockupLayer[],
  choices: MockupChoices,
  { widthPx }: { readonly widthPx: number },
  signal: AbortSignal,
): Promise<PixelImage> => {
  signal.throwIfAborted();
  return paintMockup(await compileView(view, widthPx), layers, choices, signal);
};
