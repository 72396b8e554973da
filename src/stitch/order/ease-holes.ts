import { type ColourBlock, ROLE, type Run } from '../plan.ts';
import { type Crowd, CrowdGrid } from './crowd-grid.ts';
import type { DeepCover } from './deep-cover.ts';
import { easeBeneath, hasThickBeneath } from './ease-beneath.ts';
import { easeTies, hasCrowdedTies } from './ease-ties.ts';
import { offLine } from './own-cover.ts';
import { Trail } from './trail.ts';

/** Needle holes that a square millimetre of cloth bears. */
const MOST_HOLES = 12;
/** What is sewn beneath may leave its line by so much, and its stitches may become so long, mm. */
const MOST_STRAY_MM = 0.25;
const MOST_BENEATH_MM = 4.5;
/** Places within straight stitches move by up to so much, mm; nearer to the line than this they lie within one. */
const SLIDES_MM = [0.3, -0.3, 0.5, -0.5, 0.7, -0.7, 0.9, -0.9];
const STRAIGHT_MM = 0.04;
const BENEATH_STRAIGHT_MM = 0.15;
const LEAST_STITCH_MM = 0.8;
/** At an edge they go back by no more than a thread may be off; deep beneath later thread farther, mm. */
const BACK_MM = [0.1, 0.18, 0.26, 0.34];
const DEEP_BACK_MM = [0.5, 0.7, 0.9, 1.2, 1.6] as const;
const LEAST_STEP_MM = 0.5;
const MOST_STITCH_MM = 4.5;
/** How closely ways are looked at, and from what distance on thread counts as taken away, mm. */
const LOOK_MM = 0.2;
const AWAY_MM = 0.1;
/** Thread lies over what is so near to its middle, mm. */
const COVERED_MM = 0.2;
/** No stitch and no way that is looked at is as long as half of this: what is farther off lies on other places, mm. */
const FAR_MM = 25;
const ROUNDS = 3;

type Place = readonly [x: number, y: number];
/** Whether a place of the run that is being changed lies deep beneath later thread. */
type IsDeep = (x: number, y: number) => boolean;

/**
 * Takes needle holes and thread from where the cloth bears no more, as where colours meet: ties go elsewhere, stitches beneath are joined, places
 * within rows move along them, ends of rows draw back a little, and what lies deep beneath later colours is left out. Then underlay goes out of where
 * one colour's thread lies thick.
 */
export const easeHoles = (blocks: readonly ColourBlock[], isDeep: DeepCover = () => false): readonly ColourBlock[] => {
  const all = new CrowdGrid(MOST_HOLES);
  const crowds = blocks.map(({ runs }): Crowd => {
    const own = new CrowdGrid(MOST_HOLES);
    for (const { points } of runs) for (const grid of [all, own]) grid.addRun(points);
    return { all, own };
  });
  let eased = eachRun(blocks, crowds, (run, crowd) =>
    hasCrowdedTies(run, crowd) ? changed(run, crowd, (trail) => easeTies(trail, crowd)) : run,
  );
  const calm = new WeakSet<Run>();
  // What had no room at first may find some that others left.
  for (let round = 0; round < ROUNDS; round += 1)
    eased = eachRun(eased, crowds, (run, crowd, k) => {
      if (calm.has(run)) return run;
      if (all.crowds(run.points)) return changed(run, crowd, (trail) => thin(trail, all, (x, y) => isDeep(k, x, y)));
      calm.add(run);
      return run;
    });
  return eachRun(eased, crowds, (run, crowd) =>
    hasThickBeneath(run, crowd) ? changed(run, crowd, (trail) => easeBeneath(trail, crowd)) : run,
  );
};

/** The blocks with other runs; themselves when no run is another. */
const eachRun = (
  blocks: readonly ColourBlock[],
  crowds: readonly Crowd[],
  change: (run: Run, crowd: Crowd, block: number) => Run,
): readonly ColourBlock[] => {
  const next = blocks.map((block, k) => {
    const crowd = crowds[k];
    const runs = crowd ? block.runs.map((run) => change(run, crowd, k)) : block.runs;
    return runs.every((run, i) => run === block.runs[i]) ? block : { ...block, runs };
  });
  return next.every((block, i) => block === blocks[i]) ? blocks : next;
};

