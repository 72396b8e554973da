import { EdgeGrid, type RingEdges } from './ring-edges.ts';

/** A ball that touches two sides of a region: its middle, its diameter, and how far apart the directions of its sides are from parallel. */
export type LocalWidth = {
  readonly x: number;
  readonly y: number;
  readonly widthMm: number;
  /** Radians; 0 between parallel sides. */
  readonly taper: number;
};

/** Sides that open wider than this (15 degrees) make a corner, not a stroke that narrows. */
export const WIDEST_TAPER = (15 * Math.PI) / 180;
const FACING = -Math.cos(WIDEST_TAPER);

/** How far a ball may stick out of the region before it does not count: the stray of flattened curves, and a share of its radius. */
const STRAY_MM = 0.012;
const STRAY_SHARE = 0.03;

/** A vertex turning less than this belongs to a curve and not to a corner, radians. */
const SMOOTH = (30 * Math.PI) / 180;
/** How far a direction may miss the fan of directions that a vertex faces. */
const FAN_SLACK = 0.05;

/**
 * Narrow places of the region to the right of the edges: where balls smaller than `limitMm` across touch two sides that face one another. Every
 * ball is the largest that fits at its place, so that bars, tapers, necks and rings measure what a feeler gauge would; corners of wide shapes have
 * no such balls, as their sides do not face. `pairs` chooses which owners may be the two sides.
 */
export const localWidths = (
  edges: RingEdges,
  limitMm: number,
  pairs: (ownerA: number, ownerB: number) => boolean = () => true,
): readonly LocalWidth[] => {
  const scan = new Scan(edges, limitMm, pairs);
  for (let i = 0; i < edges.count; i += 1) {
    scan.edge(i);
    scan.vertex(i);
  }
  return scan.found;
};

class Scan {
  readonly found: LocalWidth[] = [];
  readonly #e: RingEdges;
  readonly #limitMm: number;
  readonly #pairs: (ownerA: number, ownerB: number) => boolean;
  readonly #grid: EdgeGrid;
  readonly #near: Int32Array;

  constructor(edges: RingEdges, limitMm: number, pairs: (ownerA: number, ownerB: number) => boolean) {
    this.#e = edges;
    this.#limitMm = limitMm;
    this.#pairs = pairs;
    this.#grid = new EdgeGrid(edges, limitMm / 3);
    this.#near = new Int32Array(edges.count);
  }

