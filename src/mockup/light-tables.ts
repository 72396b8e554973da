import type { Probe, ProductView } from '../model/view.ts';
import { boxBlur } from './box-blur.ts';

/** Cells a side of a table, as the kernel reads them. */
const TABLE = 96;
/** Beyond this share of the radius the picture of a ball is its edge, not its light. */
const RIM = 0.97;
/** How rough the metal balls are that probes show. */
const PROBE_ROUGHNESS = 0.2;
/** How far light is spread (share of the ball's radius) on a surface of roughness 1. */
const SPREAD = 0.42;
/** The spread of what a satin article mirrors, leather or lacquer. */
const SATIN = 0.3;

export type Direction = readonly [number, number, number];

/** What a view's surroundings send to a surface, by the direction it faces: TABLE x TABLE cells that a ball fills. */
export type LightTables = {
  /** Scattered by a matt white ball: one number a cell. */
  readonly matt: Float32Array;
  /** Mirrored by a satin one: one number a cell. */
  readonly soft: Float32Array;
  /** Mirrored by metal or by a clear coat of a roughness: red, green, blue and 0 a cell. */
  readonly mirrored: (roughness: number, by: 'metal' | 'coat') => Float32Array;
  /** To the main light, of length 1. */
  readonly towards: Direction;
};

type Light = readonly [number, number, number];

/** One plane per channel over the table, from light by direction; what lies beyond the ball continues its rim. */
const fill = (lightAt: (x: number, y: number) => Light): readonly Float32Array[] => {
  const planes = [0, 1, 2].map(() => new Float32Array(TABLE * TABLE));
  for (let i = 0; i < TABLE * TABLE; i += 1) {
    const x = (((i % TABLE) + 0.5) / TABLE) * 2 - 1;
    const y = 1 - ((Math.floor(i / TABLE) + 0.5) / TABLE) * 2;
    const inside = Math.min(1, RIM / Math.max(1e-6, Math.hypot(x, y)));
    lightAt(x * inside, y * inside).forEach((light, c) => {
      const plane = planes[c];
      if (plane) plane[i] = light;
    });
  }
  return planes;
};

/** Light of a probe around a direction, averaged over what one cell of the table spans. */
const probeAt =
  ({ sizePx, rgb, max }: Probe) =>
  (x: number, y: number): Light => {
    const reach = sizePx / TABLE / 2;
    const span = (centre: number): readonly [number, number] => [
      Math.max(0, Math.floor(centre - reach)),
      Math.min(sizePx - 1, Math.max(0, Math.ceil(centre + reach) - 1)),
    ];
    const [x0, x1] = span(((x + 1) / 2) * sizePx);
    const [y0, y1] = span(((1 - y) / 2) * sizePx);
    const sum = [0, 0, 0];
    for (let row = y0; row <= y1; row += 1)
      for (let column = x0; column <= x1; column += 1)
        for (const c of [0, 1, 2]) sum[c] = (sum[c] ?? 0) + (rgb[(row * sizePx + column) * 3 + c] ?? 0) ** 2;
    const scale = max / (255 * 255) / ((y1 - y0 + 1) * (x1 - x0 + 1));
    return [(sum[0] ?? 0) * scale, (sum[1] ?? 0) * scale, (sum[2] ?? 0) * scale];
  };

/** Three box blurs come close to a bell curve of `spread` shares of the radius; the rim is repeated outwards first. */
const spreadOut = (plane: Float32Array, spread: number): Float32Array => {
  const radius = Math.round((spread * TABLE) / 2);
  if (radius < 1) return plane;
  const margin = 3 * radius + 1;
  const wide = TABLE + 2 * margin;
  let padded: Float32Array = new Float32Array(wide * wide);
  const inTable = (i: number): number => Math.max(0, Math.min(TABLE - 1, i - margin));
  for (let y = 0; y < wide; y += 1) for (let x = 0; x < wide; x += 1) padded[y * wide + x] = plane[inTable(y) * TABLE + inTable(x)] ?? 0;
  for (let pass = 0; pass < 3; pass += 1) padded = boxBlur(padded, wide, radius);
  const out = new Float32Array(TABLE * TABLE);
  for (let y = 0; y < TABLE; y += 1)
    out.set(padded.subarray((y + margin) * wide + margin, (y + margin) * wide + margin + TABLE), y * TABLE);
  return out;
};

const luminance = ([r, g, b]: readonly Float32Array[]): Float32Array =>
  Float32Array.from(r ?? [], (v, i) => 0.2126 * v + 0.7152 * (g?.[i] ?? 0) + 0.0722 * (b?.[i] ?? 0));

