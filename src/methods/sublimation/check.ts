import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkInsideArea, checkSafeArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import { bordersOnce, checkThinBorders } from '../checks/thin-borders.ts';
import type { CheckFacts } from '../method.ts';
import { checkUnseenArt } from '../unseen-art.ts';
import { checkFineDye } from './check-fine.ts';
import { checkSeams } from './check-seams.ts';
import { checkWhite } from './check-white.ts';
import { checkFit } from './check-wrap.ts';
import type { SublimationSettings } from './settings.ts';

/** Dye cannot print white, so art in the colour of the blank is as good as absent: the blank is the article here. */
export const checkSublimation = (scene: Scene, settings: SublimationSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, settings.base ?? '#ffffff', facts.pointer, facts.picture);
  return bordersOnce([
    ...blank,
    ...checkFit(scene, settings, facts.pointer),
    ...checkInsideArea(scene),
    ...checkSafeArea(scene),
    ...checkKeepOuts(scene),
    ...checkSeams(scene, settings),
    ...checkWhite(scene, settings, facts),
    ...checkResolution(scene, settings),
    ...checkFineDye(scene, settings),
    ...checkThinBorders(scene, settings.minBorder),
    ...(blank.length > 0 ? [] : checkUnseenArt(scene, settings.base ?? facts.articleColour)),
    ...checkMirrored(scene, settings.mirror, 'paper lies face down on the article', facts.pointer),
  ]);
};
