import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkInsideArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import { checkSoftAlpha } from '../checks/soft-alpha.ts';
import { checkFineArt } from '../fine-art.ts';
import type { CheckFacts } from '../method.ts';
import { checkUnseenArt } from '../unseen-art.ts';
import type { DtfSettings } from './settings.ts';

/** What becomes of art that fades out. */
const FADES = {
  report: {
    severity: 'error',
    message: 'The art fades out into nothing. The white and the glue below it cannot fade: a glow or soft shadow comes out as a milky rim.',
    hint: 'Let it end in full colour, lay it over art that covers, or set "fades" to "halftone" or "solid".',
  },
  halftone: {
    severity: 'info',
    message: 'The art is half clear in places: it becomes dots of full colour there.',
    hint: 'Let it end in full colour for an even look.',
  },
  solid: {
    severity: 'info',
    message: 'The art is half clear in places: it prints full from half cover on and not at all below.',
    hint: 'Look at the preview, or set "fades" to "halftone".',
  },
} as const;

export const checkDtf = (scene: Scene, settings: DtfSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, facts.articleColour, facts.pointer, facts.picture);
  return [
    ...blank,
    ...checkInsideArea(scene),
    ...(blank.length > 0 ? [] : checkUnseenArt(scene, facts.articleColour)),
    ...checkKeepOuts(scene),
    ...checkResolution(scene, settings),
    ...checkSoftAlpha(scene, facts.picture, { ...settings, ...FADES[settings.fades] }),
    ...checkFineArt(scene, settings),
    ...checkMirrored(scene, settings.mirror, 'film is printed from behind', facts.pointer),
  ];
};
