import { WHITE } from '../../colour/colour.ts';
import { scaling } from '../../geometry/affine.ts';
import { rectOf } from '../../geometry/point.ts';
import type { PageLayer, PdfDocument } from '../../render/pdf/document.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import type { Plane } from '../../render/plates/plane.ts';
import type { RenderedPixels } from '../../render/raster/render-pixels.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';

const ART_LAYER = 'Art';

export type FilmPdf = {
  readonly scene: Scene;
  /** The settled art of the print area, as it goes onto film. */
  readonly art: RenderedPixels;
  readonly white: Plane | null;
  /** Spot name of the white. */
  readonly whiteName: string;
  readonly title: string;
  readonly date: string;
};

/**
 * One page of the print area: the art as an sRGB picture with alpha over its white, a picture of a named spot ink. The RIP lays white last on film; on
 * the page it stands below, or nobody would see the art.
 */
export const filmPdf = ({ scene, art, white, whiteName, title, date }: FilmPdf, signal: AbortSignal): Promise<Uint8Array> => {
  const area = { ...scene.area, bleedMm: 0 };
  const spot = { name: whiteName, alternate: WHITE } as const;
  const box = rectOf(0, 0, area.widthMm, area.heightMm);
  const under: readonly PageLayer[] = white ? [{ layer: whiteName, plates: [{ ...white, spot, box }] }] : [];
  const document: PdfDocument = {
    pages: [
      {
        scene: { ...scene, area, nodes: [pictureOf(scene, art)] },
        boxes: pageBoxes(area, 0),
        marks: null,
        mirror: false,
        artLayer: ART_LAYER,
        under,
      },
    ],
    colour: { mode: 'rgb' },
    title,
    date,
    creator: 'Platen',
    overprint: { spots: [whiteName] },
    spots: white ? [spot] : [],
    layers: [
      ...(white ? [{ name: whiteName, processingStep: { group: 'White', type: null } }] : []),
      { name: ART_LAYER, processingStep: null },
    ],
  };
  const picture = { digest: ART_LAYER, ...art, hasAlpha: true, jpeg: null, warnings: [] };
  return writePdf(document, () => picture, signal);
};

const pictureOf = ({ area }: Scene, { widthPx, heightPx }: RenderedPixels): SceneNode => ({
  kind: 'raster',
  pointer: '',
  image: { digest: ART_LAYER, widthPx, heightPx, hasAlpha: true },
  source: rectOf(0, 0, widthPx, heightPx),
  at: scaling(area.widthMm, area.heightMm),
  adjust: [],
  interpolation: 'nearest',
});
