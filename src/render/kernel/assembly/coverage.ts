// Exact-area path coverage with true winding numbers, one pixel row at a time.
//
// A row's edges are sorted by x and split into clusters that share no pixel column. Level edges take part, so between clusters the
// winding number is constant over the whole row and those columns are either empty or full. Inside a cluster the row is cut at every vertex into
// bands; within a band the edges are ordered by x, the winding number is followed from left to right, and only the edges at which
// the fill rule switches add their exact trapezoid area. Bands in which edges cross are halved up to four times.

// Edge record: 12 floats. The host writes the first six, the rest is the part of the edge inside the current row.
const EDGE_BYTES: usize = 48;
const X0: usize = 0;
const Y0: usize = 4;
const X1: usize = 8;
const Y1: usize = 12;
const SLOPE: usize = 16;
const DIRECTION: usize = 20;
const ROW_XA: usize = 24;
const ROW_YA: usize = 28;
const ROW_XB: usize = 32;
const ROW_YB: usize = 36;
const ROW_MIN: usize = 40;
const ROW_MAX: usize = 44;

// Entry of the band being ordered: x at its middle, top and bottom, and the direction.
const BAND_BYTES: usize = 16;

/** More edges than this in one cluster are taken on sixteen sub-scanlines instead of at every vertex. */
const MAX_VERTEX_BANDS = 48;
const cuts = memory.data(4 * (2 * MAX_VERTEX_BANDS + 2));

/** A run of columns that share a treatment: first column, end column, and 1 when fully covered. */
export const RUN_BYTES: usize = 12;

export let runCount: i32 = 0;
export let runs: usize = 0;
/** Coverage bytes of the partly covered runs, indexed by column. */
export let coverage: usize = 0;
let area: usize = 0;
let active: usize = 0;
let band: usize = 0;
let width: i32 = 0;

let nextEdge: usize = 0;
let endEdge: usize = 0;
let activeCount: i32 = 0;
let oddMask: i32 = -1;

/** Bytes the rasteriser needs for rows `columns` wide and at most `edges` edges in a strip. */
export function coverageBytes(columns: i32, edges: i32): usize {
  const perColumn: usize = 4 + 1 + RUN_BYTES;
  return <usize>(columns + 16) * perColumn + <usize>(edges + 4) * (4 + BAND_BYTES) + 64;
}

/** Lays the scratch tables out at `at` (16-byte aligned, zeroed by this call). */
export function useCoverage(at: usize, columns: i32, edges: i32): void {
  const slots = <usize>(columns + 16);
  width = columns;
  area = at;
  runs = area + slots * 4;
  active = runs + slots * RUN_BYTES;
  band = active + <usize>(edges + 4) * 4;
  coverage = band + <usize>(edges + 4) * BAND_BYTES;
  memory.fill(area, 0, slots * 4);
}

/** Starts a path: `count` edge records sorted by first row, y relative to the strip; `evenOdd` picks the fill rule. */
export function beginPath(edges: usize, count: i32, evenOdd: bool): void {
  nextEdge = edges;
  endEdge = edges + <usize>count * EDGE_BYTES;
  activeCount = 0;
  oddMask = evenOdd ? 1 : -1;
}

/** Computes the runs of one row; rows must be visited in ascending order. */
export function coverRowOfPath(row: i32): void {
  runCount = 0;
  const top = <f32>row;
  const arrivals = gatherActive(top);
  if (activeCount === 0) return;
  sortActive(arrivals);
  sweep(top);
}

function isInside(winding: i32): bool {
  return (winding & oddMask) !== 0;
}

function edgeAt(index: i32): usize {
  return load<u32>(active + ((<usize>index) << 2));
}

function gatherActive(top: f32): i32 {
  let kept = 0;
  for (let i = 0; i < activeCount; i++) {
    const edge = edgeAt(i);
    if (load<f32>(edge, Y1) <= top) continue;
    clipToRow(edge, top);
    store<u32>(active + ((<usize>kept) << 2), <u32>edge);
    kept++;
  }
  const before = kept;
  while (nextEdge < endEdge && load<f32>(nextEdge, Y0) < top + 1) {
    if (load<f32>(nextEdge, Y1) > top) {
      clipToRow(nextEdge, top);
      store<u32>(active + ((<usize>kept) << 2), <u32>nextEdge);
      kept++;
    }
    nextEdge += EDGE_BYTES;
  }
  activeCount = kept;
  return kept - before;
}

function clipToRow(edge: usize, top: f32): void {
  const y0 = load<f32>(edge, Y0);
  const y1 = load<f32>(edge, Y1);
  const x0 = load<f32>(edge, X0);
  const x1 = load<f32>(edge, X1);
  const slope = load<f32>(edge, SLOPE);
  const low = min(x0, x1);
  const high = max(x0, x1);
  const ya = max(y0, top);
  const yb = min(y1, top + 1);
  const xa = y0 >= top ? x0 : min(max(x0 + (top - y0) * slope, low), high);
  const xb = y1 <= top + 1 ? x1 : min(max(x0 + (top + 1 - y0) * slope, low), high);
  store<f32>(edge, xa, ROW_XA);
  store<f32>(edge, ya, ROW_YA);
  store<f32>(edge, xb, ROW_XB);
  store<f32>(edge, yb, ROW_YB);
  store<f32>(edge, min(xa, xb), ROW_MIN);
  store<f32>(edge, max(xa, xb), ROW_MAX);
}

