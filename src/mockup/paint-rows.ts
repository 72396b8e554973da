import { pause } from '../render/raster/pause.ts';
import type { TextureLevel } from './art-texture.ts';
import { type Picture, type PreparedLayer, type PreparedZone, REACH } from './prepare-picture.ts';
import { type PrintMap, TILE } from './print-map.ts';
import { FULL_LIGHT } from './resize-plane.ts';
import type { PreparedSurface } from './surface-layer.ts';
import type { Reflectance } from './zone-colours.ts';
import type { SquaredPlane } from './zone-texture.ts';

/** Pixels between two looks at the signal: about two milliseconds. */
const BAND_PX = 131_072;

const GREY: Reflectance = [1, 1, 1];
const NONE: Reflectance = [0, 0, 0];

/** Warps one row of a texture into texels at `to`, run by run of tiles that share a filter. */
const warpRow = (
  { kernel, rows }: Picture,
  print: PrintMap,
  levels: readonly TextureLevel[],
  filters: Uint8Array,
  y: number,
  to: number,
): void => {
  const columns = print.width / TILE;
  const first = Math.floor(y / TILE) * columns;
  kernel.bytes.fill(0, to, to + print.width * 8);
  for (let from = 0; from < columns; ) {
    const filter = filters[first + from] ?? 0;
    let end = from + 1;
    while (end < columns && filters[first + end] === filter) end += 1;
    const level = levels[filter >> 3];
    if (filter > 0 && level) {
      const [x, count] = [from * TILE, (end - from) * TILE];
      const { at, stride, uMax, vMax, fromMm } = level;
      const { mm, below } = rows;
      const [a, b, c, d, e, f] = fromMm;
      const [out, row, next] = [to + x * 8, mm + x * 8, below + x * 8];
      kernel.calls.warpRow(out, row, next, count, at, stride, uMax, vMax, a, b, c, d, e, f, filter & 7, REACH);
    }
    from = end;
  }
};

const bytesOf = (plane: Float32Array | Uint16Array | Int16Array, from: number, count: number): Uint8Array =>
  new Uint8Array(plane.buffer, plane.byteOffset + from * plane.BYTES_PER_ELEMENT, count * plane.BYTES_PER_ELEMENT);

/** Puts the part of a zone's coverage that lies in a row where the kernel reads it. */
const loadCover = ({ kernel, rows, view }: Picture, { cover }: PreparedZone, y: number, from: number, to: number): void =>
  kernel.bytes.set(cover.subarray(y * view.widthPx + from, y * view.widthPx + to), rows.cover);

/** The part of a row of the print map that a zone shows; null when there is none. */
const printedSpan = ({ view: { print } }: Picture, { spans }: PreparedZone, y: number): readonly [number, number] | null => {
  if (!print || y < print.y || y >= print.y + print.height) return null;
  const from = Math.max(print.x, spans[y * 2] ?? 0);
  const to = Math.min(print.x + print.width, spans[y * 2 + 1] ?? 0);
  return to > from ? [from, to] : null;
};

const addZone = (picture: Picture, zone: PreparedZone, y: number, from: number, to: number): void => {
  const { kernel, rows, view, tinted, cutOut } = picture;
  const { colour, metal, grained, behind } = zone;
  loadCover(picture, zone, y, from, to);
  const grain = grained ? rows.grain + from * 3 : 0;
  const add = (target: number, [r, g, b]: Reflectance, product: number, pattern: number): void =>
    kernel.calls.addZone(target + from * 16, rows.cover, pattern, view.grainScale, to - from, r, g, b, product);
  if (!(behind && cutOut)) add(rows.colours, metal ? NONE : colour, behind ? 0 : 1, grain);
  if (tinted) add(rows.tint, metal ? colour : GREY, 0, metal ? grain : 0);
};

/** Puts the pixels `from` to `to` of a texture's plane where the kernel reads them: their address and what a squared byte is multiplied by. */
const loadPlane = (
  { kernel }: Picture,
  { window }: NonNullable<PreparedZone['texture']>,
  { bytes, max }: SquaredPlane,
  target: number,
  [y, from, to]: readonly [number, number, number],
): readonly [number, number] => {
  const channels = bytes.length / (window.widthPx * window.heightPx);
  const first = (y - window.y) * window.widthPx - window.x;
  kernel.bytes.set(bytes.subarray((first + from) * channels, (first + to) * channels), target);
  return [target, max / FULL_LIGHT];
};

