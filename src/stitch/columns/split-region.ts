import { contoursOf } from '../../geometry/contours.ts';
import { type Polyline, pathOfPolylines } from '../../geometry/flatten.ts';
import { EMPTY_PATH, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { intersectPaths, offsetPath, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import { regionMesh } from '../../geometry/region-mesh.ts';
import { type Sleeves, sleevesOf } from '../../geometry/sleeves.ts';
import { fillAngle } from '../fill/fill-angle.ts';
import type { DigitizeOptions, FillArea, RunLine, SatinColumn, SewPart, StitchRegion, StitchRemark } from '../region.ts';
import { threadShare } from '../thread-options.ts';
import { distance } from './banks.ts';
import { chainRungs, type RungBand } from './chain-rungs.ts';
import { chainsOf, type WidthLimits } from './chains.ts';
import { fillLinks } from './fill-links.ts';
import { lineOf } from './line-of-rungs.ts';
import { lumpRungs } from './lump-rungs.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Rung } from './rungs.ts';
import { swellMm } from './swell.ts';
import { trimEnds } from './trim-ends.ts';
import { cutAtTurns } from './turns.ts';

export type Split = { readonly parts: readonly SewPart[]; readonly remarks: readonly StitchRemark[] };

/** Grain of outlines below this is no limb, mm. */
const GRAIN_MM = 0.15;
/** A limb of a letter that reaches less than this share of its mouth beyond it is a corner: the serif of a slab reaches 0.73, a square corner 0.5. */
const CORNER_SHARE = 0.72;
/** Fills go on beneath what borders on them, mm. */
const OVERLAP_MM = 0.4;
/** Strips of what is left over narrower than twice this are dropped: their neighbours' overlap covers them, mm. */
const SLIVER_MM = 0.2;
/** What is to be satin in any case is a line only below this width, mm. */
const HAIR_MM = 0.5;
/** Columns begin at this share of their least width: compensation widens what is sewn by more than the rest. */
const COMPENSATED = 0.8;
/** A line this thin is drawn wider by thread of weight 40, mm. */
const THREAD_MM = 0.4;
/** Regions smaller than this hold no stitch, mm². */
const LEAST_AREA_MM2 = 0.02;
/** Left-over areas smaller than this are no fill of their own, mm². */
const LEAST_FILL_MM2 = 0.6;

/** Shapes with more holes are no letters: what lies between the holes of a wheel is an area. */
const MOST_COUNTERS = 4;
/** Shapes in more pieces than this are splinters. */
const MOST_PIECES = 250;
/** Outlines with more points than this, once welded, are noise and no drawing. */
const MOST_POINTS = 40_000;

/** Decides what of a region becomes satin columns, running lines and fills. Parts overlap where they meet, and together cover the region. */
export const splitRegion = (region: StitchRegion, index: number, options: DigitizeOptions): Split => {
  const solid = unionPaths([region.path]);
  const area = areaOfRings(solid);
  if (area < LEAST_AREA_MM2)
    return { parts: [], remarks: [remarkOn(solid, 'stitch.skipped', index, Math.sqrt(area), Math.sqrt(LEAST_AREA_MM2))] };
  if (solid.coords.length > 2 * MOST_POINTS) return { parts: [], remarks: [tooComplex(solid, index)] };
  if (region.stitch === 'tatami' || region.stitch === 'contour') return { parts: fillsOf(solid, region, index), remarks: [] };
  const pieces = piecesIn(solid, limitsOf(region, options));
  const threadMm = THREAD_MM * threadShare(region.thread);
  const parts = pieces
    .flatMap((piece): readonly SewPart[] => partOf(piece, index, threadMm))
    .map((part) => (region.stitch === 'run' && part.kind === 'run' ? withoutSides(part) : part));
  const rest = region.stitch === 'run' ? [] : fillsOf(restOf(solid, pieces), region, index);
  return { parts: [...rest, ...parts], remarks: thinRemarks(parts, index, threadMm) };
};

const limitsOf = ({ stitch }: StitchRegion, options: DigitizeOptions): WidthLimits => {
  if (stitch === 'run') return { thinMm: Infinity, wideMm: Infinity };
  if (stitch === 'satin') return { thinMm: Math.min(HAIR_MM, COMPENSATED * options.satinFromMm), wideMm: Infinity };
  return { thinMm: COMPENSATED * options.satinFromMm, wideMm: Math.max(options.satinToMm, options.splitSatinMm) };
};

const piecesIn = (solid: Path, limits: WidthLimits): readonly Piece[] => {
  const isPierced = contoursOf(solid).filter((ring) => ringArea(ring) < 0).length > MOST_COUNTERS;
  const sleeves = sleevesOf(regionMesh(solid), { grainMm: GRAIN_MM, ...(isPierced ? {} : { cornerShare: CORNER_SHARE }) });
  const found = bandsIn(sleeves, limits);
  const swelling = isPierced ? limits : { ...limits, wideMm: swellMm(found, limits.wideMm) };
  // Which strokes go on through a joint depends on what is too wide for a column.
  const bands = swelling.wideMm === limits.wideMm || isSlender(found, limits.wideMm) ? found : bandsIn(sleeves, swelling);
  return trimEnds(fillLinks(bands.flatMap((band) => piecesOf(band, swelling))));
};

const bandsIn = (sleeves: Sleeves, limits: WidthLimits): readonly RungBand[] => [
  ...chainsOf(sleeves, limits).flatMap((chain) => cutAtTurns(chainRungs(sleeves, chain))),
  ...sleeves.lumps.map((lump) => ({ rungs: lumpRungs(sleeves.mesh, lump), closed: false, head: 'tip' as const, tail: 'tip' as const })),
];

const isSlender = (bands: readonly RungBand[], wideMm: number): boolean =>
  bands.every(({ rungs }) => rungs.every(({ left, right }) => distance(left, right) <= wideMm));

const flat = (points: readonly Point[]): Float64Array => Float64Array.from(points.flatMap(({ x, y }) => [x, y]));

const partOf = ({ kind, rungs, closed }: Piece, region: number, threadMm: number): readonly SewPart[] => {
  if (kind === 'wide' || rungs.length < 2) return [];
  if (kind === 'satin') {
    const column: SatinColumn = {
      kind,
      region,
      left: flat(rungs.map(({ left }) => left)),
      right: flat(rungs.map(({ right }) => right)),
      closed,
    };
    return [column];
  }
  return [lineOf(rungs, closed, region, threadMm)];
};

/** A line that is asked for is a line, however wide the shape. */
const withoutSides = ({ kind, region, points, passes, widthMm }: RunLine): RunLine => ({ kind, region, points, passes, widthMm });

/** The area between the rails. */
export const areaOfRungs = (rungs: readonly Rung[], closed: boolean): Path => {
  const [left, right] = [rungs.map((rung) => rung.left), rungs.map((rung) => rung.right)];
  const lines: readonly Polyline[] = closed
    ? [
        { points: flat(left), closed: true },
        { points: flat(right), closed: true },
      ]
    : [{ points: flat([...left, ...right.reverse()]), closed: true }];
  return unionPaths([pathOfPolylines(lines)], closed ? 'evenodd' : 'nonzero');
};

/** What no column and no line takes, firm parts of it, gone on beneath them. */
const restOf = (solid: Path, pieces: readonly Piece[]): Path => {
  if (pieces.length > MOST_PIECES) return wideOf(solid, pieces);
  const sewn = pieces.filter(({ kind }) => kind !== 'wide').map(({ rungs, closed }) => areaOfRungs(rungs, closed));
  const left = sewn.length > 0 ? subtractPaths(solid, joinPaths([unionPaths(sewn)])) : solid;
  const firm = offsetPath(left, -SLIVER_MM, 'miter');
  if (isEmptyPath(firm)) return firm;
  const whole = sewn.length > 0 ? offsetPath(firm, SLIVER_MM + OVERLAP_MM, 'miter') : offsetPath(firm, 2 * SLIVER_MM, 'miter');
  return intersectPaths(solid, whole);
};

/** Of splintered shapes only the wide places are filled: what hundreds of splinters leave open is noise, and takes seconds to find. */
const wideOf = (solid: Path, pieces: readonly Piece[]): Path => {
  const wide = pieces.filter(({ kind }) => kind === 'wide').map(({ rungs, closed }) => areaOfRungs(rungs, closed));
  return wide.length === 0 ? EMPTY_PATH : intersectPaths(solid, offsetPath(joinPaths([unionPaths(wide)]), OVERLAP_MM, 'miter'));
};

/** One fill for each piece of an area. */
const fillsOf = (path: Path, { stitch, angleDeg }: StitchRegion, region: number): readonly FillArea[] =>
  separate(path)
    .filter((piece) => areaOfRings(piece) >= LEAST_FILL_MM2)
    .map((piece) => ({
      kind: 'fill',
      region,
      path: piece,
      angleDeg: angleDeg ?? fillAngle(piece, []),
      style: stitch === 'contour' ? 'contour' : 'tatami',
    }));

/** Outer rings, each with the holes in it. */
const separate = (path: Path): readonly Path[] => {
  const rings = contoursOf(path);
  const outer = rings.filter((ring) => ringArea(ring) > 0);
  const holes = rings.filter((ring) => ringArea(ring) <= 0);
  if (outer.length <= 1) return isEmptyPath(path) ? [] : [path];
  return outer.map((ring) => joinPaths([ring, ...holes.filter((hole) => isWithin(hole, ring))]));
};

const areaOfRings = (welded: Path): number => contoursOf(welded).reduce((sum, ring) => sum + ringArea(ring), 0);

const ringArea = ({ coords }: Path): number => {
  let sum = 0;
  let [px, py] = [coords.at(-2) ?? 0, coords.at(-1) ?? 0];
  for (let i = 0; i + 1 < coords.length; i += 2) {
    const [x, y] = [coords[i] ?? 0, coords[i + 1] ?? 0];
    sum += px * y - x * py;
    [px, py] = [x, y];
  }
  return sum / 2;
};

/** Whether a ring lies in another; rings do not cross, so that one of its points tells, unless it touches. */
const isWithin = ({ coords }: Path, { coords: outer }: Path): boolean => {
  let votes = 0;
  for (let i = 0; i + 1 < coords.length && i < 10; i += 2) votes += isInside(outer, coords[i] ?? 0, coords[i + 1] ?? 0) ? 1 : -1;
  return votes > 0;
};

const isInside = (ring: Float64Array, x: number, y: number): boolean => {
  let inside = false;
  let [ax, ay] = [ring.at(-2) ?? 0, ring.at(-1) ?? 0];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const [bx, by] = [ring[i] ?? 0, ring[i + 1] ?? 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    [ax, ay] = [bx, by];
  }
  return inside;
};

const remarkOn = (path: Path, code: StitchRemark['code'], region: number, measured: number, required: number): StitchRemark => ({
  code,
  region,
  at: { x: path.coords[0] ?? 0, y: path.coords[1] ?? 0 },
  measured: Math.round(measured * 100) / 100,
  required: Math.round(required * 100) / 100,
  unit: 'mm',
});

const tooComplex = ({ coords }: Path, region: number): StitchRemark => ({
  code: 'stitch.too-complex',
  region,
  at: { x: coords[0] ?? 0, y: coords[1] ?? 0 },
  measured: coords.length / 2,
  required: MOST_POINTS,
  unit: 'stitches',
});

/** The thinnest line of a region, when thread makes it wider than it is. */
const thinRemarks = (parts: readonly SewPart[], region: number, threadMm: number): readonly StitchRemark[] => {
  const thin = parts.filter((part): part is RunLine => part.kind === 'run' && part.widthMm < threadMm);
  const [worst] = thin.sort((a, b) => a.widthMm - b.widthMm);
  if (!worst) return [];
  const middle = (worst.points.length >> 2) * 2;
  const at = { x: worst.points[middle] ?? 0, y: worst.points[middle + 1] ?? 0 };
  return [{ code: 'stitch.thin', region, at, measured: Math.round(worst.widthMm * 100) / 100, required: threadMm, unit: 'mm' }];
};
