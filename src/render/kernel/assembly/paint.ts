// What fills a path: one colour, a gradient or a picture. A paint record lies in memory; the host writes it (see paint-record.ts).
import { blendRow, blendRowCovered, blendSolid, blendSolidCovered, fadeRow } from './pixel-ops';
import { sampleNearest, sampleSmooth } from './sample';

const SOLID = 0;
const LINEAR = 1;
const RADIAL = 2;
const SMOOTH = 3;
const _NEAREST = 4;

// Field offsets of a paint record.
const KIND: usize = 0;
const ALPHA: usize = 4; // 0..255, pictures only: the host folds it into colours and gradient tables
const COLOUR: usize = 8; // premultiplied RGBA, SOLID
const TABLE: usize = 12; // gradient table or picture
const WIDTH: usize = 16;
const HEIGHT: usize = 20;
const MAP: usize = 24; // six f64: u = m0 x + m1 y + m2, v = m3 x + m4 y + m5 at pixel indices x, y
const FOCUS_X: usize = 72; // f64, RADIAL: centre minus focus, in radii
const FOCUS_Y: usize = 80;

/** Entries of a gradient table. */
const STEPS = 1024;
/** Positions are recomputed this often so that 16.16 steps cannot drift. */
const CHUNK = 256;

let scratch: usize = 0;

/** `at` has room for one row of pixels plus 64 bytes. */
export function usePaintRow(at: usize): void {
  scratch = at;
}

/** Paints a fully covered run; `dst` is the address of column 0 of the row, y the absolute row. */
export function paintFull(dst: usize, paint: usize, y: i32, from: i32, to: i32): void {
  const at = dst + ((<usize>from) << 2);
  if (load<i32>(paint, KIND) === SOLID) {
    blendSolid(at, load<u32>(paint, COLOUR), to - from);
  } else {
    blendRow(at, paintPixels(paint, y, from, to), to - from);
  }
}

/** Paints a run under one coverage byte a column; `coverage` is the address for column 0. */
export function paintCovered(dst: usize, paint: usize, coverage: usize, y: i32, from: i32, to: i32): void {
  const at = dst + ((<usize>from) << 2);
  if (load<i32>(paint, KIND) === SOLID) {
    blendSolidCovered(at, load<u32>(paint, COLOUR), coverage + from, to - from);
  } else {
    blendRowCovered(at, paintPixels(paint, y, from, to), coverage + from, to - from);
  }
}

/** The paint's own premultiplied pixels for columns from..to of row y (not for SOLID); valid until the next call. */
export function paintPixels(paint: usize, y: i32, from: i32, to: i32): usize {
  const kind = load<i32>(paint, KIND);
  for (let x = from; x < to; x += CHUNK) {
    const count = min(to - x, CHUNK);
    const out = scratch + ((<usize>(x - from)) << 2);
    const u = coordinate(paint + MAP, x, y);
    const v = coordinate(paint + MAP + 24, x, y);
    if (kind === LINEAR) linearRow(out, paint, u, count);
    else if (kind === RADIAL) radialRow(out, paint, u, v, count);
    else pictureRow(out, paint, kind, u, v, count);
  }
  const alpha = load<u32>(paint, ALPHA);
  if (kind >= SMOOTH && alpha < 255) fadeRow(scratch, alpha, to - from);
  return scratch;
}

function coordinate(row: usize, x: i32, y: i32): f64 {
  return load<f64>(row) * <f64>x + load<f64>(row, 8) * <f64>y + load<f64>(row, 16);
}

/** Looks four gradient parameters up; beyond 0 and 1 the end colours continue. */
function storeEntries(out: usize, table: usize, t: v128): void {
  const last = f32x4.splat(<f32>(STEPS - 1));
  const held = f32x4.pmin(last, f32x4.pmax(f32x4.splat(0), f32x4.mul(t, last)));
  // Adding 2^23 leaves the rounded number in the low bits of the float.
  const index = v128.and(f32x4.add(held, f32x4.splat(8388608)), i32x4.splat(STEPS - 1));
  store<u32>(out, load<u32>(table + ((<usize>i32x4.extract_lane(index, 0)) << 2)));
  store<u32>(out, load<u32>(table + ((<usize>i32x4.extract_lane(index, 1)) << 2)), 4);
  store<u32>(out, load<u32>(table + ((<usize>i32x4.extract_lane(index, 2)) << 2)), 8);
  store<u32>(out, load<u32>(table + ((<usize>i32x4.extract_lane(index, 3)) << 2)), 12);
}

/** start, start + step, start + 2 step, start + 3 step for pixel x and its three neighbours. */
function lanes(start: f64, step: f64, x: i32): v128 {
  return f32x4.add(f32x4.splat(<f32>(start + step * <f64>x)), f32x4.mul(f32x4.splat(<f32>step), f32x4(0, 1, 2, 3)));
}

function linearRow(out: usize, paint: usize, u: f64, count: i32): void {
  const table = <usize>load<u32>(paint, TABLE);
  const step = load<f64>(paint, MAP);
  for (let x = 0; x < count; x += 4) storeEntries(out + ((<usize>x) << 2), table, lanes(u, step, x));
}

/**
 * Radial parameter t: the larger root of |p - t e| = t, p measured from the focus and e = centre - focus, both in radii.
 * The focus lies inside the circle, so e.e < 1 and the root is real.
 */
function radialRow(out: usize, paint: usize, u: f64, v: f64, count: i32): void {
  const table = <usize>load<u32>(paint, TABLE);
  const ex = <f32>load<f64>(paint, FOCUS_X);
  const ey = <f32>load<f64>(paint, FOCUS_Y);
  const du = load<f64>(paint, MAP);
  const dv = load<f64>(paint, MAP + 24);
  const room: f32 = 1 - (ex * ex + ey * ey);
  for (let x = 0; x < count; x += 4) {
    const px = lanes(u, du, x);
    const py = lanes(v, dv, x);
    const b = f32x4.add(f32x4.mul(px, f32x4.splat(ex)), f32x4.mul(py, f32x4.splat(ey)));
    const distance = f32x4.add(f32x4.mul(px, px), f32x4.mul(py, py));
    const root = f32x4.sqrt(f32x4.add(f32x4.mul(b, b), f32x4.mul(f32x4.splat(room), distance)));
    storeEntries(out + ((<usize>x) << 2), table, f32x4.div(f32x4.sub(root, b), f32x4.splat(room)));
  }
}

function fixed(value: f64): i32 {
  return <i32>Math.floor(min(max(value, -16000), 32000) * 65536 + 0.5);
}

function pictureRow(out: usize, paint: usize, kind: i32, u: f64, v: f64, count: i32): void {
  const table = <usize>load<u32>(paint, TABLE);
  const widthPx = load<i32>(paint, WIDTH);
  const heightPx = load<i32>(paint, HEIGHT);
  const du = fixed(load<f64>(paint, MAP));
  const dv = fixed(load<f64>(paint, MAP + 24));
  if (kind === SMOOTH) sampleSmooth(out, table, widthPx, heightPx, fixed(u - 0.5), fixed(v - 0.5), du, dv, count);
  else sampleNearest(out, table, widthPx, heightPx, fixed(u), fixed(v), du, dv, count);
}