/** Starts the rows of a zone that is built apart, from its colour and texture. */
const startZone = (picture: Picture, zone: PreparedZone, y: number, from: number, to: number): void => {
  const { kernel, rows, view, cutOut } = picture;
  const { colour, metal, grained, behind, texture } = zone;
  const part = [y, from, to] as const;
  const grain = grained ? ([rows.grain + from * 3, view.grainScale] as const) : ([0, 1] as const);
  const pattern = texture?.pattern ? loadPlane(picture, texture, texture.pattern, rows.texture.pattern, part) : grain;
  const even = typeof texture?.gloss === 'number' ? texture.gloss : 1;
  const gain =
    texture?.gloss && typeof texture.gloss !== 'number' ? loadPlane(picture, texture, texture.gloss, rows.texture.gain, part) : [0, even];
  const extra = texture?.extra ? loadPlane(picture, texture, texture.extra, rows.texture.extra, part) : [0, 0];
  const left = behind && cutOut;
  const [r, g, b] = left ? NONE : colour;
  const { zone: own } = rows;
  const [gainAt = 0, gainScale = 1] = gain;
  const [extraAt = 0, extraScale = 0] = extra;
  kernel.calls.startZone(
    own.base,
    own.mirror,
    own.extra,
    to - from,
    r,
    g,
    b,
    behind ? 0 : 1,
    metal ? 1 : 0,
    ...pattern,
    gainAt,
    gainScale,
    left ? 0 : extraAt,
    extraScale,
  );
};

/** How far the viewer is off to the side at the edge of the picture: a lens of about 50 mm seen as half the turn of a mirror. */
const SWAY = 0.13;

/** Lays a layer with a surface onto the pixels `from` to `to` of a zone whose rows start at `start`. */
const addSurface = (picture: Picture, print: PrintMap, layer: PreparedLayer, surface: PreparedSurface, y: number, span: Span): void => {
  const { kernel, rows, view } = picture;
  const { zone: own, surface: buffers } = rows;
  const { normals, low } = surface.maps;
  const { start, from, to } = span;
  const [row, skipped] = [y - print.y, from - print.x];
  const first = row * print.width;
  if (surface.relief) warpRow(picture, print, surface.relief, layer.filters, row, buffers.relief);
  if (surface.direction) warpRow(picture, print, surface.direction, layer.filters, row, buffers.direction);
  if (normals) kernel.bytes.set(bytesOf(normals, first * 4, print.width * 4), buffers.normals);
  kernel.bytes.set(bytesOf(low, first, print.width), buffers.low);
  const at = (from - start) * 16;
  const half = view.widthPx / 2;
  kernel.calls.surfaceZone(
    own.base + at,
    own.mirror + at,
    own.extra + at,
    rows.texels + skipped * 8,
    surface.relief ? buffers.relief + skipped * 8 : 0,
    surface.direction ? buffers.direction + skipped * 8 : 0,
    normals ? buffers.normals + skipped * 8 : 0,
    rows.mm + skipped * 8,
    rows.below + skipped * 8,
    rows.shade + from * 2,
    buffers.low + skipped * 2,
    to - from,
    surface.numbers,
    surface.matt,
    surface.soft,
    surface.metal,
    (SWAY * (from + 0.5 - half)) / half,
    SWAY / half,
    (SWAY * (view.heightPx / 2 - y - 0.5)) / half,
  );
};

/** The pixels `from` up to `to` of a row, in rows that start at pixel `start`. */
type Span = { readonly start: number; readonly from: number; readonly to: number };

const addFlat = (
  { kernel, rows, view }: Picture,
  print: PrintMap,
  { dye }: PreparedLayer,
  metal: boolean,
  { start, from, to }: Span,
): void => {
  const { zone: own } = rows;
  const at = (from - start) * 16;
  const texels = rows.texels + (from - print.x) * 8;
  kernel.calls.printZone(own.base + at, own.mirror + at, own.extra + at, texels, to - from, view.record.white, dye ? 1 : 0, metal ? 1 : 0);
};

