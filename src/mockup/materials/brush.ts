import type { CompiledView } from '../compile-view.ts';
import type { Reflectance } from '../zone-colours.ts';
import type { Material } from './material.ts';
import { CHANNELS, levelAt, type Pattern, samplePattern } from './pattern.ts';
import { facing, type ZoneDirections } from './zone-directions.ts';
import { PLACE, placeOf, type ZoneFrame } from './zone-frame.ts';

/** Relief neither hides light altogether nor more than doubles it. */
const LEAST_RELIEF = 0.3;
const MOST_RELIEF = 2.2;
/** A pixel spans at least this share of what pixels of the view do. At the rims of what is known, steps can come out as next to nothing. */
const LEAST_FOOTPRINT = 0.7;
/** Taps along the longer axis of a pixel's footprint. */
const MOST_TAPS = 3;
/** The studio of views without probe balls has lamps that do not burn out in metal. A lacquer mirrors a twentieth of them: brighter ones. */
const LAMP = 0.9;
const LAMP_GAIN = 3;
/** Below this much of the light that falls on white, what is mirrored is hidden too: folds and gaps. */
const OPEN = 0.55;

/** Everything that one zone is painted with. */
export type Paintbox = {
  readonly material: Material;
  readonly patterns: readonly Pattern[];
  readonly colour: Reflectance;
  readonly frame: ZoneFrame;
  readonly directions: ZoneDirections | null;
  readonly matt: Float32Array;
  readonly mirror: Float32Array;
  readonly view: CompiledView;
  readonly measured: boolean;
};

/** What `brushOf` writes for a pixel: the ratio of red, green and blue, then the light on top. */
export const PAINTED = 6;

/**
 * Works out one picture pixel of a zone into an array of PAINTED numbers. It holds the numbers it works with, so that none are made anew for
 * each pixel.
 */
export const brushOf = (box: Paintbox): ((x: number, y: number, out: Float64Array) => void) => {
  const { material, patterns, colour, frame, directions, matt, mirror, view, measured } = box;
  const { finish } = material;
  const lamps = finish.tinted || measured ? 0 : LAMP_GAIN * (1 - finish.roughness) ** 2;
  const place = new Float64Array(6);
  const leastMm = LEAST_FOOTPRINT / frame.pxPerMm;
  const [part, ratio] = [new Float64Array(CHANNELS), new Float64Array(CHANNELS)];
  const [normal, tilted] = [new Float64Array(3), new Float64Array(3)];
  const [light, flat] = [new Float64Array(3), new Float64Array(3)];
  return (x, y, out) => {
    placeOf(frame, x, y, place);
    ratio.fill(1, 0, 3).fill(0, 3);
    for (const one of patterns) addPattern(one, place, leastMm, part, ratio);
    const pixel = y * view.widthPx + x;
    facing(directions, x, y, normal);
    tilt(normal, place, ratio[3] ?? 0, ratio[4] ?? 0, tilted);
    lightAt(matt, 1, normal[0] ?? 0, normal[1] ?? 0, flat);
    lightAt(matt, 1, tilted[0] ?? 0, tilted[1] ?? 0, light);
    const relief = Math.min(MOST_RELIEF, Math.max(LEAST_RELIEF, (light[0] ?? 0) / Math.max(flat[0] ?? 0, 1e-3)));
    for (let c = 0; c < 3; c += 1) out[c] = finish.diffuse * (ratio[c] ?? 1) * relief;
    if (finish.mirror === 0) return;
    lightAt(mirror, 4, tilted[0] ?? 0, tilted[1] ?? 0, light);
    const shade = (view.shade[pixel] ?? 0) * view.shadeScale;
    const open = finish.tinted ? 1 : Math.min(1, shade / OPEN);
    // Schlick's approximation of Fresnel's law, held back where roughness hides the grazing angles.
    const grazing = (1 - Math.max(0, tilted[2] ?? 1)) ** 5 * (1 - finish.roughness);
    const share = (finish.mirror + (1 - finish.mirror) * grazing) * open;
    for (let c = 0; c < 3; c += 1) {
      const tint = finish.tinted ? (colour[c] ?? 0) * (ratio[c] ?? 1) : 1;
      const seen = light[c] ?? 0;
      out[3 + c] = share * tint * (seen + lamps * Math.max(0, seen - LAMP));
    }
  };
};

