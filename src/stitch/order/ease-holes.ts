import { type ColourBlock, ROLE, type Run } from '../plan.ts';
import { HoleCount } from './hole-count.ts';

/** Needle holes that a square millimetre of cloth bears. */
const MOST_HOLES = 12;
/** What is sewn beneath may leave its line by so much, and its stitches may become so long, mm. */
const MOST_STRAY_MM = 0.25;
const MOST_BENEATH_MM = 3.6;
/** Places within straight stitches move by up to so much, mm; nearer to the line than this they lie within one. */
const SLIDES_MM = [0.3, -0.3, 0.5, -0.5, 0.7, -0.7, 0.9, -0.9];
const STRAIGHT_MM = 0.04;
const LEAST_STITCH_MM = 0.8;
/** At an edge they go back by no more than a thread may be off, mm. */
const BACK_MM = [0.1, 0.18, 0.26, 0.34];
const MOST_STITCH_MM = 4.5;
/** Ties are made longer by these shares. */
const TIE_SHARES = [1.3, 1.6, 0.75];
const LEAST_TIE_MM = 0.5;
const ROUNDS = 2;

/** A run that may be changed. */
type Trail = { readonly points: number[]; readonly roles: number[]; readonly from: Run['from'] };

/**
 * Takes needle holes from where more than a dozen would pierce a square millimetre, as colours that meet do: stitches beneath are joined, places
 * within rows move along them, ends of rows draw back a little, ties become longer.
 */
export const easeHoles = (blocks: readonly ColourBlock[]): readonly ColourBlock[] => {
  const holes = new HoleCount(MOST_HOLES);
  for (const { runs } of blocks) for (const { points } of runs) holes.addAll(points);
  if (!holes.isCrowded) return blocks;
  let eased = blocks;
  // What had no room at first may find some that others left.
  for (let round = 0; round < ROUNDS; round += 1)
    eased = eased.map((block) => ({ ...block, runs: block.runs.map((run) => easedRun(run, holes, round === 0)) }));
  return eased;
};

const easedRun = (run: Run, holes: HoleCount, withTies: boolean): Run => {
  if (!holes.crowdsAny(run.points)) return run;
  const trail: Trail = { points: [...run.points], roles: [...run.roles], from: run.from };
  if (withTies) easeTies(trail, holes);
  for (let i = trail.roles.length - 2; i > 0; i -= 1) {
    if (!holes.isCrowdedAt(xOf(trail, i), yOf(trail, i))) continue;
    if (isBeneath(trail, i) && joins(trail, i)) {
      leaveOut(trail, i, holes);
    } else if (!slide(trail, i, holes)) drawBack(trail, i, holes);
  }
  return { points: Float64Array.from(trail.points), roles: Uint8Array.from(trail.roles), from: run.from };
};

const xOf = ({ points }: Trail, i: number): number => points[2 * i] ?? 0;
const yOf = ({ points }: Trail, i: number): number => points[2 * i + 1] ?? 0;

const isBeneath = ({ roles }: Trail, i: number): boolean =>
  [roles[i], roles[i + 1]].every((role) => role === ROLE.underlay || role === ROLE.travel);

/** Whether the two stitches at a place may be one. */
const joins = (trail: Trail, i: number): boolean => {
  const [dx, dy] = [xOf(trail, i + 1) - xOf(trail, i - 1), yOf(trail, i + 1) - yOf(trail, i - 1)];
  return Math.hypot(dx, dy) <= MOST_BENEATH_MM && strayOf(trail, i) <= MOST_STRAY_MM;
};

/** How far a place lies from the straight line between its neighbours. */
const strayOf = (trail: Trail, i: number): number => {
  const [ax, ay] = [xOf(trail, i - 1), yOf(trail, i - 1)];
  const [dx, dy] = [xOf(trail, i + 1) - ax, yOf(trail, i + 1) - ay];
  const [px, py] = [xOf(trail, i) - ax, yOf(trail, i) - ay];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
  return Math.hypot(px - t * dx, py - t * dy);
};