  /** Samples along an edge: its middle, and more of them on a long one. */
  edge(i: number): void {
    const e = this.#e;
    const length = e.length[i] ?? 0;
    const samples = Math.max(1, Math.ceil(length / (this.#limitMm / 4)));
    for (let k = 0; k < samples; k += 1) {
      const along = (length * (k + 0.5)) / samples;
      this.#fromEdge(i, (e.x[i] ?? 0) + (e.dx[i] ?? 0) * along, (e.y[i] ?? 0) + (e.dy[i] ?? 0) * along);
    }
  }

  #fromEdge(i: number, px: number, py: number): void {
    const e = this.#e;
    const [nx, ny] = [-(e.dy[i] ?? 0), e.dx[i] ?? 0];
    // Every ball that touches here lies within the largest.
    const most = this.#limitMm / 2;
    const count = this.#grid.near(px + nx * most, py + ny * most, most, this.#near);
    let radius = most;
    let cosine = 2;
    for (let k = 0; k < count; k += 1) {
      const j = this.#near[k] ?? 0;
      const [ex, ey] = [e.dx[j] ?? 0, e.dy[j] ?? 0];
      // The normal of j is (-ey, ex): sides face when the normals oppose.
      const facing = -ey * nx + ex * ny;
      if (facing > FACING || !this.#pairs(e.owner[i] ?? 0, e.owner[j] ?? 0)) continue;
      const [ax, ay] = [px - (e.x[j] ?? 0), py - (e.y[j] ?? 0)];
      const away = -ey * ax + ex * ay;
      const r = away / (1 - facing);
      if (away <= 0 || r >= radius) continue;
      const along = (ax + nx * r) * ex + (ay + ny * r) * ey;
      if (along < -1e-9 || along > (e.length[j] ?? 0) + 1e-9) continue;
      radius = r;
      cosine = facing;
    }
    if (cosine > 1) return;
    const [x, y] = [px + nx * radius, py + ny * radius];
    if (this.#isFree(x, y, radius, count)) this.#add(x, y, 2 * radius, Math.acos(Math.min(1, -cosine)));
  }

  /** A vertex that points into the region, against the nearest side or vertex that faces it. */
  vertex(i: number): void {
    const e = this.#e;
    const before = e.before[i] ?? 0;
    const [inX, inY, outX, outY] = [e.dx[before] ?? 0, e.dy[before] ?? 0, e.dx[i] ?? 0, e.dy[i] ?? 0];
    const turn = Math.atan2(inX * outY - inY * outX, inX * outX + inY * outY);
    if (turn >= 0) return;
    const [vx, vy] = [e.x[i] ?? 0, e.y[i] ?? 0];
    const count = this.#nearVertex(vx, vy, inX + outX, inY + outY, -turn);
    let width = this.#limitMm;
    let [mx, my] = [Number.NaN, Number.NaN];
    for (let k = 0; k < count; k += 1) {
      const j = this.#near[k] ?? 0;
      if (j === i || j === before || !this.#pairs(e.owner[i] ?? 0, e.owner[j] ?? 0)) continue;
      const [ex, ey, length] = [e.dx[j] ?? 0, e.dy[j] ?? 0, e.length[j] ?? 0];
      const along = Math.min(length, Math.max(0, (vx - (e.x[j] ?? 0)) * ex + (vy - (e.y[j] ?? 0)) * ey));
      const [dx, dy] = [(e.x[j] ?? 0) + ex * along - vx, (e.y[j] ?? 0) + ey * along - vy];
      const distance = Math.hypot(dx, dy);
      if (distance >= width || distance < 1e-6) continue;
      const [ux, uy] = [dx / distance, dy / distance];
      if (!inFan(ux, uy, inX, inY, outX, outY)) continue;
      if (!this.#faces(j, along, length, -ux, -uy)) continue;
      width = distance;
      [mx, my] = [vx + dx / 2, vy + dy / 2];
    }
    if (Number.isNaN(mx)) return;
    if (this.#isFree(mx, my, width / 2, count)) this.#add(mx, my, width, -turn < SMOOTH ? NEARLY_PARALLEL : 0);
  }

  /** What balls at a vertex may touch: at a smooth one they all lie on about the same side. `(wayX, wayY)` is along the outline. */
  #nearVertex(x: number, y: number, wayX: number, wayY: number, turn: number): number {
    if (turn >= SMOOTH) return this.#grid.near(x, y, this.#limitMm, this.#near);
    const [most, length] = [this.#limitMm / 2, Math.hypot(wayX, wayY)];
    return this.#grid.near(x - (wayY / length) * most, y + (wayX / length) * most, most * (1 + turn), this.#near);
  }

  /** Whether the place `along` edge j looks in the direction (ux, uy). */
  #faces(j: number, along: number, length: number, ux: number, uy: number): boolean {
    const e = this.#e;
    const [ex, ey] = [e.dx[j] ?? 0, e.dy[j] ?? 0];
    if (along > 0 && along < length) return -ey * ux + ex * uy > 0;
    const other = along === 0 ? (e.before[j] ?? 0) : (e.after[j] ?? 0);
    const [ox, oy] = [e.dx[other] ?? 0, e.dy[other] ?? 0];
    return along === 0 ? inFan(ux, uy, ox, oy, ex, ey) : inFan(ux, uy, ex, ey, ox, oy);
  }

  /** Whether no edge among those found near comes into the ball. */
  #isFree(x: number, y: number, radius: number, count: number): boolean {
    const e = this.#e;
    const least = radius * (1 - STRAY_SHARE) - Math.min(STRAY_MM, radius / 4);
    for (let k = 0; k < count; k += 1) {
      const j = this.#near[k] ?? 0;
      const [ax, ay, ex, ey] = [x - (e.x[j] ?? 0), y - (e.y[j] ?? 0), e.dx[j] ?? 0, e.dy[j] ?? 0];
      const along = Math.min(e.length[j] ?? 0, Math.max(0, ax * ex + ay * ey));
      const [dx, dy] = [ax - ex * along, ay - ey * along];
      if (dx * dx + dy * dy < least * least) return false;
    }
    return true;
  }

  #add(x: number, y: number, widthMm: number, taper: number): void {
    this.found.push({ x, y, widthMm, taper });
  }
}

/** What a vertex of a curve says of its taper: nothing, so it is taken for one that narrows. */
const NEARLY_PARALLEL = (3 * Math.PI) / 180;

/** Whether a direction lies between the normals of two edges that meet in a vertex pointing into the region. */
const inFan = (ux: number, uy: number, inX: number, inY: number, outX: number, outY: number): boolean =>
  ux * inX + uy * inY >= -FAN_SLACK &&
  ux * outX + uy * outY <= FAN_SLACK &&
  (-inY * ux + inX * uy > -FAN_SLACK || -outY * ux + outX * uy > -FAN_SLACK) &&
  inX * outY - inY * outX < 1e-9;
