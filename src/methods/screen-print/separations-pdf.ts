import type { SpotColour } from '../../colour/colour.ts';
import { EMPTY_PATH, isEmptyPath, type Path } from '../../geometry/path.ts';
import { inflate, intersectionOf, type Rect } from '../../geometry/point.ts';
import { MM_PER_INCH, mmToPx, pixelsFor } from '../../geometry/units.ts';
import type { PageLayer, PdfDocument, PlateImage } from '../../render/pdf/document.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import type { CodedArt } from '../../render/plates/separate.ts';
import { shrunkTones, type TonePlanes, tonePlanes } from '../../render/plates/tone-planes.ts';
import { traceDots } from '../../render/plates/trace-dots.ts';
import type { WordPlane } from '../../render/plates/word-plane.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { SceneNode } from '../../scene/scene.ts';
import type { MakeContext, Work } from '../method.ts';
import { trimRegion } from '../region.ts';
import { type InkPlan, needsBase } from './ink-plan.ts';
import { labelNodes, markNodes, type Sheet } from './plate-sheet.ts';
import { labelOf, type PressPlate } from './press-sheet.ts';
import type { ScreenPrintSettings } from './settings.ts';
import { toneCurve } from './tone-curve.ts';

/** Tones are handed over at this resolution; their dots are made by whoever images the plates. */
const TONE_DPI = 300;

/** One plate of the file: its even areas as outlines. */
export type OutlinedPlate = { readonly plate: PressPlate; readonly areas: Path };

/** Outlines of the even areas of a plate, in mm of the print area: those of its dots, so that PDF and plate cannot differ. */
export const outlinesOf = (areas: WordPlane | null, { region, dpi }: Sheet): Path =>
  areas ? traceDots(areas, { x: region.x, y: region.y, mmPerPx: MM_PER_INCH / dpi }) : EMPTY_PATH;

/**
 * The separations as PDF: one named Separation and one layer for each plate, all overprinting, so that no reader can knock anything out. Even
 * areas are outlines; tones are pictures of amounts, to be screened by whoever images the plates.
 */
export const separationsPdf = async (
  art: CodedArt,
  work: Work<ScreenPrintSettings>,
  plan: InkPlan,
  sheet: Sheet,
  plates: readonly OutlinedPlate[],
  context: MakeContext,
): Promise<Uint8Array> => {
  const { settings } = work;
  const tones = await tonesOfArt(art, plan, settings, context);
  const spots = plates.map(({ plate }) => spotOf(plate));
  const over = plates.map(({ plate, areas }): PageLayer => {
    const label = recoloured(labelNodes(labelOf(plate, work, settings), sheet, context, plate), spotOf(plate));
    const marks = recoloured(markNodes(sheet), spotOf(plate));
    return { layer: plate.name, plates: toneImages(tones, plate), nodes: [...areaNodes(areas, spotOf(plate)), ...marks, ...label] };
  });
  const boxes = pageBoxes(art.scene.area, sheet.marginMm);
  const document: PdfDocument = {
    pages: [
      {
        scene: { ...art.scene, nodes: [] },
        boxes,
        // Marks in the ink of each plate: marks in the ink All would make four plates of process inks that hold nothing else.
        marks: null,
        mirror: settings.mirror,
        over,
      },
    ],
    colour: { mode: 'rgb' },
    title: work.title,
    date: work.date,
    creator: 'Platen',
    overprint: { spots: spots.map(({ name }) => name) },
    spots,
    layers: plates.map(({ plate: { name } }) => ({ name, processingStep: null })),
  };
  return writePdf(document, context.picture, context.signal);
};

const spotOf = ({ name, ink }: PressPlate): SpotColour => ({ space: 'spot', name, tint: 1, alternate: ink.colour });

type Tones = TonePlanes & { readonly box: Rect; readonly base: TonePlanes['cover'] };

const tonesOfArt = async (art: CodedArt, plan: InkPlan, settings: ScreenPrintSettings, { signal }: MakeContext): Promise<Tones | null> => {
  if (!art.channels.some(({ kind }) => kind === 'tone')) return null;
  const painted = boundsOfNodes(art.scene.nodes);
  const box = painted ? intersectionOf(inflate(painted, 1), trimRegion(art.scene.area)) : null;
  if (!box) return null;
  const request = { region: box, widthPx: pixelsFor(box.width, TONE_DPI), heightPx: pixelsFor(box.height, TONE_DPI) };
  const covers = (ink: number): boolean => plan.inks[ink] !== undefined && needsBase(plan.inks[ink], settings);
  const planes = await tonePlanes(art, plan.inks.length, request, { dpi: TONE_DPI, curve: toneCurve(settings), covers }, signal);
  return { ...planes, box, base: plan.base ? shrunkTones(planes.cover, Math.round(mmToPx(settings.choke, TONE_DPI))) : planes.cover };
};

const toneImages = (tones: Tones | null, { at, name, ink }: PressPlate): readonly PlateImage[] => {
  const plane = at === null ? tones?.base : tones?.inks[at];
  if (!tones || !plane) return [];
  const { widthPx, heightPx, data } = plane;
  return [{ spot: { name, alternate: ink.colour }, widthPx, heightPx, data, box: tones.box }];
};

const areaNodes = (path: Path, colour: SpotColour): readonly SceneNode[] =>
  isEmptyPath(path) ? [] : [{ kind: 'path', pointer: '', path, fillRule: 'nonzero', fill: { kind: 'solid', colour }, stroke: null }];

/** Marks and labels in the ink of a plate. */
const recoloured = (nodes: readonly SceneNode[], colour: SpotColour): readonly SceneNode[] =>
  nodes.map((node): SceneNode => {
    if (node.kind === 'glyphs') return { ...node, fill: { kind: 'solid', colour } };
    if (node.kind !== 'path') return node;
    const { fill, stroke } = node;
    return { ...node, fill: fill && { kind: 'solid', colour }, stroke: stroke && { ...stroke, paint: { kind: 'solid', colour } } };
  });
