// From zone colours and light to picture bytes. Rows of colours hold one f32x4 a pixel: linear red, green, blue, and the share of the
// pixel that is product and not background.

const CURVE_STEPS: i32 = 65536;
/** Picture byte for linear light 0..4 in steps of 1/16384. */
const curve = memory.data(65536, 16);

/** sRGB up to the knee, above it a shoulder that reaches white only at infinity, so that highlights keep their shape. */
export function initCurve(knee: f64): void {
  for (let i = 0; i < CURVE_STEPS; i++) {
    const light = <f64>i / 16384;
    const held = light <= knee ? light : knee + (1 - knee) * (1 - Math.exp(-(light - knee) / (1 - knee)));
    const v = held <= 0.0031308 ? held * 12.92 : 1.055 * held ** (1 / 2.4) - 0.055;
    store<u8>(curve + i, <u8>Math.floor(Math.min(1, v) * 255 + 0.5));
  }
}

/** Three bytes at `at` (four readable) as f32 lanes, squared and scaled: how maps store light. */
export function grainAt(at: usize, scale: v128): v128 {
  const bytes = v128.load32_zero(at);
  const v = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
  return f32x4.replace_lane(f32x4.mul(f32x4.mul(v, v), scale), 3, 1);
}

/** Adds a zone's colour by its coverage (0..255). `grain` 0 for none, else RGB bytes; `product` is 1, or 0 for the background. */
export function addZone(rows: usize, cover: usize, grain: usize, grainScale: f32, count: i32, r: f32, g: f32, b: f32, product: f32): void {
  const colour = f32x4(r / 255, g / 255, b / 255, product / 255);
  const scale = f32x4.splat(grainScale);
  for (let x = 0; x < count; x++) {
    const share = load<u8>(cover + x);
    if (share === 0) continue;
    const at = rows + (x << 4);
    let part = f32x4.mul(colour, f32x4.splat(<f32>share));
    if (grain) part = f32x4.mul(part, grainAt(grain + x * 3, scale));
    v128.store(at, f32x4.add(v128.load(at), part));
  }
}

/** As light: ink covers the zone's colour, dye multiplies it. `white` is what paper white reflects. */
export function addPrint(
  rows: usize,
  texels: usize,
  cover: usize,
  grain: usize,
  grainScale: f32,
  count: i32,
  r: f32,
  g: f32,
  b: f32,
  white: f32,
  dye: bool,
): void {
  const zone = f32x4(r, g, b, 0);
  const scale = f32x4.splat(grainScale);
  const paper = f32x4(white, white, white, 0);
  for (let x = 0; x < count; x++) {
    const texel = load<u64>(texels + (x << 3));
    const share = load<u8>(cover + x);
    if (texel === 0 || share === 0) continue;
    const art = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(i64x2.splat(texel))), f32x4.splat(1 / (<f32>32767 * 255)));
    const below = grain ? f32x4.mul(zone, grainAt(grain + x * 3, scale)) : zone;
    const alpha = v128.shuffle<u32>(art, art, 3, 3, 3, 3);
    const change = f32x4.sub(f32x4.mul(art, dye ? below : paper), f32x4.mul(alpha, below));
    const at = rows + (x << 4);
    v128.store(at, f32x4.add(v128.load(at), f32x4.mul(change, f32x4.splat(<f32>share))));
  }
}

/** Picture bytes of one pixel's light, by the curve. */
function encode(light: v128, alpha: u32): u32 {
  const index = i32x4.trunc_sat_f32x4_u(f32x4.pmin(f32x4.splat(65535), f32x4.pmax(f32x4.splat(0), f32x4.mul(light, f32x4.splat(16384)))));
  return (
    <u32>load<u8>(curve + i32x4.extract_lane(index, 0)) |
    ((<u32>load<u8>(curve + i32x4.extract_lane(index, 1))) << 8) |
    ((<u32>load<u8>(curve + i32x4.extract_lane(index, 2))) << 16) |
    (alpha << 24)
  );
}

/**
 * colour * shade + tint * gloss through the curve, straight RGBA8. Shade and gloss are u16 to be scaled; `tint` 0 for neutral reflections.
 * `cutOut`: the background is left out, the product's own share becomes alpha.
 */
export function lightRow(
  out: usize,
  rows: usize,
  tint: usize,
  shade: usize,
  gloss: usize,
  count: i32,
  shadeScale: f32,
  glossScale: f32,
  cutOut: bool,
): void {
  for (let x = 0; x < count; x++) {
    let colour = v128.load(rows + (x << 4));
    let alpha: u32 = 255;
    if (cutOut) {
      const share = f32x4.extract_lane(colour, 3);
      alpha = <u32>(Mathf.min(1, share) * 255 + 0.5);
      if (alpha === 0) {
        store<u32>(out + (x << 2), 0);
        continue;
      }
      colour = f32x4.div(colour, f32x4.splat(share));
    }
    const reflected = f32x4.splat(<f32>load<u16>(gloss + (x << 1)) * glossScale);
    const light = f32x4.mul(colour, f32x4.splat(<f32>load<u16>(shade + (x << 1)) * shadeScale));
    store<u32>(out + (x << 2), encode(f32x4.add(light, tint ? f32x4.mul(reflected, v128.load(tint + (x << 4))) : reflected), alpha));
  }
}

/** As lightRow, with the light of `extra` (f32x4 a pixel) added. */
export function lightRichRow(
  out: usize,
  rows: usize,
  tint: usize,
  extra: usize,
  shade: usize,
  gloss: usize,
  count: i32,
  shadeScale: f32,
  glossScale: f32,
  cutOut: bool,
): void {
  for (let x = 0; x < count; x++) {
    const colour = v128.load(rows + (x << 4));
    const share = cutOut ? f32x4.extract_lane(colour, 3) : 1;
    const alpha = <u32>(Mathf.min(1, share) * 255 + 0.5);
    if (alpha === 0) {
      store<u32>(out + (x << 2), 0);
      continue;
    }
    const own = f32x4.mul(colour, f32x4.splat(<f32>load<u16>(shade + (x << 1)) * shadeScale));
    const whole = f32x4.div(f32x4.add(own, v128.load(extra + (x << 4))), f32x4.splat(share));
    const reflected = f32x4.splat(<f32>load<u16>(gloss + (x << 1)) * glossScale);
    store<u32>(out + (x << 2), encode(f32x4.add(whole, f32x4.mul(reflected, v128.load(tint + (x << 4)))), alpha));
  }
}
