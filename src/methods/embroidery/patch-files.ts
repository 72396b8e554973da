import { translation } from '../../geometry/affine.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { boundsOfPath, transformPath } from '../../geometry/path.ts';
import { inflate, type Rect, unionOf } from '../../geometry/point.ts';
import type { CutDrawing, CutLayer } from '../../render/vector/cut-drawing.ts';
import { writeDxf } from '../../render/vector/write-dxf.ts';
import { writeSvg } from '../../render/vector/write-svg.ts';
import type { MadeFile } from '../method.ts';
import type { Patch } from './patches.ts';
import { roundMm, type SewnPage } from './sewn-page.ts';

/** Around the patches, mm. */
const MARGIN_MM = 5;
const LINE_MM = 0.1;
/** Seen on any ground. */
const CUT_RED = '#ff0000';
/** Cut lines may stray this far from the art, mm. */
const TOLERANCE_MM = 0.01;

/** The shapes to cut from cloth at true size, as they lie to one another, a layer for each colour; none without patches. */
export const patchFiles = ({ patches, scene, stem, work }: SewnPage): readonly MadeFile[] => {
  const box = patches.reduce<Rect | null>((all, { path }) => unionOf(all, boundsOfPath(path)), null);
  if (!box) return [];
  const drawing = drawingOf(patches, inflate(box, MARGIN_MM), work.title);
  const file = (ending: string, mediaType: string, data: Uint8Array): MadeFile => ({
    name: `${stem}-patches.${ending}`,
    role: 'production',
    mediaType,
    data,
    placement: scene.area.placementId,
    method: 'embroidery',
    widthMm: roundMm(drawing.widthMm),
    heightMm: roundMm(drawing.heightMm),
    mirrored: false,
  });
  return [file('svg', 'image/svg+xml', writeSvg(drawing)), file('dxf', 'image/vnd.dxf', writeDxf(drawing, { toleranceMm: TOLERANCE_MM }))];
};

const drawingOf = (patches: readonly Patch[], { x, y, width, height }: Rect, title: string): CutDrawing => {
  const names = [...new Set(patches.map(nameOf))];
  const onto = translation(-x, -y);
  const layers = names.map((name): CutLayer => {
    const own = patches.filter((patch) => nameOf(patch) === name);
    const paths = own.map(({ path }) => ({ path: transformPath(fitCurves(path, TOLERANCE_MM), onto), fillRule: 'nonzero' as const }));
    return { name: `CUT ${name}`, colour: CUT_RED, work: 'line', lineWidthMm: LINE_MM, paths };
  });
  return { title, widthMm: width, heightMm: height, layers };
};

const nameOf = ({ thread }: Patch): string => [thread.code, thread.name].filter((part) => part !== '').join(' ');