/** Moves a place along its straight stitches to where there is room; false when there is none. */
const slide = (trail: Trail, i: number, holes: HoleCount): boolean => {
  const role = trail.roles[i];
  if (role === ROLE.tie || trail.roles[i + 1] !== role || strayOf(trail, i) > STRAIGHT_MM) return false;
  const [x, y] = [xOf(trail, i), yOf(trail, i)];
  const [ax, ay, bx, by] = [xOf(trail, i - 1), yOf(trail, i - 1), xOf(trail, i + 1), yOf(trail, i + 1)];
  const long = Math.hypot(bx - ax, by - ay);
  for (const mm of SLIDES_MM) {
    const [nx, ny] = [x + ((bx - ax) / long) * mm, y + ((by - ay) / long) * mm];
    const [before, after] = [Math.hypot(nx - ax, ny - ay), Math.hypot(bx - nx, by - ny)];
    if (Math.min(before, after) < LEAST_STITCH_MM || Math.max(before, after) > MOST_STITCH_MM || before + after > long + STRAIGHT_MM)
      continue;
    if (!holes.hasRoom(nx, ny, 1)) continue;
    move(trail, i, nx, ny, holes);
    return true;
  }
  return false;
};

/** Where rows and satin turn at an edge, the place goes back a little along its longer stitch, if that brings it to where there is room. */
const drawBack = (trail: Trail, i: number, holes: HoleCount): void => {
  const { roles } = trail;
  if (roles[i] !== roles[i + 1] || (roles[i] !== ROLE.top && roles[i] !== ROLE.satin)) return;
  const [x, y] = [xOf(trail, i), yOf(trail, i)];
  const mmTo = (k: number): number => Math.hypot(xOf(trail, k) - x, yOf(trail, k) - y);
  const towards = mmTo(i - 1) > mmTo(i + 1) ? i - 1 : i + 1;
  const long = mmTo(towards);
  for (const mm of BACK_MM) {
    if (long - mm < LEAST_STITCH_MM) return;
    const [nx, ny] = [x + ((xOf(trail, towards) - x) / long) * mm, y + ((yOf(trail, towards) - y) / long) * mm];
    const [px, py] = towards === i - 1 ? [xOf(trail, i + 1), yOf(trail, i + 1)] : [xOf(trail, i - 1), yOf(trail, i - 1)];
    if (Math.hypot(px - nx, py - ny) < LEAST_TIE_MM || !holes.hasRoom(nx, ny, 1)) continue;
    move(trail, i, nx, ny, holes);
    return;
  }
};

const move = (trail: Trail, i: number, x: number, y: number, holes: HoleCount): void => {
  holes.remove(xOf(trail, i), yOf(trail, i));
  holes.add(x, y);
  trail.points[2 * i] = x;
  trail.points[2 * i + 1] = y;
};

/** Ties go there, back and there again: their far places move on, and where there is no room the first and the last place are left out. */
const easeTies = (trail: Trail, holes: HoleCount): void => {
  const last = trail.roles.length - 1;
  if (last < 7) return;
  if (isTie(trail, last, last - 2) && !lengthens(trail, last - 2, last - 1, last, holes)) leaveOut(trail, last, holes);
  if (isTie(trail, 0, 2) && !lengthens(trail, 0, 1, 2, holes)) leaveOut(trail, 0, holes);
};

const isTie = ({ roles }: Trail, a: number, b: number): boolean => roles[a] === ROLE.tie && roles[b] === ROLE.tie;

const leaveOut = ({ points, roles }: Trail, i: number, holes: HoleCount): void => {
  holes.remove(points[2 * i] ?? 0, points[2 * i + 1] ?? 0);
  points.splice(2 * i, 2);
  roles.splice(i, 1);
};

/** Whether a tie is no crowd, or could be made none; `far` and `again` are one place. */
const lengthens = (trail: Trail, far: number, near: number, again: number, holes: HoleCount): boolean => {
  const [x, y] = [xOf(trail, far), yOf(trail, far)];
  const [nx, ny] = [xOf(trail, near), yOf(trail, near)];
  if (!holes.isCrowdedAt(x, y)) return !holes.isCrowdedAt(nx, ny);
  for (const share of TIE_SHARES) {
    const [toX, toY] = [nx + (x - nx) * share, ny + (y - ny) * share];
    if (Math.hypot(toX - nx, toY - ny) < LEAST_TIE_MM || !holes.hasRoom(toX, toY, 2)) continue;
    move(trail, far, toX, toY, holes);
    move(trail, again, toX, toY, holes);
    return true;
  }
  return false;
};