const changed = (run: Run, { all, own }: Crowd, change: (trail: Trail) => void): Run => {
  const trail = new Trail(run, all, own);
  change(trail);
  return isAs(trail, run) ? run : trail.finish();
};

const isAs = ({ count, points }: Trail, run: Run): boolean => count === run.roles.length && points.every((v, i) => v === run.points[i]);

const thin = (trail: Trail, grid: CrowdGrid, isDeep: IsDeep): void => {
  for (let i = trail.count - 2; i > 0; i -= 1) {
    if (!grid.isCrowdedAt(trail.x(i), trail.y(i))) continue;
    if ((isBeneath(trail, i) && joins(trail, i)) || isHidden(trail, i, isDeep)) trail.leaveOut(i);
    else if (isSpare(trail, i)) trail.replace(i, 2, [], []);
    else if (!slide(trail, i, grid)) drawBack(trail, i, grid, isDeep);
  }
};

const isBeneath = ({ roles }: Trail, i: number): boolean =>
  [roles[i], roles[i + 1]].every((role) => role === ROLE.underlay || role === ROLE.travel);

/** Whether the two stitches at a place beneath may be one: hardly another way, or one that the run's own later thread covers as well. */
const joins = (trail: Trail, i: number): boolean => {
  const mm = trail.mm(i - 1, i + 1);
  if (mm > MOST_BENEATH_MM) return false;
  return strayOf(trail, i) <= MOST_STRAY_MM || (mm >= LEAST_STEP_MM && isUnderOwn(trail, i));
};

/** Whether later rows or satin of the run lie over the straight way between the neighbours of a place. */
const isUnderOwn = (trail: Trail, i: number): boolean =>
  isCovered(trail, placesOn(trail.x(i - 1), trail.y(i - 1), trail.x(i + 1), trail.y(i + 1)), i + 2);

/** Whether satin or rows of the run, from stitch number `from` on, lie over all places. */
const isCovered = (trail: Trail, places: readonly Place[], from: number, except = -1): boolean => {
  const open = new Set(places);
  const [x, y] = places[0] ?? [0, 0];
  for (let k = from; k < trail.count && open.size > 0; k += 1) {
    if (Math.abs(trail.x(k) - x) > FAR_MM || Math.abs(trail.y(k) - y) > FAR_MM) continue;
    if ((trail.roles[k] !== ROLE.top && trail.roles[k] !== ROLE.satin) || (k >= except && k <= except + 2 && except >= 0)) continue;
    const [ax, ay, bx, by] = [trail.x(k - 1), trail.y(k - 1), trail.x(k), trail.y(k)];
    for (const place of open) if (offLine(...place, ax, ay, bx, by) <= COVERED_MM) open.delete(place);
  }
  return open.size === 0;
};

/** Whether satin to a place, to the next and on may be one stitch, for others of the run lie where they did: as in the points of stars. */
const isSpare = (trail: Trail, i: number): boolean => {
  if (i + 2 >= trail.count || [i, i + 1, i + 2].some((k) => trail.roles[k] !== ROLE.satin)) return false;
  const mm = trail.mm(i - 1, i + 2);
  if (mm < LEAST_STEP_MM || mm > MOST_STITCH_MM) return false;
  const [ax, ay, bx, by] = [trail.x(i - 1), trail.y(i - 1), trail.x(i + 2), trail.y(i + 2)];
  const places = [i, i + 1, i + 2]
    .flatMap((k) => placesOn(trail.x(k - 1), trail.y(k - 1), trail.x(k), trail.y(k)))
    .filter(([x, y]) => offLine(x, y, ax, ay, bx, by) > COVERED_MM);
  return isCovered(trail, places, 1, i);
};

