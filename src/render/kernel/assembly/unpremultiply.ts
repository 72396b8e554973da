// Premultiplied strips back to the straight pixels that files hold.

/** 255 * 65536 / alpha, rounded, for every alpha. */
const reciprocals = memory.data(256 * 4);

export function initUnpremultiply(): void {
  for (let alpha = 1; alpha < 256; alpha++) {
    store<u32>(reciprocals + <usize>(alpha << 2), (255 * 65536 + alpha / 2) / alpha);
  }
}

/** Converts in place; runs of opaque or empty pixels cost one test for four. */
export function unpremultiply(pixels: usize, count: i32): void {
  const alphaMask = i32x4.splat(<i32>0xff000000);
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const at = pixels + ((<usize>x) << 2);
    const alpha = v128.and(v128.load(at), alphaMask);
    if (i32x4.all_true(i32x4.eq(alpha, alphaMask)) || !v128.any_true(alpha)) continue;
    for (let i: usize = 0; i < 16; i += 4) straighten(at + i);
  }
  for (; x < count; x++) straighten(pixels + ((<usize>x) << 2));
}

function straighten(at: usize): void {
  const alpha = <u32>load<u8>(at, 3);
  if (alpha === 0 || alpha === 255) return;
  const factor = load<u32>(reciprocals + <usize>(alpha << 2));
  for (let i: usize = 0; i < 3; i++) {
    store<u8>(at + i, <u8>min<u32>((<u32>load<u8>(at + i) * factor + 32768) >> 16, 255));
  }
}

/** RGBA to RGB, dropping alpha; `out` has room for 16 bytes more. */
export function packOpaque(out: usize, pixels: usize, count: i32): void {
  let x = 0;
  for (; x + 4 <= count; x += 4) {
    const four = v128.load(pixels + ((<usize>x) << 2));
    v128.store(out + <usize>(x * 3), v128.shuffle<u8>(four, four, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0));
  }
  for (; x < count; x++) {
    const at = out + <usize>(x * 3);
    const pixel = load<u32>(pixels + ((<usize>x) << 2));
    store<u16>(at, <u16>pixel);
    store<u8>(at, <u8>(pixel >> 16), 2);
  }
}