/** Rows change little, so insertion is nearly linear; a burst of new edges is first brought roughly into order. */
function sortActive(arrivals: i32): void {
  if (arrivals > 12) {
    let gap = activeCount >> 1;
    while (gap > 1) {
      insertionSort(gap);
      gap = (gap * 5) / 11;
    }
  }
  insertionSort(1);
}

function insertionSort(gap: i32): void {
  for (let i = gap; i < activeCount; i++) {
    const edge = <u32>edgeAt(i);
    const key = load<f32>(edge, ROW_MIN);
    let j = i;
    while (j >= gap && load<f32>(edgeAt(j - gap), ROW_MIN) > key) {
      store<u32>(active + ((<usize>j) << 2), <u32>edgeAt(j - gap));
      j -= gap;
    }
    store<u32>(active + ((<usize>j) << 2), edge);
  }
}

function pushRun(from: i32, to: i32, full: i32): void {
  const at = runs + <usize>runCount * RUN_BYTES;
  store<i32>(at, from);
  store<i32>(at, to, 4);
  store<i32>(at, full, 8);
  runCount++;
}

function sweep(top: f32): void {
  let winding = 0;
  let cursor = 0;
  let i = 0;
  while (i < activeCount) {
    const first = i;
    const from = <i32>load<f32>(edgeAt(i), ROW_MIN);
    let last = <i32>load<f32>(edgeAt(i), ROW_MAX);
    i++;
    while (i < activeCount && <i32>load<f32>(edgeAt(i), ROW_MIN) <= last) {
      last = max(last, <i32>load<f32>(edgeAt(i), ROW_MAX));
      i++;
    }
    if (from >= width) break;
    if (isInside(winding) && from > cursor) pushRun(cursor, from, 1);
    const start: f32 = isInside(winding) ? 255 : 0;
    winding = addCluster(first, i, winding, top);
    const end = min(last + 1, width);
    settle(from, last, end, start);
    pushRun(from, end, 0);
    cursor = last + 1;
  }
  if (isInside(winding) && cursor < width) pushRun(cursor, width, 1);
}

/** Turns the area deltas of columns from..last into coverage bytes and clears them. */
function settle(from: i32, last: i32, end: i32, start: f32): void {
  let sum = start;
  for (let x = from; x < end; x++) {
    const at = area + ((<usize>x) << 2);
    sum += load<f32>(at) * 255;
    store<f32>(at, 0);
    store<u8>(coverage + x, <u8>min(max(sum + 0.5, 0), 255));
  }
  for (let x = end; x <= last + 1; x++) store<f32>(area + ((<usize>x) << 2), 0);
}

/** Adds the boundary area of edges first..end (one cluster) and returns the winding number to their right. */
function addCluster(first: i32, end: i32, winding: i32, top: f32): i32 {
  let turn: f32 = 0;
  for (let i = first; i < end; i++) {
    const edge = edgeAt(i);
    turn += load<f32>(edge, DIRECTION) * (load<f32>(edge, ROW_YB) - load<f32>(edge, ROW_YA));
  }
  const after = winding + <i32>nearest(turn);
  if (isSingleCrossing(first, end, turn)) {
    const sign: f32 = (isInside(after) ? 1 : 0) - (isInside(winding) ? 1 : 0);
    if (sign !== 0) {
      for (let i = first; i < end; i++) {
        const edge = edgeAt(i);
        addArea(load<f32>(edge, ROW_XA), load<f32>(edge, ROW_XB), sign * (load<f32>(edge, ROW_YB) - load<f32>(edge, ROW_YA)));
      }
    }
  } else if (end - first > MAX_VERTEX_BANDS) {
    for (let k = 0; k < 16; k++) addBand(first, end, winding, top + <f32>k * 0.0625, top + <f32>(k + 1) * 0.0625, 0);
  } else {
    addAtVertices(first, end, winding);
  }
  return after;
}

/** Whether the edges form one line that crosses the row once: every height met by exactly one edge, all in one direction. */
function isSingleCrossing(first: i32, end: i32, turn: f32): bool {
  if (abs(abs(turn) - 1) > 0.00001) return false;
  const direction = load<f32>(edgeAt(first), DIRECTION);
  let y = load<f32>(edgeAt(first), ROW_YA);
  let yEnd = load<f32>(edgeAt(first), ROW_YB);
  for (let i = first + 1; i < end; i++) {
    const edge = edgeAt(i);
    if (load<f32>(edge, DIRECTION) !== direction) return false;
    const ya = load<f32>(edge, ROW_YA);
    const yb = load<f32>(edge, ROW_YB);
    if (ya === yEnd) yEnd = yb;
    else if (yb === y) y = ya;
    else return false;
  }
  return true;
}

