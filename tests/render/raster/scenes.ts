import type { Affine } from '../../../src/geometry/affine.ts';
import { type Path, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import type { PixelsOf, RasterRequest } from '../../../src/render/raster/raster-request.ts';
import { type RenderedPixels, renderPixels } from '../../../src/render/raster/render-pixels.ts';
import type { FillRule, GroupNode, Paint, PathNode, RasterNode, Scene, SceneNode } from '../../../src/scene/scene.ts';

export const rect = (x: number, y: number, width: number, height: number): Path => rectPath(rectOf(x, y, width, height));

export const polygon = (...points: readonly (readonly [number, number])[]): Path => {
  const builder = new PathBuilder();
  points.forEach(([x, y], i) => {
    if (i === 0) builder.moveTo(x, y);
    else builder.lineTo(x, y);
  });
  return builder.close().finish();
};

/** A circle of four cubics, off by less than 0.03 % of the radius. */
export const circle = (cx: number, cy: number, r: number): Path => {
  const k = 0.5522847498 * r;
  return new PathBuilder()
    .moveTo(cx + r, cy)
    .cubicTo(cx + r, cy + k, cx + k, cy + r, cx, cy + r)
    .cubicTo(cx - k, cy + r, cx - r, cy + k, cx - r, cy)
    .cubicTo(cx - r, cy - k, cx - k, cy - r, cx, cy - r)
    .cubicTo(cx + k, cy - r, cx + r, cy - k, cx + r, cy)
    .close()
    .finish();
};

export const solid = (r: number, g: number, b: number): Paint => ({ kind: 'solid', colour: { space: 'srgb', r, g, b } });
export const BLACK_PAINT = solid(0, 0, 0);

export const filled = (path: Path, fill: Paint = BLACK_PAINT, fillRule: FillRule = 'nonzero'): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule,
  fill,
  stroke: null,
});

export const stroked = (path: Path, widthMm: number, more: Partial<NonNullable<PathNode['stroke']>> = {}): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: { paint: BLACK_PAINT, widthMm, cap: 'butt', join: 'miter', miterLimit: 4, ...more },
});

export const group = (children: readonly SceneNode[], more: Partial<GroupNode> = {}): GroupNode => ({
  kind: 'group',
  pointer: '',
  clip: null,
  mask: null,
  opacity: 1,
  blend: 'normal',
  children,
  ...more,
});

/** A decoded picture whose pixels are `at(x, y)`: straight RGBA. */
export const pictureOf = (
  digest: string,
  widthPx: number,
  heightPx: number,
  at: (x: number, y: number) => readonly [number, number, number, number],
): DecodedImage => {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) rgba.set(at(x, y), (y * widthPx + x) * 4);
  return { digest, widthPx, heightPx, hasAlpha: true, rgba, jpeg: null, warnings: [] };
};

export const placed = (image: DecodedImage, at: Affine, more: Partial<RasterNode> = {}): RasterNode => ({
  kind: 'raster',
  pointer: '',
  image: { digest: image.digest, widthPx: image.widthPx, heightPx: image.heightPx, hasAlpha: image.hasAlpha },
  source: { x: 0, y: 0, width: image.widthPx, height: image.heightPx },
  at,
  adjust: [],
  interpolation: 'smooth',
  ...more,
});

export const sceneOf = (widthMm: number, heightMm: number, nodes: readonly SceneNode[], bleedMm = 0): Scene => ({
  version: 1,
  area: {
    productId: 'test',
    placementId: 'front',
    widthMm,
    heightMm,
    bleedMm,
    safeMm: 0,
    trim: rect(0, 0, widthMm, heightMm),
    keepOuts: [],
    folds: [],
  },
  nodes,
});

export const shelfOf =
  (...images: readonly DecodedImage[]): PixelsOf =>
  (digest) => {
    const image = images.find((candidate) => candidate.digest === digest);
    if (!image) throw new Error(`expected a picture ${digest}, got none`);
    return image;
  };

export const NEVER = new AbortController().signal;

/** The whole trim box at `scale` pixels a millimetre, on transparency. */
export const requestFor = (scene: Scene, scale = 1, more: Partial<RasterRequest> = {}): RasterRequest => ({
  widthPx: Math.round(scene.area.widthMm * scale),
  heightPx: Math.round(scene.area.heightMm * scale),
  region: rectOf(0, 0, scene.area.widthMm, scene.area.heightMm),
  background: null,
  mirror: false,
  ...more,
});

/** Renders nodes on a canvas where one millimetre is one pixel. */
export const draw = (
  widthPx: number,
  heightPx: number,
  nodes: readonly SceneNode[],
  images: readonly DecodedImage[] = [],
  more: Partial<RasterRequest> = {},
): Promise<RenderedPixels> => {
  const scene = sceneOf(widthPx, heightPx, nodes);
  return renderPixels(scene, requestFor(scene, 1, more), shelfOf(...images), NEVER);
};

export const pixelAt = ({ widthPx, rgba }: RenderedPixels, x: number, y: number): number[] => [
  ...rgba.subarray((y * widthPx + x) * 4, (y * widthPx + x) * 4 + 4),
];

export const alphaAt = (picture: RenderedPixels, x: number, y: number): number => pixelAt(picture, x, y)[3] ?? Number.NaN;

/** Mean and greatest difference of two equally long byte rows. */
export const difference = (a: Uint8Array, b: Uint8Array): { readonly mean: number; readonly most: number } => {
  if (a.length !== b.length) throw new Error(`expected ${a.length} bytes to compare, got ${b.length}`);
  let sum = 0;
  let most = 0;
  a.forEach((value, i) => {
    const gap = Math.abs(value - (b[i] ?? 0));
    sum += gap;
    if (gap > most) most = gap;
  });
  return { mean: sum / a.length, most };
};
