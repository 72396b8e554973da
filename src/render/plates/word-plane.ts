import { type BitPlane, rowBytesOf } from './plane.ts';

/**
 * A plane of dots to reckon with: 32 pixels to a word, the leftmost in the highest bit, `stride` words to a row. Bits beyond the width are 0.
 */
export type WordPlane = { readonly widthPx: number; readonly heightPx: number; readonly stride: number; readonly words: Uint32Array };

export const blankWords = (widthPx: number, heightPx: number): WordPlane => {
  const stride = Math.ceil(widthPx / 32);
  return { widthPx, heightPx, stride, words: new Uint32Array(stride * heightPx) };
};

/** Adds the dots of `other`. */
export const addDots = ({ words }: WordPlane, other: WordPlane): void => {
  for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) | (other.words[i] ?? 0);
};

/** Keeps the dots that `other` has too. */
export const keepDots = ({ words }: WordPlane, other: WordPlane): void => {
  for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) & (other.words[i] ?? 0);
};

/** Takes away the dots of `other`. */
export const removeDots = ({ words }: WordPlane, other: WordPlane): void => {
  for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) & ~(other.words[i] ?? 0);
};

export const copyDots = (plane: WordPlane): WordPlane => ({ ...plane, words: plane.words.slice() });

/** How many dots are ink. */
export const countDots = ({ words }: WordPlane): number => {
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    let word = words[i] ?? 0;
    if (word === 0) continue;
    // Sums of bits in pairs, fours, bytes.
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    word = (word + (word >>> 4)) & 0x0f0f_0f0f;
    count += Math.imul(word, 0x0101_0101) >>> 24;
  }
  return count;
};

/** Turns bits beyond the width off again, after an operation that turned everything over. */
const trimRow = (words: Uint32Array, at: number, stride: number, widthPx: number): void => {
  const used = widthPx & 31;
  const last = at + stride - 1;
  if (used > 0) words[last] = (words[last] ?? 0) & (0xffff_ffff << (32 - used));
};

/** Paper becomes ink and ink paper. */
export const invertDots = ({ words, stride, heightPx, widthPx }: WordPlane): void => {
  for (let i = 0; i < words.length; i++) words[i] = ~(words[i] ?? 0);
  for (let y = 0; y < heightPx; y++) trimRow(words, y * stride, stride, widthPx);
};

const FULL = 0xffff_ffff;

/** Adds to `row` what lies up to `reach` pixels beside its dots. `spare` is room for one row. */
const spreadRow = (row: Uint32Array, spare: Uint32Array, reach: number, stride: number): void => {
  let done = 0;
  while (done < reach) {
    // The reach doubles: dots already spread by n spread by up to 2n + 1 with one more shift.
    const by = Math.min(done + 1, reach - done, 31);
    spare.set(row);
    for (let i = 0; i < stride; i++) {
      const word = spare[i] ?? 0;
      const left = i > 0 ? (spare[i - 1] ?? 0) : 0;
      const right = i + 1 < stride ? (spare[i + 1] ?? 0) : 0;
      if (word === FULL || (word | left | right) === 0) continue;
      row[i] = word | (word >>> by) | (word << by) | (left << (32 - by)) | (right >>> (32 - by));
    }
    done += by;
  }
};

/** How far a disc reaches sideways, by rows from its middle. */
const halfWidths = (radiusPx: number): readonly number[] =>
  Array.from({ length: Math.floor(radiusPx) + 1 }, (_, dy) => Math.floor(Math.sqrt(radiusPx * radiusPx - dy * dy)));

/**
 * Dots grown by a disc of a radius in pixels (fractions count). Rows without dots cost next to nothing. Lets others have their turn through
 * `pause` every few hundred rows. Outside the rows `wanted` the result is not complete.
 */
export const grown = async (
  plane: WordPlane,
  radiusPx: number,
  pause: () => Promise<void>,
  wanted: RowRange = { from: 0, to: plane.heightPx },
): Promise<WordPlane> => {
  const { widthPx, heightPx, stride, words } = plane;
  const out = blankWords(widthPx, heightPx);
  if (radiusPx < 1) {
    out.words.set(words);
    return out;
  }
  const widths = halfWidths(radiusPx);
  const spread = new Uint32Array(stride);
  const spare = new Uint32Array(stride);
  const reachRows = widths.length - 1;
  const end = Math.min(heightPx, wanted.to + reachRows);
  for (let y = Math.max(0, wanted.from - reachRows); y < end; y++) {
    if (y % 512 === 0) await pause();
    const row = words.subarray(y * stride, (y + 1) * stride);
    if (row.every((word) => word === 0)) continue;
    spread.set(row);
    let reach = 0;
    // From the narrow ends of the disc to its middle: each width builds upon the one before.
    for (let dy = widths.length - 1; dy >= 0; dy--) {
      const width = widths[dy] ?? 0;
      if (width > reach) spreadRow(spread, spare, width - reach, stride);
      reach = width;
      if (y - dy >= 0) addRow(out.words, (y - dy) * stride, spread);
      if (dy > 0 && y + dy < heightPx) addRow(out.words, (y + dy) * stride, spread);
    }
  }
  for (let y = 0; y < heightPx; y++) trimRow(out.words, y * stride, stride, widthPx);
  return out;
};

const addRow = (words: Uint32Array, at: number, row: Uint32Array): void => {
  for (let i = 0; i < row.length; i++) {
    const word = row[i] ?? 0;
    if (word !== 0) words[at + i] = (words[at + i] ?? 0) | word;
  }
};

/** Dots shrunk by a disc of a radius in pixels. What lies beyond the plane counts as ink, so that art which is cut off keeps its edge. */
export const shrunk = async (plane: WordPlane, radiusPx: number, pause: () => Promise<void>): Promise<WordPlane> => {
  const inked = inkedRows(plane);
  if (inked.from === inked.to) return copyDots(plane);
  const paper = copyDots(plane);
  invertDots(paper);
  const out = await grown(paper, radiusPx, pause, inked);
  // Rows without ink stay without: there the growing paper was not followed.
  out.words.fill(FULL, 0, inked.from * plane.stride);
  out.words.fill(FULL, inked.to * plane.stride);
  invertDots(out);
  return out;
};

/** Rows of a plane, `from` up to but not including `to`. */
type RowRange = { readonly from: number; readonly to: number };

/** From the first row with dots to the last. */
const inkedRows = ({ words, stride }: WordPlane): RowRange => {
  let first = 0;
  while (first < words.length && words[first] === 0) first++;
  let last = words.length - 1;
  while (last > first && words[last] === 0) last--;
  return first === words.length ? { from: 0, to: 0 } : { from: Math.floor(first / stride), to: Math.floor(last / stride) + 1 };
};

/** The same dots as bytes for writers. */
export const bitsOf = (plane: WordPlane, dpi: number): BitPlane => {
  const { widthPx, heightPx, words } = plane;
  const rowBytes = rowBytesOf(widthPx);
  const data = new Uint8Array(rowBytes * heightPx);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    if (word === 0) continue;
    data[4 * i] = word >>> 24;
    data[4 * i + 1] = word >>> 16;
    data[4 * i + 2] = word >>> 8;
    data[4 * i + 3] = word;
  }
  return { widthPx, heightPx, dpi, rowBytes, data };
};
