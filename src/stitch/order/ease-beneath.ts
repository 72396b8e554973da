import { ROLE, type Run } from '../plan.ts';
import type { Crowd } from './crowd-grid.ts';
import { OwnCover } from './own-cover.ts';
import type { Trail } from './trail.ts';

/** Thread of one colour that a square millimetre should hold at the most, mm. */
const MOST_MM = 7.7;
/** What lies beneath draws back along its stitches by so much, mm, or goes to either side. */
const BACK_MM = [0.5, 1, 1.5, 2.2];
const ASIDE_MM = [0.4, 0.8, -0.4, -0.8];
const LEAST_STITCH_MM = 0.8;
const MOST_STITCH_MM = 4.5;
/** A millimetre of underlay less is worth so much of what is too much, mm²; what does not save the second is not done. */
const LOST_COST = 0.15;
const LEAST_GAIN = 0.25;
/** Looked at is what lies thicker than this, mm. */
const THICK_MM = 8;
/** How closely stitches are looked at for thread that lies thick, mm. */
const LOOK_MM = 0.4;

type Change = { readonly at: number; readonly count: number; readonly points: readonly number[] };

/**
 * Takes underlay and ways beneath from where one colour's thread lies thick already: turns draw back, places go aside or are left out, wherever later
 * rows or satin of the same run hide both what was and what is.
 */
export const easeBeneath = (trail: Trail, crowd: Crowd): void => {
  // From the end on: numbers of stitches before the one that is looked at stay as the cover knows them.
  const cover = new OwnCover(trail.points, trail.roles);
  for (let i = trail.count - 2; i > 0; i -= 1) {
    if (!isBeneath(trail.roles, i) || !isThick(trail.points, i, crowd)) continue;
    const best = bestChange(trail, i, crowd, cover);
    if (best)
      trail.replace(best.at, best.count, best.points, new Array<number>(best.points.length / 2).fill(trail.roles[i] ?? ROLE.underlay));
  }
};

/** Whether there is something to ease in a run: a quick look that spares the others. */
export const hasThickBeneath = ({ points, roles }: Run, crowd: Crowd): boolean => {
  for (let i = roles.length - 2; i > 0; i -= 1) if (isBeneath(roles, i) && isThick(points, i, crowd)) return true;
  return false;
};

const isBeneath = (roles: ArrayLike<number>, i: number): boolean =>
  isHiddenRole(roles[i]) && (isHiddenRole(roles[i + 1]) || roles[i + 1] === ROLE.satin);

const isHiddenRole = (role: number | undefined): boolean => role === ROLE.underlay || role === ROLE.travel;

/** Whether thread lies thick along one of the stitches at a place. */
const isThick = (points: ArrayLike<number>, i: number, { own }: Crowd): boolean => {
  for (let k = 2 * i; k <= 2 * i + 2; k += 2) {
    const [ax, ay, bx, by] = [points[k - 2] ?? 0, points[k - 1] ?? 0, points[k] ?? 0, points[k + 1] ?? 0];
    const count = Math.ceil(Math.hypot(bx - ax, by - ay) / LOOK_MM);
    for (let n = 0; n < count; n += 1) if (own.threadAt(ax + ((bx - ax) * n) / count, ay + ((by - ay) * n) / count) > THICK_MM) return true;
  }
  return false;
};

/** The change that takes most from where too much lies; null where none helps or is hidden. */
const bestChange = (trail: Trail, i: number, crowd: Crowd, cover: OwnCover): Change | null => {
  const changes = changesAt(trail, i).filter((change) => fits(trail, change, crowd));
  const found = [1, 2]
    .flatMap((count) =>
      gains(
        trail,
        changes.filter((change) => change.count === count),
        crowd,
      ),
    )
    .filter(({ gain }) => gain >= LEAST_GAIN)
    .sort((a, b) => b.gain - a.gain);
  const hides = (change: Change): boolean => [true, false].every((isNew) => cover.hides(wayOf(trail, change, isNew), i + change.count));
  return found.find(({ change }) => hides(change))?.change ?? null;
};

