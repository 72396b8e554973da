// A deflate block for filtered picture rows: literals and runs of zero bytes (distance 1), one dynamic Huffman code a strip.
// Residual rows hold little else that repeats, and without a match search the writer runs at memory-like speed.
import { alignBits, beginBits, flushBits, outputAt, putBits, putByte, putWords } from './bit-writer';
import { buildCodes } from './huffman';

const LITERALS = 286;
const END_OF_BLOCK = 256;
const FIRST_LENGTH = 257;
const LONGEST_RUN = 258;
/** Four literals of at most 14 bits fit one 64-bit put behind seven pending bits. */
const LITERAL_LIMIT = 14;
const CODE_LENGTHS = 19;

const frequencies = memory.data(LITERALS * 4);
const byteCounts = memory.data(4 * 256 * 4); // one histogram a byte lane, so that equal neighbours do not wait on each other
const codes = memory.data(288 * 4);
const lengths = memory.data(288);
const literals = memory.data(256 * 4); // code | length << 16
const runSymbols = memory.data(259);
const runBases = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const runExtraBits = memory.data<u8>([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]);
const lengthOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
const lengthSymbols = memory.data(320);
const lengthExtras = memory.data(320);
const lengthFrequencies = memory.data(CODE_LENGTHS * 4);
const lengthCodes = memory.data(CODE_LENGTHS * 4);
const lengthLengths = memory.data(CODE_LENGTHS);

/** Zero bytes seen but not yet written, and whether the byte before them (or the last one) is zero, so that a run may copy it. */
let pendingZeros: i32 = 0;
let afterZero: bool = false;
/** Of how many rows one is counted, and how many rows to pass over before the next. */
let rowStep: i32 = 1;
let nextCounted: i32 = 0;

export function initDeflate(): void {
  let symbol = 0;
  for (let run = 3; run <= LONGEST_RUN; run++) {
    while (symbol < 28 && <i32>load<u16>(runBases + ((<usize>(symbol + 1)) << 1)) <= run) symbol++;
    store<u8>(runSymbols + run, <u8>symbol);
  }
}

/** Starts a strip whose rows will be looked at by `countRow` one in `step`. */
export function beginCounting(step: i32): void {
  rowStep = step;
  nextCounted = 0;
  memory.fill(frequencies, 0, LITERALS * 4);
  memory.fill(byteCounts, 0, 4 * 256 * 4);
  pendingZeros = 0;
  afterZero = false;
}

