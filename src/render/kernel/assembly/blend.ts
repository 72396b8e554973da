// Compositing a group onto its backdrop: the separable blend modes of W3C Compositing and Blending Level 1, section 10, on
// premultiplied sRGB-encoded values. One pixel is four floats (r, g, b, a) from 0 to 1.
import { blendRow } from './pixel-ops';

// Mode numbers are positions in BLEND_MODES of the scene contract.
const NORMAL = 0;
const MULTIPLY = 1;
const SCREEN = 2;
const OVERLAY = 3;
const DARKEN = 4;
const LIGHTEN = 5;
const COLOR_DODGE = 6;
const COLOR_BURN = 7;
const HARD_LIGHT = 8;
const SOFT_LIGHT = 9;
const DIFFERENCE = 10;

/** Blends `count` premultiplied pixels of `src` onto `dst`. */
export function blendGroupRow(dst: usize, src: usize, count: i32, mode: i32): void {
  if (mode === NORMAL) {
    blendRow(dst, src, count);
    return;
  }
  for (let x = 0; x < count; x++) {
    const from = load<u32>(src + ((<usize>x) << 2));
    if (from === 0) continue;
    const at = dst + ((<usize>x) << 2);
    const backdrop = load<u32>(at);
    store<u32>(at, backdrop === 0 ? from : blendPixel(from, backdrop, mode));
  }
}

function unpack(pixel: u32): v128 {
  const words = i16x8.extend_low_i8x16_u(i32x4.splat(pixel));
  return f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words)), f32x4.splat(1.0 / 255.0));
}

function pack(colour: v128): u32 {
  const scaled = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(colour, f32x4.splat(255)), f32x4.splat(0.5)));
  const words = i16x8.narrow_i32x4_s(scaled, scaled);
  const bytes = i8x16.narrow_i16x8_u(words, words);
  return i32x4.extract_lane(bytes, 0);
}

/** Co = Cs (1 - ab) + Cb (1 - as) + as ab B(Cb / ab, Cs / as); the alpha lane is plain source-over. */
function blendPixel(from: u32, backdrop: u32, mode: i32): u32 {
  const one = f32x4.splat(1);
  const s = unpack(from);
  const d = unpack(backdrop);
  const sa = v128.shuffle<u32>(s, s, 3, 3, 3, 3);
  const da = v128.shuffle<u32>(d, d, 3, 3, 3, 3);
  const outside = f32x4.add(f32x4.mul(s, f32x4.sub(one, da)), f32x4.mul(d, f32x4.sub(one, sa)));
  const mixed = f32x4.add(outside, blended(s, d, sa, da, mode));
  const alpha = f32x4.sub(f32x4.add(sa, da), f32x4.mul(sa, da));
  return pack(f32x4.min(v128.bitselect(alpha, mixed, i32x4(0, 0, 0, -1)), alpha));
}

/** as ab B(Cb / ab, Cs / as), written without division where the formula allows. */
function blended(s: v128, d: v128, sa: v128, da: v128, mode: i32): v128 {
  const sd = f32x4.mul(s, d);
  const sda = f32x4.mul(s, da);
  const dsa = f32x4.mul(d, sa);
  switch (mode) {
    case MULTIPLY:
      return sd;
    case SCREEN:
      return f32x4.sub(f32x4.add(sda, dsa), sd);
    case OVERLAY:
      return hardLight(d, s, da, sa);
    case DARKEN:
      return f32x4.min(sda, dsa);
    case LIGHTEN:
      return f32x4.max(sda, dsa);
    case COLOR_DODGE:
      return colourDodge(s, d, sa, da);
    case COLOR_BURN:
      return colourBurn(s, d, sa, da);
    case HARD_LIGHT:
      return hardLight(s, d, sa, da);
    case SOFT_LIGHT:
      return softLight(s, d, sa, da);
    case DIFFERENCE:
      return f32x4.abs(f32x4.sub(sda, dsa));
    default: // exclusion
      return f32x4.sub(f32x4.add(sda, dsa), f32x4.add(sd, sd));
  }
}

function hardLight(s: v128, d: v128, sa: v128, da: v128): v128 {
  const sd = f32x4.mul(s, d);
  const dark = f32x4.add(sd, sd);
  const gap = f32x4.mul(f32x4.sub(da, d), f32x4.sub(sa, s));
  const light = f32x4.sub(f32x4.mul(sa, da), f32x4.add(gap, gap));
  return v128.bitselect(dark, light, f32x4.le(f32x4.add(s, s), sa));
}

function colourDodge(s: v128, d: v128, sa: v128, da: v128): v128 {
  const both = f32x4.mul(sa, da);
  const quotient = f32x4.div(f32x4.mul(f32x4.mul(d, sa), sa), f32x4.sub(sa, s));
  const capped = v128.bitselect(f32x4.min(both, quotient), both, f32x4.lt(s, sa));
  return v128.bitselect(f32x4.splat(0), capped, f32x4.le(d, f32x4.splat(0)));
}

function colourBurn(s: v128, d: v128, sa: v128, da: v128): v128 {
  const both = f32x4.mul(sa, da);
  const quotient = f32x4.div(f32x4.mul(f32x4.mul(f32x4.sub(da, d), sa), sa), s);
  const floored = v128.bitselect(f32x4.sub(both, f32x4.min(both, quotient)), f32x4.splat(0), f32x4.gt(s, f32x4.splat(0)));
  return v128.bitselect(both, floored, f32x4.ge(d, da));
}

function softLight(s: v128, d: v128, sa: v128, da: v128): v128 {
  const one = f32x4.splat(1);
  const cb = f32x4.div(d, da);
  const cs = f32x4.div(s, sa);
  const lift = f32x4.sub(f32x4.add(cs, cs), one);
  const dark = f32x4.mul(cb, f32x4.sub(one, cb));
  const cubic = f32x4.mul(cb, f32x4.add(f32x4.mul(f32x4.sub(f32x4.mul(f32x4.splat(16), cb), f32x4.splat(12)), cb), f32x4.splat(4)));
  const raised = v128.bitselect(cubic, f32x4.sqrt(cb), f32x4.le(cb, f32x4.splat(0.25)));
  const slope = v128.bitselect(dark, f32x4.sub(raised, cb), f32x4.le(lift, f32x4.splat(0)));
  return f32x4.mul(f32x4.mul(sa, da), f32x4.add(cb, f32x4.mul(lift, slope)));
}
