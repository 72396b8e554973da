import { BLACK_RUNS, END_OF_LINE, type FaxCode, HORIZONTAL, LONGEST_MULTIPLE, PASS, VERTICAL, WHITE_RUNS } from './fax-codes.ts';
import type { BitPlane } from './plane.ts';

/** Bits into bytes, the highest first. */
class BitWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #held = 0;
  #count = 0;

  put(value: number, bits: number): void {
    this.#held = (this.#held << bits) | value;
    this.#count += bits;
    while (this.#count >= 8) {
      this.#count -= 8;
      if (this.#length === this.#bytes.length) this.#grow();
      this.#bytes[this.#length++] = this.#held >> this.#count;
    }
    this.#held &= (1 << this.#count) - 1;
  }

  code({ value, bits }: FaxCode): void {
    this.put(value, bits);
  }

  finish(): Uint8Array {
    if (this.#count > 0) this.put(0, 8 - this.#count);
    return this.#bytes.slice(0, this.#length);
  }

  #grow(): void {
    const bytes = new Uint8Array(this.#bytes.length * 2);
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }
}

/** Ends of the lists of changes: more than any row needs to look ahead. */
const SENTINELS = 4;

/**
 * Columns at which a row changes colour, beginning with the first black pixel: even places of the list turn black, odd ones white. The
 * width follows, several times. Returns how many changes there are.
 */
const changesOf = ({ widthPx, rowBytes, data }: BitPlane, y: number, into: Int32Array): number => {
  let count = 0;
  let colour = 0;
  const from = y * rowBytes;
  const bytes = (widthPx + 7) >> 3;
  for (let i = 0; i < bytes; i++) {
    const byte = data[from + i] ?? 0;
    if (byte === colour) continue;
    for (let bit = 7; bit >= 0; bit--) {
      if (((byte >> bit) & 1) === (colour & 1)) continue;
      colour ^= 0xff;
      into[count++] = i * 8 + 7 - bit;
    }
  }
  // Bits beyond the width are 0: a row that ends in black changes at the width, which is no change.
  if (count > 0 && (into[count - 1] ?? 0) >= widthPx) count -= 1;
  into.fill(widthPx, count, count + SENTINELS);
  return count;
};

const putRun = (writer: BitWriter, length: number, black: boolean): void => {
  const { ends, multiples } = black ? BLACK_RUNS : WHITE_RUNS;
  let rest = length;
  while (rest >= LONGEST_MULTIPLE + 64) {
    writer.code(multiples[LONGEST_MULTIPLE / 64] ?? END_OF_LINE);
    rest -= LONGEST_MULTIPLE;
  }
  if (rest >= 64) writer.code(multiples[rest >> 6] ?? END_OF_LINE);
  writer.code(ends[rest & 63] ?? END_OF_LINE);
};

/** One row against the row above (ITU-T T.6, section 2.2); the lists are those of `changesOf`. */
const putRow = (writer: BitWriter, row: Int32Array, above: Int32Array, widthPx: number): void => {
  let at = -1;
  let here = 0;
  let over = 0;
  while (at < widthPx) {
    const next = row[here] ?? widthPx;
    // The next change above, to the right of here, that turns to the colour this row will turn to.
    if ((over & 1) !== (here & 1)) over += over > 0 ? -1 : 1;
    while (over > 1 && (above[over - 2] ?? 0) > at) over -= 2;
    while ((above[over] ?? widthPx) <= at && (above[over] ?? widthPx) < widthPx) over += 2;
    const first = above[over] ?? widthPx;
    const second = first >= widthPx ? widthPx : (above[over + 1] ?? widthPx);
    if (second < next) {
      writer.code(PASS);
      at = second;
    } else if (Math.abs(next - first) <= 3) {
      writer.code(VERTICAL[next - first + 3] ?? PASS);
      at = next;
      here += 1;
    } else {
      const after = next >= widthPx ? widthPx : (row[here + 1] ?? widthPx);
      writer.code(HORIZONTAL);
      putRun(writer, next - Math.max(at, 0), (here & 1) === 1);
      putRun(writer, after - next, (here & 1) === 0);
      at = after;
      here += 2;
    }
  }
};

/** Rows of a plane as one block of CCITT Group 4 (ITU-T T.6), ink as black, with the mark at its end. */
export const group4 = (plane: BitPlane, fromRow: number, rows: number): Uint8Array => {
  const writer = new BitWriter();
  let above = new Int32Array(plane.widthPx + SENTINELS + 8).fill(plane.widthPx);
  let row = new Int32Array(plane.widthPx + SENTINELS + 8);
  for (let y = fromRow; y < fromRow + rows; y++) {
    changesOf(plane, y, row);
    putRow(writer, row, above, plane.widthPx);
    [above, row] = [row, above];
  }
  writer.code(END_OF_LINE);
  writer.code(END_OF_LINE);
  return writer.finish();
};
