// PNG row filters (PNG specification, third edition, section 9) sixteen bytes at a time, and the choice among them.
// Rows have 16 zero bytes in front (the pixel left of the row) and 16 readable bytes behind.

export const SUB = 1;
export const UP = 2;
export const AVERAGE = 3;
export const PAETH = 4;

/** Every sixteenth 16-byte group times four is looked at when choosing a filter. */
const SAMPLE_STEP = 64;

function distance(a: v128, b: v128): v128 {
  return i8x16.sub(i8x16.max_u(a, b), i8x16.min_u(a, b));
}

/** floor((a + b) / 2): avgr rounds up, which the differing low bit takes back. */
function halfSum(a: v128, b: v128): v128 {
  return i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), i8x16.splat(1)));
}

/**
 * The Paeth predictor without 16-bit sums: with c between a and b the third distance is | |b-c| - |a-c| |; otherwise it is their sum,
 * which never wins, so all ones stand for it.
 */
function paeth(a: v128, b: v128, c: v128): v128 {
  const pa = distance(b, c);
  const pb = distance(a, c);
  const sameSide = i8x16.eq(i8x16.eq(i8x16.max_u(a, c), a), i8x16.eq(i8x16.max_u(b, c), b));
  const pc = v128.or(distance(pa, pb), sameSide);
  const takeA = v128.and(i8x16.eq(i8x16.min_u(pa, pb), pa), i8x16.eq(i8x16.min_u(pa, pc), pa));
  const takeB = i8x16.eq(i8x16.min_u(pb, pc), pb);
  return v128.bitselect(a, v128.bitselect(b, c, takeB), takeA);
}

/** Adds the magnitudes of sixteen residuals, read as signed bytes, to four 32-bit sums. */
function addMagnitudes(sums: v128, residual: v128): v128 {
  const magnitude = i8x16.min_u(residual, i8x16.sub(i8x16.splat(0), residual));
  return i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(magnitude)));
}

function total(sums: v128): u32 {
  return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

/** The filter with the least sum of absolute residuals over a sample of the row. */
export function chooseFilter(row: usize, above: usize, bytes: i32, pixelBytes: i32): i32 {
  let sub = i32x4.splat(0);
  let up = sub;
  let average = sub;
  let best = sub;
  for (let i = 0; i + 16 <= bytes; i += SAMPLE_STEP) {
    const x = v128.load(row + i);
    const a = v128.load(row + i - pixelBytes);
    const b = v128.load(above + i);
    const c = v128.load(above + i - pixelBytes);
    sub = addMagnitudes(sub, i8x16.sub(x, a));
    up = addMagnitudes(up, i8x16.sub(x, b));
    average = addMagnitudes(average, i8x16.sub(x, halfSum(a, b)));
    best = addMagnitudes(best, i8x16.sub(x, paeth(a, b, c)));
  }
  let filter = UP;
  let least = total(up);
  if (total(sub) < least) {
    least = total(sub);
    filter = SUB;
  }
  if (total(best) < least) {
    least = total(best);
    filter = PAETH;
  }
  return total(average) < least ? AVERAGE : filter;
}

/** Writes the residuals of one row; `out` has room for 16 bytes more. */
export function filterRow(filter: i32, row: usize, above: usize, out: usize, bytes: i32, pixelBytes: i32): void {
  const left = row - pixelBytes;
  const corner = above - pixelBytes;
  switch (filter) {
    case SUB:
      for (let i = 0; i < bytes; i += 16) v128.store(out + i, i8x16.sub(v128.load(row + i), v128.load(left + i)));
      break;
    case UP:
      for (let i = 0; i < bytes; i += 16) v128.store(out + i, i8x16.sub(v128.load(row + i), v128.load(above + i)));
      break;
    case AVERAGE:
      for (let i = 0; i < bytes; i += 16) {
        v128.store(out + i, i8x16.sub(v128.load(row + i), halfSum(v128.load(left + i), v128.load(above + i))));
      }
      break;
    default:
      for (let i = 0; i < bytes; i += 16) {
        v128.store(out + i, i8x16.sub(v128.load(row + i), paeth(v128.load(left + i), v128.load(above + i), v128.load(corner + i))));
      }
  }
}

/** Whether two rows hold the same bytes. */
export function rowsEqual(a: usize, b: usize, bytes: i32): bool {
  let i = 0;
  for (; i + 32 <= bytes; i += 32) {
    const differ = v128.or(v128.xor(v128.load(a + i), v128.load(b + i)), v128.xor(v128.load(a + i, 16), v128.load(b + i, 16)));
    if (v128.any_true(differ)) return false;
  }
  for (; i < bytes; i++) if (load<u8>(a + i) !== load<u8>(b + i)) return false;
  return true;
}
