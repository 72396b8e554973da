import { distance } from './banks.ts';
import type { RungBand } from './chain-rungs.ts';
import type { WidthLimits } from './chains.ts';
import { isFlared, lengthOfRungs, middleOfRung, widthOfRung } from './rung-measures.ts';
import type { Rung } from './rungs.ts';

type PieceKind = 'thin' | 'satin' | 'wide';

/** A stretch of a stroke that is sewn one way. It is free when it holds a tip of the stroke. */
export type Piece = { readonly kind: PieceKind; readonly rungs: readonly Rung[]; readonly closed: boolean; readonly isFree: boolean };

/** Thin stretches shorter than this beside a column are its tapers, mm. */
const LONGEST_TAPER_MM = 2.5;
/** Thin stretches between columns are their waist up to this length, mm, when they are no thinner than this share of the least width. */
const LONGEST_WAIST_MM = 7;
const WAIST = 0.5;
/** Columns shorter than this between thin stretches are knots in a line, mm; as a share of their width they are serifs. */
const SHORTEST_COLUMN_MM = 0.8;
/** Wide stretches shorter than this share of their width are corners of a column. */
const CORNER_SHARE = 0.6;
/** Necks between fills, and ends of fills that flare, are filled when they are shorter than this share of their width. */
const PATCH_SHARE = 1.4;
/** What an end runs out into below this width stays a column where it is at least so long and nowhere thinner than so much: a serif. All mm. */
const HAIRLINE_MM = 3;
const SERIF_LENGTH_MM = 2.7;
const SERIF_WIDTH_MM = 0.6;
/** Columns go on to this share of the least width, so that no stroke changes kind to and fro. */
const TAPERED = 0.8;
/** How far lines go on into columns, and columns into fills, mm. */
const OVERLAP_MM = 0.5;
/** But no farther than to where they are so many times as wide as at their end: the mouth of a limb that runs out into a disc is part of the disc. */
const MOUTH = 1.2;
/** Lines end this far before the outline: half a thread, and a bit less for the corners; of finer thread by the second as a share of the least width. */
const LINE_INSET_MM = 0.14;
const INSET_SHARE = 0.175;
/** No line is made shorter than this, mm. */
const SHORTEST_LINE_MM = 0.52;

/** Stumps shorter than this are sewn across even when they are a bit thin, mm: a line so short is a dot. As a share of the least width. */
const SERIF_MM = 3;
const SERIF_SHARE = 0.75;

/** A stroke whose usual width is below this share of the widest column's stays satin up to the second share of it. */
const HARDLY_WIDER = 1.06;
const STILL_SATIN = 1.35;

type Stretch = { kind: PieceKind; from: number; to: number };

