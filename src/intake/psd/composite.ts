import { blendOf } from './blend-modes.ts';
import type { PsdLayer, PsdMask } from './psd-document.ts';

/** What stands in for a layer's own pixels: a flat colour on a surface, whose share of the result is counted. */
export type Probe = {
  /** 0..1 encoded, for red, green and blue; null leaves the layer out. */
  readonly colour: readonly [number, number, number] | null;
  /** Where it lies, 0..1 at a picture pixel. */
  readonly coverAt: (x: number, y: number) => number;
  /** Index of its share. */
  readonly index: number;
};

/** A strip of rows: premultiplied r, g, b and alpha, and each probe's share of the pixel. */
export type Strip = {
  readonly widthPx: number;
  readonly y: number;
  readonly rows: number;
  readonly rgba: Float32Array;
  readonly shares: Float32Array;
};

/** What stays the same while layers are laid over each other. */
type Job = { readonly widthPx: number; readonly probes: ReadonlyMap<PsdLayer, Probe>; readonly count: number };

const emptyStrip = ({ widthPx, count }: Job, y: number, rows: number): Strip => ({
  widthPx,
  y,
  rows,
  rgba: new Float32Array(widthPx * rows * 4),
  shares: new Float32Array(widthPx * rows * count),
});

const maskAt = (mask: PsdMask, x: number, y: number): number => {
  const [column, row] = [x - mask.x, y - mask.y];
  const inside = column >= 0 && row >= 0 && column < mask.widthPx && row < mask.heightPx;
  const value = inside ? (mask.rgba[(row * mask.widthPx + column) * 4] ?? 0) / 255 : mask.outside;
  return 1 - mask.density * (1 - value);
};

/** Fills a strip with a layer by itself, without its opacity and mask. */
const drawLayer = (job: Job, layer: PsdLayer, y0: number, rows: number): Strip => {
  if (layer.children) return drawLayers(job, layer.children, emptyStrip(job, y0, rows));
  const strip = emptyStrip(job, y0, rows);
  const probe = job.probes.get(layer);
  if (probe) drawProbe(strip, probe, job.count);
  else if (layer.fill) drawFill(strip, layer.fill);
  else drawPixels(strip, layer);
  return strip;
};

const drawProbe = ({ widthPx, y: y0, rows, rgba, shares }: Strip, { colour, coverAt, index }: Probe, count: number): void => {
  if (!colour) return;
  for (let y = 0, i = 0; y < rows; y += 1) {
    for (let x = 0; x < widthPx; x += 1, i += 1) {
      const cover = coverAt(x, y0 + y);
      if (cover === 0) continue;
      for (let c = 0; c < 3; c += 1) rgba[i * 4 + c] = (colour[c] ?? 0) * cover;
      rgba[i * 4 + 3] = cover;
      shares[i * count + index] = cover;
    }
  }
};

const drawFill = ({ rgba }: Strip, [r, g, b]: readonly [number, number, number]): void => {
  for (let i = 0; i < rgba.length; i += 4) {
    rgba[i] = r;
    rgba[i + 1] = g;
    rgba[i + 2] = b;
    rgba[i + 3] = 1;
  }
};

const drawPixels = ({ widthPx, y: y0, rows, rgba }: Strip, { pixels }: PsdLayer): void => {
  if (!pixels) return;
  const [left, right] = [Math.max(0, pixels.x), Math.min(widthPx, pixels.x + pixels.widthPx)];
  const [top, bottom] = [Math.max(y0, pixels.y), Math.min(y0 + rows, pixels.y + pixels.heightPx)];
  for (let y = top; y < bottom; y += 1) {
    let from = ((y - pixels.y) * pixels.widthPx + left - pixels.x) * 4;
    let to = ((y - y0) * widthPx + left) * 4;
    for (let x = left; x < right; x += 1, from += 4, to += 4) {
      const alpha = (pixels.rgba[from + 3] ?? 0) / 255;
      for (let c = 0; c < 3; c += 1) rgba[to + c] = ((pixels.rgba[from + c] ?? 0) / 255) * alpha;
      rgba[to + 3] = alpha;
    }
  }
};

