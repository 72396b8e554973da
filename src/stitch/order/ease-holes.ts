import { type ColourBlock, ROLE, type Run } from '../plan.ts';
import { CrowdGrid } from './crowd-grid.ts';
import { easeTies } from './ease-ties.ts';
import { Trail } from './trail.ts';

/** Needle holes and thread that a square millimetre of cloth bears. */
const MOST_HOLES = 12;
const MOST_MM = 12;
/** What is sewn beneath may leave its line by so much, and its stitches may become so long, mm. */
const MOST_STRAY_MM = 0.25;
const MOST_BENEATH_MM = 3.6;
/** Places within straight stitches move by up to so much, mm; nearer to the line than this they lie within one. */
const SLIDES_MM = [0.3, -0.3, 0.5, -0.5, 0.7, -0.7, 0.9, -0.9];
const STRAIGHT_MM = 0.04;
const LEAST_STITCH_MM = 0.8;
/** At an edge they go back by no more than a thread may be off, mm. */
const BACK_MM = [0.1, 0.18, 0.26, 0.34];
const LEAST_STEP_MM = 0.5;
const MOST_STITCH_MM = 4.5;
const ROUNDS = 2;

/**
 * Takes needle holes and thread from where the cloth bears no more, as where colours meet: ties go elsewhere, stitches beneath are joined, places
 * within rows move along them, ends of rows draw back a little.
 */
export const easeHoles = (blocks: readonly ColourBlock[]): readonly ColourBlock[] => {
  const grid = new CrowdGrid(MOST_HOLES, MOST_MM);
  for (const { runs } of blocks) for (const { points } of runs) grid.addRun(points);
  let eased = eachRun(blocks, (run) => {
    const { byHoles, byThread } = grid.crowds(run.points);
    return byHoles || byThread ? changed(run, grid, (trail) => easeTies(trail, grid)) : run;
  });
  // What had no room at first may find some that others left.
  for (let round = 0; round < ROUNDS; round += 1)
    eased = eachRun(eased, (run) => (grid.crowds(run.points).byHoles ? changed(run, grid, (trail) => thin(trail, grid)) : run));
  return eased;
};

/** The blocks with other runs; themselves when no run is another. */
const eachRun = (blocks: readonly ColourBlock[], change: (run: Run) => Run): readonly ColourBlock[] => {
  const next = blocks.map((block) => {
    const runs = block.runs.map(change);
    return runs.every((run, i) => run === block.runs[i]) ? block : { ...block, runs };
  });
  return next.every((block, i) => block === blocks[i]) ? blocks : next;
};

const changed = (run: Run, grid: CrowdGrid, change: (trail: Trail) => void): Run => {
  const trail = new Trail(run, grid);
  change(trail);
  return trail.finish();
};

const thin = (trail: Trail, grid: CrowdGrid): void => {
  for (let i = trail.count - 2; i > 0; i -= 1) {
    if (!grid.isCrowdedAt(trail.x(i), trail.y(i))) continue;
    if (isBeneath(trail, i) && joins(trail, i)) trail.leaveOut(i);
    else if (!slide(trail, i, grid)) drawBack(trail, i, grid);
  }
};

const isBeneath = ({ roles }: Trail, i: number): boolean =>
  [roles[i], roles[i + 1]].every((role) => role === ROLE.underlay || role === ROLE.travel);

/** Whether the two stitches at a place may be one. */
const joins = (trail: Trail, i: number): boolean => trail.mm(i - 1, i + 1) <= MOST_BENEATH_MM && strayOf(trail, i) <= MOST_STRAY_MM;

/** How far a place lies from the straight line between its neighbours. */
const strayOf = (trail: Trail, i: number): number => {
  const [ax, ay] = [trail.x(i - 1), trail.y(i - 1)];
  const [dx, dy] = [trail.x(i + 1) - ax, trail.y(i + 1) - ay];
  const [px, py] = [trail.x(i) - ax, trail.y(i) - ay];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
  return Math.hypot(px - t * dx, py - t * dy);
};

/** Moves a place along its straight stitches to where there is room; false when there is none. */
const slide = (trail: Trail, i: number, grid: CrowdGrid): boolean => {
  const role = trail.roles[i];
  if (role === ROLE.tie || trail.roles[i + 1] !== role || strayOf(trail, i) > STRAIGHT_MM) return false;
  const [x, y] = [trail.x(i), trail.y(i)];
  const [ax, ay, bx, by] = [trail.x(i - 1), trail.y(i - 1), trail.x(i + 1), trail.y(i + 1)];
  const long = Math.hypot(bx - ax, by - ay);
  for (const mm of SLIDES_MM) {
    const [nx, ny] = [x + ((bx - ax) / long) * mm, y + ((by - ay) / long) * mm];
    const [before, after] = [Math.hypot(nx - ax, ny - ay), Math.hypot(bx - nx, by - ny)];
    if (Math.min(before, after) < LEAST_STITCH_MM || Math.max(before, after) > MOST_STITCH_MM || before + after > long + STRAIGHT_MM)
      continue;
    if (!grid.hasRoom(nx, ny, 1)) continue;
    trail.move(i, nx, ny);
    return true;
  }
  return false;
};

/** Where rows and satin turn at an edge, the place goes back a little along its longer stitch, if that brings it to where there is room. */
const drawBack = (trail: Trail, i: number, grid: CrowdGrid): void => {
  const { roles } = trail;
  if (roles[i] !== roles[i + 1] || (roles[i] !== ROLE.top && roles[i] !== ROLE.satin)) return;
  const [towards, other] = trail.mm(i, i - 1) > trail.mm(i, i + 1) ? [i - 1, i + 1] : [i + 1, i - 1];
  const [x, y, long] = [trail.x(i), trail.y(i), trail.mm(i, towards)];
  for (const mm of BACK_MM) {
    if (long - mm < LEAST_STITCH_MM) return;
    const [nx, ny] = [x + ((trail.x(towards) - x) / long) * mm, y + ((trail.y(towards) - y) / long) * mm];
    if (Math.hypot(trail.x(other) - nx, trail.y(other) - ny) < LEAST_STEP_MM || !grid.hasRoom(nx, ny, 1)) continue;
    trail.move(i, nx, ny);
    return;
  }
};
