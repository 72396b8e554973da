import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkInsideArea, checkSafeArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import type { CheckFacts } from '../method.ts';
import { checkTiff } from './check-tiff.ts';
import type { PaperPrintSettings } from './settings.ts';

export const checkPaperPrint = (scene: Scene, settings: PaperPrintSettings, facts: CheckFacts): readonly Finding[] => [
  ...checkBlank(scene, facts.articleColour ?? '#ffffff', facts.pointer),
  ...checkInsideArea(scene),
  ...checkSafeArea(scene),
  ...checkKeepOuts(scene),
  ...checkResolution(scene, settings),
  ...checkTiff(scene, settings, facts.pointer),
];