function bump(table: usize, index: u32): void {
  const at = table + ((<usize>index) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

function countRun(): void {
  let zeros = pendingZeros;
  pendingZeros = 0;
  if (zeros >= LONGEST_RUN) {
    const whole = zeros / LONGEST_RUN;
    store<u32>(frequencies + 285 * 4, load<u32>(frequencies + 285 * 4) + whole);
    zeros -= whole * LONGEST_RUN;
  }
  if (zeros >= 3) bump(frequencies, FIRST_LENGTH + load<u8>(runSymbols + zeros));
  else store<u32>(frequencies, load<u32>(frequencies) + zeros);
}

/** A row equal to the one above: filter byte Up (2), then only zeros. */
export function countEmptyRow(bytes: i32): void {
  countRun();
  bump(frequencies, 2);
  bump(frequencies, 0);
  pendingZeros = bytes - 1;
  afterZero = true;
}

/**
 * Counts bytes four at a time until four zero bytes in a row or fewer than four before `end`; returns where it stopped. The fourth byte is
 * mostly the difference between two opaque pixels' alpha: those zeros are kept in a register, for a counter in memory would be waited on.
 */
function countWords(from: usize, end: usize): usize {
  let at = from;
  let zeros: u32 = 0;
  while (at + 4 <= end) {
    const word = load<u32>(at);
    if (word === 0) break;
    bump(byteCounts, word & 255);
    bump(byteCounts + 1024, (word >> 8) & 255);
    bump(byteCounts + 2048, (word >> 16) & 255);
    if (word >> 24 === 0) zeros++;
    else bump(byteCounts + 3072, word >> 24);
    at += 4;
  }
  store<u32>(byteCounts + 3072, load<u32>(byteCounts + 3072) + zeros);
  return at;
}

/** Counts the tokens of a filtered row: the filter byte, then `bytes` residuals (16 readable bytes behind them). */
export function countRow(row: usize, bytes: i32): void {
  countRun();
  afterZero = false;
  if (nextCounted > 0) {
    nextCounted--;
    return;
  }
  nextCounted = rowStep - 1;
  bump(frequencies, load<u8>(row));
  const data = row + 1;
  let i = 0;
  for (; i + 4 <= bytes; i += 4) {
    const word = load<u32>(data + i);
    if (word === 0) {
      if (afterZero) {
        pendingZeros += 4;
      } else {
        bump(frequencies, 0);
        pendingZeros = 3;
        afterZero = true;
      }
      while (i + 20 <= bytes && !v128.any_true(v128.load(data + i, 4))) {
        pendingZeros += 16;
        i += 16;
      }
    } else {
      if (pendingZeros > 0) countRun();
      i = <i32>(countWords(data + i, data + bytes) - data) - 4;
      afterZero = load<u8>(data + i, 3) === 0;
    }
  }
  for (; i < bytes; i++) {
    const byte = load<u8>(data + i);
    if (byte === 0 && afterZero) {
      pendingZeros++;
      continue;
    }
    countRun();
    bump(frequencies, byte);
    afterZero = byte === 0;
  }
}

/** Ends the counting pass, builds the codes and writes the block header to `at`. */
export function beginEmitting(at: usize): void {
  countRun();
  for (let i = 0; i < 256; i++) {
    const count = load<u32>(byteCounts + ((<usize>i) << 2)) + load<u32>(byteCounts + 1024 + ((<usize>i) << 2));
    const more = load<u32>(byteCounts + 2048 + ((<usize>i) << 2)) + load<u32>(byteCounts + 3072 + ((<usize>i) << 2));
    const slot = frequencies + ((<usize>i) << 2);
    store<u32>(slot, load<u32>(slot) + count + more);
  }
  // What was not looked at may hold any symbol.
  if (rowStep > 1) for (let i = 0; i < LITERALS; i++) bump(frequencies, i);
  store<u32>(frequencies + END_OF_BLOCK * 4, 1);
  buildCodes(frequencies, LITERALS, LITERAL_LIMIT, lengths, codes);
  for (let i = 0; i < 256; i++) {
    store<u32>(literals + ((<usize>i) << 2), load<u32>(codes + ((<usize>i) << 2)) | ((<u32>load<u8>(lengths + i)) << 16));
  }
  beginBits(at);
  putBlockHeader();
  pendingZeros = 0;
  afterZero = false;
}

function putBlockHeader(): void {
  let used = LITERALS;
  while (used > FIRST_LENGTH && load<u8>(lengths + used - 1) === 0) used--;
  store<u8>(lengths + used, 1); // the single distance code, "1 back"
  const count = packLengths(used + 1);
  memory.fill(lengthFrequencies, 0, CODE_LENGTHS * 4);
  for (let i = 0; i < count; i++) bump(lengthFrequencies, load<u8>(lengthSymbols + i));
  buildCodes(lengthFrequencies, CODE_LENGTHS, 7, lengthLengths, lengthCodes);
  let ordered = CODE_LENGTHS;
  while (ordered > 4 && load<u8>(lengthLengths + load<u8>(lengthOrder + ordered - 1)) === 0) ordered--;
  putBits(4, 3); // not final, dynamic codes
  putBits(<u64>(used - FIRST_LENGTH), 5);
  putBits(0, 5);
  putBits(<u64>(ordered - 4), 4);
  flushBits();
  for (let i = 0; i < ordered; i++) {
    putBits(load<u8>(lengthLengths + load<u8>(lengthOrder + i)), 3);
    flushBits();
  }
  for (let i = 0; i < count; i++) putLengthSymbol(load<u8>(lengthSymbols + i), load<u8>(lengthExtras + i));
}

function putLengthSymbol(symbol: i32, extra: u32): void {
  putBits(load<u32>(lengthCodes + ((<usize>symbol) << 2)), load<u8>(lengthLengths + symbol));
  if (symbol === 16) putBits(extra, 2);
  else if (symbol === 17) putBits(extra, 3);
  else if (symbol === 18) putBits(extra, 7);
  flushBits();
}

function addLengthSymbol(at: i32, symbol: i32, extra: i32): i32 {
  store<u8>(lengthSymbols + at, <u8>symbol);
  store<u8>(lengthExtras + at, <u8>extra);
  return at + 1;
}

/** Run-length codes the `total` code lengths (symbols 16, 17 and 18) and returns how many symbols that took. */
function packLengths(total: i32): i32 {
  let out = 0;
  let i = 0;
  while (i < total) {
    const value = <i32>load<u8>(lengths + i);
    let end = i + 1;
    while (end < total && <i32>load<u8>(lengths + end) === value) end++;
    let run = end - i;
    if (value === 0) {
      while (run >= 11) {
        const taken = min(run, 138);
        out = addLengthSymbol(out, 18, taken - 11);
        run -= taken;
      }
      if (run >= 3) {
        out = addLengthSymbol(out, 17, run - 3);
        run = 0;
      }
    } else {
      out = addLengthSymbol(out, value, 0);
      run--;
      while (run >= 3) {
        const taken = min(run, 6);
        out = addLengthSymbol(out, 16, taken - 3);
        run -= taken;
      }
    }
    for (; run > 0; run--) out = addLengthSymbol(out, value, 0);
    i = end;
  }
  return out;
}

function emitSymbol(symbol: i32): void {
  putBits(load<u32>(codes + ((<usize>symbol) << 2)), load<u8>(lengths + symbol));
}

function emitRun(): void {
  let zeros = pendingZeros;
  pendingZeros = 0;
  while (zeros >= LONGEST_RUN) {
    emitSymbol(285);
    putBits(0, 1);
    flushBits();
    zeros -= LONGEST_RUN;
  }
  if (zeros >= 3) {
    const symbol = <i32>load<u8>(runSymbols + zeros);
    emitSymbol(FIRST_LENGTH + symbol);
    putBits(<u64>(zeros - load<u16>(runBases + ((<usize>symbol) << 1))), load<u8>(runExtraBits + symbol));
    putBits(0, 1);
    flushBits();
    return;
  }
  for (; zeros > 0; zeros--) {
    emitSymbol(0);
    flushBits();
  }
}

export function emitEmptyRow(bytes: i32): void {
  emitRun();
  emitSymbol(2);
  emitSymbol(0);
  flushBits();
  pendingZeros = bytes - 1;
  afterZero = true;
}

/** Writes what countRow counted; the two must walk a row in the same steps. */
export function emitRow(row: usize, bytes: i32): void {
  emitRun();
  emitSymbol(load<u8>(row));
  flushBits();
  afterZero = false;
  const data = row + 1;
  let i = 0;
  for (; i + 4 <= bytes; i += 4) {
    const word = load<u32>(data + i);
    if (word === 0) {
      if (afterZero) {
        pendingZeros += 4;
      } else {
        emitSymbol(0);
        flushBits();
        pendingZeros = 3;
        afterZero = true;
      }
      while (i + 20 <= bytes && !v128.any_true(v128.load(data + i, 4))) {
        pendingZeros += 16;
        i += 16;
      }
    } else {
      if (pendingZeros > 0) emitRun();
      i = <i32>(putWords(literals, data + i, data + bytes) - data) - 4;
      afterZero = load<u8>(data + i, 3) === 0;
    }
  }
  for (; i < bytes; i++) {
    const byte = load<u8>(data + i);
    if (byte === 0 && afterZero) {
      pendingZeros++;
      continue;
    }
    emitRun();
    emitSymbol(byte);
    flushBits();
    afterZero = byte === 0;
  }
}

/**
 * Ends the block on a byte border, so that strips made anywhere can be joined: an empty stored block follows, or after the last strip
 * an empty final block. Returns the address behind the last byte.
 */
export function endEmitting(last: bool): usize {
  emitRun();
  emitSymbol(END_OF_BLOCK);
  flushBits();
  if (last) {
    putBits(3, 3); // final, fixed codes
    putBits(0, 7); // end of block
    alignBits();
    return outputAt;
  }
  putBits(0, 3);
  alignBits();
  putByte(0);
  putByte(0);
  putByte(255);
  putByte(255);
  return outputAt;
}
