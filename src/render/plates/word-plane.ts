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
  const added = other.words;
  for (let i = 0; i < words.length; i++) {
    const word = added[i] ?? 0;
    if (word !== 0) words[i] = (words[i] ?? 0) | word;
  }
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

/** Words of a row, pairs of first and last (exclusive), with none between the pairs. */
type Runs = { readonly ends: Int32Array; count: number };

/** Adds to `row` what lies up to `reach` pixels beside its dots. `spare` is room for one row; nothing reaches out of the runs. */
const spreadRow = (row: Uint32Array, spare: Uint32Array, reach: number, { ends, count }: Runs): void => {
  let done = 0;
  while (done < reach) {
    // The reach doubles: dots already spread by n spread by up to 2n + 1 with one more shift.
    const by = Math.min(done + 1, reach - done, 31);
    for (let k = 0; k < count; k++) {
      const [from, to] = [ends[2 * k] ?? 0, ends[2 * k + 1] ?? 0];
      for (let i = from; i < to; i++) spare[i] = row[i] ?? 0;
      for (let i = from; i < to; i++) {
        const word = spare[i] ?? 0;
        const left = i > from ? (spare[i - 1] ?? 0) : 0;
        const right = i + 1 < to ? (spare[i + 1] ?? 0) : 0;
        if (word === FULL || (word | left | right) === 0) continue;
        row[i] = word | (word >>> by) | (word << by) | (left << (32 - by)) | (right >>> (32 - by));
      }
    }
    done += by;
  }
};

/**
 * Takes the dots of row `y` that have a neighbour without ink into `edge`, and the words they may spread to into `runs`. The others need not
 * grow: whatever they reach, a dot at the edge is nearer to.
 */
const takeEdges = ({ words, stride, heightPx }: WordPlane, y: number, edge: Uint32Array, runs: Runs, padWords: number): void => {
  const at = y * stride;
  runs.count = 0;
  let open = -1;
  for (let i = 0; i < stride; i++) {
    const word = words[at + i] ?? 0;
    if (word === 0) continue;
    const left = i > 0 ? (words[at + i - 1] ?? 0) : FULL;
    const right = i + 1 < stride ? (words[at + i + 1] ?? 0) : FULL;
    const above = y > 0 ? (words[at - stride + i] ?? 0) : FULL;
    const below = y + 1 < heightPx ? (words[at + stride + i] ?? 0) : FULL;
    const inside = ((word >>> 1) | (left << 31)) & ((word << 1) | (right >>> 31)) & above & below;
    const own = (word & ~inside) >>> 0;
    if (own === 0) continue;
    edge[i] = own;
    const [from, to] = [Math.max(0, i - padWords), Math.min(stride, i + 1 + padWords)];
    if (open >= 0 && from <= (runs.ends[2 * open + 1] ?? 0)) runs.ends[2 * open + 1] = to;
    else {
      open = runs.count;
      runs.ends[2 * open] = from;
      runs.ends[2 * open + 1] = to;
      runs.count += 1;
    }
  }
};

/** How far a disc reaches sideways, by rows from its middle. */
const halfWidths = (radiusPx: number): readonly number[] =>
  Array.from({ length: Math.floor(radiusPx) + 1 }, (_, dy) => Math.floor(Math.sqrt(radiusPx * radiusPx - dy * dy)));

/**
 * Dots grown by a disc of a radius in pixels (fractions count). Paper and the inside of areas cost next to nothing. Lets others have their turn through
 * `pause` every few hundred rows. Outside the rows `wanted` the result is not complete.
 */
export const grown = async (
  plane: WordPlane,
  radiusPx: number,
  pause: () => Promise<void>,
  wanted: RowRange = { from: 0, to: plane.heightPx },
): Promise<WordPlane> => {
  const { heightPx, stride } = plane;
  const out = copyDots(plane);
  if (radiusPx < 1) return out;
  const widths = halfWidths(radiusPx);
  const spread = new Uint32Array(stride);
  const spare = new Uint32Array(stride);
  const runs: Runs = { ends: new Int32Array(2 * stride), count: 0 };
  const padWords = Math.ceil((widths[0] ?? 0) / 32);
  const reachRows = widths.length - 1;
  const end = Math.min(heightPx, wanted.to + reachRows);
  for (let y = Math.max(0, wanted.from - reachRows); y < end; y++) {
    if (y % 512 === 0) await pause();
    takeEdges(plane, y, spread, runs, padWords);
    if (runs.count === 0) continue;
    let reach = 0;
    // From the narrow ends of the disc to its middle: each width builds upon the one before.
    for (let dy = widths.length - 1; dy >= 0; dy--) {
      const width = widths[dy] ?? 0;
      if (width > reach) spreadRow(spread, spare, width - reach, runs);
      reach = width;
      if (y - dy >= 0) addRow(out.words, (y - dy) * stride, spread, runs);
      if (dy > 0 && y + dy < heightPx) addRow(out.words, (y + dy) * stride, spread, runs);
    }
    for (let k = 0; k < runs.count; k++) spread.fill(0, runs.ends[2 * k], runs.ends[2 * k + 1]);
  }
  for (let y = 0; y < heightPx; y++) trimRow(out.words, y * stride, stride, plane.widthPx);
  return out;
};

const addRow = (words: Uint32Array, at: number, row: Uint32Array, { ends, count }: Runs): void => {
  for (let k = 0; k < count; k++) {
    const to = ends[2 * k + 1] ?? 0;
    for (let i = ends[2 * k] ?? 0; i < to; i++) {
      const word = row[i] ?? 0;
      if (word !== 0) words[at + i] = (words[at + i] ?? 0) | word;
    }
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
