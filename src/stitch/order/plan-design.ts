import { boundsOfPath, EMPTY_PATH, isEmptyPath, type Path } from '../../geometry/path.ts';
import { centreOf, inflate, intersectionOf, type Point, type Rect } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';
import type { Steps } from '../../model/steps.ts';
import { type Patch, sewPatches } from '../applique/sew-patches.ts';
import { type ColourBlock, isSameThread, type Run } from '../plan.ts';
import type { Digitized, DigitizeOptions, FillArea, SewEnds, Sewn, SewPart, StitchRegion, StitchRemark } from '../region.ts';
import { BlockWays } from './block-ways.ts';
import { capOrder } from './cap-order.ts';
import { deepCover } from './deep-cover.ts';
import { easeHoles } from './ease-holes.ts';
import { finishRun } from './finish-run.ts';
import { type Island, islandsOf } from './islands.ts';
import { joinCovered } from './join-covered.ts';
import { type OverlapGraph, overlapGraph } from './overlap-graph.ts';
import { pointAt } from './part-shape.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { sewParts } from './sew-parts.ts';
import { hides, sewingOrder, type ThreadBlock } from './sewing-order.ts';
import { type SewnArea, sewnAreas } from './sewn-areas.ts';
import { stayBack } from './stay-back.ts';
import { shortTour } from './tour.ts';

/** The hands of the digitiser: how a piece is taken apart, which way the rows of an area go, and how a part is sewn. */
export type Needlework = {
  readonly split: (
    region: StitchRegion,
    index: number,
    options: DigitizeOptions,
  ) => { readonly parts: readonly SewPart[]; readonly remarks: readonly StitchRemark[] };
  readonly angle: (path: Path, taken: readonly number[]) => number;
  readonly sew: (part: SewPart, ends: SewEnds, options: DigitizeOptions) => Steps<Sewn>;
};

/** Pieces farther apart than this have nothing to do with one another, mm. */
const REACH_MM = 1;
/** Islands left over from cutting that hold no stitch, mm². */
const LEAST_AREA_MM2 = 0.12;

/**
 * Plans a whole design: fewest colour blocks, traps, order of pieces and parts, ties and cuts. Pieces that cannot be sewn are told in the
 * remarks. Throws what the signal gives as its reason when that is aborted.
 */
export function* planDesign(regions: readonly StitchRegion[], options: DigitizeOptions, work: Needlework): Steps<Digitized> {
  const { pieces, remarks } = piecesOf(regions);
  options.signal?.throwIfAborted();
  yield;
  const graph = overlapGraph(pieces, REACH_MM);
  yield;
  const blocks = sewingOrder(pieces, regions, graph);
  yield;
  const areas = sewnAreas(pieces, regions, graph, blocks, options.fabric);
  yield;
  const design: Design = { regions, options, work, pieces, graph, blocks, areas, angles: new Map(), remarks: [...remarks] };
  let at: Point | null = null;
  const sewn: ColourBlock[] = [];
  const ranks: number[] = [];
  for (const [k, block] of blocks.entries()) {
    const all = isPatchBlock(design, block)
      ? yield* sewPatchBlock(design, block)
      : [{ thread: block.thread, runs: yield* sewBlock(design, k, at), stopAfter: false, note: '' }];
    for (const made of all) {
      const last = made.runs.at(-1);
      if (!last) continue;
      at = pointAt(last.points, last.roles.length - 1);
      append(sewn, made);
      ranks[sewn.length - 1] = k;
    }
  }
  if (options.puff) return { plan: { blocks: sewn }, remarks: design.remarks };
  const isDeep = deepCover(blocks.map(({ pieces: own }) => own.flatMap((i) => (pieces[i]?.patch ? [] : (areas[i]?.path ?? [])))));
  return { plan: { blocks: easeHoles(sewn, (block, x, y) => isDeep(ranks[block] ?? 0, x, y)) }, remarks: design.remarks };
}

type Design = {
  readonly regions: readonly StitchRegion[];
  readonly options: DigitizeOptions;
  readonly work: Needlework;
  readonly pieces: readonly Piece[];
  readonly graph: OverlapGraph;
  readonly blocks: readonly ThreadBlock[];
  readonly areas: readonly SewnArea[];
  /** Row angles already given to the fills of a piece. */
  readonly angles: Map<number, number[]>;
  readonly remarks: StitchRemark[];
};

