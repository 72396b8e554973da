import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { checkBlank } from '../checks/blank.ts';
import { checkKeepOuts } from '../checks/keep-outs.ts';
import { checkInsideArea, checkSafeArea } from '../checks/placement.ts';
import { checkResolution } from '../checks/resolution.ts';
import { checkSpots } from '../checks/spots.ts';
import type { CheckFacts } from '../method.ts';
import { checkContourEdges } from './check-contour-edges.ts';
import { checkCuts, throughCuts } from './check-cuts.ts';
import { checkImposition } from './check-imposition.ts';
import { checkSpine } from './check-spine.ts';
import { checkTiff } from './check-tiff.ts';
import { paintedFinishes } from './finishing.ts';
import type { PaperPrintSettings } from './settings.ts';

export const checkPaperPrint = (scene: Scene, settings: PaperPrintSettings, facts: CheckFacts): readonly Finding[] => [
  ...checkBlank(scene, facts.articleColour ?? '#ffffff', facts.pointer),
  ...checkInsideArea(scene),
  ...checkSafeArea(scene),
  ...checkKeepOuts(scene),
  ...checkResolution(scene, settings),
  ...checkCuts(scene, settings, facts.pointer),
  ...checkContourEdges(printedScene(scene, settings), throughCuts(scene, settings, facts.pointer)),
  ...checkSpots(scene.nodes, knownSpots(settings)),
  ...checkSpine(scene, settings, facts.pointer),
  ...checkImposition(scene, settings, facts.pointer),
  ...checkTiff(scene, settings, facts.pointer),
];

/** What presses print: finishing is no art. */
const printedScene = (scene: Scene, settings: PaperPrintSettings): Scene => paintedFinishes(scene, settings).scene;

/** With no list of inks a floor takes any; finishing spots are known in any case. */
const knownSpots = ({ spots, finishing }: PaperPrintSettings): readonly string[] =>
  spots.length === 0 ? [] : [...spots, ...finishing.map(({ spot }) => spot)];