/** Multiplies a pattern's ratios into `ratio` and adds its slopes, averaged over the pixel's footprint. */
const addPattern = (pattern: Pattern, place: Float64Array, leastMm: number, part: Float64Array, ratio: Float64Array): void => {
  const [ux = 0, vx = 0, uy = 0, vy = 0] = [place[PLACE.ux], place[PLACE.vx], place[PLACE.uy], place[PLACE.vy]];
  const across = Math.sqrt(ux * ux + vx * vx);
  const down = Math.sqrt(uy * uy + vy * vy);
  const along = across >= down;
  const long = Math.max(across, down);
  const short = Math.abs(ux * vy - vx * uy) / Math.max(long, 1e-9);
  const taps = Math.min(MOST_TAPS, Math.max(1, Math.ceil(long / Math.max(short, 1e-9) - 0.35)));
  const level = levelAt(pattern, Math.max(short, long / taps, leastMm));
  const [du, dv] = along ? [ux, vx] : [uy, vy];
  part.fill(0);
  for (let tap = 0; tap < taps; tap += 1) {
    const shift = (tap + 0.5) / taps - 0.5;
    samplePattern(pattern, (place[PLACE.u] ?? 0) + du * shift, (place[PLACE.v] ?? 0) + dv * shift, level, 1 / taps, part);
  }
  for (let c = 0; c < 3; c += 1) ratio[c] = (ratio[c] ?? 1) * (part[c] ?? 1);
  ratio[3] = (ratio[3] ?? 0) + (part[3] ?? 0);
  ratio[4] = (ratio[4] ?? 0) + (part[4] ?? 0);
};

/**
 * The direction of a surface with a slope of su along u and sv along v. Which way u and v run follows from how they change over the
 * picture: seen from straight ahead, a step on the surface moves as far on the picture, and as deep as keeps it on the surface.
 */
const tilt = (normal: Float64Array, place: Float64Array, su: number, sv: number, out: Float64Array): void => {
  const [nx = 0, ny = 0, nz = 1] = normal;
  const [ux = 0, vx = 0, uy = 0, vy = 0] = [place[PLACE.ux], place[PLACE.vx], place[PLACE.uy], place[PLACE.vy]];
  const turn = Math.sign(ux * vy - vx * uy) || 1;
  // Picture steps (right, down) of a step along u and along v: the columns of the inverse, whose length does not matter.
  const [ax, ay] = [vy * turn, -vx * turn];
  const [bx, by] = [-uy * turn, ux * turn];
  const az = -(nx * ax - ny * ay) / nz;
  const bz = -(nx * bx - ny * by) / nz;
  const a = su / Math.max(1e-9, Math.sqrt(ax * ax + ay * ay + az * az));
  const b = sv / Math.max(1e-9, Math.sqrt(bx * bx + by * by + bz * bz));
  const [x, y, z] = [nx - a * ax - b * bx, ny + a * ay + b * by, nz - a * az - b * bz];
  const length = Math.max(1e-6, Math.sqrt(x * x + y * y + z * z));
  out[0] = x / length;
  out[1] = y / length;
  out[2] = z / length;
};

/** Light for a direction nx, ny from a table that a ball fills, by straight lines between its cells, into `out`. */
const lightAt = (table: Float32Array, channels: 1 | 4, nx: number, ny: number, out: Float64Array): void => {
  const size = Math.sqrt(table.length / channels);
  const x = Math.min(size - 1.001, Math.max(0, ((nx + 1) * size) / 2 - 0.5));
  const y = Math.min(size - 1.001, Math.max(0, ((1 - ny) * size) / 2 - 0.5));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const a = (top * size + left) * channels;
  const c = a + size * channels;
  const wd = fx * fy;
  const [wb, wc] = [fx - wd, fy - wd];
  const wa = 1 - wb - wc - wd;
  for (let k = 0; k < Math.min(3, channels); k += 1)
    out[k] =
      (table[a + k] ?? 0) * wa + (table[a + channels + k] ?? 0) * wb + (table[c + k] ?? 0) * wc + (table[c + channels + k] ?? 0) * wd;
};
