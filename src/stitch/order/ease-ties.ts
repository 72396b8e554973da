import { ROLE, type Run } from '../plan.ts';
import type { Crowd } from './crowd-grid.ts';
import type { Trail } from './trail.ts';

/** Holes and thread that a square millimetre bears before a tie should lie elsewhere. */
const MOST_HOLES = 12;
const MOST_MM = 12;
/** The same of one colour's thread: what lies on one limb alone. */
const MOST_OWN_MM = 8;
/** Ties may lie so far along their thread from its end, and be so long, mm. */
const AWAY_MM = [0, 0.6, 1, 1.4, 1.8, 2.2, 2.6, 3];
const LONG_MM = [0.7, 0.9, 0.55, 1.1] as const;
/** The two places of a tie lie so far apart, as shares of its length. */
const LEAST_SHARE = 0.8;
const MOST_SHARE = 1.25;
/** What a place costs: a hole too many, a millimetre of thread too much (and its square), a millimetre away from the end, a stitch less than three. */
const HOLE_COST = 1;
const THREAD_COST = 1;
const THICK_COST = 0.15;
const AWAY_COST = 0.1;
const FEWER_COST = 0.9;
/** Between its end and the tie the thread lies on itself, no farther off than this, mm; what may be seen of it costs so much a millimetre. */
const OFF_MM = 0.25;
const UNSEEN_MM = 0.08;
const SEEN_COST = 30;
const LOOK_MM = 0.3;
/** Stitches of a tie at both ends of a run, and places of the shortest run they may move along. */
const STITCHES = 3;
const LEAST_PLACES = 3;

type Side = 'start' | 'end';

/**
 * Leads the ties of a run out of the crowd, along the run's own thread: where it begins, tied in a little way on and led back; where it ends, led
 * back and tied off there. Where there is no room at all a tie has two stitches.
 */
export const easeTies = (trail: Trail, crowd: Crowd): void => {
  if (trail.count < 2 * STITCHES + LEAST_PLACES) return;
  if (areTies(trail, trail.count - STITCHES, trail.count)) easeTie(trail, crowd, 'end');
  if (areTies(trail, 0, STITCHES + 1)) easeTie(trail, crowd, 'start');
};

/** Whether a run has a tie where too many holes or too much thread lie: a quick look that spares the others. */
export const hasCrowdedTies = ({ points, roles }: Run, crowd: Crowd): boolean =>
  [0, 1, 2, 3, 4].some((k) =>
    [k, roles.length - 1 - k].some((i) => {
      const [x, y] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
      return crowd.all.holesAt(x, y) > MOST_HOLES || overAt(x, y, crowd) > 0;
    }),
  );

const areTies = ({ roles }: Trail, from: number, to: number): boolean => roles.slice(from, to).every((role) => role === ROLE.tie);

const easeTie = (trail: Trail, crowd: Crowd, side: Side): void => {
  const at = side === 'start' ? 0 : trail.count - STITCHES;
  const old = trail.points.slice(2 * at, 2 * (at + STITCHES));
  const line = lineFrom(trail, side);
  if (crowdOf(old, line, crowd) === 0) return;
  let [best, least] = [old, Infinity];
  trail.replace(at, STITCHES, [], []);
  for (const tie of tiesAlong(line, old, side)) {
    put(trail, side, tie.points);
    const cost = crowdOf(tie.points, line, crowd) + tie.cost;
    take(trail, side, tie.points);
    if (cost < least - 1e-9) [best, least] = [tie.points, cost];
  }
  put(trail, side, best);
};

const put = (trail: Trail, side: Side, points: number[]): void =>
  trail.replace(side === 'start' ? 0 : trail.count, 0, points, rolesOf(points));

const take = (trail: Trail, side: Side, { length }: number[]): void =>
  trail.replace(side === 'start' ? 0 : trail.count - length / 2, length / 2, [], []);

const rolesOf = ({ length }: number[]): number[] => Array.from({ length: length / 2 }, () => ROLE.tie);

/** How much thread too much lies at a place, mm: of all colours or of its own. */
const overAt = (x: number, y: number, { all, own }: Crowd): number =>
  Math.max(0, all.threadAt(x, y) - MOST_MM, own.threadAt(x, y) - MOST_OWN_MM);

