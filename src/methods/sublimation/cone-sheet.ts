import { translation } from '../../geometry/affine.ts';
import { type ConeBand, coneBand, type Frustum, sheetArc, sheetBounds, sheetOutline, slantOf, toSheet } from '../../geometry/cone.ts';
import { type Path, transformPath } from '../../geometry/path.ts';
import { centreOf, type Rect, rectOf } from '../../geometry/point.ts';
import { linePath } from '../../geometry/shapes.ts';
import { mmToPx, pxToMm, quantizeMm } from '../../geometry/units.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { RenderedPixels } from '../../render/raster/render-pixels.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import type { Scene, SceneArea } from '../../scene/scene.ts';
import type { MadeFile, MakeContext } from '../method.ts';
import { bleedRegion, canvasOf, trimRegion } from '../region.ts';
import { bendPixels } from './bend-pixels.ts';
import type { Guides } from './guides.ts';
import { pictureFile } from './picture-file.ts';
import type { SublimationSettings, TaperSettings } from './settings.ts';
import { wrapAround } from './wrap-around.ts';

/** Stands for the bent picture, which is the only one of its scene. */
const BENT = '0'.repeat(64);

export const frustumOf = ({ topDiameter, bottomDiameter, height }: TaperSettings): Frustum => ({
  topDiameterMm: topDiameter,
  bottomDiameterMm: bottomDiameter,
  heightMm: height,
});

/** Where the print area begins, down the wall from its top, mm. */
export const fromTopOf = (taper: TaperSettings, { heightMm }: Pick<SceneArea, 'heightMm'>): number =>
  taper.fromTop ?? Math.max(0, (slantOf(frustumOf(taper)) - heightMm) / 2);

/** The band of the wall that a placement takes up; null when the vessel does not narrow. */
export const bandOf = (taper: TaperSettings, area: Pick<SceneArea, 'widthMm' | 'heightMm'>): ConeBand | null =>
  coneBand(frustumOf(taper), area, fromTopOf(taper, area));

/** A box of whole pixels around one of millimetres, with the same middle. */
const pixelBox = (box: Rect, dpi: number): Rect => {
  const [width, height] = [box.width, box.height].map((mm) => pxToMm(Math.ceil(mmToPx(mm, dpi) - 1e-6), dpi));
  const middle = centreOf(box);
  return rectOf(middle.x - (width ?? 0) / 2, middle.y - (height ?? 0) / 2, width ?? 0, height ?? 0);
};

/**
 * Art of a tapered vessel as its paper lies flat: part of a ring, lengths true along the arc half way down and along the wall.
 * The guides are the cut line, the arc half way down, the middle and the line up to which the ends overlap.
 */
export const coneSheet = async (
  stem: string,
  scene: Scene,
  band: ConeBand,
  settings: SublimationSettings,
  { picture, signal }: MakeContext,
): Promise<{ readonly file: MadeFile; readonly guides: Guides }> => {
  const { dpi, overlap } = settings;
  const wrapped = wrapAround(scene, overlap);
  const region = bleedRegion(wrapped.area);
  const box = pixelBox(sheetBounds(band, region), dpi);
  const flat = await renderPixels(wrapped, { ...canvasOf(region, dpi), region, background: null, mirror: false }, picture, signal);
  const bent = await bendPixels({ pixels: flat, box: region }, band, { pixels: canvasOf(box, dpi), box }, signal);
  const onPage = (path: Path): Path => transformPath(path, translation(-box.x, -box.y));
  const page = bentScene(bent, onPage(sheetOutline(band, region)), box, scene.area);
  const shown = { picture: () => decodedOf(bent), signal };
  const file = await pictureFile(stem, page, trimRegion(page.area), settings, shown);
  const size = { widthMm: quantizeMm(box.width), heightMm: quantizeMm(box.height) };
  return {
    file: { ...file, ...size },
    guides: {
      ...size,
      cut: [onPage(sheetOutline(band, trimRegion(wrapped.area)))],
      seams: [],
      help: helpLines(band, scene.area, overlap).map(onPage),
      labels: [],
    },
  };
};

const helpLines = (band: ConeBand, { widthMm, heightMm }: SceneArea, overlap: number): readonly Path[] => {
  const down = (x: number): Path => linePath(toSheet(band, { x, y: 0 }), toSheet(band, { x, y: heightMm }));
  return [
    sheetArc(band, { x: 0, y: heightMm / 2 }, widthMm + overlap),
    down(widthMm / 2),
    ...(overlap > 0 ? [down(overlap), down(widthMm)] : []),
  ];
};

const decodedOf = ({ widthPx, heightPx, rgba }: RenderedPixels): DecodedImage => ({
  digest: BENT,
  widthPx,
  heightPx,
  hasAlpha: true,
  rgba,
  jpeg: null,
  warnings: [],
});

/** A page with the bent picture, pixel for pixel, cut along the ring by a path: edges are as fine as those of any path. */
const bentScene = ({ widthPx, heightPx }: RenderedPixels, ring: Path, { width, height }: Rect, area: SceneArea): Scene => ({
  version: 1,
  area: { ...area, widthMm: width, heightMm: height, bleedMm: 0, safeMm: 0, trim: ring, keepOuts: [], folds: [] },
  nodes: [
    {
      kind: 'group',
      pointer: '',
      clip: { path: ring, fillRule: 'nonzero' },
      mask: null,
      opacity: 1,
      blend: 'normal',
      children: [
        {
          kind: 'raster',
          pointer: '',
          image: { digest: BENT, widthPx, heightPx, hasAlpha: true },
          source: { x: 0, y: 0, width: widthPx, height: heightPx },
          at: [width, 0, 0, height, 0, 0],
          adjust: [],
          interpolation: 'nearest',
        },
      ],
    },
  ],
});
