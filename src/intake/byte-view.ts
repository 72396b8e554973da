/** Reads numbers out of untrusted bytes. Out of range throws RangeError, which the header readers turn into a `Problem`. */
export class ByteView {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #littleEndian: boolean;

  constructor(bytes: Uint8Array, endian: 'big' | 'little' = 'big') {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = endian === 'little';
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, this.#littleEndian);
  }

  i16(at: number): number {
    return this.#view.getInt16(at, this.#littleEndian);
  }

  u24(at: number): number {
    const [a, b, c] = [this.u8(at), this.u8(at + 1), this.u8(at + 2)];
    return this.#littleEndian ? a | (b << 8) | (c << 16) : (a << 16) | (b << 8) | c;
  }

  u32(at: number): number {
    return this.#view.getUint32(at, this.#littleEndian);
  }

  /** 64-bit unsigned; beyond 2^53 it is not exact, and far beyond every limit anyway. */
  u64(at: number): number {
    return Number(this.#view.getBigUint64(at, this.#littleEndian));
  }

  /** Latin-1 text of `length` bytes, at most to the end of the data. */
  text(at: number, length: number): string {
    return Buffer.from(this.slice(at, length)).toString('latin1');
  }

  /** The part of the data from `at`, exactly `length` bytes. */
  slice(at: number, length: number): Uint8Array {
    if (at < 0 || length < 0 || at + length > this.length)
      throw new RangeError(`expected ${length} bytes at ${at}, got the end of the data`);
    return this.bytes.subarray(at, at + length);
  }
}
