import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkInsideArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import { checkSoftAlpha } from '../checks/soft-alpha.ts';
import { checkFineArt } from '../fine-art.ts';
import { isWhiteArticle } from '../is-white-article.ts';
import type { CheckFacts } from '../method.ts';
import { checkUnseenArt } from '../unseen-art.ts';
import type { DtgSettings } from './settings.ts';

/** Soft art on white cloth has no white under it that could show. */
const SPECKLE = {
  severity: 'warning',
  message: 'The art is half clear in places: the white under it shows through there as speckle.',
  hint: 'Make it cover, or turn it into dots with the adjustment "halftone".',
} as const;

export const checkDtg = (scene: Scene, settings: DtgSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, facts.articleColour, facts.pointer, facts.picture);
  const isBare = facts.articleColour === null || isWhiteArticle(facts.articleColour);
  return [
    ...blank,
    ...checkInsideArea(scene),
    ...(blank.length > 0 ? [] : checkUnseenArt(scene, facts.articleColour)),
    ...checkKeepOuts(scene),
    ...checkResolution(scene, settings),
    ...(isBare ? [] : checkSoftAlpha(scene, facts.picture, { ...settings, ...SPECKLE })),
    ...checkFineArt(scene, settings),
  ];
};
