import type { SpotColour } from '../../colour/colour.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { isEmptyPath, type Path } from '../../geometry/path.ts';
import { offsetPath, unionPaths } from '../../geometry/polygons.ts';
import type { PdfColour, PdfDocument, PdfLayer } from '../../render/pdf/document.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import type { PathNode, Scene, SceneArea } from '../../scene/scene.ts';
import type { MakeContext, Work } from '../method.ts';
import type { Die } from './dies.ts';
import type { HotStampSettings, Impression } from './settings.ts';

/** Where print beneath the stamping is left out: a plate of its own, so that no press prints it by mistake. */
const PRINT_KNOCKOUT: SpotColour = {
  space: 'spot',
  name: 'Print Knockout',
  tint: 1,
  alternate: { space: 'cmyk', c: 0, m: 1, y: 0, k: 0 },
};

const KNOCKOUT_LAYER: PdfLayer = { name: 'Print Knockout', processingStep: null };

const STEP_TYPES: Readonly<Record<Impression, string>> = {
  foil: 'FoilStamping',
  deboss: 'Debossing',
  emboss: 'Embossing',
  'registered-emboss': 'Embossing',
};

/** The ISO 19593-1 processing step of a die, named as its plate. */
export const dieLayer = ({ colour, impression }: Die): PdfLayer => ({
  name: colour.name,
  processingStep: { group: 'Structural', type: STEP_TYPES[impression] },
});

export const pdfColour = ({ profile }: HotStampSettings, context: MakeContext): PdfColour => ({
  mode: 'cmyk',
  profile: context.profile(profile),
  intent: 'relative',
  blackText: 'k100',
});

/** An area filled with one plate at 100 %. */
export const filled = (path: Path, colour: SpotColour): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour },
  stroke: null,
});

/** The area without room beside its trim: files of dies end at the article. */
export const tightArea = (area: SceneArea): SceneArea => ({ ...area, bleedMm: 0 });

type DieParts = {
  readonly die: Die;
  readonly outline: Path;
  readonly dies: readonly Die[];
  readonly scene: Scene;
  readonly work: Work<HotStampSettings>;
};

/** A page of the placement with the one die on its plate, and with the print to leave out when that is asked for. */
export const dieDocument = ({ die, outline, dies, scene, work }: DieParts, context: MakeContext): PdfDocument => {
  const { settings } = work;
  const area = tightArea(scene.area);
  const knockout = settings.printKnockout ? knockoutNodes(dies, settings) : [];
  return {
    pages: [
      {
        scene: { ...scene, area, nodes: [filled(outline, die.colour)] },
        boxes: pageBoxes(area, 0),
        marks: null,
        mirror: settings.mirror,
        artLayer: die.colour.name,
        ...(knockout.length > 0 ? { over: [{ layer: KNOCKOUT_LAYER.name, nodes: knockout }] } : {}),
      },
    ],
    colour: pdfColour(settings, context),
    title: [work.title, die.name].join(', '),
    date: work.date,
    creator: 'Platen',
    overprint: { spots: [die.colour.name, PRINT_KNOCKOUT.name] },
    layers: [dieLayer(die), ...(knockout.length > 0 ? [KNOCKOUT_LAYER] : [])],
  };
};

/** All that is stamped, drawn in by the trap: print reaches that far beneath the foil. */
const knockoutNodes = (dies: readonly Die[], { printTrapMm, toleranceMm }: HotStampSettings): readonly PathNode[] => {
  const stamped = unionPaths(dies.map(({ path }) => path));
  const open = printTrapMm === 0 ? stamped : offsetPath(stamped, -printTrapMm);
  return isEmptyPath(open) ? [] : [filled(fitCurves(open, toleranceMm), PRINT_KNOCKOUT)];
};
