import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath } from '../../geometry/path.ts';
import { inflate, type Rect, unionOf } from '../../geometry/point.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import type { Steps } from '../../model/steps.ts';
import { OUTSIDE_MM } from '../applique/sew-patches.ts';
import { type GridFrame, scanRings } from '../order/scan-rings.ts';
import { ROLE } from '../plan.ts';
import type { StitchRegion } from '../region.ts';
import { type StitchList, threadWidthMm } from './stitch-list.ts';

/** The design in pixels, row by row: what should be there and what is. */
export type StitchCanvas = {
  readonly frame: GridFrame;
  readonly pxPerMm: number;
  /** Region on top, plus one; 0 outside the artwork, `CLOTH_PATCH` where a patch lies. */
  readonly target: Uint16Array;
  /** One bit for each block with thread here; blocks from the 32nd on share the last bit. */
  readonly mask: Uint32Array;
  /** Stitch drawn last, plus one. */
  readonly top: Int32Array;
  /** Stitch drawn last that is neither travel, underlay nor tie, plus one. */
  readonly cover: Int32Array;
  /** 1: underlay lies here. 2: satin lies here. */
  readonly kinds: Uint8Array;
};

/** Stands for cloth that is sewn on: neither bare nor to be covered. */
export const CLOTH_PATCH = 65_535;

const MOST_PIXELS = 2_400_000;
const MARGIN_MM = 2;
/** Stitches looked at in one step. */
export const STITCHES_AT_ONCE = 4096;

/** Draws regions and stitches at 7 to 20 pixels a millimetre, coarser for what is larger than any hoop. */
export function* stitchCanvas(list: StitchList, regions: readonly StitchRegion[]): Steps<StitchCanvas> {
  const { frame, pxPerMm } = frameOf(list, regions);
  const size = frame.columns * frame.rows;
  const target = new Uint16Array(size);
  for (const [index, region] of regions.entries()) {
    yield;
    const isPatch = region.stitch === 'applique';
    const path = isPatch ? offsetPath(region.path, OUTSIDE_MM, 'round', 'nonzero', 0.02) : region.path;
    const rings = flattenPath(path, 0.02).map(({ points }) => points);
    scanRings(rings, frame, (row, from, to) =>
      target.fill(isPatch ? CLOTH_PATCH : index + 1, row * frame.columns + from, row * frame.columns + to),
    );
  }
  const canvas = {
    frame,
    pxPerMm,
    target,
    mask: new Uint32Array(size),
    top: new Int32Array(size),
    cover: new Int32Array(size),
    kinds: new Uint8Array(size),
  };
  yield* drawAll(canvas, list);
  return canvas;
}

/** Draws other stitches for the same artwork in place of those that are there. */
export function* redraw(canvas: StitchCanvas, list: StitchList): Steps<void> {
  for (const plane of [canvas.mask, canvas.top, canvas.cover, canvas.kinds]) plane.fill(0);
  yield* drawAll(canvas, list);
}

function* drawAll(canvas: StitchCanvas, list: StitchList): Steps<void> {
  for (let i = 0; i < list.count; i += 1) {
    if (i % STITCHES_AT_ONCE === 0) yield;
    drawStitch(canvas, list, i);
  }
}

const frameOf = (list: StitchList, regions: readonly StitchRegion[]): { readonly frame: GridFrame; readonly pxPerMm: number } => {
  let box = regions.reduce<Rect | null>((sum, { path }) => unionOf(sum, boundsOfPath(path)), null);
  if (list.count > 0) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < list.count; i += 1) {
      left = Math.min(left, list.ax[i] ?? 0, list.bx[i] ?? 0);
      right = Math.max(right, list.ax[i] ?? 0, list.bx[i] ?? 0);
      top = Math.min(top, list.ay[i] ?? 0, list.by[i] ?? 0);
      bottom = Math.max(bottom, list.ay[i] ?? 0, list.by[i] ?? 0);
    }
    box = unionOf(box, { x: left, y: top, width: right - left, height: bottom - top });
  }
  const { x, y, width, height } = inflate(box ?? { x: 0, y: 0, width: 1, height: 1 }, MARGIN_MM);
  const pxPerMm = Math.min(20, Math.sqrt(MOST_PIXELS / (width * height)));
  const frame = { x0: x, y0: y, step: 1 / pxPerMm, columns: Math.ceil(width * pxPerMm), rows: Math.ceil(height * pxPerMm) };
  return { frame, pxPerMm };
};

/** A capsule as wide as the thread, row by row: per row the span between the outermost of its straight sides and its round ends. */
const drawStitch = (canvas: StitchCanvas, list: StitchList, index: number): void => {
  const { frame, pxPerMm } = canvas;
  const block = list.block[index] ?? 0;
  const thread = list.threads[block];
  const radius = ((thread ? threadWidthMm(thread) : 0.4) / 2) * pxPerMm;
  const ax = ((list.ax[index] ?? 0) - frame.x0) * pxPerMm - 0.5;
  const ay = ((list.ay[index] ?? 0) - frame.y0) * pxPerMm - 0.5;
  const bx = ((list.bx[index] ?? 0) - frame.x0) * pxPerMm - 0.5;
  const by = ((list.by[index] ?? 0) - frame.y0) * pxPerMm - 0.5;
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.hypot(dx, dy);
  const top = Math.max(0, Math.ceil(Math.min(ay, by) - radius));
  const bottom = Math.min(frame.rows - 1, Math.floor(Math.max(ay, by) + radius));
  const [nx, ny] = length > 1e-9 ? [(-dy / length) * radius, (dx / length) * radius] : [0, 0];
  const role = list.role[index] ?? ROLE.top;
  const isCover = role === ROLE.top || role === ROLE.satin || role === ROLE.run;
  const kind = role === ROLE.underlay ? 1 : role === ROLE.satin ? 2 : 0;
  const bit = 1 << Math.min(31, block);
  for (let row = top; row <= bottom; row += 1) {
    let [from, to] = [Infinity, -Infinity];
    const cap = (x: number, y: number): void => {
      const h = radius * radius - (row - y) * (row - y);
      if (h < 0) return;
      const reach = Math.sqrt(h);
      if (x - reach < from) from = x - reach;
      if (x + reach > to) to = x + reach;
    };
    const side = (x: number, y: number): void => {
      if (Math.abs(dy) < 1e-9) return;
      const t = (row - y) / dy;
      if (t < 0 || t > 1) return;
      if (x + t * dx < from) from = x + t * dx;
      if (x + t * dx > to) to = x + t * dx;
    };
    cap(ax, ay);
    cap(bx, by);
    side(ax + nx, ay + ny);
    side(ax - nx, ay - ny);
    const first = row * frame.columns + Math.max(0, Math.ceil(from));
    const last = row * frame.columns + Math.min(frame.columns - 1, Math.floor(to));
    for (let at = first; at <= last; at += 1) {
      canvas.mask[at] = (canvas.mask[at] ?? 0) | bit;
      canvas.top[at] = index + 1;
      canvas.kinds[at] = (canvas.kinds[at] ?? 0) | kind;
      if (isCover) canvas.cover[at] = index + 1;
    }
  }
};
