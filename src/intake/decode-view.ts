import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import { isProblem, Problem } from '../model/problem.ts';
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

const mapMissing = (file: string): Problem => new Problem('view.map-missing', `expected a map file ${file}, got none`);

const bytesOf = (files: ReadonlyMap<string, Uint8Array>, file: string): Uint8Array => {
  const bytes = files.get(file);
  if (!bytes) throw mapMissing(file);
  return bytes;
};

/**
 * What a file must be. Other kinds of file do decode, but to something else: eight bits of position are some millimetres, and colours
 * under an alpha channel are anything.
 */
const requireKind = ({ format, depth, hasAlpha, channels }: Metadata, file: string, deep: boolean): void => {
  const [wanted, bits] = deep ? (['png', 'ushort'] as const) : (['webp', 'uchar'] as const);
  if (format === wanted && depth === bits && !hasAlpha && (!deep || channels === 3)) return;
  const sort = `${format}, ${depth === 'ushort' ? 16 : 8} bit, ${channels} channels`;
  throw new Problem(
    'view.map-kind',
    `expected ${deep ? 'a PNG of 16 bit with 3 channels' : 'a WebP without alpha'} for ${file}, got ${sort}${hasAlpha ? ' with alpha' : ''}`,
  );
};

const decode = async (files: ReadonlyMap<string, Uint8Array>, file: string, deep: boolean): Promise<Plane> => {
  const bytes = bytesOf(files, file);
  try {
    const picture = sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS });
    requireKind(await picture.metadata(), file, deep);
    const raw = deep ? picture.toColourspace('rgb16').raw({ depth: 'ushort' }) : picture.toColourspace('srgb').raw();
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    return { widthPx: info.width, heightPx: info.height, channels: info.channels, data };
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
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
  if (mm.every((value) => value === NO_POSITION))
    throw new Problem('view.map-empty', `expected a valid position somewhere in ${file}, got none`);
  return growPositions({ widthPx, heightPx, mm }, GROWN_SAMPLES);
};

const zoneCoverage = (record: View, planes: readonly Plane[]): ReadonlyMap<string, Uint8Array> => {
  const coverage = new Map<string, Uint8Array>();
  const rest = new Uint8Array(record.widthPx * record.heightPx).fill(255);
  for (const [i, { zones }] of record.maps.zones.entries()) {
    const plane = planes[i];
    if (!plane) continue;
    zones.forEach((zone, channel) => {
      const own = channelOf(plane, channel);
      for (let at = 0; at < own.length; at += 1) rest[at] = Math.max(0, (rest[at] ?? 0) - (own[at] ?? 0));
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

/** Runs loads one after the other and keeps what is wrong with each. */
class Loading {
  readonly problems: Problem[] = [];

  async one<V>(load: () => Promise<V>): Promise<V | undefined> {
    try {
      return await load();
    } catch (error) {
      if (!isProblem(error)) throw error;
      this.problems.push(error);
      return undefined;
    }
  }

  /** @throws Problem with the messages of all */
  check(): void {
    const [first, ...others] = this.problems;
    if (!first) return;
    if (others.length === 0) throw first;
    throw new Problem(first.code, this.problems.map(({ message }) => message).join('; '), { cause: first });
  }
}

/**
 * Decodes the maps of a view. Takes about ten bytes a pixel and zone.
 * @param files - by the names in the record; those that are not there are told
 * @throws Problem `view.map-missing`, `view.map-corrupt`, `view.map-kind`, `view.map-size` or `view.map-empty`, with all that is wrong with any of them
 */
export const decodeView = async (record: View, files: ReadonlyMap<string, Uint8Array>): Promise<ProductView> => {
  const { maps } = record;
  const loading = new Loading();
  const full = (file: string, channels: 1 | 3): Promise<Plane | undefined> => loading.one(() => fullPlane(record, files, file, channels));
  const optional = async <M, V>(map: M | undefined, load: (map: M) => Promise<V | undefined>): Promise<V | undefined> =>
    map === undefined ? undefined : load(map);
  const positions = await loading.one(() => decodePositions(record, files, maps.positions));
  const shade = await full(maps.shade.file, 1);
  const gloss = await full(maps.gloss.file, 1);
  const zones: (Plane | undefined)[] = [];
  for (const { file } of maps.zones) zones.push(await full(file, 3));
  const grain = await optional(maps.grain, ({ file }) => full(file, 3));
  const normal = await optional(maps.normal, ({ file }) => full(file, 3));
  const metal = await optional(maps.reflections, (probes) => loading.one(() => decodeProbe(files, probes.metal)));
  const matt = await optional(maps.reflections, (probes) => loading.one(() => decodeProbe(files, probes.matt)));
  const surface = await optional(maps.surface, (map) => loading.one(() => decodePositions(record, files, map)));
  loading.check();
  if (!positions || !shade || !gloss) throw mapMissing(maps.positions.file);
  return {
    record,
    positions,
    shade: channelOf(shade, 0),
    gloss: channelOf(gloss, 0),
    coverage: zoneCoverage(
      record,
      zones.flatMap((plane) => plane ?? []),
    ),
    grain: grain ? rgbOf(grain) : null,
    normal: normal ? rgbOf(normal) : null,
    reflections: metal && matt ? { metal, matt } : null,
    surface: surface ?? null,
    digest: digestOf(record, files),
  };
};
