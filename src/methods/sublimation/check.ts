import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkInsideArea, checkSafeArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import type { CheckFacts } from '../method.ts';
import { checkFineDye } from './check-fine.ts';
import { checkSeams } from './check-seams.ts';
import { checkWhite } from './check-white.ts';
import { checkFit } from './check-wrap.ts';
import type { SublimationSettings } from './settings.ts';

/** Dye cannot print white, so art in the colour of the blank is as good as absent: the blank is the article here. */
export const checkSublimation = (scene: Scene, settings: SublimationSettings, facts: CheckFacts): readonly Finding[] => [
  ...checkBlank(scene, settings.base ?? '#ffffff', facts.pointer),
  ...checkFit(scene, settings, facts.pointer),
  ...checkInsideArea(scene),
  ...checkSafeArea(scene),
  ...checkKeepOuts(scene),
  ...checkSeams(scene, settings),
  ...checkWhite(scene, settings, facts),
  ...checkResolution(scene, settings),
  ...checkFineDye(scene, settings),
];
