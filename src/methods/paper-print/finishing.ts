import type { CmykColour, SpotColour } from '../../colour/colour.ts';
import { isEmptyPath } from '../../geometry/path.ts';
import type { PageLayer, PdfLayer } from '../../render/pdf/document.ts';
import type { PathNode, Scene, SceneNode } from '../../scene/scene.ts';
import { floodPlate, type Plate, platesOfArt } from '../art-plates.ts';
import { spotUses } from '../checks/spots.ts';
import type { MakeContext } from '../method.ts';
import { takeOutSpots } from '../take-out-spots.ts';
import { type Contours, contoursFor } from './contours.ts';
import type { Finish, FinishedPage } from './finished-page.ts';
import { type FinishingStep, LINE_STEPS, PROCESSING_STEPS, STEP_ORDER } from './finishing-steps.ts';
import { knockOutFoil } from './knock-out-foil.ts';
import type { PaperPrintSettings } from './settings.ts';
import { toolLines, toolNode } from './tool-lines.ts';

/** What programs show for generated spots: colours that no design has by chance. */
const LOOKS = {
  cut: { space: 'cmyk', c: 0, m: 1, y: 0, k: 0 },
  kiss: { space: 'cmyk', c: 1, m: 0, y: 1, k: 0 },
  white: { space: 'cmyk', c: 0.12, m: 0, y: 0, k: 0 },
} as const satisfies Readonly<Record<string, CmykColour>>;

/** Art painted in finishing spots, by spot, and the art that is left to print. No pixels and no contours are made. */
export const paintedFinishes = (scene: Scene, { finishing }: Pick<PaperPrintSettings, 'finishing'>): FinishedPage => {
  const { rest, taken } = takeOutSpots(
    scene.nodes,
    finishing.map(({ spot }) => spot),
  );
  const finishes = finishing.flatMap(({ spot: name, step }): readonly Finish[] => {
    const nodes = taken.get(name);
    if (!nodes) return [];
    const isLine = LINE_STEPS.includes(step);
    return [{ name, step, alternate: lookOf(nodes, name), lines: isLine ? toolLines(nodes) : [], nodes: isLine ? [] : nodes, plate: null }];
  });
  return { scene: { ...scene, nodes: rest }, finishes: inOrder(finishes) };
};

const lookOf = (nodes: readonly SceneNode[], name: string): SpotColour['alternate'] =>
  spotUses(nodes).find(({ spot }) => spot.name === name)?.spot.alternate ?? LOOKS.cut;

const inOrder = (finishes: readonly Finish[]): readonly Finish[] =>
  [...finishes].sort((a, b) => STEP_ORDER.indexOf(a.step) - STEP_ORDER.indexOf(b.step));

/** All finishing of a page: what the art is painted for, contours, and white. */
export const finishPage = async (scene: Scene, settings: PaperPrintSettings, context: MakeContext): Promise<FinishedPage> => {
  const painted = paintedFinishes(scene, settings);
  const pressed = painted.finishes.flatMap(({ nodes }) => nodes);
  const contours = await contoursFor({ ...scene, nodes: [...painted.scene.nodes, ...pressed] }, settings, context);
  const white = await whiteOf(painted.scene, settings, context);
  return {
    scene: settings.foilGround === 'knock-out' ? knockOutFoil(painted, settings.foilTrap) : painted.scene,
    finishes: inOrder([...painted.finishes, ...contourFinishes(contours, settings), ...white].reduce(joined, [])),
  };
};

const contourFinishes = ({ cut, kiss }: Contours, { cutName, kissName }: PaperPrintSettings): readonly Finish[] => {
  const finish = (path: Contours['cut'], step: FinishingStep, name: string, alternate: CmykColour): readonly Finish[] =>
    path ? [{ name, step, alternate, lines: [{ path, pointer: '' }], nodes: [], plate: null }] : [];
  return [...finish(cut, 'cut', cutName, LOOKS.cut), ...finish(kiss, 'kiss-cut', kissName, LOOKS.kiss)];
};

const whiteOf = async (scene: Scene, settings: PaperPrintSettings, context: MakeContext): Promise<readonly Finish[]> => {
  if (settings.white === 'none') return [];
  const chokeMm = settings.white === 'under-choked' ? settings.whiteChoke : 0;
  const draw = { chokeMm, cutoff: WHITE_CUTOFF, dpi: WHITE_DPI };
  const plate = settings.white === 'flood' ? floodPlate(scene) : await platesOfArt(scene, scene.nodes, draw, context);
  return [{ name: settings.whiteName, step: 'white', alternate: LOOKS.white, lines: [], nodes: [], plate }];
};

const WHITE_CUTOFF = 0.1;
const WHITE_DPI = 300;

/** One layer for each name: a drawn cut and a contour of one name are one tool's work. */
const joined = (list: readonly Finish[], one: Finish): readonly Finish[] => {
  const known = list.find(({ name }) => name === one.name);
  if (!known) return [...list, one];
  const both: Finish = {
    ...known,
    lines: [...known.lines, ...one.lines],
    nodes: [...known.nodes, ...one.nodes],
    plate: known.plate ?? one.plate,
  };
  return list.map((other) => (other === known ? both : other));
};

export const finishLayer = ({ name, step }: Finish): PdfLayer => ({ name, processingStep: PROCESSING_STEPS[step] });

/** A finish as it stands on the page. */
export const finishOnPage = ({ name, alternate, lines, nodes, plate }: Finish): PageLayer => ({
  layer: name,
  plates: plate ? plate.pictures.map((picture) => ({ ...picture, spot: { name, alternate } })) : [],
  nodes: [
    ...(plate && !isEmptyPath(plate.path) ? [areaNode(plate, name, alternate)] : []),
    ...nodes,
    ...lines.map((line) => toolNode(line, { name, alternate })),
  ],
});

const areaNode = ({ path }: Plate, name: string, alternate: SpotColour['alternate']): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: { space: 'spot', name, tint: 1, alternate } },
  stroke: null,
});