/** Weight of a layer at each pixel of a strip by its opacity and mask. */
const weigh = (layer: PsdLayer, { widthPx, y: y0, rows }: Strip): Float32Array => {
  const weight = new Float32Array(widthPx * rows).fill(layer.opacity);
  const { mask } = layer;
  if (!mask) return weight;
  for (let i = 0; i < weight.length; i += 1) weight[i] = layer.opacity * maskAt(mask, i % widthPx, y0 + Math.floor(i / widthPx));
  return weight;
};

/**
 * Lays `above` over `below` in place. `within` keeps the alpha of what is below, as a clipped layer does.
 * Blending: PDF 2.0, 11.3.6, on encoded values as picture editors do.
 */
const lay = (below: Strip, above: Strip, weight: Float32Array, mode: string, count: number, within: boolean): void => {
  const blend = blendOf(mode);
  if (!blend) return;
  const covers = mode === 'normal';
  for (let i = 0; i < weight.length; i += 1) {
    const at = i * 4;
    const own = above.rgba[at + 3] ?? 0;
    const base = below.rgba[at + 3] ?? 0;
    const w = weight[i] ?? 0;
    const alpha = own * w;
    if (alpha === 0 || (within && base === 0)) continue;
    const kept = within ? base : base + alpha - base * alpha;
    for (let c = at; c < at + 3; c += 1) {
      const source = above.rgba[c] ?? 0;
      const under = below.rgba[c] ?? 0;
      const mixed = covers || base === 0 ? source : own * blend(Math.min(1, under / base), source / own);
      below.rgba[c] = w * ((within ? 0 : 1 - base) * source + base * mixed) + (1 - alpha) * under;
    }
    below.rgba[at + 3] = kept;
    let claimed = 0;
    for (let k = i * count; k < (i + 1) * count; k += 1) claimed += (above.shares[k] ?? 0) * w;
    const left = 1 - (covers ? alpha : claimed);
    const room = within ? base : 1;
    for (let k = i * count; k < (i + 1) * count; k += 1)
      below.shares[k] = (below.shares[k] ?? 0) * left + (above.shares[k] ?? 0) * w * room;
  }
};

/** A group without a surface of its own: its layers go straight onto what is below, then opacity and mask take part of that back. */
const layThrough = (job: Job, group: PsdLayer, below: Strip): void => {
  const before = { rgba: below.rgba.slice(), shares: below.shares.slice() };
  const weight = weigh(group, below);
  drawLayers(job, group.children ?? [], below);
  if (group.opacity === 1 && !group.mask) return;
  const mix = (plane: Float32Array, old: Float32Array, channels: number): void => {
    for (let i = 0; i < plane.length; i += 1) {
      const w = weight[Math.floor(i / channels)] ?? 0;
      plane[i] = (old[i] ?? 0) * (1 - w) + (plane[i] ?? 0) * w;
    }
  };
  mix(below.rgba, before.rgba, 4);
  if (job.count > 0) mix(below.shares, before.shares, job.count);
};

const drawLayers = (job: Job, layers: readonly PsdLayer[], onto: Strip): Strip => {
  for (let i = 0; i < layers.length; i += 1) {
    const layer = layers[i];
    if (!layer) continue;
    let next = i + 1;
    while (layers[next]?.clipped) next += 1;
    const clipped = layers.slice(i + 1, next);
    i = next - 1;
    if (layer.children && layer.blend === 'pass through' && clipped.length === 0) {
      layThrough(job, layer, onto);
      continue;
    }
    const drawn = drawLayer(job, layer, onto.y, onto.rows);
    for (const one of clipped) {
      const above = drawLayer(job, one, onto.y, onto.rows);
      lay(drawn, above, weigh(one, drawn), one.blend === 'pass through' ? 'normal' : one.blend, job.count, true);
    }
    lay(onto, drawn, weigh(layer, drawn), layer.blend === 'pass through' ? 'normal' : layer.blend, job.count, false);
  }
  return onto;
};

/**
 * Lays layers (from the bottom up) over each other on nothing, rows `y` to `y + rows`.
 * @param probes - stand-ins for some of the layers
 * @param count - one more than the highest index of a probe
 */
export const compositeStrip = (
  layers: readonly PsdLayer[],
  widthPx: number,
  y: number,
  rows: number,
  probes: ReadonlyMap<PsdLayer, Probe>,
  count: number,
): Strip => {
  const job = { widthPx, probes, count };
  return drawLayers(job, layers, emptyStrip(job, y, rows));
};