/** Cuts the rungs of a stroke where its width passes the limits; short stretches join their neighbours. */
export const piecesOf = ({ rungs, closed, head, tail }: RungBand, limits: WidthLimits): readonly Piece[] => {
  if (rungs.length < 2) return [];
  const isSerif = (head === 'butt' || tail === 'butt') && lengthBetween(rungs, 0, rungs.length - 1) < SERIF_MM;
  const thinMm = isSerif ? SERIF_SHARE * limits.thinMm : limits.thinMm;
  const widths = rungs.map(widthOfRung);
  const wideMm = widestSatin(widths, limits.wideMm);
  const kindOf = (width: number): PieceKind => (width < thinMm ? 'thin' : width > wideMm ? 'wide' : 'satin');
  let stretches: Stretch[] = [];
  widths.forEach((width, i) => {
    const kind = kindOf(width);
    const last = stretches.at(-1);
    if (last?.kind === kind) last.to = i;
    else stretches.push({ kind, from: i, to: i });
  });
  const lengthOf = ({ from, to }: Stretch): number => lengthBetween(rungs, from, to);
  const widest = ({ from, to }: Stretch): number => Math.max(...widths.slice(from, to + 1));
  const narrowest = ({ from, to }: Stretch): number => Math.min(...widths.slice(from, to + 1));
  const recast = (change: (one: Stretch, before: Stretch | undefined, after: Stretch | undefined) => PieceKind): void => {
    const kinds = stretches.map((one, i) => change(one, stretches[i - 1], stretches[i + 1]));
    const joined: Stretch[] = [];
    stretches.forEach(({ from, to }, i) => {
      const kind = kinds[i] ?? 'satin';
      const last = joined.at(-1);
      if (last?.kind === kind) last.to = to;
      else joined.push({ kind, from, to });
    });
    stretches = joined;
  };
  recast((one, before, after) =>
    one.kind === 'wide' && before?.kind === 'satin' && after?.kind === 'satin' && lengthOf(one) < CORNER_SHARE * widest(one)
      ? 'satin'
      : one.kind,
  );
  recast((one, before, after) =>
    one.kind === 'satin' &&
    (before || after) &&
    before?.kind !== 'wide' &&
    after?.kind !== 'wide' &&
    lengthOf(one) < Math.max(SHORTEST_COLUMN_MM, 0) &&
    widest(one) < 1.5 * thinMm
      ? 'thin'
      : one.kind,
  );
  recast((one, before, after) =>
    one.kind === 'thin' && (before?.kind === 'satin' || after?.kind === 'satin') && lengthOf(one) < LONGEST_TAPER_MM ? 'satin' : one.kind,
  );
  recast((one, before, after) =>
    one.kind === 'thin' &&
    before?.kind === 'satin' &&
    after?.kind === 'satin' &&
    narrowest(one) > WAIST * thinMm &&
    lengthOf(one) < LONGEST_WAIST_MM
      ? 'satin'
      : one.kind,
  );
  stretches = stretches.flatMap((one, i) => withoutPatch(one, stretches[i - 1], stretches[i + 1], rungs));
  recast((one) => one.kind);
  grow(stretches, widths, TAPERED * thinMm);
  stretches = stretches.filter(({ from, to }) => to >= from);
  recast((one) => one.kind);
  if (closed) joinSeam(stretches, rungs.length);
  const isWhole = closed && stretches.length === 1;
  return stretches.map(({ kind, from, to }, i): Piece => {
    if (isWhole) return { kind, rungs, closed: true, isFree: false };
    const isFirst = i === 0 && !closed;
    const isLast = i === stretches.length - 1 && !closed;
    const grown = overlapped(rungs, from, to, kind, closed);
    const trimmed =
      kind === 'thin'
        ? inset(grown, isFirst && head === 'tip', isLast && tail === 'tip', Math.min(LINE_INSET_MM, INSET_SHARE * limits.thinMm))
        : grown;
    return { kind, rungs: trimmed, closed: false, isFree: (isFirst && head === 'tip') || (isLast && tail === 'tip') };
  });
};

/** A stroke about as wide as the widest column is one all along, or else it would change from satin to filling and back. */
const widestSatin = (widths: readonly number[], wideMm: number): number => {
  const sorted = [...widths].sort((a, b) => a - b);
  const [usual, widest] = [sorted[sorted.length >> 1] ?? 0, sorted[Math.floor(0.95 * sorted.length)] ?? 0];
  return usual < HARDLY_WIDER * wideMm && widest < STILL_SATIN * wideMm ? STILL_SATIN * wideMm : wideMm;
};

/** A neck or an end of a fill as fill; of an end that runs out into a hairline that stays satin. */
const withoutPatch = (
  one: Stretch,
  before: Stretch | undefined,
  after: Stretch | undefined,
  rungs: readonly Rung[],
): readonly Stretch[] => {
  const [isAfter, isBefore] = [before?.kind === 'wide', after?.kind === 'wide'];
  if (one.kind !== 'satin' || !(isAfter || isBefore)) return [one];
  const own = rungs.slice(one.from, one.to + 1);
  if (lengthOfRungs(own) >= PATCH_SHARE * Math.max(...own.map(widthOfRung))) return [one];
  const filled: Stretch = { ...one, kind: 'wide' };
  if (isAfter && isBefore) return [filled];
  if (!isFlared(own)) return [one];
  const isBroad = (rung: Rung): boolean => widthOfRung(rung) >= HAIRLINE_MM;
  const cut = one.from + (isAfter ? own.findLastIndex(isBroad) + 1 : own.findIndex(isBroad));
  const [broad, fine]: readonly [Stretch, Stretch] = isAfter
    ? [
        { ...filled, to: cut - 1 },
        { ...one, from: cut },
      ]
    : [
        { ...filled, from: cut },
        { ...one, to: cut - 1 },
      ];
  if (broad.from > broad.to || !isSerif(rungs.slice(fine.from, fine.to + 1))) return [filled];
  return isAfter ? [broad, fine] : [fine, broad];
};

