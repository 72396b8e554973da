import { distance } from './banks.ts';
import { toSegment } from './column-area.ts';
import type { Piece } from './pieces.ts';
import { isFlared, lengthOfRungs, middleOfRung, usualWidth, widthOfRung } from './rung-measures.ts';
import type { Rung } from './rungs.ts';

/** A region is filled in the main when its wide stretches have at least this share of its area. */
const MAINLY = 0.3;
/** Stretches that lead from one place of a filled region to another are filled with it when they flare, or are shorter than this many times their width. */
const LINK_SHARE = 1.8;
/** Hairlines are never filled, however short: those of a usual width below this, mm. */
const HAIRLINE_MM = 3;
/** What ends nearer to a fill than this share of its width ends there. */
const JOINT_SHARE = 1;

/**
 * The pieces of a region with its short links filled where most of it is: what lies between an eye and a mouth is no limb but part of the face, and
 * as a column it would be a fan of stitches. Limbs with an end of their own, rings and long links stay columns.
 */
export const fillLinks = (pieces: readonly Piece[]): readonly Piece[] => {
  const areas = pieces.map(({ rungs }) => areaOf(rungs));
  const all = areas.reduce((sum, area) => sum + area, 0);
  const wide = pieces.reduce((sum, { kind }, i) => sum + (kind === 'wide' ? (areas[i] ?? 0) : 0), 0);
  if (wide < MAINLY * all) return pieces;
  return filled(pieces);
};

/** Links that come to what was a link itself are links too. */
const filled = (pieces: readonly Piece[]): readonly Piece[] => {
  const fills = pieces.filter(({ kind }) => kind === 'wide').flatMap(({ rungs }) => rungs);
  const more = pieces.map((piece): Piece => (isLink(piece, fills) ? { ...piece, kind: 'wide' } : piece));
  return more.some(({ kind }, i) => kind !== pieces[i]?.kind) ? filled(more) : pieces;
};

const isLink = ({ kind, rungs, closed, isFree }: Piece, fills: readonly Rung[]): boolean => {
  if (kind === 'wide' || closed || isFree || usualWidth(rungs) < HAIRLINE_MM) return false;
  if (lengthOfRungs(rungs) >= LINK_SHARE * Math.max(...rungs.map(widthOfRung)) && !isFlared(rungs)) return false;
  return [rungs[0], rungs.at(-1)].every((end) => end && fills.some((rung) => reaches(end, rung)));
};

/** Whether a stroke that ends here comes to a rung of a fill, over the joint between them. */
const reaches = (end: Rung, { left, right }: Rung): boolean => toSegment(middleOfRung(end), left, right) <= JOINT_SHARE * widthOfRung(end);

const areaOf = (rungs: readonly Rung[]): number =>
  rungs.reduce((sum, rung, i) => {
    const before = rungs[i - 1];
    return before ? sum + widthOfRung(rung) * distance(middleOfRung(before), middleOfRung(rung)) : sum;
  }, 0);
