// One strip of canvas rows into one piece of a PNG data stream.
import { adlerBytes, adlerZeros, resetAdler } from './adler';
import { beginCounting, beginEmitting, countEmptyRow, countRow, emitEmptyRow, emitRow, endEmitting } from './deflate';
import { chooseFilter, filterRow, rowsEqual, UP } from './png-filter';
import { packOpaque, unpremultiply } from './unpremultiply';

const PAD = 16;
/** From this size on, the code of a strip is made from one row in five: a prime, so that stripes do not fool it. */
const SAMPLED_BYTES = 1 << 19;
const SAMPLED_ROWS = 5;

let widthPx: i32 = 0;
let pixelBytes: i32 = 4;
let isStraight: bool = false;
let rowBytes: i32 = 0;
let above: usize = 0;
let current: usize = 0;
let filtered: usize = 0;
let filteredStride: usize = 0;
let output: usize = 0;

function paddedRow(columns: i32): usize {
  return (<usize>(columns << 2) + 31) & ~15;
}

/** Bytes of workspace for strips of at most `rows` rows: two rows, the residuals and the worst output (14 bits a byte). */
export function pngBytes(columns: i32, rows: i32): usize {
  const row = paddedRow(columns) + 2 * PAD;
  return 2 * row + <usize>(rows + 1) * row + <usize>rows * ((row * 7) >> 2) + 4096;
}

/**
 * Starts a picture at the workspace `at`; `channels` is 4 (RGBA) or 3 (RGB, for opaque canvases);
 * `straight` pixels are taken as they are. The row above the first is zero.
 */
export function beginPng(at: usize, columns: i32, rows: i32, channels: i32, straight: bool): void {
  const row = paddedRow(columns) + 2 * PAD;
  widthPx = columns;
  pixelBytes = channels;
  isStraight = straight;
  rowBytes = columns * channels;
  memory.fill(at, 0, 2 * row);
  above = at + PAD;
  current = at + row + PAD;
  filtered = at + 2 * row;
  filteredStride = row;
  output = filtered + <usize>(rows + 1) * row;
}

/** Where encodeStrip and filterStrip leave their bytes. */
export function pngOutput(): usize {
  return output;
}

/** Brings a premultiplied canvas row (changed in place to straight) into `current`. */
function takeRow(pixels: usize): void {
  if (pixelBytes === 3) {
    packOpaque(current, pixels, widthPx);
    memory.fill(current + rowBytes, 0, PAD);
  } else {
    if (!isStraight) unpremultiply(pixels, widthPx);
    memory.copy(current, pixels, rowBytes);
  }
}

function swapRows(): void {
  const row = above;
  above = current;
  current = row;
}

/** Filters and deflates `rows` premultiplied rows; returns the number of bytes at pngOutput(). Adler halves cover this strip alone. */
export function encodeStrip(pixels: usize, stride: i32, rows: i32, last: bool): i32 {
  resetAdler();
  beginCounting(rowBytes * rows >= SAMPLED_BYTES ? SAMPLED_ROWS : 1);
  for (let y = 0; y < rows; y++) {
    const row = filtered + <usize>y * filteredStride + PAD - 1;
    takeRow(pixels + <usize>(y * stride));
    if (rowsEqual(current, above, rowBytes)) {
      store<u8>(row, UP);
      store<u8>(row - 1, 1);
      adlerBytes(row, 1);
      adlerZeros(rowBytes);
      countEmptyRow(rowBytes);
    } else {
      residuals(row);
      store<u8>(row - 1, 0);
      adlerBytes(row, rowBytes + 1);
      countRow(row, rowBytes);
    }
    swapRows();
  }
  beginEmitting(output);
  for (let y = 0; y < rows; y++) {
    const row = filtered + <usize>y * filteredStride + PAD - 1;
    if (load<u8>(row - 1) !== 0) emitEmptyRow(rowBytes);
    else emitRow(row, rowBytes);
  }
  return <i32>(endEmitting(last) - output);
}

/** Filters `rows` premultiplied rows without compressing them; returns the number of bytes at pngOutput(). */
export function filterStrip(pixels: usize, stride: i32, rows: i32): i32 {
  let out = output;
  for (let y = 0; y < rows; y++) {
    takeRow(pixels + <usize>(y * stride));
    residuals(out);
    out += rowBytes + 1;
    swapRows();
  }
  return <i32>(out - output);
}

/** Writes the filter byte and the residuals of the current row. */
function residuals(out: usize): void {
  const filter = chooseFilter(current, above, rowBytes, pixelBytes);
  store<u8>(out, <u8>filter);
  filterRow(filter, current, above, out + 1, rowBytes, pixelBytes);
}