function addAtVertices(first: i32, end: i32, winding: i32): void {
  let count = 0;
  for (let i = first; i < end; i++) {
    count = insertCut(load<f32>(edgeAt(i), ROW_YA), count);
    count = insertCut(load<f32>(edgeAt(i), ROW_YB), count);
  }
  for (let i = 0; i + 1 < count; i++) {
    addBand(first, end, winding, load<f32>(cuts + ((<usize>i) << 2)), load<f32>(cuts + ((<usize>(i + 1)) << 2)), 4);
  }
}

function insertCut(y: f32, count: i32): i32 {
  let at = count;
  while (at > 0 && load<f32>(cuts + ((<usize>(at - 1)) << 2)) > y) at--;
  if (at > 0 && load<f32>(cuts + ((<usize>(at - 1)) << 2)) === y) return count;
  for (let i = count; i > at; i--) store<f32>(cuts + ((<usize>i) << 2), load<f32>(cuts + ((<usize>(i - 1)) << 2)));
  store<f32>(cuts + ((<usize>at) << 2), y);
  return count + 1;
}

function xOfEdge(edge: usize, y: f32): f32 {
  const x = load<f32>(edge, ROW_XA) + (y - load<f32>(edge, ROW_YA)) * load<f32>(edge, SLOPE);
  return min(max(x, load<f32>(edge, ROW_MIN)), load<f32>(edge, ROW_MAX));
}

/** Follows the winding number across the band yTop..yBottom; `halvings` more cuts are allowed where edges cross. */
function addBand(first: i32, end: i32, winding: i32, yTop: f32, yBottom: f32, halvings: i32): void {
  const middle = (yTop + yBottom) * 0.5;
  let count = 0;
  for (let i = first; i < end; i++) {
    const edge = edgeAt(i);
    if (load<f32>(edge, ROW_YA) > middle || load<f32>(edge, ROW_YB) <= middle) continue;
    insertBandEdge(xOfEdge(edge, middle), xOfEdge(edge, yTop), xOfEdge(edge, yBottom), load<f32>(edge, DIRECTION), count);
    count++;
  }
  if (halvings > 0 && hasCrossing(count)) {
    addBand(first, end, winding, yTop, middle, halvings - 1);
    addBand(first, end, winding, middle, yBottom, halvings - 1);
    return;
  }
  let at = band;
  for (let i = 0; i < count; i++) {
    const before = isInside(winding);
    winding += <i32>load<f32>(at, 12);
    const after = isInside(winding);
    if (before !== after) addArea(load<f32>(at, 4), load<f32>(at, 8), after ? yBottom - yTop : yTop - yBottom);
    at += BAND_BYTES;
  }
}

function insertBandEdge(xMiddle: f32, xTop: f32, xBottom: f32, direction: f32, count: i32): void {
  let at = band + <usize>count * BAND_BYTES;
  while (at > band && load<f32>(at - BAND_BYTES) > xMiddle) {
    v128.store(at, v128.load(at - BAND_BYTES));
    at -= BAND_BYTES;
  }
  store<f32>(at, xMiddle);
  store<f32>(at, xTop, 4);
  store<f32>(at, xBottom, 8);
  store<f32>(at, direction, 12);
}

function hasCrossing(count: i32): bool {
  const slack: f32 = 0.002;
  for (let i = 1; i < count; i++) {
    const at = band + <usize>i * BAND_BYTES;
    if (load<f32>(at - BAND_BYTES, 4) > load<f32>(at, 4) + slack) return true;
    if (load<f32>(at - BAND_BYTES, 8) > load<f32>(at, 8) + slack) return true;
  }
  return false;
}

/**
 * Adds a slanted line from (xa, top) to (xb, bottom) of signed height `height` to the area deltas: the share of each column to the
 * right of the line goes to that column, the rest to the next.
 */
function addArea(xa: f32, xb: f32, height: f32): void {
  const low = min(xa, xb);
  const high = max(xa, xb);
  let column = <i32>low;
  const lastColumn = <i32>high;
  if (column === lastColumn) {
    spread(column, height, (low + high) * 0.5 - <f32>column);
    return;
  }
  const perColumn = height / (high - low);
  let from = low;
  while (column < lastColumn) {
    const to = <f32>(column + 1);
    spread(column, perColumn * (to - from), (from + to) * 0.5 - <f32>column);
    from = to;
    column++;
  }
  spread(column, perColumn * (high - from), (from + high) * 0.5 - <f32>column);
}

function spread(column: i32, height: f32, left: f32): void {
  const at = area + ((<usize>column) << 2);
  const beyond = height * left;
  store<f32>(at, load<f32>(at) + height - beyond);
  store<f32>(at, load<f32>(at, 4) + beyond, 4);
}
