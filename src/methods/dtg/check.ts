import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkInsideArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import type { CheckFacts } from '../method.ts';
import type { DtgSettings } from './settings.ts';

export const checkDtg = (scene: Scene, settings: DtgSettings, facts: CheckFacts): readonly Finding[] => [
  ...checkBlank(scene, facts.articleColour, facts.pointer),
  ...checkInsideArea(scene),
  ...checkKeepOuts(scene),
  ...checkResolution(scene, settings),
];
