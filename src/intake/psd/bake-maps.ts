import sharp, { type Sharp } from 'sharp';
import { fromLinear } from './light-curve.ts';
import type { Measured } from './measure-light.ts';
import { spreadKnown } from './spread-known.ts';

/** A zone's coverage, 0..1 a pixel, and its linear colour. */
export type BakedZone = {
  readonly id: string;
  readonly cover: Float32Array;
  readonly light: readonly [number, number, number];
  /** Its colour may be another one: the grain on it must then be good for all colours. */
  readonly recoloured: boolean;
};

export type Light = { readonly plane: Uint8Array; readonly max: number };

/** The maps of a view, in the encodings of the view record. */
export type BakedMaps = {
  readonly shade: Light;
  readonly gloss: Light;
  /** RGB. */
  readonly grain: Light;
  /** RGB, one zone a channel, in the order the zones were given. */
  readonly zones: readonly Uint8Array[];
};

/** Maxima that maps are stored with: the smallest that holds them. */
const LADDER = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 32, 64];
/** A surface more than this many times as bright as its zone's colour is held there. */
const GRAIN_LIMIT = 16;
const LEAST_COLOUR = 0.02;

const maximumOf = (plane: Float32Array, limit: number): number => {
  let most = 0;
  for (const v of plane) most = Math.max(most, v);
  return LADDER.find((step) => step >= Math.min(limit, most)) ?? limit;
};

/** 255 * sqrt(light / max), as maps of light are stored. */
const encode = (plane: Float32Array, limit: number): Light => {
  const max = maximumOf(plane, limit);
  return { max, plane: Uint8Array.from(plane, (v) => Math.round(255 * Math.sqrt(Math.min(1, Math.max(0, v / max))))) };
};

const decodeAt = ({ plane, max }: Light, i: number): number => ((plane[i] ?? 0) / 255) ** 2 * max;

const brightest = (bare: Float32Array, i: number): number => Math.max(bare[i * 3] ?? 0, bare[i * 3 + 1] ?? 0, bare[i * 3 + 2] ?? 0);
const darkest = (bare: Float32Array, i: number): number => Math.min(bare[i * 3] ?? 0, bare[i * 3 + 1] ?? 0, bare[i * 3 + 2] ?? 0);

/** The fitted light, continued over the picture, and held where the picture without print would need the impossible. */
const lightEverywhere = ({ shade, gloss, known, bare, widthPx, heightPx }: Measured): { shade: Float32Array; gloss: Float32Array } => {
  if (!known.some((share) => share > 0)) return { shade: shade.map(() => 1), gloss };
  const wide = (plane: Float32Array): Float32Array => spreadKnown(plane, known, widthPx, heightPx);
  return {
    shade: wide(shade).map((v, i) => Math.max(v, brightest(bare, i) / GRAIN_LIMIT, 1e-3)),
    gloss: wide(gloss).map((v, i) => Math.min(v, darkest(bare, i))),
  };
};

/** How far the grain of a zone that may be recoloured leaves grey: a dim channel says little about its pattern. */
const GRAIN_HUE = 1.06;

/** What zone colours must be multiplied by so that the picture without print is the layered one. */
const grainOf = ({ bare, alpha }: Measured, zones: readonly BakedZone[], shade: Light, gloss: Light): Float32Array => {
  const grain = new Float32Array(bare.length);
  const free = zones.filter(({ recoloured }) => recoloured);
  const held = (v: number): number => Math.min(GRAIN_LIMIT, Math.max(0, v));
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    const shadow = decodeAt(shade, pixel);
    const shine = decodeAt(gloss, pixel);
    let [sumWanted, sumColour] = [0, 0];
    for (let c = 0; c < 3; c += 1) {
      const colour = zones.reduce((sum, { cover, light }) => sum + (cover[pixel] ?? 0) * (light[c] ?? 0), 0);
      const wanted = shadow > 0 ? ((bare[pixel * 3 + c] ?? 0) - shine) / shadow - (1 - (alpha[pixel] ?? 0)) : 0;
      grain[pixel * 3 + c] = held(wanted / Math.max(colour, LEAST_COLOUR));
      sumWanted += wanted;
      sumColour += colour;
    }
    if (free.reduce((sum, { cover }) => sum + (cover[pixel] ?? 0), 0) < 0.5) continue;
    const grey = held(sumWanted / Math.max(sumColour, LEAST_COLOUR));
    for (let i = pixel * 3; i < pixel * 3 + 3; i += 1) grain[i] = Math.min(grey * GRAIN_HUE, Math.max(grey / GRAIN_HUE, grain[i] ?? 0));
  }
  return grain;
};

/** Zones in bytes, three to a picture. Each ends where the sum so far does, so that rounding never opens a gap. */
const packZones = (zones: readonly BakedZone[], size: number): readonly Uint8Array[] => {
  const pictures = Array.from({ length: Math.ceil(zones.length / 3) }, () => new Uint8Array(size * 3));
  const sums = new Float32Array(size);
  zones.forEach(({ cover }, index) => {
    const picture = pictures[Math.floor(index / 3)];
    if (!picture) return;
    for (let i = 0; i < size; i += 1) {
      const before = sums[i] ?? 0;
      const after = Math.min(1, before + Math.max(0, cover[i] ?? 0));
      sums[i] = after;
      picture[i * 3 + (index % 3)] = Math.round(after * 255) - Math.round(before * 255);
    }
  });
  return pictures;
};

export const bakeMaps = (measured: Measured, zones: readonly BakedZone[]): BakedMaps => {
  const light = lightEverywhere(measured);
  const shade = encode(light.shade, 64);
  const gloss = encode(light.gloss, 64);
  const grain = encode(grainOf(measured, zones, shade, gloss), GRAIN_LIMIT);
  return { shade, gloss, grain, zones: packZones(zones, measured.alpha.length) };
};

/** Grain of larger pictures is stored with loss: exact it would weigh more than all other maps together. */
const EXACT_PIXELS = 1_000_000;

const picture = (plane: Uint8Array, widthPx: number, heightPx: number, channels: 1 | 3): Sharp =>
  sharp(plane, { raw: { width: widthPx, height: heightPx, channels } });

export const exactWebp = (plane: Uint8Array, widthPx: number, heightPx: number, channels: 1 | 3): Promise<Uint8Array> =>
  picture(plane, widthPx, heightPx, channels).webp({ lossless: true, effort: 4 }).toBuffer();

export const grainWebp = (plane: Uint8Array, widthPx: number, heightPx: number): Promise<Uint8Array> =>
  widthPx * heightPx <= EXACT_PIXELS
    ? exactWebp(plane, widthPx, heightPx, 3)
    : picture(plane, widthPx, heightPx, 3).webp({ quality: 95, smartSubsample: true, effort: 4 }).toBuffer();

/** The picture without print as people see it, at most `sidePx` a side. */
export const bareWebp = ({ bare, widthPx, heightPx }: Measured, sidePx: number): Promise<Uint8Array> =>
  picture(
    Uint8Array.from(bare, (v) => Math.round(fromLinear(v) * 255)),
    widthPx,
    heightPx,
    3,
  )
    .resize(sidePx, sidePx, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 88, effort: 4 })
    .toBuffer();
