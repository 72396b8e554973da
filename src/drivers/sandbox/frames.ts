import { deserialize, serialize } from 'node:v8';

/**
 * One message on a pipe: a head of two 32-bit numbers (bytes of the body, count of arrays beside it), the length of each array as a
 * 64-bit float, the body (structured clone), the arrays. Big arrays travel beside the body so that a picture is copied once, not thrice.
 */
const HEAD_BYTES = 8;
const LENGTH_BYTES = 8;
const BESIDE_BYTES = 64_000;
const MAX_BESIDE = 200_000;
const MARK = '\u0000beside';

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

const mapPlain = (value: Record<string, unknown>, step: (value: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(step) : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, step(item)]));

const liftOut = (value: unknown, beside: Uint8Array[]): unknown => {
  if (value instanceof Uint8Array && value.length >= BESIDE_BYTES) return { [MARK]: beside.push(value) - 1 };
  return isPlain(value) ? mapPlain(value, (item) => liftOut(item, beside)) : value;
};

const putBack = (value: unknown, beside: readonly Uint8Array[]): unknown => {
  if (!isPlain(value)) return value;
  const mark = value[MARK];
  return typeof mark === 'number' ? beside[mark] : mapPlain(value, (item) => putBack(item, beside));
};

/** The pieces of a message, to be written one after the other. Byte arrays in it are sent as they are at the time of writing. */
export const encodeFrame = (message: object): Uint8Array[] => {
  const beside: Uint8Array[] = [];
  const body = serialize(liftOut(message, beside));
  const head = Buffer.alloc(HEAD_BYTES + LENGTH_BYTES * beside.length);
  head.writeUInt32BE(body.length, 0);
  head.writeUInt32BE(beside.length, 4);
  beside.forEach((array, i) => {
    head.writeDoubleBE(array.length, HEAD_BYTES + LENGTH_BYTES * i);
  });
  return [head, body, ...beside];
};

/** Puts messages together from whatever pieces a pipe delivers; each array is received straight into its own memory. */
export class FrameReader {
  readonly #maxBytes: number;
  readonly #onMessage: (message: unknown) => void;
  #parts: Uint8Array[] = [];
  #wanted: number[] = [HEAD_BYTES];
  #filled = 0;

  constructor(maxBytes: number, onMessage: (message: unknown) => void) {
    this.#maxBytes = maxBytes;
    this.#onMessage = onMessage;
  }

  /** Throws RangeError for a message over the limit; the stream is useless from then on. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const part = this.#part();
      const take = Math.min(part.length - this.#filled, chunk.length - at);
      part.set(chunk.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      while (this.#parts.length > 0 && this.#filled === this.#parts.at(-1)?.length) this.#advance();
    }
  }

  #part(): Uint8Array {
    if (this.#parts.length === 0) this.#parts.push(new Uint8Array(HEAD_BYTES));
    return this.#parts.at(-1) ?? new Uint8Array(0);
  }

  #advance(): void {
    const done = this.#parts.length;
    if (done === 1) this.#wanted = this.#afterHead();
    if (done === 2) this.#wanted = this.#afterLengths();
    const next = this.#wanted.shift();
    this.#filled = 0;
    if (next !== undefined) {
      this.#parts.push(new Uint8Array(next));
      return;
    }
    const [, , body = new Uint8Array(0), ...beside] = this.#parts;
    this.#parts = [];
    this.#onMessage(putBack(deserialize(body), beside));
  }

  #afterHead(): number[] {
    const head = Buffer.from(this.#parts[0] ?? []);
    const count = head.readUInt32BE(4);
    if (count > MAX_BESIDE) throw new RangeError(`expected at most ${MAX_BESIDE} arrays in a message, got ${count}`);
    return [count * LENGTH_BYTES];
  }

  #afterLengths(): number[] {
    const lengths = Buffer.from(this.#parts[1] ?? []);
    const body = Buffer.from(this.#parts[0] ?? []).readUInt32BE(0);
    const sizes = [body, ...Array.from({ length: lengths.length / LENGTH_BYTES }, (_, i) => lengths.readDoubleBE(i * LENGTH_BYTES))];
    const total = sizes.reduce((sum, size) => sum + (Number.isSafeInteger(size) && size >= 0 ? size : Number.POSITIVE_INFINITY), 0);
    if (total > this.#maxBytes) throw new RangeError(`expected a message of at most ${this.#maxBytes} bytes, got ${total}`);
    return sizes;
  }
}
