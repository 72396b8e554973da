import type { SpotColour } from '../../colour/colour.ts';
import { isEmptyPath, type Path } from '../../geometry/path.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { ptToMm } from '../../geometry/units.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkGaps } from '../checks/gaps.ts';
import { checkLetteringSize } from '../checks/lettering-size.ts';
import { checkStrokes } from '../checks/strokes.ts';
import { trimRegion } from '../region.ts';
import type { InkPlan } from './ink-plan.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Widths are judged to hundredths. */
const TOLERANCE_MM = 0.02;
/** Heights of capitals and of small letters as parts of the size of type: those of most text faces. */
const CAPITAL_PART = 0.7;
const SMALL_PART = 0.48;

/** Lines and gaps that the mesh cannot hold, and lettering too small to read on cloth. */
export const checkShapes = (scene: Scene, plan: InkPlan, settings: ScreenPrintSettings): readonly Finding[] => {
  const { minStroke, minGap, minText } = settings;
  const art = inkAreas(scene, plan);
  const letters = (part: number) => ({ errorMm: 0, warnMm: ptToMm(minText) * part });
  return [
    ...strokeFindings(art, minStroke),
    ...checkGaps(art, { errorMm: 0, warnMm: minGap }),
    ...checkLetteringSize(scene, { capital: letters(CAPITAL_PART), small: letters(SMALL_PART) }),
  ];
};

/** Where two shapes share an edge, cutting one out of the other leaves slivers that no plate shows, mm. */
const SLIVER_MM = 0.05;

/** Areas are rid of slivers only when there are any: that takes as long as everything else. */
const strokeFindings = (art: SolidArt, warnMm: number): readonly Finding[] => {
  const limits = { errorMm: 0, warnMm };
  const found = checkStrokes(art, limits);
  if (!found.some(({ measured }) => typeof measured === 'number' && measured < SLIVER_MM)) return found;
  const regions = art.regions.map((region) => ({ ...region, path: withoutSlivers(region.path) }));
  // What is as thin before anything was cut out of it was drawn so.
  const hairlines = art.pieces
    .filter(({ path }) => isEmptyPath(withoutSlivers(path)))
    .map(({ pointer, ...piece }) => ({ ...piece, pointers: [pointer] }));
  return [...checkStrokes({ ...art, regions }, limits), ...checkStrokes({ ...art, regions: hairlines }, limits)];
};

const withoutSlivers = (path: Path): Path =>
  offsetPath(offsetPath(path, -SLIVER_MM / 2, 'miter', 'nonzero', TOLERANCE_MM), SLIVER_MM / 2, 'miter', 'nonzero', TOLERANCE_MM);

/** The even areas of each ink as they print: later paint cut out of earlier, the article's own colour left bare. */
const inkAreas = (scene: Scene, plan: InkPlan): SolidArt => {
  const { regions, pieces, refused } = solidRegions(scene, {
    knockOut: true,
    within: trimRegion(scene.area),
    toleranceMm: TOLERANCE_MM,
    colourOf: (colour) => {
      const { ink } = plan.mapOf(colour);
      return markerOf(ink?.swatch.id ?? BARE);
    },
  });
  return { regions: regions.filter(({ colour }) => colour.space !== 'spot' || colour.name !== BARE), pieces, refused };
};

const BARE = '';

const markerOf = (name: string): SpotColour => ({ space: 'spot', name, tint: 1, alternate: { space: 'srgb', r: 0, g: 0, b: 0 } });
