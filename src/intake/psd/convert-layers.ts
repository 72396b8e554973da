import { getLayerImageData, getLayerMaskImageData, type Layer, type PixelData, type Psd } from 'ag-psd';
import { blendOf } from './blend-modes.ts';
import { noteLayer } from './note-layer.ts';
import type { PsdDocument, PsdLayer, PsdMask, PsdNote, PsdPixels, SmartObject, WarpMesh } from './psd-document.ts';

type Notes = PsdNote[];

const eightBits = ({ data }: PixelData): Uint8Array | Uint8ClampedArray => {
  if (data instanceof Uint16Array) return Uint8Array.from(data, (v) => Math.round(v / 257));
  return data instanceof Float32Array ? Uint8Array.from(data, (v) => Math.round(v * 255)) : data;
};

const pixelsOf = (layer: Layer): PsdPixels | null => {
  const data = getLayerImageData(layer);
  return data ? { x: layer.left ?? 0, y: layer.top ?? 0, widthPx: data.width, heightPx: data.height, rgba: eightBits(data) } : null;
};

const maskOf = (layer: Layer): PsdMask | null => {
  const { mask } = layer;
  if (!mask || mask.disabled) return null;
  const data = getLayerMaskImageData(layer);
  const relative = mask.positionRelativeToLayer === true;
  return {
    x: (mask.left ?? 0) + (relative ? (layer.left ?? 0) : 0),
    y: (mask.top ?? 0) + (relative ? (layer.top ?? 0) : 0),
    widthPx: data?.width ?? 0,
    heightPx: data?.height ?? 0,
    rgba: data ? eightBits(data) : new Uint8Array(),
    outside: (mask.defaultColor ?? 255) / 255,
    density: (mask.fromVectorData ? mask.vectorMaskDensity : mask.userMaskDensity) ?? 1,
  };
};

/** Only a colour given as red, green and blue of 0..255 is simple. */
const fillOf = ({ vectorFill }: Layer): PsdLayer['fill'] => {
  if (vectorFill?.type !== 'color' || !('r' in vectorFill.color)) return null;
  const { r, g, b } = vectorFill.color;
  return [r / 255, g / 255, b / 255];
};

const MAX_PATCHES = 50;

const ascends = (slices: readonly number[]): boolean =>
  slices.length >= 2 && slices.length <= MAX_PATCHES && slices.every((v, i) => Number.isFinite(v) && (i === 0 || v > (slices[i - 1] ?? v)));

const meshOf = (layer: Layer): WarpMesh | null => {
  const warp = layer.placedLayer?.warp;
  const envelope = warp?.customEnvelopeWarp;
  const box = warp?.bounds;
  if (warp?.style !== 'custom' || !box || !envelope) return null;
  const bounds = { left: box.left.value, top: box.top.value, right: box.right.value, bottom: box.bottom.value };
  const slices = (given: readonly number[] | undefined, from: number, to: number): readonly number[] =>
    given?.length ? given : [from, to];
  const xs = slices(envelope.quiltSliceX, bounds.left, bounds.right);
  const ys = slices(envelope.quiltSliceY, bounds.top, bounds.bottom);
  const points = envelope.meshPoints;
  const fits = points.length === (3 * xs.length - 2) * (3 * ys.length - 2) && ascends(xs) && ascends(ys);
  const finite = points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return fits && finite && bounds.right > bounds.left && bounds.bottom > bounds.top ? { xs, ys, points, bounds } : null;
};

const distance = (quad: readonly number[], a: number, b: number): number =>
  Math.hypot((quad[a] ?? 0) - (quad[b] ?? 0), (quad[a + 1] ?? 0) - (quad[b + 1] ?? 0));

/** A quad that turns the same way at every corner, none of them on a line. */
const isConvex = (quad: readonly number[]): boolean => {
  const turns = [0, 2, 4, 6].map((i) => {
    const [ax = 0, ay = 0] = [quad[i], quad[i + 1]];
    const [bx = 0, by = 0] = [quad[(i + 2) % 8], quad[(i + 3) % 8]];
    const [cx = 0, cy = 0] = [quad[(i + 4) % 8], quad[(i + 5) % 8]];
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx);
  });
  return turns.every((turn) => turn > 1) || turns.every((turn) => turn < -1);
};

const smartOf = (layer: Layer): SmartObject | null => {
  const placed = layer.placedLayer;
  if (!placed) return null;
  const quad = placed.nonAffineTransform ?? placed.transform;
  if (quad.length !== 8 || !quad.every((v) => Math.abs(v) < 1e6) || !isConvex(quad)) return null;
  const widthPx = placed.width || (distance(quad, 0, 2) + distance(quad, 6, 4)) / 2;
  const heightPx = placed.height || (distance(quad, 0, 6) + distance(quad, 2, 4)) / 2;
  return { quad, widthPx, heightPx, mesh: meshOf(layer) };
};

const convert = (layer: Layer, path: readonly string[], notes: Notes): PsdLayer | null => {
  const name = layer.name ?? '';
  const here = [...path, name];
  const smart = smartOf(layer);
  const pixels = layer.hidden || layer.children ? null : pixelsOf(layer);
  const fill = pixels ? null : fillOf(layer);
  const drawn = noteLayer(layer, { layer: here.join(' / '), smart, drawable: pixels !== null || fill !== null }, notes);
  const blend = layer.blendMode ?? 'normal';
  if (!drawn || (blend !== 'pass through' && !blendOf(blend))) return null;
  const flat = layer.vectorFill?.type === 'color' && pixels === null;
  return {
    name,
    blend,
    opacity: (layer.opacity ?? 1) * (layer.fillOpacity ?? 1),
    clipped: layer.clipping === true,
    mask: maskOf(layer),
    pixels,
    fill: flat ? fill : null,
    smart,
    children: layer.children ? convertAll(layer.children, here, notes) : null,
  };
};

/** A layer that is left out takes those clipped to it along, as hiding it would. */
const convertAll = (layers: readonly Layer[], path: readonly string[], notes: Notes): readonly PsdLayer[] => {
  const kept: PsdLayer[] = [];
  let baseKept = true;
  for (const layer of layers) {
    const converted = convert(layer, path, notes);
    const clipped = layer.clipping === true;
    if (!clipped) baseKept = converted !== null;
    if (converted && (baseKept || !clipped)) kept.push(converted);
    else if (converted)
      notes.push({
        severity: 'warning',
        code: 'psd.clip-base',
        layer: [...path, layer.name ?? ''].join(' / '),
        message: 'left out: the layer it is clipped to is left out',
      });
  }
  return kept;
};

/** The parser's layers as plain data, with the pixels of those that show. */
export const convertLayers = (psd: Psd): { readonly document: PsdDocument; readonly notes: readonly PsdNote[] } => {
  const notes: Notes = [];
  if (psd.bitsPerChannel === 16)
    notes.push({ severity: 'info', code: 'psd.depth', layer: '', message: '16 bits a channel were rounded to 8' });
  if (psd.artboards) notes.push({ severity: 'warning', code: 'psd.artboards', layer: '', message: 'artboards are read as plain groups' });
  const layers = convertAll(psd.children ?? [], [], notes);
  return { document: { widthPx: psd.width, heightPx: psd.height, layers }, notes };
};
