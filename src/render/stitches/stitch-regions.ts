import { type Colour, colourFromHex, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { boundsOfPath, isEmptyPath, type Path } from '../../geometry/path.ts';
import { containsRect } from '../../geometry/point.ts';
import { areaOfPath, pathContainsPoint, unionPaths } from '../../geometry/polygons.ts';
import type { Scene } from '../../scene/scene.ts';
import { type Island, islandsOf } from '../../stitch/order/islands.ts';
import type { Thread } from '../../stitch/plan.ts';
import type { StitchRegion } from '../../stitch/region.ts';
import { type PaintRun, paintRuns } from '../solid/paint-runs.ts';
import type { Flattened, NotSolid, SolidPiece } from '../solid/solid-art.ts';
import { solidRegions } from '../solid/solid-regions.ts';

export type StitchRegionOptions = {
  /** The thread for a colour of the art; null leaves it out. */
  readonly threadOf: (colour: Colour, pointer: string) => Thread | null;
  /** How all regions are sewn; left out: as their shapes ask for. */
  readonly stitch?: StitchRegion['stitch'];
  /** Direction of rows, degrees clockwise from the x axis; left out or null: from each shape. */
  readonly angleDeg?: number | null;
  /** Most threads: the rarest ones become the nearest of the others. */
  readonly maxThreads?: number;
  /** The cloth: see-through art is sewn in the plain colours it shows there and on other art, a gradient in its mean. Left out: both are refused. */
  readonly ground?: Colour;
};

/** What of a scene a needle can sew, in paint order, and what it cannot. */
export type StitchArt = {
  readonly regions: readonly StitchRegion[];
  readonly refused: readonly NotSolid[];
  /** What is see-through or fades, and became plain colours. */
  readonly flattened: readonly Flattened[];
};

/**
 * The art of a scene as connected areas for the digitiser: later ones lie on earlier ones, what has one thread and touches is welded, letters are
 * named. Pictures must have been traced before; those left are refused. @throws RangeError for coordinates beyond ±20 m
 */
export const stitchRegions = (scene: Scene, options: StitchRegionOptions): StitchArt => {
  const { threadOf, stitch = 'auto', angleDeg = null, maxThreads, ground } = options;
  const threads = new Map<string, Thread>();
  const art = solidRegions(scene, {
    knockOut: false,
    ...(ground ? { ground } : {}),
    colourOf: (colour, pointer) => {
      const thread = threadOf(colour, pointer);
      if (thread) threads.set(keyOf(thread), thread);
      return thread && spotOf(thread);
    },
  });
  const pieces = maxThreads === undefined || threads.size <= maxThreads ? art.pieces : withFewer(art.pieces, threads, maxThreads);
  const regions = paintRuns(pieces).flatMap((run) => {
    const thread = threads.get(nameOf(run.pieces[0]));
    return thread ? regionsOf(run, { thread, stitch, angleDeg }) : [];
  });
  return { regions, refused: art.refused, flattened: art.flattened };
};

const keyOf = ({ colour, code, name, maker }: Thread): string => [colour, code, name, maker].join('\n');

/** A colour that stands for a thread while areas are welded. */
const spotOf = (thread: Thread): Colour => ({
  space: 'spot',
  name: keyOf(thread),
  tint: 1,
  alternate: colourFromHex(thread.colour) ?? WHITE,
});

const nameOf = (piece: SolidPiece | undefined): string => (piece?.colour.space === 'spot' ? piece.colour.name : '');

/** Welding curves leaves slivers where they touch themselves: what is smaller than half a step of a machine squared was drawn by nobody. */
const LEAST_AREA_MM2 = 0.0025;

const regionsOf = ({ pieces }: PaintRun, common: Pick<StitchRegion, 'thread' | 'stitch' | 'angleDeg'>): readonly StitchRegion[] => {
  const islands = islandsOf(unionPaths(pieces.map(({ path }) => path))).filter(({ areaMm2 }) => areaMm2 >= LEAST_AREA_MM2);
  const members = membersOf(islands, pieces);
  return islands.map(({ path }, i): StitchRegion => {
    const own = members[i] ?? [];
    const letter = own.length === 1 ? own[0]?.letter : null;
    return {
      ...common,
      path,
      pointers: [...new Set(own.map(({ pointer }) => pointer))],
      label: letter ? `the letter ${letter}` : '',
    };
  });
};

const ROUNDING_MM = 1e-3;

/** The pieces each island was welded from; a piece in several parts (the letter i) counts for each. */
const membersOf = (islands: readonly Island[], pieces: readonly SolidPiece[]): readonly (readonly SolidPiece[])[] => {
  const members = islands.map((): SolidPiece[] => []);
  for (const piece of pieces) {
    for (const part of islandsOf(piece.path)) {
      const around = islands.flatMap(({ box }, i) => (containsRect(box, part.box, ROUNDING_MM) ? [i] : []));
      const at = around.length === 1 ? around[0] : around.find((i) => holds(islands[i], part.path));
      const list = at === undefined ? undefined : members[at];
      if (list && !list.includes(piece)) list.push(piece);
    }
  }
  return members;
};

/** Whether any of the first corners of a part lies in an island: one may lie on its outline and count either way. */
const holds = (island: Island | undefined, { coords }: Path): boolean => {
  if (!island) return false;
  for (let i = 0; i + 3 < Math.min(coords.length, 16); i += 2) {
    const middle = { x: ((coords[i] ?? 0) + (coords[i + 2] ?? 0)) / 2, y: ((coords[i + 1] ?? 0) + (coords[i + 3] ?? 0)) / 2 };
    if (pathContainsPoint(island.path, middle)) return true;
  }
  return false;
};

/** The pieces with at most so many threads: that with the least area to lose by it gives way to its nearest, again and again. */
const withFewer = (pieces: readonly SolidPiece[], threads: ReadonlyMap<string, Thread>, most: number): readonly SolidPiece[] => {
  const areas = new Map<string, number>();
  for (const piece of pieces) if (!isEmptyPath(piece.path)) areas.set(nameOf(piece), (areas.get(nameOf(piece)) ?? 0) + weightOf(piece));
  const becomes = new Map<string, string>();
  while (areas.size > Math.max(1, most)) {
    const next = cheapestChange([...areas], threads);
    if (!next) break;
    areas.set(next.to, (areas.get(next.to) ?? 0) + (areas.get(next.from) ?? 0));
    areas.delete(next.from);
    becomes.set(next.from, next.to);
  }
  const finalOf = (key: string): string => {
    let at = key;
    for (let to = becomes.get(at); to !== undefined; to = becomes.get(at)) at = to;
    return at;
  };
  return pieces.map((piece) => {
    const thread = threads.get(finalOf(nameOf(piece)));
    return thread ? { ...piece, colour: spotOf(thread) } : piece;
  });
};

const weightOf = ({ path }: SolidPiece): number => (boundsOfPath(path) ? areaOfPath(path) : 0);

type Change = { readonly from: string; readonly to: string; readonly cost: number };

const cheapestChange = (areas: readonly (readonly [string, number])[], threads: ReadonlyMap<string, Thread>): Change | null => {
  let best: Change | null = null;
  for (const [from, area] of areas) {
    for (const [to] of areas) {
      if (to === from) continue;
      const cost = area * colourDistance(screenOf(threads.get(from)), screenOf(threads.get(to)));
      if (!best || cost < best.cost) best = { from, to, cost };
    }
  }
  return best;
};

const screenOf = (thread: Thread | undefined) => colourFromHex(thread?.colour ?? '') ?? WHITE;
