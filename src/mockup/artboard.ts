import { colourFromHex } from '../colour/colour.ts';
import { translation } from '../geometry/affine.ts';
import { dashPath } from '../geometry/dash.ts';
import { type Path, rectPath } from '../geometry/path.ts';
import { inflate, type Rect, rectOf } from '../geometry/point.ts';
import { linePath } from '../geometry/shapes.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import type { Appearance, AppearanceRequest } from '../render/appearance.ts';
import type { Lettering } from '../render/lettering.ts';
import { renderPixels } from '../render/raster/render-pixels.ts';
import type { GroupNode, PathNode, Scene, SceneNode } from '../scene/scene.ts';
import { transformNode } from '../scene/transform.ts';
import { coverArticle } from './cover-article.ts';

/** Guide colours: cut, bleed, safe, keep clear, fold. */
const INK = { trim: '#e5007d', bleed: '#0077c8', safe: '#00963f', keepOut: '#f08c00', fold: '#6b4bc3' } as const;

/** Guides are drawn this wide at a picture of 1000 px, whatever the size of the article. */
const LINE_SHARE = 0.0016;

/** What lies below and above the art, and the window that shows them: trim, bleed, and a margin for the legend below. */
export type Artboard = { readonly ground: Scene; readonly guides: Scene; readonly region: Rect };

/** A guide with a pale rim, so that it shows on art of its own colour. */
const guide = (path: Path, colour: string, widthMm: number): readonly SceneNode[] => [
  faded(0.6, [outline(path, '#ffffff', widthMm * 2)]),
  outline(path, colour, widthMm),
];

const outline = (path: Path, colour: string, widthMm: number): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: { paint: solid(colour), widthMm, cap: 'butt', join: 'miter', miterLimit: 4 },
});

const solid = (hex: string) => ({ kind: 'solid', colour: colourFromHex(hex) ?? { space: 'srgb', r: 0, g: 0, b: 0 } }) as const;

const filled = (path: Path, colour: string): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: solid(colour),
  stroke: null,
});

const faded = (opacity: number, children: readonly SceneNode[]): GroupNode => ({
  kind: 'group',
  pointer: '',
  clip: null,
  mask: null,
  opacity,
  blend: 'normal',
  children,
});

/**
 * An artboard for a scene: the ground of the article to the bleed, and guides above: cut line, bleed, safe area, keep-outs and folds, and
 * a legend with the figures.
 * @param ground - "#rrggbb" of the article
 */
export const artboardOf = (scene: Scene, ground: string, lettering: Lettering): Artboard => {
  const { area } = scene;
  const trim = rectOf(0, 0, area.widthMm, area.heightMm);
  const bleed = inflate(trim, area.bleedMm);
  const size = Math.max(bleed.width, bleed.height);
  const margin = size * 0.04;
  const legendMm = size * 0.03;
  const region = rectOf(bleed.x - margin, bleed.y - margin, bleed.width + 2 * margin, bleed.height + 2 * margin + legendMm * 1.6);
  const legend = lettering(legendText(scene), bleed.width, legendMm).map((node) =>
    transformNode(node, translation(bleed.x, bleed.y + bleed.height + margin * 0.8)),
  );
  const board = { ...area, bleedMm: area.bleedMm + 2 * margin + 2 * legendMm };
  return {
    region,
    ground: { version: 1, area: board, nodes: [filled(rectPath(region), '#f4f4f2'), filled(rectPath(bleed), ground)] },
    guides: { version: 1, area: board, nodes: [...guides(scene, size * LINE_SHARE), ...legend] },
  };
};

const noPictures = (digest: string): never => {
  throw new RangeError(`expected an artboard without pictures, got ${digest}`);
};

/**
 * The decoration on its artboard, for people to approve or to check; never for production. Art lies on the article as in mockups.
 * @param appearances - of the window that `request` names: the artboard's region
 */
export const artboardPicture = async (
  { ground, guides: above }: Artboard,
  appearances: readonly Appearance[],
  { widthPx, heightPx, region }: AppearanceRequest,
  signal: AbortSignal,
): Promise<PixelImage> => {
  const request = { widthPx, heightPx, region, background: null, mirror: false };
  const { rgba } = await renderPixels(ground, request, noPictures, signal);
  const lines = await renderPixels(above, request, noPictures, signal);
  return { widthPx, heightPx, rgba: [...appearances, { process: 'ink' as const, rgba: lines.rgba }].reduce(coverArticle, rgba) };
};

const guides = ({ area }: Scene, line: number): readonly SceneNode[] => {
  const trim = rectOf(0, 0, area.widthMm, area.heightMm);
  const dashes = [line * 6, line * 4];
  const keepOuts = area.keepOuts.flatMap(({ path }) => [faded(0.25, [filled(path, INK.keepOut)]), ...guide(path, INK.keepOut, line)]);
  return [
    ...keepOuts,
    ...(area.bleedMm > 0 ? guide(dashPath(rectPath(inflate(trim, area.bleedMm)), dashes), INK.bleed, line) : []),
    ...(area.safeMm > 0 ? guide(dashPath(rectPath(inflate(trim, -area.safeMm)), dashes), INK.safe, line) : []),
    ...area.folds.flatMap(({ from, to }) => guide(dashPath(linePath(from, to), dashes), INK.fold, line)),
    ...guide(area.trim, INK.trim, line * 1.5),
  ];
};

const legendText = ({ area }: Scene): string =>
  [
    `${area.productId} ${area.placementId}`,
    `cut ${area.widthMm} x ${area.heightMm} mm (pink)`,
    ...(area.bleedMm > 0 ? [`bleed ${area.bleedMm} mm (blue)`] : []),
    ...(area.safeMm > 0 ? [`safe ${area.safeMm} mm (green)`] : []),
    ...(area.keepOuts.length > 0 ? ['keep clear (orange)'] : []),
    ...(area.folds.length > 0 ? ['fold (violet)'] : []),
  ].join('   ');
