import type { Point } from '../../geometry/point.ts';
import type { RegionMesh } from '../../geometry/region-mesh.ts';
import { type Sleeves, triangleOf } from '../../geometry/sleeves.ts';
import { nextEdge, previousEdge } from '../../geometry/triangulation.ts';
import { type Band, bandAlong, cornerAt, distance, endOf, outlineBeyond, twinOf } from './banks.ts';
import { capOf, turned, withCap } from './caps.ts';
import type { Chain, ChainEnd } from './chains.ts';
import { clearAhead } from './clear-ahead.ts';
import { type Rung, rungsOf } from './rungs.ts';

/** Rungs of one stroke, and what lies at its ends. */
export type RungBand = { readonly rungs: readonly Rung[]; readonly closed: boolean; readonly head: ChainEnd; readonly tail: ChainEnd };

/** How far a stroke goes on beneath the one it butts against, mm. */
const BUTT_MM = 0.3;
/** And beyond the outline at the most, mm. */
const BEYOND_MM = 0.05;
/** A stroke that reaches through a joint goes on by this many of its widths at the most, one side farther than the other by this one. */
const FARTHEST = 1.5;
const SLANT = 0.6;

/** Rungs of a chain of limbs from end to end: caps at tips, a bit more where it butts, to the far outline where it reaches through a joint. */
export const chainRungs = (sleeves: Sleeves, chain: Chain): RungBand => {
  const { mesh, degree } = sleeves;
  const isOpen = (e: number): boolean => {
    const twin = twinOf(mesh, e);
    return twin >= 0 && (degree[triangleOf(twin)] ?? -1) >= 0;
  };
  const { chords, closed, head, tail } = chain;
  const band = bandAlong(mesh, chords, closed, isOpen);
  if (closed) return { rungs: rungsOf(band).slice(0, -1), closed, head, tail };
  const end = (of: Band, kind: ChainEnd, into: number): Band => {
    if (kind !== 'tip') return of;
    const outline = [
      cornerAt(mesh, endOf(mesh, into)),
      ...outlineBeyond(mesh, nextEdge(into), isOpen),
      ...outlineBeyond(mesh, previousEdge(into), isOpen),
    ];
    return withCap(of, capOf(outline));
  };
  const tailed = end(band, tail, twinOf(mesh, chords.at(-1) ?? 0));
  const both = turned(end(turned(tailed), head, chords[0] ?? 0));
  const rungs = rungsOf(both);
  const after = lengthened(mesh, rungs, tail, twinOf(mesh, chords.at(-1) ?? 0));
  const before = lengthened(mesh, [...rungs].reverse().map(swapped), head, chords[0] ?? 0)
    .reverse()
    .map(swapped);
  return { rungs: [...before, ...rungs, ...after], closed, head, tail };
};

const swapped = ({ left, right }: Rung): Rung => ({ left: right, right: left });

/** Rungs beyond the last one: along the way, as far as the end asks; `into` is the last chord seen from the triangle beyond. */
const lengthened = (mesh: RegionMesh, rungs: readonly Rung[], kind: ChainEnd, into: number): Rung[] => {
  const last = rungs.at(-1);
  if (!last || kind === 'tip') return [];
  const way = wayOut(rungs);
  const on = (p: Point, mm: number): Point => ({ x: p.x + way.x * mm, y: p.y + way.y * mm });
  const [left, right] = [clearAhead(mesh, nextEdge(into), way), clearAhead(mesh, into, way)];
  if (kind === 'butt') return [{ left: on(last.left, buttMm(left)), right: on(last.right, buttMm(right)) }];
  const width = distance(last.left, last.right);
  // Where one side looks along a thin limb, the other one tells how far the stroke goes.
  const most = Math.min(Math.min(left, right) + SLANT * width, FARTHEST * width);
  return [{ left: on(last.left, Math.min(left, most)), right: on(last.right, Math.min(right, most)) }];
};

/** How far a side goes on where it butts: no farther than the outline lets it, but for what no needle notices. */
const buttMm = (clearMm: number): number => Math.min(BUTT_MM, Math.max(clearMm, BEYOND_MM));

/** The direction of the band at its last rung: of its middles over about its own width. */
const wayOut = (rungs: readonly Rung[]): Point => {
  const middles = rungs.map(({ left, right }): Point => ({ x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 }));
  const last = middles.at(-1) ?? { x: 0, y: 0 };
  const tail = rungs.at(-1);
  const width = tail ? distance(tail.left, tail.right) : 1;
  const back = [...middles].reverse().find((middle) => distance(middle, last) > Math.max(0.6, 0.7 * width)) ?? middles[0] ?? last;
  const span = distance(back, last);
  return span > 0 ? { x: (last.x - back.x) / span, y: (last.y - back.y) / span } : { x: 0, y: 0 };
};
