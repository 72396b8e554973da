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
