/** Penetrations move on by this share of a stitch from row to row, so that holes of five rows in turn lie apart. */
const STAGGER = 0.4;
/** A remainder at the end of a row below the first share is left out, below the second evened out with its neighbour. */
const DROP_SHARE = 0.125;
const SHORT_SHARE = 0.25;

/**
 * Where the needle goes down inside a row from `from` to `to` (mm along it), ends left out, ascending: on a lattice of stitches that is fixed
 * to the frame and staggered by the number of the line. No stitch is shorter than a quarter of `stitchMm` nor longer than 1.125 of it.
 */
export const cutsOfRow = (from: number, to: number, line: number, stitchMm: number): number[] => {
  const most = stitchMm * (1 + DROP_SHARE);
  if (to - from <= most) return [];
  const phase = (((line * STAGGER) % 1) + 1) % 1;
  const cuts: number[] = [];
  for (let n = Math.floor(from / stitchMm - phase) + 1; ; n += 1) {
    const u = (n + phase) * stitchMm;
    if (u >= to) break;
    if (u > from) cuts.push(u);
  }
  const first = (cuts[0] ?? to) - from;
  if (first < SHORT_SHARE * stitchMm) {
    if ((cuts[1] ?? to) - from <= most) cuts.shift();
    else cuts[0] = (from + (cuts[1] ?? to)) / 2;
  }
  const last = to - (cuts.at(-1) ?? from);
  if (last < SHORT_SHARE * stitchMm) {
    const before = cuts.at(-2) ?? from;
    if (to - before <= most) cuts.pop();
    else cuts[cuts.length - 1] = (before + to) / 2;
  }
  return cuts;
};
