// A zone with a texture of its own or with layers that have a surface: its row is built apart, at full coverage, and laid into the
// picture's rows when it is done. Three rows of f32x4 a pixel: `base` is what scattered light is multiplied by (the fourth number is the
// share that is product), `mirror` what the view's gloss is multiplied by, `extra` light that is added as it is.
import { grainAt } from './light.as';

/**
 * Starts `count` pixels of a zone. `pattern`, `gain` and `extraLight` are squared bytes (three, one and three a pixel) or 0 for none; without
 * `gain` the scale is the gain. A metal zone's colour goes to `mirror`.
 */
export function startZone(
  base: usize,
  mirror: usize,
  extra: usize,
  count: i32,
  r: f32,
  g: f32,
  b: f32,
  product: f32,
  metal: bool,
  pattern: usize,
  patternScale: f32,
  gain: usize,
  gainScale: f32,
  extraLight: usize,
  extraScale: f32,
): void {
  const colour = f32x4(r, g, b, 1);
  const patternBy = f32x4.splat(patternScale);
  const extraBy = f32x4.splat(extraScale);
  for (let x = 0; x < count; x++) {
    const at = x << 4;
    const own = pattern ? f32x4.mul(colour, grainAt(pattern + x * 3, patternBy)) : colour;
    let part = gainScale;
    if (gain) {
      const byte = <f32>load<u8>(gain + x);
      part *= byte * byte;
    }
    v128.store(base + at, f32x4.replace_lane(metal ? f32x4.splat(0) : own, 3, product));
    v128.store(mirror + at, f32x4.mul(metal ? own : f32x4.splat(1), f32x4.splat(part)));
    v128.store(extra + at, extraLight ? grainAt(extraLight + x * 3, extraBy) : f32x4.splat(0));
  }
}

/** As flat print on `count` pixels of a zone: ink covers what is there, dye multiplies it. `white` is what paper white reflects. */
export function printZone(base: usize, mirror: usize, extra: usize, texels: usize, count: i32, white: f32, dye: bool, metal: bool): void {
  const paper = f32x4(white, white, white, 0);
  for (let x = 0; x < count; x++) {
    const texel = load<u64>(texels + (x << 3));
    if (texel === 0) continue;
    const at = x << 4;
    const art = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i64x2.splat(texel))), f32x4.splat(1 / <f32>32767));
    const left = f32x4.sub(f32x4.splat(1), v128.shuffle<u32>(art, art, 3, 3, 3, 3));
    const here = v128.load(base + at);
    const share = dye ? f32x4.add(left, art) : left;
    const printed = dye ? f32x4.mul(here, share) : f32x4.add(f32x4.mul(here, left), f32x4.mul(art, paper));
    v128.store(base + at, f32x4.replace_lane(printed, 3, f32x4.extract_lane(here, 3)));
    v128.store(extra + at, f32x4.mul(v128.load(extra + at), share));
    if (metal && dye) v128.store(mirror + at, f32x4.mul(v128.load(mirror + at), share));
  }
}

/** Lays a finished zone into the picture's rows by its coverage (0..255). */
export function layZone(rows: usize, tint: usize, light: usize, base: usize, mirror: usize, extra: usize, cover: usize, count: i32): void {
  for (let x = 0; x < count; x++) {
    const byte = load<u8>(cover + x);
    if (byte === 0) continue;
    const share = f32x4.splat(<f32>byte / 255);
    const at = x << 4;
    v128.store(rows + at, f32x4.add(v128.load(rows + at), f32x4.mul(v128.load(base + at), share)));
    v128.store(tint + at, f32x4.add(v128.load(tint + at), f32x4.mul(v128.load(mirror + at), share)));
    v128.store(light + at, f32x4.add(v128.load(light + at), f32x4.mul(v128.load(extra + at), share)));
  }
}
