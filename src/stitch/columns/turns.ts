import type { Point } from '../../geometry/point.ts';
import { distance } from './banks.ts';
import { capOf, turnAt } from './caps.ts';
import type { RungBand } from './chain-rungs.ts';
import { pointedRungs } from './pointed-end.ts';
import { lengthAlong, lengthOfRungs, middleOfRung, widthOfRung } from './rung-measures.ts';
import { type Rung, rungsOf, steadyRungs } from './rungs.ts';

/** A band turns on the spot where its inner bank goes less than this share of the outer one, mm for mm. */
const PIVOT_SHARE = 0.35;
/** Rungs between pivoting ones that may go on a little faster. */
const LAPSE = 2;
/** Rungs beside a turn that belong to its corner. */
const BESIDE = 12;
/** Strokes that turn more than this into one another, and their rungs by more than the second on one spot, are cut, radians. */
const SHARPEST = 1.2;
const LEAST_FAN = 0.8;
/** The inner bank has a corner there: over this share of the width on either side it turns by more than this, radians. */
const CORNER_REACH = 0.12;
const LEAST_CORNER = 0.8;
/** In narrower bands a fan is hardly more thread than a butt, mm. */
const NARROWEST_MM = 1;
/** The inner bank of a turn is no longer than this share of the width; each stroke beside it is at least this share long. */
const SPOT_SHARE = 0.5;
const STROKE_SHARE = 0.8;
/** How far the stroke that ends at a turn goes on beneath the other one, mm. */
const OVERLAP_MM = 0.16;
/** Where the cut lies within this angle of its way, a stroke ends in a point. */
const POINTED = Math.cos((52 * Math.PI) / 180);
/** A stroke this much wider than the other one runs through, however long it is. */
const WIDER = 1.15;

type Side = 'left' | 'right';
/** A turn on the spot: rungs `from` to `to`, `inner` the bank with the spot. */
type Turn = { readonly from: number; readonly to: number; readonly inner: Side };

/**
 * Cuts a band where it turns on the spot (the corner of an L, the top of an A): one stroke runs through to the far outline, the other one butts
 * against it, as digitisers sew corners; a fan of stitches about one hole is what this avoids.
 */
export const cutAtTurns = (band: RungBand): readonly RungBand[] => {
  const rungs = band.closed ? fromAfterTurn(band.rungs) : band.rungs;
  const turns = turnsOf(rungs);
  const strokes = turns.length === 0 ? [band] : strokesBetween(rungs, turns, band);
  return strokes.map((stroke) => ({ ...stroke, rungs: steadyRungs(stroke.rungs, stroke.closed) }));
};

const angleOf = ({ left, right }: Rung): number => Math.atan2(right.y - left.y, right.x - left.x);
const turnedBy = (a: Rung, b: Rung): number => {
  const by = angleOf(b) - angleOf(a);
  return by - 2 * Math.PI * Math.round(by / (2 * Math.PI));
};

const turnsOf = (rungs: readonly Rung[]): readonly Turn[] =>
  (['left', 'right'] as const)
    .flatMap((inner) => turnsAbout(rungs, inner))
    .sort((a, b) => a.from - b.from)
    .filter((turn, i, all) => turn.from > (all[i - 1]?.to ?? -1));

const turnsAbout = (rungs: readonly Rung[], inner: Side): readonly Turn[] => {
  const outer: Side = inner === 'left' ? 'right' : 'left';
  const out: Turn[] = [];
  let [from, last] = [-1, -1];
  const close = (): void => {
    if (from >= 0 && isSharp(rungs, { from, to: last, inner })) out.push({ from, to: last, inner });
    from = -1;
  };
  for (let i = 0; i + 1 < rungs.length; i += 1) {
    const [a, b] = [rungs[i], rungs[i + 1]];
    if (!a || !b) break;
    if (distance(a[inner], b[inner]) < PIVOT_SHARE * distance(a[outer], b[outer])) {
      if (from < 0) from = i;
      last = i + 1;
    } else if (from >= 0 && i - last >= LAPSE) close();
  }
  close();
  return out;
};

