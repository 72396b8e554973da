// Drawing into one strip: rows of premultiplied RGBA8, `stride` bytes apart, columns 0..width of the canvas.
import { blendGroupRow } from './blend';
import { beginPath, coverage, coverRowOfPath, RUN_BYTES, runCount, runs } from './coverage';
import { paintCovered, paintFull, paintPixels } from './paint';
import { coverRow, fadeRow } from './pixel-ops';

function runFrom(index: i32): i32 {
  return load<i32>(runs + <usize>index * RUN_BYTES);
}

function runTo(index: i32): i32 {
  return load<i32>(runs + <usize>index * RUN_BYTES, 4);
}

function runIsFull(index: i32): bool {
  return load<i32>(runs + <usize>index * RUN_BYTES, 8) !== 0;
}

/** Fills the path given by edge records with a paint, rows first..end of the strip; `top` is the canvas row of strip row 0. */
export function fillPath(
  dst: usize,
  stride: i32,
  first: i32,
  end: i32,
  top: i32,
  edges: usize,
  count: i32,
  evenOdd: bool,
  paint: usize,
): void {
  beginPath(edges, count, evenOdd);
  for (let row = first; row < end; row++) {
    coverRowOfPath(row);
    const line = dst + <usize>(row * stride);
    for (let i = 0; i < runCount; i++) {
      if (runIsFull(i)) paintFull(line, paint, top + row, runFrom(i), runTo(i));
      else paintCovered(line, paint, coverage, top + row, runFrom(i), runTo(i));
    }
  }
}

/** Scales columns from..to of the strip by the path's coverage, to nothing outside it. */
export function clipToPath(dst: usize, stride: i32, rows: i32, from: i32, to: i32, edges: usize, count: i32, evenOdd: bool): void {
  beginPath(edges, count, evenOdd);
  for (let row = 0; row < rows; row++) {
    coverRowOfPath(row);
    const line = dst + <usize>(row * stride);
    let cursor = from;
    for (let i = 0; i < runCount; i++) {
      const start = max(runFrom(i), from);
      const end = min(runTo(i), to);
      if (end <= start) continue;
      clearColumns(line, cursor, start);
      if (!runIsFull(i)) coverRow(line + ((<usize>start) << 2), coverage + start, end - start);
      cursor = end;
    }
    clearColumns(line, cursor, to);
  }
}

/** Scales columns from..to by the luminance times alpha of a picture paint inside the path, to nothing outside it. */
export function maskByPicture(
  dst: usize,
  stride: i32,
  rows: i32,
  from: i32,
  to: i32,
  top: i32,
  edges: usize,
  count: i32,
  paint: usize,
): void {
  beginPath(edges, count, false);
  for (let row = 0; row < rows; row++) {
    coverRowOfPath(row);
    const line = dst + <usize>(row * stride);
    let cursor = from;
    for (let i = 0; i < runCount; i++) {
      const start = max(runFrom(i), from);
      const end = min(runTo(i), to);
      if (end <= start) continue;
      clearColumns(line, cursor, start);
      const picture = paintPixels(paint, top + row, start, end);
      luminance(picture, coverage + start, runIsFull(i), end - start);
      coverRow(line + ((<usize>start) << 2), coverage + start, end - start);
      cursor = end;
    }
    clearColumns(line, cursor, to);
  }
}

/** Replaces (or scales) coverage bytes by 0.2126 R + 0.7152 G + 0.0722 B of premultiplied pixels: luminance already times alpha. */
function luminance(pixels: usize, bytes: usize, full: bool, count: i32): void {
  for (let x = 0; x < count; x++) {
    const at = pixels + ((<usize>x) << 2);
    const sum = <u32>load<u8>(at) * 13933 + <u32>load<u8>(at, 1) * 46871 + <u32>load<u8>(at, 2) * 4732;
    const level = (sum + 32768) >> 16;
    const kept = full ? 255 : <u32>load<u8>(bytes + x);
    store<u8>(bytes + x, <u8>((level * kept + 127) / 255));
  }
}

function clearColumns(line: usize, from: i32, to: i32): void {
  if (to > from) memory.fill(line + ((<usize>from) << 2), 0, (<usize>(to - from)) << 2);
}

/** Blends columns from..to of a group's strip onto its backdrop after scaling it by `alpha` / 255. */
export function blendGroup(dst: usize, src: usize, stride: i32, rows: i32, from: i32, to: i32, alpha: i32, mode: i32): void {
  if (to <= from) return;
  for (let row = 0; row < rows; row++) {
    const at = <usize>(row * stride) + ((<usize>from) << 2);
    if (alpha < 255) fadeRow(src + at, alpha, to - from);
    blendGroupRow(dst + at, src + at, to - from, mode);
  }
}

/** Sets columns from..to of every row to one premultiplied colour. */
export function clearStrip(dst: usize, stride: i32, rows: i32, from: i32, to: i32, colour: u32): void {
  for (let row = 0; row < rows; row++) {
    const line = dst + <usize>(row * stride);
    if (colour === 0) {
      clearColumns(line, from, to);
      continue;
    }
    for (let x = from; x < to; x++) store<u32>(line + ((<usize>x) << 2), colour);
  }
}
