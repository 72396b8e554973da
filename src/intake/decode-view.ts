import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { Problem } from '../model/problem.ts';
import { NO_POSITION, type PositionMap, type Probe, type ProductView, type View } from '../model/view.ts';
import { growPositions } from './grow-positions.ts';

const MAX_PIXELS = 64_000_000;
/** Samples that positions are continued beyond the edge of what the map knows: enough for every filter tap of an edge pixel. */
const GROWN_SAMPLES = 2;

const VALID = 32_768;

type Plane = { readonly widthPx: number; readonly heightPx: number; readonly channels: number; readonly data: Uint8Array };

/** The map files of a view, each once, in the order of the record. */
export const filesOfView = ({ maps }: View): readonly string[] => [
  maps.positions.file,
  maps.shade.file,
  maps.gloss.file,
  ...maps.zones.map(({ file }) => file),
  ...(maps.grain ? [maps.grain.file] : []),
  ...(maps.normal ? [maps.normal.file] : []),
  ...(maps.reflections ? [maps.reflections.metal.file, maps.reflections.matt.file] : []),
  ...(maps.surface ? [maps.surface.file] : []),
];

const bytesOf = (files: ReadonlyMap<string, Uint8Array>, file: string): Uint8Array => {
  const bytes = files.get(file);
  if (!bytes) throw new Problem('view.map-missing', `expected a map file for the view, got no ${file}`);
  return bytes;
};

const decode = async (files: ReadonlyMap<string, Uint8Array>, file: string, deep: boolean): Promise<Plane> => {
  const bytes = bytesOf(files, file);
  try {
    const picture = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS });
    const raw = deep ? picture.toColourspace('rgb16').raw({ depth: 'ushort' }) : picture.toColourspace('srgb').raw();
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, channels: info.channels, data };
  } catch (cause) {
    throw new Problem('view.map-corrupt', `expected a readable picture for ${file}, got one that does not decode`, { cause });
  }
};

const sizeProblem = (file: string, plane: Plane, widthPx: number, heightPx: number): Problem =>
  new Problem(
    'view.map-size',
    `expected ${widthPx} x ${heightPx} px for ${file}, got ${plane.widthPx} x ${plane.heightPx} px with ${plane.channels} channels`,
  );

/** A map of the picture's own size, with at least `channels` channels. */
const fullPlane = async (record: View, files: ReadonlyMap<string, Uint8Array>, file: string, channels: 1 | 3): Promise<Plane> => {
  const plane = await decode(files, file, false);
  const { widthPx, heightPx } = record;
  if (plane.widthPx !== widthPx || plane.heightPx !== heightPx || plane.channels < channels)
    throw sizeProblem(file, plane, widthPx, heightPx);
  return plane;
};

const channelOf = ({ data, channels, widthPx, heightPx }: Plane, channel: number): Uint8Array => {
  const out = new Uint8Array(widthPx * heightPx);
  for (let i = 0, at = channel; i < out.length; i += 1, at += channels) out[i] = data[at] ?? 0;
  return out;
};

const rgbOf = ({ data, channels, widthPx, heightPx }: Plane): Uint8Array => {
  if (channels === 3) return data;
  return Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, i) => data[Math.floor(i / 3) * channels + (i % 3)] ?? 0);
};

const decodePositions = async (
  record: View,
  files: ReadonlyMap<string, Uint8Array>,
  { file, step, offset, u, v }: View['maps']['positions'],
): Promise<PositionMap> => {
  const plane = await decode(files, file, true);
  const samplesOf = (size: number, first: number): number => Math.floor((size - 1 - first) / step) + 1;
  const [widthPx, heightPx] = [samplesOf(record.widthPx, offset[0]), samplesOf(record.heightPx, offset[1])];
  if (plane.widthPx !== widthPx || plane.heightPx !== heightPx || plane.channels < 3) throw sizeProblem(file, plane, widthPx, heightPx);
  const samples = new Uint16Array(plane.data.buffer, plane.data.byteOffset, plane.data.byteLength >> 1);
  const mm = new Float32Array(widthPx * heightPx * 2).fill(NO_POSITION);
  for (let i = 0, at = 0; i < mm.length; i += 2, at += plane.channels) {
    const [across = 0, down = 0, valid = 0] = [samples[at], samples[at + 1], samples[at + 2]];
    // A value at the end of the range is a position outside it, held there.
    if (valid < VALID || across === 0 || across === 65535 || down === 0 || down === 65535) continue;
    mm[i] = u.from + (across / 65535) * (u.to - u.from);
    mm[i + 1] = v.from + (down / 65535) * (v.to - v.from);
  }
  return growPositions({ widthPx, heightPx, mm }, GROWN_SAMPLES);
};

const zoneCoverage = async (record: View, files: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, Uint8Array>> => {
  const coverage = new Map<string, Uint8Array>();
  const rest = new Uint8Array(record.widthPx * record.heightPx).fill(255);
  for (const { file, zones } of record.maps.zones) {
    const plane = await fullPlane(record, files, file, 3);
    zones.forEach((zone, channel) => {
      const own = channelOf(plane, channel);
      for (let i = 0; i < own.length; i += 1) rest[i] = Math.max(0, (rest[i] ?? 0) - (own[i] ?? 0));
      coverage.set(zone, own);
    });
  }
  return coverage.set(record.background, rest);
};

const MAX_PROBE_PX = 512;

const decodeProbe = async (files: ReadonlyMap<string, Uint8Array>, { file, max }: View['maps']['shade']): Promise<Probe> => {
  const plane = await decode(files, file, false);
  const { widthPx, heightPx } = plane;
  if (widthPx !== heightPx || widthPx < 16 || widthPx > MAX_PROBE_PX)
    throw new Problem('view.map-size', `expected a square of 16 to ${MAX_PROBE_PX} px for ${file}, got ${widthPx} x ${heightPx} px`);
  return { sizePx: widthPx, rgb: rgbOf(plane), max };
};

const digestOf = (record: View, files: ReadonlyMap<string, Uint8Array>): string => {
  const hash = createHash('sha256').update(JSON.stringify(record));
  for (const file of filesOfView(record)) hash.update(file).update(bytesOf(files, file));
  return hash.digest('hex');
};

/**
 * Decodes the maps of a view. Takes about ten bytes a pixel and zone.
 * @param files - by the names in the record, all of `filesOfView`
 * @throws Problem `view.map-missing`, `view.map-corrupt` or `view.map-size`
 */
export const decodeView = async (record: View, files: ReadonlyMap<string, Uint8Array>): Promise<ProductView> => {
  const { shade, gloss, grain, normal, reflections, surface } = record.maps;
  return {
    record,
    positions: await decodePositions(record, files, record.maps.positions),
    shade: channelOf(await fullPlane(record, files, shade.file, 1), 0),
    gloss: channelOf(await fullPlane(record, files, gloss.file, 1), 0),
    coverage: await zoneCoverage(record, files),
    grain: grain ? rgbOf(await fullPlane(record, files, grain.file, 3)) : null,
    normal: normal ? rgbOf(await fullPlane(record, files, normal.file, 3)) : null,
    reflections: reflections
      ? { metal: await decodeProbe(files, reflections.metal), matt: await decodeProbe(files, reflections.matt) }
      : null,
    surface: surface ? await decodePositions(record, files, surface) : null,
    digest: digestOf(record, files),
  };
};