/** A connected area to sew and the piece it is of. */
type Unit = Island & { readonly piece: number };

/** One block goes on in the other when neither the thread nor a halt parts them. */
const append = (blocks: ColourBlock[], made: ColourBlock): void => {
  const before = blocks.at(-1);
  if (!before || before.stopAfter || !isSameThread(before.thread, made.thread)) blocks.push(made);
  else
    blocks[blocks.length - 1] = {
      ...made,
      runs: [...before.runs, ...made.runs],
      note: [before.note, made.note].filter((note) => note !== '').join('; '),
    };
};

const isPatchBlock = ({ pieces }: Design, block: ThreadBlock): boolean => block.pieces.some((i) => pieces[i]?.patch);

/** Placement, tack-down and border of all patches of a block. */
function* sewPatchBlock({ pieces, options, work }: Design, { thread, pieces: members }: ThreadBlock): Steps<readonly ColourBlock[]> {
  const patches = members.flatMap((i): readonly Patch[] => {
    const piece = pieces[i];
    return piece?.patch ? [{ path: piece.path, work: piece.patch }] : [];
  });
  const steps = yield* sewPatches(patches, (column) => work.sew(column, { entry: null, exit: null }, options));
  return steps.map(({ threads, stopAfter, note }) => ({
    thread,
    runs: threads.flatMap((sewn) => finishRun(sewn, { minStitchMm: options.minStitchMm, maxStitchMm: longestOf(options) }) ?? []),
    stopAfter,
    note,
  }));
}

function* sewBlock(design: Design, index: number, from: Point | null): Steps<readonly Run[]> {
  const { options, pieces, areas, blocks } = design;
  const units = (blocks[index]?.pieces ?? []).flatMap((piece): readonly Unit[] => {
    const area = areas[piece];
    if (area?.isJoined) return [];
    const islands = area && !isEmptyPath(area.path) ? islandsOf(area.path).filter(({ areaMm2 }) => areaMm2 >= LEAST_AREA_MM2) : [];
    if (islands.length === 0) design.remarks.push(hiddenRemark(pieces[piece]));
    return islands.map((island) => ({ ...island, piece }));
  });
  const threads: Sewn[] = [];
  const ordered = orderUnits(units, from, options.order);
  const ways = waysOf(design, index, ordered);
  yield;
  const joining = {
    isCovered: coverAfter(design, index),
    wayTo: (start: Point, end: Point) => ways?.wayBetween(start, end) ?? null,
    runStitchMm: Math.min(2.5, options.runStitchMm),
  };
  let at = from;
  for (const [k, unit] of ordered.entries()) {
    options.signal?.throwIfAborted();
    const sewn = yield* sewUnit(design, unit, at, ways?.exitFrom(k) ?? null);
    for (const [i, thread] of sewn.entries()) {
      if (i === 1) ways?.sewn(k);
      const before = threads.at(-1);
      const joined = before ? joinCovered(before, thread, joining) : null;
      if (joined) threads[threads.length - 1] = joined;
      else threads.push(thread);
    }
    ways?.sewn(k);
    const last = sewn.at(-1);
    if (last) at = pointAt(last.points, last.roles.length - 1);
  }
  return threads.flatMap((thread) => finishRun(thread, { minStitchMm: options.minStitchMm, maxStitchMm: longestOf(options) }) ?? []);
}

/** Puff needs long stitches over its foam; others are divided where they would catch. */
const longestOf = ({ puff, splitSatinMm, satinToMm }: DigitizeOptions): number =>
  puff ? 12 : Math.max(satinToMm, Math.min(splitSatinMm, 7)) + 1;

const orderUnits = (units: readonly Unit[], from: Point | null, order: DigitizeOptions['order']): readonly Unit[] => {
  const boxes = units.map(({ box }) => box);
  const first = from ?? startOf(boxes);
  const tour = order === 'cap' ? capOrder(boxes) : shortTour(boxes.map(centreOf), first);
  return tour.flatMap((i) => units[i] ?? []);
};