/** Builds a zone apart, with its layers one over the other, and lays it into the picture. */
const buildZone = (picture: Picture, zone: PreparedZone, y: number, start: number, end: number): void => {
  const { kernel, rows, view } = picture;
  const { zone: own } = rows;
  startZone(picture, zone, y, start, end);
  const { print } = view;
  const printed = printedSpan(picture, zone, y);
  for (const layer of print && printed ? (zone.layers ?? []) : []) {
    if (!print || !printed) break;
    const span = { start, from: printed[0], to: printed[1] };
    warpRow(picture, print, layer.art.levels, layer.filters, y - print.y, rows.texels);
    if (layer.surface) addSurface(picture, print, layer, layer.surface, y, span);
    else addFlat(picture, print, layer, zone.metal, span);
  }
  loadCover(picture, zone, y, start, end);
  const [colours, tint, extra] = [rows.colours, rows.tint, rows.extra].map((row) => row + start * 16);
  kernel.calls.layZone(colours ?? 0, tint ?? 0, extra ?? 0, own.base, own.mirror, own.extra, rows.cover, end - start);
};

const addZones = (picture: Picture, y: number): void => {
  for (const zone of picture.zones) {
    const [from = 0, to = 0] = [zone.spans[y * 2], zone.spans[y * 2 + 1]];
    if (to <= from) continue;
    if (zone.layers) buildZone(picture, zone, y, from, to);
    else addZone(picture, zone, y, from, to);
  }
};

const addFlatLayers = (picture: Picture, y: number): void => {
  const { kernel, rows, view, flat } = picture;
  const { print } = view;
  if (!print) return;
  for (const layer of flat) {
    const { zone, dye } = layer;
    const span = printedSpan(picture, zone, y);
    if (!span) continue;
    const [from, to] = span;
    warpRow(picture, print, layer.art.levels, layer.filters, y - print.y, rows.texels);
    loadCover(picture, zone, y, from, to);
    const [r, g, b] = zone.colour;
    kernel.calls.addPrint(
      rows.colours + from * 16,
      rows.texels + (from - print.x) * 8,
      rows.cover,
      zone.grained ? rows.grain + from * 3 : 0,
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

const loadPositions = ({ kernel, rows, view: { print } }: Picture, y: number): void => {
  if (!print || y < print.y || y >= print.y + print.height) return;
  const row = y - print.y;
  kernel.bytes.set(bytesOf(print.mm, row * print.stride * 2, print.stride * 2), rows.mm);
  kernel.bytes.set(bytesOf(print.mm, (row + 1) * print.stride * 2, print.stride * 2), rows.below);
};

const paintRow = (picture: Picture, y: number): Uint8Array => {
  const { kernel, rows, view, tinted, rich, printed, cutOut } = picture;
  const { widthPx, shade, gloss, grain } = view;
  const bytes = kernel.bytes;
  bytes.fill(0, rows.colours, rows.colours + widthPx * 16);
  if (tinted) bytes.fill(0, rows.tint, rows.tint + widthPx * 16);
  if (rich) bytes.fill(0, rows.extra, rows.extra + widthPx * 16);
  if (grain) bytes.set(grain.subarray(y * widthPx * 3, (y + 1) * widthPx * 3), rows.grain);
  bytes.set(bytesOf(shade, y * widthPx, widthPx), rows.shade);
  bytes.set(bytesOf(gloss, y * widthPx, widthPx), rows.gloss);
  if (printed) loadPositions(picture, y);
  addZones(picture, y);
  addFlatLayers(picture, y);
  const light = [rows.shade, rows.gloss, widthPx, view.shadeScale, view.glossScale, cutOut ? 1 : 0] as const;
  if (rich) kernel.calls.lightRichRow(rows.out, rows.colours, rows.tint, rows.extra, ...light);
  else kernel.calls.lightRow(rows.out, rows.colours, tinted ? rows.tint : 0, ...light);
  return bytes.subarray(rows.out, rows.out + widthPx * 4);
};

/**
 * Paints the rows `fromRow` up to `toRow` of a picture into the pixels of the whole picture (RGBA, stride widthPx * 4). A row is the same
 * whatever is painted beside it. Lets others have their turn every few rows.
 * @throws the signal's reason once it is aborted
 */
export const paintRows = async (picture: Picture, fromRow: number, toRow: number, into: Uint8Array, signal: AbortSignal): Promise<void> => {
  const { widthPx } = picture.view;
  const band = Math.ceil(BAND_PX / widthPx);
  for (let y = fromRow; y < toRow; y += 1) {
    if ((y - fromRow) % band === 0) await pause(signal);
    into.set(paintRow(picture, y), y * widthPx * 4);
  }
};
