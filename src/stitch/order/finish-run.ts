import { MAX_MOVE_MM, ROLE, type Run } from '../plan.ts';
import type { Sewn } from '../region.ts';

export type FinishOptions = {
  /** Shorter stitches are joined to their neighbours, mm; ties excepted. */
  readonly minStitchMm: number;
  /** Longer stitches are divided, mm. */
  readonly maxStitchMm: number;
};

/** Length of the stitches of a tie, mm. */
const TIE_MM = 0.7;
/** What lies beneath is never longer than this, mm: no cut in it is seen. */
const MOST_BENEATH_MM = 6;
/** Rows that lie farther than this beside one another are not drawn together for the sake of a short step between them, mm. */
const HAIR_MM = 0.2;
/** The shortest step from one to the other: the rounding of files leaves 0.3 mm of it. */
const STEP_MM = 0.45;
/** So near to a stitch a place lies on it, mm. */
const PASSED_MM = 0.03;
/** A little under what machines take, for the rounding to their steps. */
const MOST_PER_AXIS_MM = MAX_MOVE_MM - 0.1;

/**
 * A thread ready for the machine: stitches that are too short joined, those that are too long divided evenly, and tied in and off by three
 * small stitches each, there and back on its own line. Null when nothing is left.
 */
export const finishRun = (sewn: Sewn, options: FinishOptions): Run | null => {
  const clean = divided(withoutShort(sewn, options.minStitchMm), options.maxStitchMm);
  return clean.roles.length < 2 ? null : { ...tied(clean), from: 'trim' };
};

type Trail = { readonly points: readonly number[]; readonly roles: readonly number[] };

const withoutShort = ({ points, roles }: Sewn, minMm: number): Trail => {
  const [keptPoints, keptRoles]: [number[], number[]] = [[], []];
  const count = roles.length;
  const drop = (): void => {
    keptPoints.length -= 2;
    keptRoles.length -= 1;
  };
  for (let i = 0; i < count; i += 1) {
    const [x, y, role] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0, roles[i] ?? ROLE.top];
    if (!Number.isFinite(x + y)) continue;
    const isShort = (): boolean => keptRoles.length > 0 && Math.hypot(x - (keptPoints.at(-2) ?? 0), y - (keptPoints.at(-1) ?? 0)) < minMm;
    // The end of a thread and the edge of a satin outweigh the points before them, and what comes later on the same line does.
    const outweighs = (): boolean =>
      i === count - 1 || (role !== ROLE.travel && keptRoles.at(-1) === ROLE.travel) || isPassed(keptPoints, x, y);
    while (keptRoles.length > 1 && isShort() && outweighs()) drop();
    if (!isShort()) keptPoints.push(x, y);
    else {
      const begun =
        role === ROLE.travel && roles[i + 1] === ROLE.top
          ? begunLater(keptPoints, x, y, points[2 * i + 2] ?? x, points[2 * i + 3] ?? y)
          : null;
      if (!begun) continue;
      keptPoints.push(...begun);
    }
    keptRoles.push(role);
  }
  return { points: keptPoints, roles: keptRoles };
};

/** Whether the last place kept lies on the way from the one before it to the next. */
const isPassed = (kept: readonly number[], x: number, y: number): boolean => {
  const [fromX, fromY, ax, ay] = [kept.at(-4) ?? x, kept.at(-3) ?? y, kept.at(-2) ?? x, kept.at(-1) ?? y];
  const long = Math.hypot(x - fromX, y - fromY);
  const aside = ((ax - fromX) * (y - fromY) - (ay - fromY) * (x - fromX)) / long;
  return Math.abs(aside) < PASSED_MM && long > Math.hypot(ax - fromX, ay - fromY);
};

/**
 * Where a row begins that is a short step from the last place kept, so far along it that the step can be sewn; null when the thread lies beside
 * the row's own line by a hair without it.
 */
const begunLater = (kept: readonly number[], x: number, y: number, nextX: number, nextY: number): readonly [number, number] | null => {
  const [ax, ay, long] = [kept.at(-2) ?? x, kept.at(-1) ?? y, Math.hypot(nextX - x, nextY - y)];
  const [ux, uy] = [(nextX - x) / long, (nextY - y) / long];
  const [along, aside] = [(x - ax) * ux + (y - ay) * uy, Math.abs((x - ax) * uy - (y - ay) * ux)];
  const on = Math.max(0, Math.sqrt(Math.max(0, STEP_MM ** 2 - aside ** 2)) - along);
  return aside >= HAIR_MM && long > on + 2 * STEP_MM ? [x + on * ux, y + on * uy] : null;
};

const divided = ({ points, roles }: Trail, maxMm: number): Trail => {
  const [outPoints, outRoles]: [number[], number[]] = [points.slice(0, 2), roles.slice(0, 1)];
  for (let i = 1; i < roles.length; i += 1) {
    const [ax, ay, bx, by] = [points[2 * i - 2] ?? 0, points[2 * i - 1] ?? 0, points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    const count = Math.max(
      1,
      Math.ceil(Math.hypot(bx - ax, by - ay) / (isBeneath(roles[i]) ? Math.min(maxMm, MOST_BENEATH_MM) : maxMm) - 1e-6),
      Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / MOST_PER_AXIS_MM),
    );
    for (let k = 1; k <= count; k += 1) {
      outPoints.push(ax + ((bx - ax) * k) / count, ay + ((by - ay) * k) / count);
      outRoles.push(roles[i] ?? ROLE.top);
    }
  }
  return { points: outPoints, roles: outRoles };
};

const isBeneath = (role: number | undefined): boolean => role === ROLE.underlay || role === ROLE.travel;

const tied = ({ points, roles }: Trail): { readonly points: Float64Array; readonly roles: Uint8Array } => {
  const back: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) back.push(points[i] ?? 0, points[i + 1] ?? 0);
  const [start, startX = 0, startY = 0] = [along(points, TIE_MM), points[0], points[1]];
  const [end, endX = 0, endY = 0] = [along(back, TIE_MM), back[0], back[1]];
  const { tie } = ROLE;
  return {
    points: Float64Array.from([...start, startX, startY, ...start, ...points, ...end, endX, endY, ...end]),
    roles: Uint8Array.from([tie, tie, tie, tie, ...roles.slice(1), tie, tie, tie]),
  };
};

/** The first place on the line that lies so far from its start; on shorter lines their far end, or a place beside a mere dot. */
const along = (points: readonly number[], mm: number): readonly [number, number] => {
  const [x0 = 0, y0 = 0] = points;
  let [ax, ay] = [x0, y0];
  for (let i = 2; i < points.length; i += 2) {
    const [bx, by] = [points[i] ?? 0, points[i + 1] ?? 0];
    if (Math.hypot(bx - x0, by - y0) >= mm) return crossing(x0, y0, ax, ay, bx, by, mm);
    [ax, ay] = [bx, by];
  }
  return Math.hypot(ax - x0, ay - y0) >= mm / 2 ? [ax, ay] : [x0 + mm, y0];
};

/** Where the stretch from a (inside the circle about 0) to b (outside) leaves the circle. */
const crossing = (x0: number, y0: number, ax: number, ay: number, bx: number, by: number, radius: number): readonly [number, number] => {
  const [dx, dy, fx, fy] = [bx - ax, by - ay, ax - x0, ay - y0];
  const [a, b, c] = [dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - radius * radius];
  const t = a === 0 ? 0 : (-b + Math.sqrt(Math.max(0, b * b - a * c))) / a;
  return [ax + dx * t, ay + dy * t];
};
