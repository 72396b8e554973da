import { distance } from './banks.ts';
import type { RungBand } from './chain-rungs.ts';
import { middleOfRung, widthOfRung } from './rung-measures.ts';

/** Rungs hardly wider than the widest column count as columns. */
const HARDLY_WIDER = 1.06;
/** Where strokes swell, they stay satin up to so many times the widest column, divided, but no farther than so many mm. */
const SWELL = 1.4;
const WIDEST_MM = 10;
/** A shape is lettering when at least this share of its strokes' area is no wider than columns are; */
const MOSTLY = 0.5;
/** or when so much of it is and next to all of it no wider than swollen strokes: else each letter would be both. */
const PARTLY = 0.08;
const NEARLY_ALL = 0.9;

/**
 * How wide the columns of one shape may be, mm: a shape whose strokes are mostly satin stays satin where they swell, so that no letter changes to
 * filling and back; one that is mostly wider keeps the given limit.
 */
export const swellMm = (bands: readonly RungBand[], wideMm: number): number => {
  if (!Number.isFinite(wideMm)) return wideMm;
  const swellsTo = Math.max(wideMm, Math.min(SWELL * wideMm, WIDEST_MM));
  let [narrow, swollen, all] = [0, 0, 0];
  for (const { rungs } of bands) {
    rungs.forEach((rung, i) => {
      const before = rungs[i - 1];
      if (!before) return;
      const width = widthOfRung(rung);
      const area = width * distance(middleOfRung(before), middleOfRung(rung));
      all += area;
      if (width <= HARDLY_WIDER * wideMm) narrow += area;
      if (width <= swellsTo) swollen += area;
    });
  }
  const isLettering = narrow >= MOSTLY * all || (narrow >= PARTLY * all && swollen >= NEARLY_ALL * all);
  return isLettering ? swellsTo : wideMm;
};
