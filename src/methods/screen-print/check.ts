import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkInsideArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import type { CheckFacts } from '../method.ts';
import { articleOf } from './article.ts';
import { checkInks } from './check-inks.ts';
import { checkShapes } from './check-shapes.ts';
import { checkTones } from './check-tones.ts';
import { planInks } from './ink-plan.ts';
import type { ScreenPrintSettings } from './settings.ts';

export const checkScreenPrint = (scene: Scene, settings: ScreenPrintSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, settings.articleColour ?? facts.articleColour, facts.pointer, facts.picture);
  if (blank.length > 0) return blank;
  const article = articleOf(settings, facts.articleColour);
  const plan = planInks(scene, settings, article, facts.palette(settings.palette), facts.picture);
  return [
    ...checkInsideArea(scene),
    ...checkKeepOuts(scene),
    ...checkResolution(scene, settings),
    ...checkShapes(scene, plan, settings),
    ...checkTones(plan, settings),
    ...checkInks(plan, settings, facts),
    ...checkMirrored(scene, settings.mirror, 'this shop exposes its screens through mirrored films', facts.pointer),
  ];
};
