import { ptToMm } from '../../geometry/units.ts';
import type { Finding } from '../../model/finding.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkLetteringSize } from '../checks/lettering-size.ts';
import { checkStrokes } from '../checks/strokes.ts';
import type { SublimationSettings } from './settings.ts';

/** Heights of capitals and of small letters of common text faces, in sizes of the font, on the low side. */
const CAPITAL = 0.66;
const SMALL = 0.45;

/** Lines and letters that blur when the dye turns to gas and spreads. Lines within pictures and fades are not looked into. */
export const checkFineDye = (scene: Scene, { minLine, minText }: SublimationSettings): readonly Finding[] => {
  const warn = (mm: number) => ({ errorMm: 0, warnMm: mm });
  const textMm = ptToMm(minText);
  return [
    ...(minLine > 0 ? checkStrokes(solidRegions(scene, { knockOut: false }), warn(minLine)) : []),
    ...checkLetteringSize(scene, { capital: warn(CAPITAL * textMm), small: warn(SMALL * textMm) }),
  ];
};