const isSharp = (rungs: readonly Rung[], { from, to, inner }: Turn): boolean => {
  const [before, fan, after] = [rungs.slice(0, from + 1), rungs.slice(from, to + 1), rungs.slice(to)];
  const wide = Math.min(...[fan[0], fan.at(-1)].map((rung) => (rung ? widthOfRung(rung) : 0)));
  const [spotMm, turn] = [lengthAlong(fan.map((rung) => rung[inner])), turnOf(fan)];
  if (wide < NARROWEST_MM || spotMm > SPOT_SHARE * wide || turn < LEAST_FAN) return false;
  if (Math.min(lengthOfRungs(before), lengthOfRungs(after)) < STROKE_SHARE * wide) return false;
  const bank = rungs.slice(Math.max(0, from - BESIDE), to + BESIDE + 1).map((rung) => rung[inner]);
  if (sharpestOf(bank, CORNER_REACH * wide) < LEAST_CORNER) return false;
  const [one, other] = [wayInto(before), wayInto([...after].reverse())];
  return one !== null && other !== null && -(one.x * other.x + one.y * other.y) < Math.cos(SHARPEST);
};

/** The sharpest turn of a line, seen over so much of it on either side, radians. */
const sharpestOf = (line: readonly Point[], reachMm: number): number =>
  line.reduce((sharpest, at, i) => {
    const a = line.slice(0, i).findLast((p) => distance(p, at) >= reachMm);
    const b = line.slice(i + 1).find((p) => distance(p, at) >= reachMm);
    return a && b ? Math.max(sharpest, turnAt(a, at, b)) : sharpest;
  }, 0);

/** How far rungs turn from the first to the last, radians. */
const turnOf = (rungs: readonly Rung[]): number =>
  Math.abs(rungs.reduce((sum, rung, i) => sum + (i > 0 ? turnedBy(rungs[i - 1] ?? rung, rung) : 0), 0));

/** A closed band cut open in the middle of its longest way without a turn. */
const fromAfterTurn = (rungs: readonly Rung[]): readonly Rung[] => {
  const count = rungs.length;
  const doubled = [...rungs, ...rungs];
  const turns = turnsOf(doubled).filter(({ from, to }) => from > 0 && to < 2 * count - 1);
  const [first] = turns;
  if (!first) return rungs;
  const starts = turns.map(({ to }, i) => ({ to, room: (turns[i + 1]?.from ?? to) - to }));
  const best = starts.reduce((a, b) => (b.room > a.room ? b : a));
  const start = (best.to + (best.room >> 1)) % count;
  return [...rungs.slice(start), ...rungs.slice(0, start), ...rungs.slice(start, start + 1)];
};

type Stroke = { rungs: Rung[] };

const strokesBetween = (rungs: readonly Rung[], turns: readonly Turn[], band: RungBand): readonly RungBand[] => {
  const strokes: Stroke[] = [];
  let from = 0;
  for (const turn of turns) {
    strokes.push({ rungs: rungs.slice(from, turn.from + 1) });
    from = turn.to;
  }
  strokes.push({ rungs: rungs.slice(from) });
  turns.forEach((turn, k) => {
    const [before, after] = [strokes[k], strokes[k + 1]];
    if (before && after) joinAtTurn(rungs, turn, before, after);
  });
  const [first, last] = [strokes[0], strokes.at(-1)];
  if (band.closed && first && last && first !== last) {
    last.rungs.push(...first.rungs.slice(1));
    strokes.shift();
  }
  return strokes.map((stroke, i) => ({
    rungs: stroke.rungs,
    closed: false,
    head: i === 0 && !band.closed ? band.head : 'reach',
    tail: i === strokes.length - 1 && !band.closed ? band.tail : 'reach',
  }));
};

const usualWidth = (rungs: readonly Rung[]): number => {
  const widths = rungs.map(widthOfRung).sort((a, b) => a - b);
  return widths[widths.length >> 1] ?? 0;
};

const runsThrough = (one: readonly Rung[], other: readonly Rung[]): boolean => {
  const ratio = usualWidth(one) / Math.max(usualWidth(other), 1e-6);
  if (ratio > WIDER || ratio < 1 / WIDER) return ratio > 1;
  return lengthOfRungs(one) >= lengthOfRungs(other);
};

/** Ends both strokes at the turn between them: the wider or longer one at the far outline, the other one a little beneath it. */
const joinAtTurn = (rungs: readonly Rung[], turn: Turn, before: Stroke, after: Stroke): void => {
  const fan = rungs.slice(turn.from, turn.to + 1);
  if (runsThrough(before.rungs, after.rungs)) {
    endStrokes(before, after, fan, turn.inner);
    return;
  }
  // Seen the other way round the left bank is the right one: what lies out of an end is told by it.
  const [one, other] = [{ rungs: turnedRound(after.rungs) }, { rungs: turnedRound(before.rungs) }];
  endStrokes(one, other, turnedRound(fan), turn.inner === 'left' ? 'right' : 'left');
  after.rungs = turnedRound(one.rungs);
  before.rungs = turnedRound(other.rungs);
};