/** Whether the thin end of a fill is a stroke of its own: it does not run out to a point. */
const isSerif = (rungs: readonly Rung[]): boolean =>
  rungs.length > 1 && lengthOfRungs(rungs) >= SERIF_LENGTH_MM && Math.min(...rungs.map(widthOfRung)) >= SERIF_WIDTH_MM;

/** Columns go on into thin stretches as far as those are hardly thinner. */
const grow = (stretches: readonly Stretch[], widths: readonly number[], leastMm: number): void => {
  stretches.forEach((one, i) => {
    if (one.kind !== 'satin') return;
    const [before, after] = [stretches[i - 1], stretches[i + 1]];
    while (before?.kind === 'thin' && before.to >= before.from && (widths[before.to] ?? 0) >= leastMm) {
      before.to -= 1;
      one.from -= 1;
    }
    while (after?.kind === 'thin' && after.from <= after.to && (widths[after.from] ?? 0) >= leastMm) {
      after.from += 1;
      one.to += 1;
    }
  });
};

/** The first and the last stretch of a closed band are one when they are sewn alike. */
const joinSeam = (stretches: Stretch[], count: number): void => {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (!first || !last || first === last || first.kind !== last.kind) return;
  last.to = count + first.to;
  stretches.shift();
};

const lengthBetween = (rungs: readonly Rung[], from: number, to: number): number => lengthOfRungs(rungs.slice(from, to + 1));

/** The stretch with as many rungs more on either side as the overlap takes; around the seam of a closed band. */
const overlapped = (rungs: readonly Rung[], from: number, to: number, kind: PieceKind, closed: boolean): readonly Rung[] => {
  const mm = kind === 'wide' ? 0 : OVERLAP_MM;
  const at = (i: number): Rung | undefined => (closed ? rungs[((i % rungs.length) + rungs.length) % rungs.length] : rungs[i]);
  const reach = (start: number, step: 1 | -1): number => {
    let [i, length] = [start, 0];
    const end = at(start);
    const mostMm = MOUTH * (end ? widthOfRung(end) : 0);
    while (length < mm) {
      const [a, b] = [at(i), at(i + step)];
      if (!a || !b || Math.abs(i - start) > rungs.length / 2 || widthOfRung(b) > mostMm) break;
      length += distance(middleOfRung(a), middleOfRung(b));
      i += step;
    }
    return i;
  };
  const [first, last] = [reach(from, -1), Math.max(reach(to, 1), to)];
  const out: Rung[] = [];
  for (let i = first; i <= last; i += 1) {
    const rung = at(i);
    if (rung) out.push(rung);
  }
  return out;
};

/** Takes a little off free ends of a line. */
const inset = (rungs: readonly Rung[], head: boolean, tail: boolean, mostMm: number): readonly Rung[] => {
  const mm = Math.min(mostMm, (lengthOfRungs(rungs) - SHORTEST_LINE_MM) / 2);
  if (mm <= 0) return rungs;
  const begun = head ? shortened(rungs, mm) : rungs;
  return tail ? [...shortened([...begun].reverse(), mm)].reverse() : begun;
};

/** Rungs without the first stretch of a stroke. */
const shortened = (rungs: readonly Rung[], byMm: number): readonly Rung[] => {
  let left = byMm;
  for (let i = 1; i < rungs.length; i += 1) {
    const [a, b] = [rungs[i - 1], rungs[i]];
    if (!a || !b) break;
    const mm = distance(middleOfRung(a), middleOfRung(b));
    if (mm > left) return [rungBetween(a, b, left / mm), ...rungs.slice(i)];
    left -= mm;
  }
  return rungs;
};

const rungBetween = (a: Rung, b: Rung, share: number): Rung => ({
  left: { x: a.left.x + share * (b.left.x - a.left.x), y: a.left.y + share * (b.left.y - a.left.y) },
  right: { x: a.right.x + share * (b.right.x - a.right.x), y: a.right.y + share * (b.right.y - a.right.y) },
});
