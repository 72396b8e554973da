import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import { boundsOfPath, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import type { Point, Rect } from '../../geometry/point.ts';
import { offsetPath, pathContainsPoint } from '../../geometry/polygons.ts';
import type { FillArea } from '../region.ts';
import { CoverGrid } from './cover-grid.ts';
import { hiddenWalk } from './hidden-walk.ts';
import { distance, ringsOfPart } from './part-shape.ts';

/** Walks keep so far within what later colours cover, mm: cloth shifts by 0.3 mm, and what is no broader than twice this hides none. */
const WITHIN_MM = 0.5;
/** So near to an outline the cover beside it begins, mm. */
const REACH_MM = 0.7;
/** So far thread may lie on what was sewn before it, mm. */
const CROSS_MM = 1;
/** A walk beneath other colours longer than this is cut, mm. */
const LONGEST_MM = 25;
/** Outlines are looked at in so many places at the most. */
const MOST_PLACES = 160;
const TOLERANCE_MM = 0.03;
/** Ways are looked at so closely, and no more than the second of them may lie on open cloth or earlier colours, mm. */
const LOOK_MM = 0.1;
const OPEN_MM = 0.3;
/** Cells of the grid over a block. */
const MOST_CELLS = 60_000;

/** The ways from piece to piece of one colour: beneath those of its pieces that are still to be sewn, and deep beneath later colours. */
export class BlockWays {
  readonly #grid: CoverGrid;
  readonly #outlines: readonly (readonly Point[])[];
  readonly #areas: number;
  readonly #land: readonly Land[];
  readonly #gone = new Set<number>();

  /** `areas` in sewing order; `later`: what dense thread of later colours covers that hides this one. */
  constructor(areas: readonly Path[], later: readonly Path[]) {
    const deep = later.length === 0 ? null : offsetPath(joinPaths(later), -WITHIN_MM, 'round', 'nonzero', TOLERANCE_MM);
    const parts = [...areas, ...(deep && !isEmptyPath(deep) ? [deep] : [])].map(asFill);
    this.#grid = new CoverGrid(parts, MOST_CELLS);
    this.#areas = areas.length;
    this.#land = [...areas, ...later].flatMap(landOf);
    this.#outlines = parts.slice(0, areas.length).map((part) => placesOn(ringsOfPart(part)));
  }

  /** Area number `k` is sewn, or begun: it hides nothing any more that comes after it. */
  sewn(k: number): void {
    if (this.#gone.has(k)) return;
    this.#gone.add(k);
    this.#grid.remove(k);
  }

  /** Where area number `k` should end so that a hidden way leads on to the next; null when there is none. */
  exitFrom(k: number): Point | null {
    if (k + 1 >= this.#areas) return null;
    this.#grid.remove(k);
    const exit = this.#exitTowards(this.#outlines[k] ?? [], this.#outlines[k + 1] ?? []);
    this.#grid.restore(k);
    return exit;
  }

  /** The corners of a hidden way, both ends included; null when there is none that is short enough. */
  wayBetween(from: Point, to: Point): readonly Point[] | null {
    if (distance(from, to) > LONGEST_MM) return null;
    const way = hiddenWalk(this.#grid, from, to, CROSS_MM);
    let mm = 0;
    for (let i = 1; way && i < way.length; i += 1) mm += distance(way[i - 1] ?? to, way[i] ?? to);
    return way && mm <= LONGEST_MM && this.#openMm(way) <= OPEN_MM ? way : null;
  }

  /** How much of a way lies neither on pieces of its colour nor beneath later ones, mm. */
  #openMm(way: readonly Point[]): number {
    let mm = 0;
    for (let i = 1; i < way.length; i += 1) {
      const [a, b] = [way[i - 1], way[i]];
      if (!a || !b) continue;
      const long = distance(a, b);
      const count = Math.max(1, Math.ceil(long / LOOK_MM));
      for (let k = 0; k < count; k += 1) {
        const t = (k + 0.5) / count;
        const place = { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
        if (this.#grid.isInland(place)) continue;
        if (!this.#land.some(({ path, box }) => containsPoint(box, place) && pathContainsPoint(path, place))) mm += long / count;
      }
    }
    return mm;
  }

  #exitTowards(places: readonly Point[], goals: readonly Point[]): Point | null {
    let [best, goal, bestMm]: [Point | null, Point | null, number] = [null, null, LONGEST_MM];
    for (const place of places) {
      const near = nearestOf(goals, place);
      const mm = near ? distance(near, place) : Infinity;
      if (mm < bestMm && this.#grid.nearestCovered(place, REACH_MM) >= 0) [best, goal, bestMm] = [place, near, mm];
    }
    return best && goal && this.wayBetween(best, goal) ? best : null;
  }
}

const nearestOf = (places: readonly Point[], { x, y }: Point): Point | null => {
  let [best, least]: [Point | null, number] = [null, Infinity];
  for (const place of places) {
    const square = (place.x - x) * (place.x - x) + (place.y - y) * (place.y - y);
    if (square < least) [best, least] = [place, square];
  }
  return best;
};

type Land = { readonly path: Path; readonly box: Rect };

const landOf = (path: Path): readonly Land[] => {
  const box = boundsOfPath(path);
  return box ? [{ path: pathOfPolylines(flattenPath(path, TOLERANCE_MM)), box }] : [];
};

const containsPoint = ({ x, y, width, height }: Rect, place: Point): boolean =>
  place.x >= x && place.y >= y && place.x <= x + width && place.y <= y + height;

const asFill = (path: Path): FillArea => ({ kind: 'fill', region: 0, path, angleDeg: 0, style: 'tatami' });

const placesOn = (rings: readonly Float64Array[]): readonly Point[] => {
  const places: Point[] = [];
  for (const ring of rings) {
    let [ax, ay] = [ring.at(-2) ?? 0, ring.at(-1) ?? 0];
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const [bx, by] = [ring[i] ?? 0, ring[i + 1] ?? 0];
      const count = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 0.5));
      for (let n = 1; n <= count; n += 1) places.push({ x: ax + ((bx - ax) * n) / count, y: ay + ((by - ay) * n) / count });
      [ax, ay] = [bx, by];
    }
  }
  const step = Math.max(1, Math.ceil(places.length / MOST_PLACES));
  return places.filter((_, i) => i % step === 0);
};
