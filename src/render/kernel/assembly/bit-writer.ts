// Bits into bytes, least significant first (RFC 1951, section 3.1.1).
let buffer: u64 = 0;
let held: i32 = 0;
/** Where the next whole byte goes; eight bytes behind it may be scribbled on. */
export let outputAt: usize = 0;

export function beginBits(at: usize): void {
  buffer = 0;
  held = 0;
  outputAt = at;
}

/** Appends up to 48 bits; call flushBits before more than 56 are pending. */
export function putBits(bits: u64, count: i32): void {
  buffer |= bits << (<u64>held);
  held += count;
}

export function flushBits(): void {
  store<u64>(outputAt, buffer);
  outputAt += <usize>(held >> 3);
  buffer >>= <u64>(held & ~7);
  held &= 7;
}

/** Pads the last byte with zero bits. */
export function alignBits(): void {
  flushBits();
  if (held > 0) {
    store<u8>(outputAt, <u8>buffer);
    outputAt++;
  }
  buffer = 0;
  held = 0;
}

export function putByte(value: u32): void {
  store<u8>(outputAt, <u8>value);
  outputAt++;
}

/**
 * Appends the codes of the bytes from `from` on, four at a time, until four zero bytes in a row or fewer than four before `end`; returns
 * where it stopped. `table` holds code | length << 16 for each byte, at most 14 bits long. The bit buffer stays in registers meanwhile.
 */
export function putWords(table: usize, from: usize, end: usize): usize {
  let bits = buffer;
  let count = held;
  let to = outputAt;
  let at = from;
  while (at + 4 <= end) {
    const word = load<u32>(at);
    if (word === 0) break;
    const t0 = load<u32>(table + ((<usize>(word & 255)) << 2));
    const t1 = load<u32>(table + ((<usize>((word >> 8) & 255)) << 2));
    const t2 = load<u32>(table + ((<usize>((word >> 16) & 255)) << 2));
    const t3 = load<u32>(table + ((<usize>(word >> 24)) << 2));
    const first = <u64>(t0 & 0xffff) | ((<u64>(t1 & 0xffff)) << (<u64>(t0 >> 16)));
    const second = <u64>(t2 & 0xffff) | ((<u64>(t3 & 0xffff)) << (<u64>(t2 >> 16)));
    const firstBits = (t0 >> 16) + (t1 >> 16);
    bits |= (first | (second << (<u64>firstBits))) << (<u64>count);
    count += firstBits + (t2 >> 16) + (t3 >> 16);
    store<u64>(to, bits);
    to += <usize>(count >> 3);
    bits >>= <u64>(count & ~7);
    count &= 7;
    at += 4;
  }
  buffer = bits;
  held = count;
  outputAt = to;
  return at;
}