/** Whether the two stitches at a place may be one because all that changes lies deep beneath later thread. */
const isHidden = (trail: Trail, i: number, isDeep: IsDeep): boolean => {
  if (trail.roles[i] === ROLE.tie || trail.roles[i + 1] === ROLE.tie) return false;
  const [ax, ay, x, y, bx, by] = [trail.x(i - 1), trail.y(i - 1), trail.x(i), trail.y(i), trail.x(i + 1), trail.y(i + 1)];
  const mm = Math.hypot(bx - ax, by - ay);
  if (mm > MOST_STITCH_MM || mm < LEAST_STEP_MM || !isDeep(x, y)) return false;
  return [
    [ax, ay, x, y],
    [bx, by, x, y],
  ].every(([fromX = 0, fromY = 0, toX = 0, toY = 0]) =>
    placesOn(fromX, fromY, toX, toY).every(([px, py]) => offLine(px, py, ax, ay, bx, by) <= AWAY_MM || isDeep(px, py)),
  );
};

/** How far a place lies from the straight line between its neighbours. */
const strayOf = (trail: Trail, i: number): number =>
  offLine(trail.x(i), trail.y(i), trail.x(i - 1), trail.y(i - 1), trail.x(i + 1), trail.y(i + 1));

const placesOn = (ax: number, ay: number, bx: number, by: number): readonly Place[] => {
  const count = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / LOOK_MM));
  return Array.from({ length: count + 1 }, (_, k) => [ax + ((bx - ax) * k) / count, ay + ((by - ay) * k) / count] as const);
};

/** Moves a place along its straight stitches to where there is more room; false when there is none. */
const slide = (trail: Trail, i: number, grid: CrowdGrid): boolean => {
  const role = trail.roles[i];
  const most = isBeneath(trail, i) ? BENEATH_STRAIGHT_MM : STRAIGHT_MM;
  if (role === ROLE.tie || trail.roles[i + 1] !== role || strayOf(trail, i) > most) return false;
  const [x, y] = [trail.x(i), trail.y(i)];
  const [ax, ay, bx, by] = [trail.x(i - 1), trail.y(i - 1), trail.x(i + 1), trail.y(i + 1)];
  const long = Math.hypot(bx - ax, by - ay);
  const places = SLIDES_MM.flatMap((mm): readonly Place[] => {
    const [nx, ny] = [x + ((bx - ax) / long) * mm, y + ((by - ay) / long) * mm];
    const [before, after] = [Math.hypot(nx - ax, ny - ay), Math.hypot(bx - nx, by - ny)];
    const fits = Math.min(before, after) >= LEAST_STITCH_MM && Math.max(before, after) <= MOST_STITCH_MM && before + after <= long + most;
    return fits ? [[nx, ny]] : [];
  });
  return moveTo(trail, i, grid, places);
};

/** Where rows and satin turn at an edge, the place goes back a little along its longer stitch, if that brings it to where there is more room. */
const drawBack = (trail: Trail, i: number, grid: CrowdGrid, isDeep: IsDeep): void => {
  const { roles } = trail;
  if (roles[i] !== roles[i + 1] || (roles[i] !== ROLE.top && roles[i] !== ROLE.satin)) return;
  const [towards, other] = trail.mm(i, i - 1) > trail.mm(i, i + 1) ? [i - 1, i + 1] : [i + 1, i - 1];
  const [x, y, long] = [trail.x(i), trail.y(i), trail.mm(i, towards)];
  const places: Place[] = [];
  for (const mm of [...BACK_MM, ...DEEP_BACK_MM]) {
    if (long - mm < LEAST_STITCH_MM) break;
    const [nx, ny] = [x + ((trail.x(towards) - x) / long) * mm, y + ((trail.y(towards) - y) / long) * mm];
    if (mm >= DEEP_BACK_MM[0] && !placesOn(x, y, nx, ny).every(([px, py]) => isDeep(px, py))) break;
    if (Math.hypot(trail.x(other) - nx, trail.y(other) - ny) >= LEAST_STEP_MM) places.push([nx, ny]);
  }
  moveTo(trail, i, grid, places);
};

/** Moves a place to the first of those with the most room, when they have more than it has. */
const moveTo = (trail: Trail, i: number, grid: CrowdGrid, places: readonly Place[]): boolean => {
  const [x, y] = [trail.x(i), trail.y(i)];
  grid.addHole(x, y, -1);
  let [best, least]: [Place | null, number] = [null, grid.burdenAt(x, y)];
  for (const place of places) {
    const burden = grid.burdenAt(...place);
    if (burden < least) [best, least] = [place, burden];
  }
  grid.addHole(x, y, 1);
  if (best) trail.move(i, ...best);
  return best !== null;
};