const turnedRound = (rungs: readonly Rung[]): Rung[] => rungs.map(({ left, right }) => ({ left: right, right: left })).reverse();

/** `through` comes to the fan and `butting` leaves it, both in the direction of the fan. */
const endStrokes = (through: Stroke, butting: Stroke, fan: readonly Rung[], inner: Side): void => {
  const outer: Side = inner === 'left' ? 'right' : 'left';
  const spot = fan[fan.length >> 1]?.[inner];
  const way = wayInto(through.rungs);
  if (!spot || !way) return;
  const [near, far] = [through.rungs.at(-1), butting.rungs[0]];
  if (!near || !far) return;
  const bank = fan.map((rung) => rung[outer]);
  const hit = hitOf(bank, spot, way);
  const outward = unit(spot, near[outer]);
  // The through stroke: along its way from the spot to the far outline, and the outline back.
  const beyond = hit ? [...bank.slice(0, hit.at + 1), hit.point] : bank;
  const end = hit?.point ?? far[outer];
  const ended = capped(near, [near[inner], spot, end, ...beyond.slice(0, -1).reverse()], inner);
  through.rungs.push(...ended);
  // The butting one: what the other leaves, and a little beneath it.
  const on = (p: Point): Point => ({ x: p.x + outward.x * OVERLAP_MM, y: p.y + outward.y * OVERLAP_MM });
  const rest = hit ? bank.slice(hit.at + 1) : [far[outer]];
  const back = wayInto([...butting.rungs].reverse());
  const cut = unit(spot, end);
  const isPointed = hit !== null && back !== null && cut.x * back.x + cut.y * back.y > POINTED;
  const last = isPointed
    ? pointed(inner, [far[inner], on(spot), on(end)], [...rest.reverse(), end], back)
    : capped(far, [far[inner], spot, on(spot), on(end), ...rest], inner);
  butting.rungs.unshift(...last.reverse());
};

/** Rungs from the last one of a stroke to the end of an outline that goes from its inner to its outer point. */
const capped = (last: Rung, outline: readonly Point[], inner: Side): Rung[] => {
  const seen = inner === 'left' ? outline : [...outline].reverse();
  const cap = capOf(seen);
  const [left, right] = [
    [last.left, ...cap.left],
    [last.right, ...cap.right],
  ];
  return [
    ...rungsOf({
      left,
      right,
      facing: [
        [0, 0],
        [lengthAlong(left), lengthAlong(right)],
      ],
      closed: false,
    }),
  ].slice(1);
};

const pointed = (inner: Side, innerLine: readonly Point[], outerLine: readonly Point[], way: Point): Rung[] => {
  const [left, right] = inner === 'left' ? [innerLine, outerLine] : [outerLine, innerLine];
  return pointedRungs({ left, right }, way).slice(1);
};

const unit = (from: Point, to: Point): Point => {
  const length = distance(from, to) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
};

/** The way of a stroke at its last rung, over about its width. */
const wayInto = (rungs: readonly Rung[]): Point | null => {
  const last = rungs.at(-1);
  if (!last) return null;
  const [width, at] = [widthOfRung(last), middleOfRung(last)];
  const back = rungs.findLast((rung) => distance(middleOfRung(rung), at) > Math.max(0.6, width)) ?? rungs[0];
  return back && back !== last ? unit(middleOfRung(back), at) : null;
};

/** Where a way from a place first crosses a bank: after point number `at` of it. */
const hitOf = (bank: readonly Point[], from: Point, way: Point): { readonly at: number; readonly point: Point } | null => {
  const side = (p: Point): number => way.x * (p.y - from.y) - way.y * (p.x - from.x);
  for (let i = 0; i + 1 < bank.length; i += 1) {
    const [a, b] = [bank[i], bank[i + 1]];
    if (!a || !b) break;
    const [sa, sb] = [side(a), side(b)];
    if (sa === sb || sa * sb > 0) continue;
    const share = sa / (sa - sb);
    const point = { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
    if ((point.x - from.x) * way.x + (point.y - from.y) * way.y > 0) return { at: i, point };
  }
  return null;
};
