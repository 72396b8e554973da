import type { Point } from '../../geometry/point.ts';
import type { SewPart } from '../region.ts';
import type { CoverGrid } from './cover-grid.ts';
import { cutParts, type Meetings } from './neighbour-parts.ts';
import { distance, endsOfPart, pointAt, ringsOfPart } from './part-shape.ts';
import { shortTour } from './tour.ts';

/** Worth a walk of so many mm: an end that lies open, from where nothing leads on unseen. */
const OPEN_END_MM = 8;
/** Areas go before the columns that border them, unless that costs more. */
const AREA_FIRST_MM = 3;
/** Taking away what holds the others together costs cuts of the thread. */
const CUT_MM = 60;
/** With more parts only one start is tried. */
const MOST_STARTS = 16;
/** With more than so many the nearest is taken, and what lies open is cut. */
const MOST_WEIGHED = 120;

/**
 * The order in which the parts of one piece are sewn, so that the way from each to the next can run beneath what is sewn later: always a part
 * that leaves the others in one piece, the nearest first. Several starts are tried and the one with the shortest ways is taken.
 */
export const orderParts = (parts: readonly SewPart[], grid: CoverGrid, meetings: Meetings, from: Point | null): readonly number[] => {
  if (parts.length < 2) return parts.map((_, i) => i);
  if (parts.length > MOST_WEIGHED) {
    const places = parts.map((part, i) => endsOfPart(part)[0] ?? grid.middleOf(grid.cellsOf(i)[0] ?? 0));
    return shortTour(places, from ?? places[0] ?? { x: 0, y: 0 });
  }
  const starts = parts.length <= MOST_STARTS ? parts.map((_, i) => i) : [-1];
  const tried = starts.map((start) => orderFrom(parts, grid, meetings, start, from));
  return tried.reduce((best, one) => (one.mm < best.mm - 1e-6 ? one : best)).order;
};

type Tried = { readonly order: readonly number[]; readonly mm: number };

const orderFrom = (parts: readonly SewPart[], grid: CoverGrid, meetings: Meetings, start: number, from: Point | null): Tried => {
  const left = new Set(parts.keys());
  const order: number[] = [];
  let at = from;
  let mm = 0;
  while (left.size > 0) {
    const cuts = cutParts(meetings, left);
    let found: { readonly part: number; readonly mm: number; readonly exit: Point | null } | null = null;
    for (const part of left) {
      if (order.length === 0 && start >= 0 && part !== start) continue;
      const exit = left.size === 1 ? null : exitOf(parts, grid, meetings, part, left);
      const openEnd = left.size > 1 && exit === null ? OPEN_END_MM : 0;
      const way = order.length === 0 ? 0 : wayTo(parts, meetings, part, at, order.at(-1) ?? -1);
      const cost = way + openEnd + (cuts.has(part) ? CUT_MM : 0) - (parts[part]?.kind === 'fill' ? AREA_FIRST_MM : 0);
      if (!found || cost < found.mm - 1e-9) found = { part, mm: cost, exit };
    }
    if (!found) break;
    left.delete(found.part);
    order.push(found.part);
    mm += found.mm;
    at = found.exit ?? gateOf(meetings, found.part, left) ?? at;
  }
  return { order, mm };
};

const wayTo = (parts: readonly SewPart[], meetings: Meetings, part: number, at: Point | null, before: number): number => {
  const shape = parts[part];
  if (!at || !shape) return 0;
  const ends = endsOfPart(shape);
  const meeting = meetings[part]?.get(before);
  const gates = meeting ? [meeting] : [...(meetings[part]?.values() ?? [])];
  const places = ends.length > 0 ? ends : gates.length > 0 ? gates : outlineOf(shape);
  return places.reduce((least, place) => Math.min(least, distance(place, at)), Infinity);
};

/** An area that meets no other part is begun where it is nearest. */
const outlineOf = (part: SewPart): readonly Point[] =>
  ringsOfPart(part).flatMap((points) => Array.from({ length: points.length / 2 }, (_, i) => pointAt(points, i)));

/** A place where a part may end under cover of others to come, or null when its ends all lie open. */
const exitOf = (parts: readonly SewPart[], grid: CoverGrid, meetings: Meetings, part: number, left: ReadonlySet<number>): Point | null => {
  const shape = parts[part];
  if (!shape) return null;
  if (shape.kind === 'fill') return gateOf(meetings, part, left);
  const own = new Set(left);
  own.delete(part);
  return endsOfPart(shape).find((end) => isUnder(grid, end, own)) ?? null;
};

/** Whether one of the parts covers the place or comes within a cell of it. */
const isUnder = (grid: CoverGrid, place: Point, parts: ReadonlySet<number>): boolean => {
  const cell = grid.cellAt(place);
  const { columns } = grid.frame;
  const around = [cell, cell - 1, cell + 1, cell - columns, cell + columns];
  for (const part of parts) if (around.some((near) => grid.covers(part, near))) return true;
  return false;
};

/** Where the part meets the first of the others that are left. */
const gateOf = (meetings: Meetings, part: number, left: ReadonlySet<number>): Point | null => {
  for (const [other, place] of meetings[part] ?? []) if (other !== part && left.has(other)) return place;
  return null;
};
