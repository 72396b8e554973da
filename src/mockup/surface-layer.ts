import type { ShownPlacement } from '../model/view.ts';
import type { Appearance, Finish } from '../render/appearance.ts';
import type { TextureLevel } from './art-texture.ts';
import type { CompiledView } from './compile-view.ts';
import type { MockupKernel } from './kernel/mockup-kernel.ts';
import type { Direction, LightTables } from './light-tables.ts';
import type { PrintMap } from './print-map.ts';
import { type ArtLight, loadDirection, loadRelief } from './relief-texture.ts';
import type { SurfaceMaps } from './surface-maps.ts';

/** A layer's surface in the memory of a kernel. */
export type PreparedSurface = {
  readonly maps: SurfaceMaps;
  readonly relief: readonly TextureLevel[] | null;
  readonly direction: readonly TextureLevel[] | null;
  /** Address of the numbers that `surfaceZone` reads. */
  readonly numbers: number;
  /** Addresses of the tables of light. */
  readonly matt: number;
  readonly soft: number;
  readonly metal: number;
};

/** Slopes of the waves in a film of metal and in a coat of varnish. */
const UNEVEN_FILM = 0.02;
const UNEVEN_COAT = 0.015;

const put = (kernel: MockupKernel, plane: Float32Array): number => {
  const at = kernel.reserve(plane.byteLength);
  kernel.bytes.set(new Uint8Array(plane.buffer, plane.byteOffset, plane.byteLength), at);
  return at;
};

/** Where a view's light comes from on a placement: along u and v, by how they change over the picture where it is shown. */
const artLight = (
  { x, y, width, height }: ShownPlacement,
  { mm, stride, width: wide, height: rows }: PrintMap,
  [lx, ly, lz]: Direction,
): ArtLight => {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let row = 4; row < rows; row += 8) {
    for (let column = 4; column < wide; column += 8) {
      const at = (row * stride + column) * 2;
      const under = at + stride * 2;
      const [u = 0, v = 0] = [mm[at], mm[at + 1]];
      if (u < x || u > x + width || v < y || v > y + height) continue;
      const steps = [(mm[at + 2] ?? 0) - u, (mm[at + 3] ?? 0) - v, (mm[under] ?? 0) - u, (mm[under + 1] ?? 0) - v] as const;
      if (steps.some((step) => Math.abs(step) > 8)) continue;
      a += steps[0];
      b += steps[1];
      c += steps[2];
      d += steps[3];
    }
  }
  const [across, down] = [a * lx - c * ly, b * lx - d * ly];
  const length = Math.hypot(across, down);
  const flat = Math.hypot(lx, ly);
  return length < 1e-9 || flat < 1e-6
    ? { across: 0, down: 0, steep: 10 }
    : { across: across / length, down: down / length, steep: lz / flat };
};

const halfway = ([x, y, z]: Direction): Direction => {
  const length = Math.hypot(x, y, z + 1);
  return [x / length, y / length, (z + 1) / length];
};

const numbersOf = (
  finish: Finish,
  view: CompiledView,
  dye: boolean,
  metal: boolean,
  isFlat: boolean,
  { towards }: LightTables,
): Float32Array =>
  Float32Array.from([
    view.record.white,
    dye ? 1 : 0,
    metal ? 1 : 0,
    finish.diffuse,
    finish.mirror,
    finish.tinted ? 1 : 0,
    finish.grain,
    finish.gloss,
    finish.shadow,
    finish.sheen,
    0.7 * (1 - 0.75 * finish.roughness),
    view.shadeScale,
    ...towards,
    ...halfway(towards),
    finish.tinted ? UNEVEN_FILM : UNEVEN_COAT,
    isFlat ? 1 : 0,
  ]);

/** Puts what a layer feels like into a kernel, beside its art; `last` is the art's coarsest level. */
export const prepareSurface = (
  kernel: MockupKernel,
  view: CompiledView,
  maps: SurfaceMaps,
  shown: ShownPlacement,
  appearance: Appearance,
  finish: Finish,
  metal: boolean,
  last: number,
): PreparedSurface => {
  const { light } = maps;
  const { height, direction } = appearance.surface ?? {};
  const print = view.print;
  return {
    maps,
    relief: height && print ? loadRelief(kernel, shown, appearance, height, last, artLight(shown, print, light.towards)) : null,
    direction: direction && finish.sheen > 0 ? loadDirection(kernel, shown, appearance, direction, last) : null,
    numbers: put(kernel, numbersOf(finish, view, appearance.process === 'dye', metal, !height, light)),
    matt: put(kernel, light.matt),
    soft: put(kernel, light.soft),
    metal: put(kernel, light.mirrored(finish.roughness, finish.tinted ? 'metal' : 'coat')),
  };
};
