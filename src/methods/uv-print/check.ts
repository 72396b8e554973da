import { BLACK } from '../../colour/colour.ts';
import type { Finding } from '../../model/finding.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkGaps } from '../checks/gaps.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkInsideArea, checkSafeArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import { checkRichBlack } from '../checks/rich-black.ts';
import { checkSoftAlpha } from '../checks/soft-alpha.ts';
import { checkSpots } from '../checks/spots.ts';
import { checkFineInk } from '../fine-ink.ts';
import type { CheckFacts } from '../method.ts';
import { checkUnseenArt } from '../unseen-art.ts';
import { checkWhite } from './check-white.ts';
import { isMirrored } from './is-mirrored.ts';
import { artByInk } from './parts.ts';
import type { SettledUvPrint, UvPrintSettings } from './settings.ts';
import { settleWhite } from './settle-white.ts';

export const checkUvPrint = (scene: Scene, asked: UvPrintSettings, facts: CheckFacts): readonly Finding[] => {
  const settings = settleWhite(asked, facts.articleColour);
  const blank = checkBlank(scene, null, facts.pointer, facts.picture);
  if (blank.length > 0) return blank;
  return [
    ...checkInsideArea(scene),
    ...checkSafeArea(scene),
    ...checkKeepOuts(scene),
    ...checkResolution(scene, settings),
    ...checkSpots(scene.nodes, [settings.whiteName, settings.varnishName, ...settings.spots]),
    ...checkWhite(scene, settings, facts),
    ...fineFindings({ ...scene, nodes: artByInk(scene, settings).art }, settings),
    ...(settings.format === 'pdf' ? checkRichBlack(scene, settings.greys === 'k') : []),
    ...checkUnseenArt(scene, facts.articleColour),
    ...checkMirrored(scene, isMirrored(settings), 'the article is printed from behind', facts.pointer),
    ...softFindings(scene, settings, facts),
  ];
};

/** Where white is laid, white art is ink as well: gaps of all art together close up, whatever its colours. */
const fineFindings = (art: Scene, settings: SettledUvPrint): readonly Finding[] => {
  const found = checkFineInk(art, settings);
  if (settings.white === 'none' || settings.white === 'flood' || settings.minGap <= 0) return found;
  const told = new Set(found.flatMap(({ code, pointer }) => (code === 'gap.narrow' ? [pointer] : [])));
  const covered = solidRegions(art, { knockOut: false, colourOf: () => BLACK });
  return [...found, ...checkGaps(covered, { errorMm: 0, warnMm: settings.minGap }).filter(({ pointer }) => !told.has(pointer))];
};

/** Per cent of the art that may be half clear over white (production rule 20). */
const MOST_SOFT = 2;

const softFindings = (scene: Scene, settings: SettledUvPrint, { picture }: CheckFacts): readonly Finding[] => {
  if (settings.white === 'none' || settings.white === 'flood') return [];
  const { art } = artByInk(scene, settings);
  return checkSoftAlpha({ ...scene, nodes: art }, picture, {
    mostSoft: MOST_SOFT,
    cutoff: settings.whiteCutoff / 100,
    severity: 'warning',
    message: 'A fade or soft shadow lies on white ink: white fades as dots, and its edge prints speckled.',
    hint: 'End the art sharply, lay it on even art, or set white to "flood" or "none".',
  });
};
