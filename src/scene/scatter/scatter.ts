import { type Affine, multiply, rotation, scaling, translation } from '../../geometry/affine.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import { centreOf, type Point } from '../../geometry/point.ts';
import { areaOfPath } from '../../geometry/polygons.ts';
import { diceOf } from './dice.ts';
import { type Stamp, shiftedCells, stampOf } from './stamp.ts';
import { TorusDistance } from './torus-distance.ts';

export type ScatterOptions = {
  /** The tile repeats every so many mm across and down. */
  readonly widthMm: number;
  readonly heightMm: number;
  readonly gapMm: number;
  readonly seed: number;
  readonly size: readonly [least: number, most: number];
  /** Copies are turned by at most so many degrees either way. */
  readonly turnDeg: number;
  /** Copies of each motif at most; undefined: as many as its share of the tile holds. */
  readonly most: readonly (number | undefined)[];
};

/** One copy of a motif: `map` takes the motif from where it was composed to its place in the tile that begins at 0, 0. */
export type Strewn = { readonly motif: number; readonly map: Affine };

/** Cells along the longer side of a tile. */
const GRID = 256;
/** Room beyond so many cells counts for no more. */
const REACH = 28;
/** Places that are tried for each copy. */
const TRIES = 200;
/** Copies come in so many sizes: few, so that a picture need not be made ready for print in a hundred. */
const SIZES = 4;
/** Copies in a tile at most, whatever the sizes. */
const MOST_COPIES = 600;
/** Half the diagonal of a cell, twice: what laying two outlines onto the grid can hide. */
const GRID_SLACK = Math.SQRT2;
/** How much of the tile motifs cover together when nobody says how many there are to be. */
const COVERED = 0.5;
/** Distance to copies of the same motif counts so much beside the room to all others. */
const KIN = 0.4;

/**
 * Strews motifs over a tile that repeats without a seam: copies keep `gapMm` between their outlines, across the edges of the tile too. The
 * places look random and follow from the seed. Large motifs come first; each copy goes, of many places tried, to the one farthest from all
 * others and from its own kind, so that the pattern is even (best candidate, Mitchell 1991) and small motifs fill the room between.
 */
export const scatter = (outlines: readonly Path[], options: ScatterOptions): readonly Strewn[] => {
  const perMm = GRID / Math.max(options.widthMm, options.heightMm);
  const columns = Math.max(1, Math.round(options.widthMm * perMm));
  const rows = Math.max(1, Math.round(options.heightMm * perMm));
  const gap = options.gapMm * Math.max(columns / options.widthMm, rows / options.heightMm) + GRID_SLACK;
  const ground: Ground = {
    options,
    space: new TorusDistance(columns, rows, Math.max(REACH, Math.ceil(gap) + 1)),
    toCells: scaling(columns / options.widthMm, rows / options.heightMm),
    gap,
    dice: diceOf(options.seed),
  };
  const areas = outlines.map((outline) => areaOfPath(outline));
  const order = outlines.map((_, i) => i).sort((a, b) => (areas[b] ?? 0) - (areas[a] ?? 0) || a - b);
  // By the roots of their areas: what is larger covers more of the tile and still comes less often.
  const roots = areas.reduce((sum, area) => sum + Math.sqrt(area), 0);
  return order.flatMap((motif) => {
    const outline = outlines[motif];
    const area = areas[motif] ?? 0;
    if (!outline || area <= 0) return [];
    const share = Math.ceil((COVERED * options.widthMm * options.heightMm * Math.sqrt(area)) / (area * roots));
    return strewOne(outline, Math.min(MOST_COPIES, options.most[motif] ?? share), ground).map((map) => ({ motif, map }));
  });
};

type Ground = {
  readonly options: ScatterOptions;
  readonly space: TorusDistance;
  readonly toCells: Affine;
  /** Room between copies, in cells. */
  readonly gap: number;
  readonly dice: () => number;
};

const strewOne = (outline: Path, most: number, ground: Ground): readonly Affine[] => {
  const kin: Point[] = [];
  const maps: Affine[] = [];
  while (maps.length < most) {
    const map = placeOne(outline, kin, ground);
    if (!map) break;
    maps.push(map);
  }
  return maps;
};

const placeOne = (outline: Path, kin: Point[], { options, space, toCells, gap, dice }: Ground): Affine | null => {
  const { size, turnDeg, widthMm, heightMm } = options;
  const box = boundsOfPath(outline);
  if (!box) return null;
  const middle = centreOf(box);
  const drawn = Math.floor(dice() * SIZES);
  const turn = (2 * dice() - 1) * turnDeg;
  for (let step = drawn; step >= 0; step -= 1) {
    const scale = size[0] + ((size[1] - size[0]) * step) / (SIZES - 1);
    const about = multiply(rotation(turn), scaling(scale), translation(-middle.x, -middle.y));
    const stamp = stampOf(transformPath(outline, multiply(toCells, about)), gap, space);
    const found = stamp ? bestPlace(stamp, kin, space, gap, dice) : null;
    if (!stamp || !found) continue;
    space.take(shiftedCells(stamp.cells, found));
    kin.push(found);
    return multiply(translation((found.x * widthMm) / space.columns, (found.y * heightMm) / space.rows), about);
  }
  return null;
};

/** Of many places, the one with the most room around: whole cells, so that the stamp fits the grid. */
const bestPlace = ({ cells, rim }: Stamp, kin: readonly Point[], space: TorusDistance, gap: number, dice: () => number): Point | null => {
  let best: (Point & { readonly score: number }) | null = null;
  for (let i = 0; i < TRIES; i += 1) {
    const [x, y] = [Math.floor(dice() * space.columns), Math.floor(dice() * space.rows)];
    if (space.at(x, y) < gap) continue;
    const room = leastRoom(rim, x, y, space, gap);
    if (room < gap) continue;
    const score = room + KIN * Math.min(...kin.map((one) => space.between(one, { x, y })), space.columns);
    if ((best && score <= best.score) || leastRoom(cells, x, y, space, gap) < gap) continue;
    best = { x, y, score };
  }
  return best;
};

/** The least distance of cells to what is taken; gives up below `enough`. */
const leastRoom = (cells: Int32Array, dx: number, dy: number, space: TorusDistance, enough: number): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < cells.length && least >= enough; i += 2)
    least = Math.min(least, space.at((cells[i] ?? 0) + dx, (cells[i + 1] ?? 0) + dy));
  return least;
};
