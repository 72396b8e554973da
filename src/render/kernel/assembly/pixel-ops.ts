// Arithmetic on premultiplied RGBA8, four pixels (one v128) at a time. All products are divided by 255 with exact rounding.

/** round(x / 255) for eight unsigned 16-bit products x <= 255 * 255. */
export function div255(x: v128): v128 {
  const y = i16x8.add(x, i16x8.splat(128));
  return i16x8.shr_u(i16x8.add(y, i16x8.shr_u(y, 8)), 8);
}

/** Bytewise round(a * b / 255). */
export function mulBytes(a: v128, b: v128): v128 {
  return i8x16.narrow_i16x8_u(div255(i16x8.extmul_low_i8x16_u(a, b)), div255(i16x8.extmul_high_i8x16_u(a, b)));
}

/** Every byte of a pixel replaced by that pixel's alpha. */
export function spreadAlpha(pixels: v128): v128 {
  return v128.shuffle<u8>(pixels, pixels, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
}

/** Four coverage bytes (in the low lanes) each repeated for the four channels of their pixel. */
export function spreadCoverage(coverage: v128): v128 {
  return v128.shuffle<u8>(coverage, coverage, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
}

/** Source over backdrop. */
export function over(source: v128, backdrop: v128): v128 {
  return i8x16.add_sat_u(source, mulBytes(backdrop, v128.not(spreadAlpha(source))));
}

/** Colour bytes held down to alpha, which resampling kernels with negative lobes can overshoot. */
export function clampToAlpha(pixels: v128): v128 {
  return i8x16.min_u(pixels, spreadAlpha(pixels));
}

/** One pixel, in all four lanes. */
export function loadPixel(at: usize): v128 {
  return v128.load32_splat(at);
}

export function storePixel(at: usize, pixels: v128): void {
  v128.store_lane<u32>(at, pixels, 0);
}

/** dst = src over dst for `count` pixels. */
export function blendRow(dst: usize, src: usize, count: i32): void {
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const source = v128.load(src + (x << 2));
    if (!v128.any_true(source)) continue;
    v128.store(dst + (x << 2), over(source, v128.load(dst + (x << 2))));
  }
  for (; x < count; x++) storePixel(dst + (x << 2), over(loadPixel(src + (x << 2)), loadPixel(dst + (x << 2))));
}

/** dst = (src * coverage) over dst; one coverage byte a pixel. */
export function blendRowCovered(dst: usize, src: usize, coverage: usize, count: i32): void {
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const source = mulBytes(v128.load(src + (x << 2)), spreadCoverage(v128.load32_zero(coverage + x)));
    v128.store(dst + (x << 2), over(source, v128.load(dst + (x << 2))));
  }
  for (; x < count; x++) {
    const source = mulBytes(loadPixel(src + (x << 2)), i8x16.splat(load<u8>(coverage + x)));
    storePixel(dst + (x << 2), over(source, loadPixel(dst + (x << 2))));
  }
}

/** dst = one colour over dst. */
export function blendSolid(dst: usize, colour: u32, count: i32): void {
  const source = i32x4.splat(colour);
  let x = 0;
  if (colour >>> 24 === 255) {
    for (; x + 4 <= count; x += 4) v128.store(dst + (x << 2), source);
    for (; x < count; x++) store<u32>(dst + (x << 2), colour);
    return;
  }
  for (; x + 4 <= count; x += 4) v128.store(dst + (x << 2), over(source, v128.load(dst + (x << 2))));
  for (; x < count; x++) storePixel(dst + (x << 2), over(source, loadPixel(dst + (x << 2))));
}

/** dst = (one colour * coverage) over dst. */
export function blendSolidCovered(dst: usize, colour: u32, coverage: usize, count: i32): void {
  const source = i32x4.splat(colour);
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const scaled = mulBytes(source, spreadCoverage(v128.load32_zero(coverage + x)));
    v128.store(dst + (x << 2), over(scaled, v128.load(dst + (x << 2))));
  }
  for (; x < count; x++) {
    const scaled = mulBytes(source, i8x16.splat(load<u8>(coverage + x)));
    storePixel(dst + (x << 2), over(scaled, loadPixel(dst + (x << 2))));
  }
}

/** dst *= alpha / 255. */
export function fadeRow(dst: usize, alpha: u32, count: i32): void {
  const factor = i8x16.splat(<i8>alpha);
  let x = 0;
  for (; x + 4 <= count; x += 4) v128.store(dst + (x << 2), mulBytes(v128.load(dst + (x << 2)), factor));
  for (; x < count; x++) storePixel(dst + (x << 2), mulBytes(loadPixel(dst + (x << 2)), factor));
}

/** dst *= coverage / 255; one coverage byte a pixel. */
export function coverRow(dst: usize, coverage: usize, count: i32): void {
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    v128.store(dst + (x << 2), mulBytes(v128.load(dst + (x << 2)), spreadCoverage(v128.load32_zero(coverage + x))));
  }
  for (; x < count; x++) storePixel(dst + (x << 2), mulBytes(loadPixel(dst + (x << 2)), i8x16.splat(load<u8>(coverage + x))));
}
