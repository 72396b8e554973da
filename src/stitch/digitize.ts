import type { Point } from '../geometry/point.ts';
import { pathContainsPoint } from '../geometry/polygons.ts';
import { atOnce, type Steps } from '../model/steps.ts';
import { splitRegion } from './columns/split-region.ts';
import { FABRICS, type Fabric } from './fabric.ts';
import { fillAngle } from './fill/fill-angle.ts';
import { sewFill } from './fill/sew-fill.ts';
import { type Needlework, planDesign } from './order/plan-design.ts';
import { withPlacement } from './puff/placement.ts';
import { puffRemarks } from './puff/puff-remarks.ts';
import { puffOptions } from './puff/puff-settings.ts';
import type { Digitized, DigitizeOptions, SewEnds, Sewn, SewPart, StitchRegion } from './region.ts';
import { sewRun } from './run/sew-run.ts';
import { sewSatin } from './satin/sew-satin.ts';
import { optionsForThread } from './thread-options.ts';

/** The usual settings for a fabric: 40 weight thread, satins from 1 to 7 mm, rows of 4 mm stitches. */
export const defaultOptions = (fabric: Fabric): DigitizeOptions => ({
  fabric,
  satinFromMm: 1,
  satinToMm: 7,
  splitSatinMm: 7,
  fillStitchMm: 4,
  runStitchMm: 2.2,
  minStitchMm: 0.5,
  order: fabric.id === 'cap' ? 'cap' : 'nearest',
  puff: false,
});

/** The usual settings for each of `FABRICS`, by its id. */
export const DEFAULT_OPTIONS: Readonly<Record<string, DigitizeOptions>> = Object.fromEntries(
  FABRICS.map((fabric) => [fabric.id, defaultOptions(fabric)]),
);

/**
 * Turns even areas of colour into a plan of stitches: columns of satin, rows and running lines, with underlay, compensation for the fabric, traps
 * between colours, the fewest colour blocks, hidden ways, ties and cuts. Over foam (`puff`) a placement line and a halt come first, the satin is
 * closer, has no underlay and caps at its open ends. The same regions and options give the same plan. What cannot be sewn is told in the
 * remarks; nothing is thrown for any shape. Throws the signal's reason when it is aborted.
 */
export const digitize = (regions: readonly StitchRegion[], options: DigitizeOptions): Digitized => atOnce(digitizeSteps(regions, options));

/** The same, a part of a piece or less at each step: the longest in fills, between one stretch of rows and the next. */
export function* digitizeSteps(regions: readonly StitchRegion[], options: DigitizeOptions): Steps<Digitized> {
  if (!options.puff) return yield* planDesign(regions, options, needlework(regions));
  const { plan, remarks } = yield* planDesign(regions, puffOptions(options), needlework(regions));
  return { plan: withPlacement(plan, regions, options), remarks };
}

/** Each part is taken out and sewn as its thread asks. */
const needlework = (regions: readonly StitchRegion[]): Needlework => ({
  split: (region, index, options) => {
    const split = splitRegion(region, index, optionsForThread(options, region.thread));
    return options.puff ? { ...split, remarks: [...split.remarks, ...puffRemarks(split.parts, index)] } : split;
  },
  angle: fillAngle,
  sew: (part, ends, options) => sewPart(part, ends, optionsForThread(options, regions[part.region]?.thread ?? USUAL), regions[part.region]),
});

const USUAL = { weight: 40 } as const;

function* sewPart(part: SewPart, ends: SewEnds, options: DigitizeOptions, region: StitchRegion | undefined): Steps<Sewn> {
  const { fabric } = options;
  if (part.kind === 'fill') return yield* sewFill(part, { fabric, ends, options });
  if (part.kind === 'run') return sewRun(part, { ends, options });
  const isOpenAt = (place: Point): boolean => !region || !pathContainsPoint(region.path, place);
  return sewSatin(part, { fabric, ends, options, isOpenAt, underlay: !options.puff, caps: options.puff });
}