const smoothstep = (from: number, to: number, v: number): number => {
  const t = Math.max(0, Math.min(1, (v - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

const unit = (x: number, y: number, z: number): Direction => {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
};

/** The main light of the studio that views without probes stand in: like theirs, at the upper left. */
const KEY = unit(-0.5, 0.55, 0.67);

/** Cosine between what a direction mirrors to the viewer and the main light of the studio. */
const towardsKey = (nx: number, ny: number): number => {
  const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
  return 2 * nz * (nx * KEY[0] + ny * KEY[1]) + (2 * nz * nz - 1) * KEY[2];
};

/**
 * A photographer's studio as polished metal sees it: a large softbox at the upper left, a narrow one at the right, a pale ceiling, a dark
 * floor, and a grey room behind the camera that gets lighter towards the softbox. `room` is how bright it is: metal wants to see something, a
 * clear coat shows its lamps best in a dark one.
 */
const studio =
  (room: number) =>
  (nx: number, ny: number): Light => {
    const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
    const [x, y] = [2 * nz * nx, 2 * nz * ny];
    const towards = towardsKey(nx, ny);
    const walls = 0.1 + 0.22 * smoothstep(-0.8, 0.9, y) + 0.62 * smoothstep(0.42, 0.97, towards);
    const box = 1.7 * smoothstep(0.8, 0.93, towards);
    const strip =
      0.7 * smoothstep(0.62, 0.78, x) * (1 - smoothstep(0.9, 0.98, x)) * smoothstep(-0.5, -0.2, y) * (1 - smoothstep(0.45, 0.75, y));
    const light = room * walls + box + strip;
    return [light, light, light];
  };

const studioMatt = (nx: number, ny: number): Light => {
  const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
  const facing = (x: number, y: number, z: number): number => 0.34 + 0.1 * y + 0.82 * Math.max(0, x * KEY[0] + y * KEY[1] + z * KEY[2]);
  const light = (0.8 * facing(nx, ny, nz)) / facing(0, 0, 1);
  return [light, light, light];
};

/** Where a matt ball is brightest. */
const brightest = (matt: Float32Array): Direction => {
  let most = 0;
  for (const v of matt) most = Math.max(most, v);
  const sum = [0, 0, 0];
  for (let i = 0; i < matt.length; i += 1) {
    const x = (((i % TABLE) + 0.5) / TABLE) * 2 - 1;
    const y = 1 - ((Math.floor(i / TABLE) + 0.5) / TABLE) * 2;
    const away = x * x + y * y;
    if (away > 0.9) continue;
    const weight = ((matt[i] ?? 0) / Math.max(most, 1e-6)) ** 16;
    [x, y, Math.sqrt(1 - away)].forEach((part, c) => {
      sum[c] = (sum[c] ?? 0) + part * weight;
    });
  }
  return unit(sum[0] ?? 0, sum[1] ?? 0, Math.max(0.05, sum[2] ?? 0));
};

const interleave = ([r, g, b]: readonly Float32Array[]): Float32Array => {
  const out = new Float32Array(TABLE * TABLE * 4);
  for (let i = 0; i < TABLE * TABLE; i += 1) out.set([r?.[i] ?? 0, g?.[i] ?? 0, b?.[i] ?? 0], i * 4);
  return out;
};

/**
 * A photographer who finds that foil mirrors nothing but a dark room holds up a card beside the softbox. It shows only where the room is darker
 * than it, and falls off evenly away from the light, so that waves and edges of the foil show.
 */
const withCard = (planes: readonly Float32Array[]): readonly Float32Array[] => {
  const seen = luminance(planes);
  const card = luminance(
    fill((nx, ny) => {
      const light = 0.14 + 0.5 * smoothstep(0.36, 0.95, towardsKey(nx, ny));
      return [light, light, light];
    }),
  );
  return planes.map((plane) => plane.map((v, i) => v + 0.7 * Math.max(0, (card[i] ?? 0) - (seen[i] ?? 0))));
};

/** How bright the studio's room is for clear coats. */
const DARKENED = 0.7;

/** The light of a view, from its probes or of a studio that is the same everywhere. */
export const lightTablesOf = (reflections: ProductView['reflections']): LightTables => {
  const coat = fill(reflections ? probeAt(reflections.metal) : studio(DARKENED));
  const metal = reflections ? withCard(coat) : fill(studio(1));
  const matt = luminance(fill(reflections ? probeAt(reflections.matt) : studioMatt));
  // The studio is computed as a perfect mirror sees it, a probe is a picture of real metal.
  const blurOf = (roughness: number): number => SPREAD * Math.max(0, roughness - (reflections ? PROBE_ROUGHNESS : 0)) ** 1.3;
  const made = new Map<string, Float32Array>();
  return {
    matt,
    soft: spreadOut(luminance(coat), SATIN * SPREAD),
    mirrored: (roughness, by) => {
      const key = `${by} ${roughness}`;
      const known = made.get(key);
      if (known) return known;
      const table = interleave((by === 'metal' ? metal : coat).map((plane) => spreadOut(plane, blurOf(roughness))));
      made.set(key, table);
      return table;
    },
    towards: brightest(matt),
  };
};
