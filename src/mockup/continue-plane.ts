/** A box of a map that may reach beyond it, in the map's pixels. */
export type Window = {
  readonly fromWidth: number;
  readonly fromHeight: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Outermost pixels whose mean is the edge. */
const EDGE = 4;
/** How far inside the slope towards the edge is measured. */
const INSIDE = 28;
/** A slope dies away over this share of the map's side. */
const FADE = 0.12;
/** Steeper than this (bytes a pixel) is an object at the edge, not light that falls off. */
const STEEPEST = 0.15;
/** The blur along the edge grows by this with the distance, up to a share of the edge's length. */
const SPREAD = 0.5;
const WIDEST = 0.2;
/** Slopes are averaged over so much of the edge. */
const CALM = 0.05;

/** Running sums of a line, for means over any part of it. */
const sumsOf = (line: Float64Array): Float64Array => {
  const sums = new Float64Array(line.length + 1);
  for (let i = 0; i < line.length; i += 1) sums[i + 1] = (sums[i] ?? 0) + (line[i] ?? 0);
  return sums;
};

/** Mean of `reach` neighbours on either side; beyond the ends the end's own value counts. */
const meanAt = (sums: Float64Array, line: Float64Array, at: number, reach: number): number => {
  const last = line.length - 1;
  const [from, to] = [at - reach, at + reach];
  const [low, high] = [Math.max(0, from), Math.min(last, to)];
  const inside = (sums[high + 1] ?? 0) - (sums[low] ?? 0);
  return (inside + (low - from) * (line[0] ?? 0) + (to - high) * (line[last] ?? 0)) / (2 * reach + 1);
};

/** One side of a plane: where its pixels lie. `depth` counts from the edge inwards, `along` follows the edge. */
type Side = { readonly length: number; readonly depthOf: number; readonly at: (along: number, depth: number) => number };

/** Values beyond one side, `distance` pixels out: starts as the edge, goes on with its slope for a while, and blurs along it. */
const beyond = (plane: Float64Array, { length, depthOf, at }: Side): ((along: number, distance: number) => number) => {
  const edge = new Float64Array(length);
  const slope = new Float64Array(length);
  const mean = (along: number, from: number): number => {
    let sum = 0;
    for (let i = 0; i < EDGE; i += 1) sum += plane[at(along, Math.min(depthOf - 1, from + i))] ?? 0;
    return sum / EDGE;
  };
  for (let i = 0; i < length; i += 1) {
    edge[i] = mean(i, 0);
    slope[i] = Math.max(-STEEPEST, Math.min(STEEPEST, ((edge[i] ?? 0) - mean(i, INSIDE)) / INSIDE));
  }
  const edgeSums = sumsOf(edge);
  const slopeSums = sumsOf(slope);
  const fade = Math.max(1, depthOf * FADE);
  const widest = Math.floor(length * WIDEST);
  const calm = Math.max(1, Math.floor(length * CALM));
  return (along, distance) => {
    const reach = Math.min(widest, Math.floor(distance * SPREAD));
    const gain = fade * (1 - Math.exp(-distance / fade));
    return meanAt(edgeSums, edge, along, reach) + gain * meanAt(slopeSums, slope, along, calm + reach);
  };
};

const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** One channel: columns beside the map first, then the rows above and below over the whole new width. */
const continueChannel = (plane: Float64Array, window: Window): Float64Array => {
  const { fromWidth, fromHeight, x, y, width, height } = window;
  const wide = new Float64Array(width * fromHeight);
  const left = beyond(plane, { length: fromHeight, depthOf: fromWidth, at: (along, depth) => along * fromWidth + depth });
  const right = beyond(plane, { length: fromHeight, depthOf: fromWidth, at: (along, depth) => (along + 1) * fromWidth - 1 - depth });
  for (let row = 0; row < fromHeight; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const from = column + x;
      const value = from < 0 ? left(row, -from) : from >= fromWidth ? right(row, from - fromWidth + 1) : plane[row * fromWidth + from];
      wide[row * width + column] = value ?? 0;
    }
  }
  const out = new Float64Array(width * height);
  const above = beyond(wide, { length: width, depthOf: fromHeight, at: (along, depth) => depth * width + along });
  const below = beyond(wide, { length: width, depthOf: fromHeight, at: (along, depth) => (fromHeight - 1 - depth) * width + along });
  for (let row = 0; row < height; row += 1) {
    const from = row + y;
    if (from >= 0 && from < fromHeight) {
      out.set(wide.subarray(from * width, (from + 1) * width), row * width);
      continue;
    }
    for (let column = 0; column < width; column += 1)
      out[row * width + column] = from < 0 ? above(column, -from) : below(column, from - fromHeight + 1);
  }
  return out;
};

/**
 * The part of a map that a window shows. Beyond the map it goes on as light on a plain ground would: from the value and the slope at the
 * edge, calmer the farther out, so that no line shows where the map ends.
 * @param plane - bytes, row-major, `channels` a pixel
 */
export const continuePlane = (plane: Uint8Array, channels: number, window: Window): Uint8Array => {
  const { fromWidth, fromHeight, width, height } = window;
  const out = new Uint8Array(width * height * channels);
  for (let channel = 0; channel < channels; channel += 1) {
    const own = new Float64Array(fromWidth * fromHeight);
    for (let i = 0; i < own.length; i += 1) own[i] = plane[i * channels + channel] ?? 0;
    const values = continueChannel(own, window);
    for (let i = 0; i < values.length; i += 1) out[i * channels + channel] = byte(values[i] ?? 0);
  }
  return out;
};
