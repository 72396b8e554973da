import { BLACK } from '../../colour/colour.ts';
import { translation } from '../../geometry/affine.ts';
import { type Path, PathBuilder } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { inflate } from '../../geometry/point.ts';
import { MM_PER_INCH, pixelsFor, ptToMm } from '../../geometry/units.ts';
import type { PlateRequest } from '../../render/plates/separate.ts';
import type { WordPlane } from '../../render/plates/word-plane.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import type { Scene, SceneArea, SceneNode } from '../../scene/scene.ts';
import { transformNode } from '../../scene/transform.ts';
import type { MakeContext } from '../method.ts';
import { trimRegion } from '../region.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** The sheet of a plate: the print area and room around it for marks. */
export type Sheet = PlateRequest & { readonly dpi: number; readonly marginMm: number };

const MARK_LINE_MM = ptToMm(0.25);
const MARK_RADIUS_MM = 2;
const MARK_ARM_MM = 3.5;
const LABEL_HEIGHT_MM = 3.5;
/** Between the label and the edge of the sheet, and the art. */
const LABEL_INSET_MM = 1.5;
/** Side of the squares and height of the band that are drawn for marks and label. */
const MARK_BOX_MM = 10;

/** Whole pixels of margin on every side, so that the art lies as it would without. */
export const sheetOf = (area: SceneArea, { dpi, margin }: Pick<ScreenPrintSettings, 'dpi' | 'margin'>): Sheet => {
  const trim = trimRegion(area);
  const marginPx = pixelsFor(margin, dpi);
  const widthPx = pixelsFor(trim.width, dpi) + 2 * marginPx;
  const heightPx = pixelsFor(trim.height, dpi) + 2 * marginPx;
  const marginMm = (marginPx / dpi) * MM_PER_INCH;
  return {
    region: { ...inflate(trim, marginMm), width: (widthPx / dpi) * MM_PER_INCH, height: (heightPx / dpi) * MM_PER_INCH },
    widthPx,
    heightPx,
    dpi,
    marginMm,
  };
};

/** Middles of the registration marks: half way along each side, mm of the print area. The same on all plates. */
export const markPlaces = ({ region, marginMm }: Sheet): readonly { readonly x: number; readonly y: number }[] => {
  const { x, y, width, height } = region;
  const off = marginMm / 2;
  return [
    { x: x + width / 2, y: y + off },
    { x: x + width / 2, y: y + height - off },
    { x: x + off, y: y + height / 2 },
    { x: x + width - off, y: y + height / 2 },
  ];
};

/** A cross in a circle. */
export const markPath = ({ x, y }: { readonly x: number; readonly y: number }): Path => {
  const r = MARK_RADIUS_MM;
  const k = 0.5523 * r;
  return new PathBuilder()
    .moveTo(x - MARK_ARM_MM, y)
    .lineTo(x + MARK_ARM_MM, y)
    .moveTo(x, y - MARK_ARM_MM)
    .lineTo(x, y + MARK_ARM_MM)
    .moveTo(x + r, y)
    .cubicTo(x + r, y + k, x + k, y + r, x, y + r)
    .cubicTo(x - k, y + r, x - r, y + k, x - r, y)
    .cubicTo(x - r, y - k, x - k, y - r, x, y - r)
    .cubicTo(x + k, y - r, x + r, y - k, x + r, y)
    .close()
    .finish();
};

/** The marks as lines of 0.25 pt. */
export const markNodes = (sheet: Sheet): readonly SceneNode[] =>
  markPlaces(sheet).map((place) => ({
    kind: 'path',
    pointer: '',
    path: markPath(place),
    fillRule: 'nonzero',
    fill: null,
    stroke: { paint: { kind: 'solid', colour: BLACK }, widthMm: MARK_LINE_MM, cap: 'butt', join: 'round', miterLimit: 4 },
  }));

/** A line of text above the art, left of the mark; each plate has a line of its own, so that films on one another stay readable. */
export const labelNodes = (
  text: string,
  { region, marginMm }: Sheet,
  { lettering }: MakeContext,
  { order, count }: { readonly order: number; readonly count: number },
): readonly SceneNode[] => {
  const width = region.width / 2 - MARK_BOX_MM / 2 - LABEL_INSET_MM;
  const pitch = (marginMm - 2 * LABEL_INSET_MM) / count;
  const height = Math.min(LABEL_HEIGHT_MM, 0.9 * pitch);
  const move = translation(region.x + LABEL_INSET_MM, region.y + LABEL_INSET_MM + (order - 1) * pitch);
  return lettering(text, width, height).map((node) => transformNode(node, move));
};

/** Draws nodes into a part of a plate, black above half. */
export const stamp = async (
  plate: WordPlane,
  sheet: Sheet,
  nodes: readonly SceneNode[],
  part: Rect,
  context: MakeContext,
): Promise<void> => {
  if (nodes.length === 0) return;
  const perMm = sheet.dpi / MM_PER_INCH;
  const left = Math.max(0, Math.floor((part.x - sheet.region.x) * perMm));
  const top = Math.max(0, Math.floor((part.y - sheet.region.y) * perMm));
  const widthPx = Math.min(sheet.widthPx - left, Math.ceil(part.width * perMm) + 1);
  const heightPx = Math.min(sheet.heightPx - top, Math.ceil(part.height * perMm) + 1);
  const region = { x: sheet.region.x + left / perMm, y: sheet.region.y + top / perMm, width: widthPx / perMm, height: heightPx / perMm };
  const scene = bareScene(sheet, nodes);
  const request = { region, widthPx, heightPx, background: null, mirror: false };
  const { rgba } = await renderPixels(scene, request, context.picture, context.signal);
  for (let i = 0; i < widthPx * heightPx; i++) {
    if ((rgba[4 * i + 3] ?? 0) < 128) continue;
    const [x, y] = [left + (i % widthPx), top + Math.floor(i / widthPx)];
    const at = y * plate.stride + (x >> 5);
    plate.words[at] = (plate.words[at] ?? 0) | (0x8000_0000 >>> (x & 31));
  }
};

/** Nothing but these nodes, and room for them all round. */
const bareScene = ({ region }: Sheet, nodes: readonly SceneNode[]): Scene => ({
  version: 1,
  area: {
    productId: '',
    placementId: '',
    widthMm: region.width,
    heightMm: region.height,
    bleedMm: Math.max(-region.x, -region.y, 0),
    safeMm: 0,
    trim: { verbs: new Uint8Array(0), coords: new Float64Array(0) },
    keepOuts: [],
    folds: [],
  },
  nodes,
});

/** Registration marks at the same places of every plate, and what this one is. */
export const stampMarks = async (
  plate: WordPlane,
  sheet: Sheet,
  label: string,
  place: { readonly order: number; readonly count: number },
  context: MakeContext,
): Promise<void> => {
  const marks = markNodes(sheet);
  for (const [i, { x, y }] of markPlaces(sheet).entries()) {
    const box = { x: x - MARK_BOX_MM / 2, y: y - MARK_BOX_MM / 2, width: MARK_BOX_MM, height: MARK_BOX_MM };
    await stamp(plate, sheet, marks.slice(i, i + 1), box, context);
  }
  const { region, marginMm } = sheet;
  await stamp(
    plate,
    sheet,
    labelNodes(label, sheet, context, place),
    { x: region.x, y: region.y, width: region.width / 2, height: marginMm },
    context,
  );
};