/** How far the places of a tie are over what the cloth bears, and the stitches from the end of the thread on. */
const crowdOf = (points: readonly number[], [x0 = 0, y0 = 0]: readonly number[], crowd: Crowd): number => {
  let [sum, over] = [0, 0];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    sum += HOLE_COST * Math.max(0, crowd.all.holesAt(x, y) - MOST_HOLES);
    const count = Math.ceil(Math.hypot(x - x0, y - y0) / LOOK_MM);
    for (let k = 1; k <= count; k += 1) over = Math.max(over, overAt(x0 + ((x - x0) * k) / count, y0 + ((y - y0) * k) / count, crowd));
  }
  return sum + THREAD_COST * over + THICK_COST * over * over;
};

/** The places of the thread from the given end on, ties left out, as far as a tie may come. */
const lineFrom = (trail: Trail, side: Side): readonly number[] => {
  const most = (AWAY_MM.at(-1) ?? 0) + (LONG_MM.at(-1) ?? 0);
  const step = side === 'start' ? 1 : -1;
  const first = side === 'start' ? STITCHES : trail.count - STITCHES - 1;
  const line: number[] = [];
  for (let i = first; i >= STITCHES && i < trail.count - STITCHES; i += step) {
    line.push(trail.x(i), trail.y(i));
    if (trail.mm(first, i) > most) break;
  }
  return line;
};

type Tie = { readonly points: number[]; readonly cost: number };

/** The ties that could be: as it was, farther along the thread, longer or shorter, or of two stitches. */
const tiesAlong = (line: readonly number[], old: readonly number[], side: Side): readonly Tie[] => {
  const [x0 = 0, y0 = 0] = line;
  const ties: Tie[] = [
    { points: [...old], cost: 0 },
    { points: side === 'start' ? old.slice(2) : old.slice(0, 4), cost: FEWER_COST },
  ];
  for (const away of AWAY_MM) {
    const near = away === 0 ? { x: x0, y: y0 } : placeAt(line, away);
    if (!near) break;
    for (const long of LONG_MM) {
      const far = placeAt(line, away + long);
      const apart = far ? Math.hypot(far.x - near.x, far.y - near.y) : 0;
      // On thread that winds two places may be alike far from its end and yet on either side of what it leaves open.
      if (!far || apart < LEAST_SHARE * long || apart > MOST_SHARE * long) continue;
      const off = Math.max(offItself(line, far.x, far.y), offLine(line, (near.x + far.x) / 2, (near.y + far.y) / 2));
      if (off > OFF_MM) continue;
      const [n, f] = [
        [near.x, near.y],
        [far.x, far.y],
      ];
      // Tied in: there, back and there, and to the end of the thread; tied off the other way round.
      const points = away === 0 ? [...f, ...n, ...f] : [...n, ...f, ...n];
      ties.push({
        points,
        cost: AWAY_COST * (away + Math.abs(long - LONG_MM[0])) + SEEN_COST * Math.max(0, off - UNSEEN_MM),
      });
    }
  }
  return ties;
};

/** The first place of the line that lies so far from its start. */
const placeAt = (line: readonly number[], mm: number): { readonly x: number; readonly y: number } | null => {
  const [x0 = 0, y0 = 0] = line;
  for (let i = 2; i + 1 < line.length; i += 2) {
    const [ax, ay, bx, by] = [line[i - 2] ?? 0, line[i - 1] ?? 0, line[i] ?? 0, line[i + 1] ?? 0];
    if (Math.hypot(bx - x0, by - y0) < mm) continue;
    const [dx, dy, fx, fy] = [bx - ax, by - ay, ax - x0, ay - y0];
    const [a, b, c] = [dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - mm * mm];
    const t = a === 0 ? 0 : (-b + Math.sqrt(Math.max(0, b * b - a * c))) / a;
    return { x: ax + dx * t, y: ay + dy * t };
  }
  return null;
};

/** How far the straight way from the start of the line to a place of it leads off the line, at most. */
const offItself = (line: readonly number[], x: number, y: number): number => {
  const [x0 = 0, y0 = 0] = line;
  const count = Math.ceil(Math.hypot(x - x0, y - y0) / LOOK_MM);
  let most = 0;
  for (let k = 1; k < count; k += 1) most = Math.max(most, offLine(line, x0 + ((x - x0) * k) / count, y0 + ((y - y0) * k) / count));
  return most;
};

const offLine = (line: readonly number[], x: number, y: number): number => {
  let least = Infinity;
  for (let i = 2; i + 1 < line.length; i += 2) {
    const [ax, ay] = [line[i - 2] ?? 0, line[i - 1] ?? 0];
    const [dx, dy] = [(line[i] ?? 0) - ax, (line[i + 1] ?? 0) - ay];
    const square = dx * dx + dy * dy;
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return least;
};
