import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkLineArtPictures } from '../checks/line-art-pictures.ts';
import { checkLineWidths } from '../checks/line-widths.ts';
import { checkMirrored } from '../checks/mirrored.ts';
import { checkInsideArea, checkSafeArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import { checkRichBlack } from '../checks/rich-black.ts';
import { checkSpots } from '../checks/spots.ts';
import { bordersOnce, checkThinBorders } from '../checks/thin-borders.ts';
import { checkFineInk } from '../fine-ink.ts';
import type { CheckFacts } from '../method.ts';
import { takeOutSpots } from '../take-out-spots.ts';
import { checkUnseenArt } from '../unseen-art.ts';
import { checkContourEdges } from './check-contour-edges.ts';
import { checkCuts, throughCuts } from './check-cuts.ts';
import { checkImposition } from './check-imposition.ts';
import { checkSpine } from './check-spine.ts';
import { checkTiff } from './check-tiff.ts';
import { checkToolSpots } from './check-tool-spots.ts';
import { paintedFinishes } from './finishing.ts';
import { LINE_STEPS } from './finishing-steps.ts';
import { needsRegister } from './needs-register.ts';
import type { PaperPrintSettings } from './settings.ts';

export const checkPaperPrint = (scene: Scene, settings: PaperPrintSettings, facts: CheckFacts): readonly Finding[] => {
  const blank = checkBlank(scene, facts.articleColour ?? '#ffffff', facts.pointer, facts.picture);
  return bordersOnce([
    ...blank,
    ...checkInsideArea(scene),
    // Where knives and creases may run is a matter of the cuts.
    ...checkSafeArea(withoutTools(scene, settings)),
    ...checkKeepOuts(scene),
    ...checkResolution(scene, settings),
    ...checkLineArtPictures(scene, facts.picture, { errorDpi: settings.errorLineDpi, warnDpi: settings.warnLineDpi }, settings),
    ...(blank.length > 0 ? [] : checkPrinted(printedScene(scene, settings), settings, facts)),
    ...checkCuts(scene, settings, facts.pointer),
    ...checkContourEdges(printedScene(scene, settings), throughCuts(scene, settings, facts.pointer)),
    ...checkSpots(scene.nodes, knownSpots(settings), [...settings.spots, ...settings.finishing.map(({ spot }) => spot)]),
    ...checkSpine(scene, settings, facts.pointer),
    ...checkImposition(scene, settings, facts.pointer),
    ...checkTiff(scene, settings, facts.pointer),
    ...checkToolSpots(scene, settings),
  ]);
};

/** What only ink on paper can get wrong. */
const checkPrinted = (scene: Scene, settings: PaperPrintSettings, { articleColour, pointer }: CheckFacts): readonly Finding[] => [
  ...checkThinBorders(scene, settings.minBorder),
  ...checkLineWidths(scene, settings.minLine),
  ...checkFineInk(scene, { ...settings, minLine: 0, minGap: 0 }, needsRegister(settings)),
  ...(settings.colour === 'cmyk' ? checkRichBlack(scene, settings.greys === 'k') : []),
  ...checkUnseenArt(scene, articleColour ?? '#ffffff'),
  ...checkMirrored(scene, settings.mirror, 'the shop asks for it', pointer),
];

/** What presses print: finishing is no art. */
const printedScene = (scene: Scene, settings: PaperPrintSettings): Scene => paintedFinishes(scene, settings).scene;

/** Art without the ways of tools. */
const withoutTools = (scene: Scene, { finishing }: PaperPrintSettings): Scene => {
  const tools = finishing.filter(({ step }) => LINE_STEPS.includes(step)).map(({ spot }) => spot);
  return { ...scene, nodes: takeOutSpots(scene.nodes, tools).rest };
};

/** With no list of inks a floor takes any; finishing spots are known in any case. */
const knownSpots = ({ spots, finishing }: PaperPrintSettings): readonly string[] =>
  spots.length === 0 ? [] : [...spots, ...finishing.map(({ spot }) => spot)];