/** Places left out, drawn back along their stitches, alone or with the next, and moved aside. */
const changesAt = (trail: Trail, i: number): readonly Change[] => {
  const changes: Change[] = [{ at: i, count: 1, points: [] }];
  const back = (from: number, to: number, mm: number): readonly number[] | null => {
    const long = trail.mm(from, to);
    return long - mm < LEAST_STITCH_MM
      ? null
      : [trail.x(from) + ((trail.x(to) - trail.x(from)) * mm) / long, trail.y(from) + ((trail.y(to) - trail.y(from)) * mm) / long];
  };
  const isTurn = i + 2 < trail.count && isBeneath(trail.roles, i + 1);
  if (isTurn) changes.push({ at: i, count: 2, points: [] });
  for (const mm of BACK_MM) {
    const [before, after] = [back(i, i - 1, mm), back(i, i + 1, mm)];
    const beyond = isTurn ? back(i + 1, i + 2, mm) : null;
    for (const points of [before, after]) if (points) changes.push({ at: i, count: 1, points });
    if (before && beyond) changes.push({ at: i, count: 2, points: [...before, ...beyond] });
  }
  const long = Math.max(trail.mm(i - 1, i + 1), 1e-6);
  const [nx, ny] = [(trail.y(i + 1) - trail.y(i - 1)) / long, (trail.x(i - 1) - trail.x(i + 1)) / long];
  for (const mm of ASIDE_MM) changes.push({ at: i, count: 1, points: [trail.x(i) + nx * mm, trail.y(i) + ny * mm] });
  return changes;
};

/** The way from the place before a change to the one after it, as it is and as it would be. */
const wayOf = (trail: Trail, { at, count, points }: Change, isNew: boolean): readonly number[] => {
  const inner = isNew ? points : trail.points.slice(2 * at, 2 * (at + count));
  return [trail.x(at - 1), trail.y(at - 1), ...inner, trail.x(at + count), trail.y(at + count)];
};

const stitchesOf = (way: readonly number[]): readonly (readonly [number, number, number, number])[] =>
  Array.from(
    { length: way.length / 2 - 1 },
    (_, k) => [way[2 * k] ?? 0, way[2 * k + 1] ?? 0, way[2 * k + 2] ?? 0, way[2 * k + 3] ?? 0] as const,
  );

const lengthOf = (way: readonly number[]): number =>
  stitchesOf(way).reduce((sum, [ax, ay, bx, by]) => sum + Math.hypot(bx - ax, by - ay), 0);

const fits = (trail: Trail, change: Change, { all }: Crowd): boolean => {
  const isEven = stitchesOf(wayOf(trail, change, true)).every(([ax, ay, bx, by]) => {
    const mm = Math.hypot(bx - ax, by - ay);
    return mm >= LEAST_STITCH_MM && mm <= MOST_STITCH_MM;
  });
  return (
    isEven &&
    Array.from({ length: change.points.length / 2 }, (_, k) => [change.points[2 * k] ?? 0, change.points[2 * k + 1] ?? 0] as const).every(
      ([x, y]) => all.hasRoom(x, y, 1),
    )
  );
};

/** What changes of the same places would take from where too much lies, mm², less what the thread they save is worth. */
const gains = (trail: Trail, changes: readonly Change[], { own }: Crowd): readonly { readonly change: Change; readonly gain: number }[] => {
  const [first] = changes;
  if (!first) return [];
  const old = wayOf(trail, first, false);
  const ways = changes.map((change) => wayOf(trail, change, true));
  const boxes = ways.map((way) => boxOf([...old, ...way]));
  const before = boxes.map((box) => own.excessIn(...box, MOST_MM));
  for (const stitch of stitchesOf(old)) own.addThread(...stitch, -1);
  const after = ways.map((way, k) => {
    const stitches = stitchesOf(way);
    for (const stitch of stitches) own.addThread(...stitch, 1);
    const excess = own.excessIn(...(boxes[k] ?? boxOf(old)), MOST_MM);
    for (const stitch of stitches) own.addThread(...stitch, -1);
    return excess;
  });
  for (const stitch of stitchesOf(old)) own.addThread(...stitch, 1);
  const oldMm = lengthOf(old);
  return changes.map((change, k) => ({
    change,
    gain: (before[k] ?? 0) - (after[k] ?? 0) - LOST_COST * Math.max(0, oldMm - lengthOf(ways[k] ?? old)),
  }));
};

const boxOf = (way: readonly number[]): readonly [number, number, number, number] => {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < way.length; i += 2) {
    const [x, y] = [way[i] ?? 0, way[i + 1] ?? 0];
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  }
  return [x0, y0, x1, y1];
};
