const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const FIRST_WIDTH = 9;
/** The table is cleared one entry before its codes would need the widest code of all. */
const LAST_FREE = 4094;
const SLOTS = 16_384;

/** LZW as TIFF 6.0 section 13 has it: codes of 9 to 12 bits, highest bit first, widened one code early. */
class LzwEncoder {
  readonly #out: Uint8Array;
  #length = 0;
  #buffer = 0;
  #held = 0;
  #width = FIRST_WIDTH;
  #free = FIRST_FREE;
  /** Open-addressing table from (prefix code, next byte) to code; a key of 0 is an empty slot. */
  readonly #keys = new Int32Array(SLOTS);
  readonly #codes = new Uint16Array(SLOTS);

  constructor(inputLength: number) {
    // No byte ever costs more than one code of 12 bits.
    this.#out = new Uint8Array(Math.ceil(inputLength * 1.5) + 16);
  }

  encode(bytes: Uint8Array): Uint8Array {
    this.#put(CLEAR);
    let prefix = bytes[0] ?? 0;
    for (let i = 1; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      const slot = this.#find(prefix, byte);
      if (this.#keys[slot] !== 0) {
        prefix = this.#codes[slot] ?? 0;
        continue;
      }
      this.#put(prefix);
      this.#keys[slot] = keyOf(prefix, byte);
      this.#codes[slot] = this.#free;
      this.#advance();
      prefix = byte;
    }
    if (bytes.length > 0) {
      this.#put(prefix);
      this.#advance();
    }
    this.#put(END);
    if (this.#held > 0) this.#out[this.#length++] = (this.#buffer << (8 - this.#held)) & 0xff;
    return this.#out.slice(0, this.#length);
  }

  #find(prefix: number, byte: number): number {
    const key = keyOf(prefix, byte);
    let slot = (Math.imul(key, 0x9e3779b1) >>> 18) & (SLOTS - 1);
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }

  #advance(): void {
    this.#free += 1;
    if (this.#free === LAST_FREE) {
      this.#put(CLEAR);
      this.#keys.fill(0);
      this.#free = FIRST_FREE;
      this.#width = FIRST_WIDTH;
    } else if (this.#free >= 1 << this.#width) {
      this.#width += 1;
    }
  }

  #put(code: number): void {
    this.#buffer = (this.#buffer << this.#width) | code;
    this.#held += this.#width;
    while (this.#held >= 8) {
      this.#held -= 8;
      this.#out[this.#length++] = (this.#buffer >> this.#held) & 0xff;
    }
    this.#buffer &= (1 << this.#held) - 1;
  }
}

const keyOf = (prefix: number, byte: number): number => ((prefix << 8) | byte) + 1;

/** One strip of a TIFF file, LZW-compressed. */
export const lzwEncode = (bytes: Uint8Array): Uint8Array => new LzwEncoder(bytes.length).encode(bytes);