/** Reading begins at the left. */
const startOf = (boxes: readonly Rect[]): Point =>
  boxes.reduce((least, { x, y, height }) => (x < least.x ? { x, y: y + height / 2 } : least), { x: Infinity, y: 0 });

const hiddenRemark = (piece: Piece | undefined): StitchRemark => ({
  code: 'stitch.skipped',
  region: piece?.owner ?? 0,
  at: piece ? centreOf(piece.box) : { x: 0, y: 0 },
  measured: 0,
  required: Math.sqrt(LEAST_AREA_MM2),
  unit: 'mm',
});

function* sewUnit(design: Design, unit: Unit, from: Point | null, to: Point | null): Steps<readonly Sewn[]> {
  const { regions, options, work, pieces } = design;
  const owner = pieces[unit.piece]?.owner ?? 0;
  const region = regions[owner];
  if (!region) return [];
  try {
    const isGround = design.areas[unit.piece]?.isGround === true && region.stitch === 'auto';
    const { parts, remarks } = work.split({ ...region, path: unit.path, ...(isGround ? { stitch: 'tatami' } : {}) }, owner, options);
    design.remarks.push(...remarks);
    yield;
    const turned = parts.map((part) => (part.kind === 'fill' && region.angleDeg === null ? withAngle(design, unit.piece, part) : part));
    yield;
    const drawn = stayBack(turned, design.areas[unit.piece]?.earlier ?? EMPTY_PATH, options.fabric);
    yield;
    return yield* sewParts(drawn, {
      sew: (part, ends) => work.sew(part, ends, options),
      from,
      to,
      runStitchMm: Math.min(2.5, options.runStitchMm),
    });
  } catch (error) {
    // Outlines that the geometry refuses are left out and told; all else is a fault of ours and must be seen.
    if (!(error instanceof RangeError)) throw error;
    design.remarks.push(hiddenRemark(pieces[unit.piece]));
    return [];
  }
}

/** Turns the rows of an area away from those of the pieces around it. */
const withAngle = (design: Design, piece: number, part: FillArea): FillArea => {
  const taken = (design.graph.near[piece] ?? []).flatMap((near) => design.angles.get(near) ?? []);
  const angleDeg = design.work.angle(part.path, taken);
  design.angles.set(piece, [...(design.angles.get(piece) ?? []), angleDeg]);
  return { ...part, angleDeg };
};

/** Pieces whose boxes lie farther apart than this have no way between them unless something lies over both, mm. */
const TOUCHING_MM = 0.7;

/** Hidden ways between the pieces of a block; null where there can be none, and over foam. */
const waysOf = ({ blocks, areas, pieces, options }: Design, index: number, units: readonly Unit[]): BlockWays | null => {
  const own = blocks[index]?.thread;
  if (!own || units.length < 2 || options.puff) return null;
  const boxes = units.map(({ box }) => inflate(box, TOUCHING_MM));
  const touches = (box: Rect): boolean => boxes.some((one) => intersectionOf(one, box) !== null);
  const later = blocks
    .slice(index + 1)
    .filter(({ thread }) => hides(thread, own))
    .flatMap((block) => block.pieces.flatMap((i) => (pieces[i]?.patch ? [] : (areas[i]?.path ?? []))))
    .filter((path) => {
      const box = boundsOfPath(path);
      return box !== null && touches(box);
    });
  const isNext = units.some(({ box }, i) => i > 0 && intersectionOf(boxes[i - 1] ?? box, box) !== null);
  if (later.length === 0 && !isNext) return null;
  return new BlockWays(
    units.map(({ path }) => path),
    later,
  );
};

/** Whether a place lies under what later blocks sew. */
const coverAfter = ({ blocks, areas }: Design, index: number): ((place: Point) => boolean) => {
  const later = blocks
    .slice(index + 1)
    .flatMap(({ pieces }) => pieces)
    .flatMap((piece) => {
      const path = areas[piece]?.path;
      const box = path && boundsOfPath(path);
      return path && box ? [{ path, box }] : [];
    });
  return (place) => later.some(({ path, box }) => isIn(box, place) && pathContainsPoint(path, place));
};

const isIn = ({ x, y, width, height }: Rect, place: Point): boolean =>
  place.x >= x && place.y >= y && place.x <= x + width && place.y <= y + height;
