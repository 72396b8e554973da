import { type Affine, translation } from '../../geometry/affine.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { boundsOfPath, isEmptyPath, joinPaths, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { inflate, type Rect, rectOf, unionOf } from '../../geometry/point.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { linePath } from '../../geometry/shapes.ts';
import type { Lettering } from '../../render/lettering.ts';
import type { CutDrawing, CutLayer } from '../../render/vector/cut-drawing.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { type CutWork, LAYER_COLOURS, layerName } from './cutter-names.ts';
import { isMirrored, type VinylSettings } from './settings.ts';
import type { VinylLayer } from './vinyl-layers.ts';
import { weedLines } from './weed-lines.ts';

/** Where the art of all layers lies and what is around it, in trim-box mm. */
export type CutFrame = { readonly box: Rect; readonly sheet: Rect; readonly marks: boolean };

/** Room beside the box for registration marks, below it for the label, and around everything, mm. */
const MARKS_MM = 13;
const LABEL_ROOM_MM = 12;
const EDGE_MM = 2;
const LABEL_MM = 7;
const MARK_ARM_MM = 4;
/** Hairline: machines follow the middle, screens still show it. */
const LINE_MM = 0.1;

/** One frame for all layers of a page, so that their files lie upon each other; null without art. */
export const frameOf = (layers: readonly VinylLayer[], { weedMarginMm, registration, labels }: VinylSettings): CutFrame | null => {
  const art = layers.reduce<Rect | null>((all, { path }) => unionOf(all, boundsOfPath(path)), null);
  if (!art) return null;
  const box = inflate(art, weedMarginMm);
  const marks = registration && layers.length > 1;
  const side = EDGE_MM + (marks ? MARKS_MM : 0);
  const below = EDGE_MM + (labels ? LABEL_ROOM_MM : 0);
  return { box, marks, sheet: rectOf(box.x - side, box.y - EDGE_MM, box.width + 2 * side, box.height + EDGE_MM + below) };
};

/** One layer of one page, ready to cut. */
export type LayerSheet = { readonly drawing: CutDrawing; readonly layer: VinylLayer; readonly stem: string; readonly placement: string };

/** One layer as the cutter gets it: cuts, guides and label at true size, mirrored where the vinyl is cut from behind. */
export const cutSheet = (
  layer: VinylLayer,
  frame: CutFrame,
  settings: VinylSettings,
  title: string,
  label: string,
  lettering: Lettering,
): CutDrawing => {
  const { box, sheet, marks } = frame;
  const onto = ontoSheet(sheet, isMirrored(settings));
  const guides =
    settings.kind === 'twill' || settings.weedMarginMm === 0 ? [] : [rectPath(box), ...weedLines(layer.path, box, settings.weedLineMm)];
  const place = (paths: readonly Path[]): readonly Path[] => paths.map((path) => transformPath(path, onto));
  return {
    title,
    widthMm: sheet.width,
    heightMm: sheet.height,
    layers: [
      ...cutLayers(layer.path, settings, onto),
      lineLayer('weed', place(guides), settings),
      lineLayer('mark', marks ? place(marksAround(box)) : [], settings),
      lineLayer('label', settings.labels ? labelPaths(label, frame, lettering) : [], settings),
    ].filter(({ paths }) => paths.length > 0),
  };
};

/** The cuts of a shape, and the sewing line inside the edge of twill. */
export const cutLayers = (path: Path, settings: VinylSettings, at: Affine): readonly CutLayer[] => {
  const smooth = (shape: Path): readonly Path[] =>
    isEmptyPath(shape) ? [] : [transformPath(fitCurves(shape, settings.toleranceMm / 2), at)];
  if (settings.kind !== 'twill') return [lineLayer('kiss', smooth(path), settings)];
  return [lineLayer('thru', smooth(path), settings), lineLayer('sew', smooth(offsetPath(path, -settings.sewInsetMm)), settings)];
};

export const lineLayer = (work: CutWork, paths: readonly Path[], settings: VinylSettings): CutLayer => ({
  name: layerName(work, settings),
  colour: LAYER_COLOURS[work],
  work: 'line',
  lineWidthMm: LINE_MM,
  paths: paths.map((path) => ({ path, fillRule: 'nonzero' })),
});

const ontoSheet = ({ x, y, width }: Rect, mirrored: boolean): Affine => (mirrored ? [-1, 0, 0, 1, x + width, -y] : translation(-x, -y));

/** Crosses at three corners: with a fourth, a sheet laid the wrong way round would fit as well. */
const marksAround = ({ x, y, width, height }: Rect): readonly Path[] => {
  const out = EDGE_MM + MARKS_MM / 2;
  const centres = [
    { x: x - out, y: y + MARK_ARM_MM },
    { x: x - out, y: y + height - MARK_ARM_MM },
    { x: x + width + out, y: y + height - MARK_ARM_MM },
  ];
  return centres.flatMap((at) => [
    linePath({ x: at.x - MARK_ARM_MM, y: at.y }, { x: at.x + MARK_ARM_MM, y: at.y }),
    linePath({ x: at.x, y: at.y - MARK_ARM_MM }, { x: at.x, y: at.y + MARK_ARM_MM }),
  ]);
};

/** Right-reading whatever the art does: the operator reads it on the side that the pen writes on. */
const labelPaths = (text: string, { box, sheet }: CutFrame, lettering: Lettering): readonly Path[] => {
  const width = Math.max(sheet.width - 2 * EDGE_MM, 1);
  const at = translation(EDGE_MM, box.y + box.height - sheet.y + (LABEL_ROOM_MM - LABEL_MM) / 2);
  return outlinesOf(lettering(text, width, LABEL_MM)).map((path) => transformPath(path, at));
};

export const outlinesOf = (nodes: readonly SceneNode[]): readonly Path[] =>
  nodesOf(nodes).flatMap((node): readonly Path[] => {
    if (node.kind === 'glyphs') return [joinPaths(node.glyphs.map(({ outline, at }) => transformPath(outline, at)))];
    return node.kind === 'path' ? [node.path] : [];
  });
