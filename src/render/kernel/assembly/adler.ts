// Adler-32 (RFC 1950, section 8.2) in two 16-bit halves that the host combines across strips.
export let adlerLow: u32 = 1;
export let adlerHigh: u32 = 0;

const MODULUS: u32 = 65521;
/** Bytes summed before a reduction: the vector sums stay far below 32 bits. */
const BLOCK = 2048;

export function resetAdler(): void {
  adlerLow = 1;
  adlerHigh = 0;
}

/** A run of zero bytes changes only the second half. */
export function adlerZeros(count: i32): void {
  adlerHigh = <u32>((<u64>adlerHigh + <u64>count * adlerLow) % MODULUS);
}

function sum(lanes: v128): u32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}

export function adlerBytes(bytes: usize, count: i32): void {
  let at = bytes;
  let left = count;
  while (left > 0) {
    const size = min(left, BLOCK);
    adlerBlock(at, size);
    at += size;
    left -= size;
  }
}

function adlerBlock(bytes: usize, size: i32): void {
  const firstWeights = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const lastWeights = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let plain = i32x4.splat(0);
  let before = plain; // sum of `plain` ahead of each group: every byte counts once for each later group of sixteen
  let weighted = plain;
  let i = 0;
  for (; i + 16 <= size; i += 16) {
    const x = v128.load(bytes + i);
    before = i32x4.add(before, plain);
    plain = i32x4.add(plain, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(x)));
    weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(x), firstWeights));
    weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(x), lastWeights));
  }
  let high = <u64>adlerHigh + <u64>adlerLow * <u64>i + <u64>sum(weighted) + 16 * <u64>sum(before);
  let low = adlerLow + sum(plain);
  for (; i < size; i++) {
    low += load<u8>(bytes + i);
    high += low;
  }
  adlerLow = low % MODULUS;
  adlerHigh = <u32>(high % MODULUS);
}
