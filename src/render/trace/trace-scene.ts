import { type Affine, determinant, multiply, scaling, translation } from '../../geometry/affine.ts';
import { rectPath, transformPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { GroupNode, RasterNode, Scene, SceneNode } from '../../scene/scene.ts';
import { adjustmentSteps } from '../adjust/apply-adjustments.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import { shrinkSteps } from '../adjust/shrink.ts';
import { type LogoTrace, type TraceOptions, traceLogo } from './trace-logo.ts';

/** What became of one picture of a scene. */
export type TracedPicture = { readonly pointer: string; readonly trace: LogoTrace };

/** A scene whose flat pictures are areas of colour; pictures that are not flat stay as they are. */
export type TracedScene = { readonly scene: Scene; readonly pictures: readonly TracedPicture[] };

/** Pictures are looked at no finer than this: a dot of a print is less than a thread. */
const MOST_SIDE_PX = 2000;

/**
 * Puts the traced areas of flat pictures in their place, so that whatever takes even areas takes them too. Adjustments and crops count. A picture
 * that is shown several times alike is traced once. Throws the signal's reason when it is aborted.
 */
export const traceScene = (
  scene: Scene,
  picture: (digest: string) => DecodedImage,
  options: TraceOptions = {},
  signal?: AbortSignal,
): TracedScene => {
  const pictures: TracedPicture[] = [];
  const known = new Map<string, Seen>();
  const seen = (node: RasterNode): Seen => {
    const key = JSON.stringify([node.image.digest, node.source, node.adjust, node.at.slice(0, 4)]);
    const found = known.get(key) ?? look(picture(node.image.digest), node, options);
    known.set(key, found);
    return found;
  };
  const traced = (node: SceneNode): SceneNode => {
    signal?.throwIfAborted();
    if (node.kind === 'group') return { ...node, children: node.children.map(traced) };
    if (node.kind !== 'raster') return node;
    const { trace, toUnit } = seen(node);
    pictures.push({ pointer: node.pointer, trace });
    return trace.kind === 'flat' ? areasOf(node, trace, toUnit) : node;
  };
  return { scene: { ...scene, nodes: scene.nodes.map(traced) }, pictures };
};

/** What was found in a window of a picture, and how its pixels lie in the unit square of the window. */
type Seen = { readonly trace: LogoTrace; readonly toUnit: Affine };

/** However small a picture is shown, what is larger than this in it is no speck, square pixels. */
const MOST_SPECK_PX2 = 400;
/** What is smaller on the article than this is neither sewn, cut nor seen: a quarter of a mm wide. */
const LEAST_AREA_MM2 = 0.06;

const look = (whole: PixelImage, { source, adjust, at }: RasterNode, options: TraceOptions): Seen => {
  const scale = Math.min(1, MOST_SIDE_PX / Math.max(whole.widthPx, whole.heightPx));
  const px = (side: number): number => Math.max(1, Math.round(side * scale));
  const small = scale < 1 ? finished(shrinkSteps(whole, { widthPx: px(whole.widthPx), heightPx: px(whole.heightPx) })) : whole;
  const adjusted = adjust.length === 0 ? small : finished(adjustmentSteps(small, adjust));
  const [sx, sy] = [adjusted.widthPx / whole.widthPx, adjusted.heightPx / whole.heightPx];
  const window = { x: source.x * sx, y: source.y * sy, width: source.width * sx, height: source.height * sy };
  const { left, top } = touched(adjusted, window);
  const toUnit = multiply(scaling(1 / window.width, 1 / window.height), translation(left - window.x, top - window.y));
  const mm2PerPx = Math.abs(determinant(at)) / (window.width * window.height);
  const leastAreaPx2 = mm2PerPx > 0 ? Math.min(MOST_SPECK_PX2, LEAST_AREA_MM2 / mm2PerPx) : 0;
  return { trace: traceLogo(windowOf(adjusted, window), { leastAreaPx2, ...options }), toUnit };
};

const finished = <T>(steps: Generator<undefined, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

type Window = RasterNode['source'];

/** The whole pixels that a window of a picture touches. */
const touched = ({ widthPx, heightPx }: PixelImage, { x, y, width, height }: Window) => {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const [right, bottom] = [Math.min(widthPx, Math.ceil(x + width)), Math.min(heightPx, Math.ceil(y + height))];
  return { left, top, columns: Math.max(1, right - left), rows: Math.max(1, bottom - top) };
};

const windowOf = (image: PixelImage, source: Window): PixelImage => {
  const { left, top, columns, rows } = touched(image, source);
  if (columns === image.widthPx && rows === image.heightPx) return image;
  const rgba = new Uint8Array(columns * rows * 4);
  for (let y = 0; y < rows; y += 1) {
    const from = ((top + y) * image.widthPx + left) * 4;
    rgba.set(image.rgba.subarray(from, from + columns * 4), y * columns * 4);
  }
  return { widthPx: columns, heightPx: rows, rgba };
};

const areasOf = ({ pointer, at }: RasterNode, { regions }: Extract<LogoTrace, { kind: 'flat' }>, toUnit: Affine): GroupNode => {
  const toMm = multiply(at, toUnit);
  return {
    kind: 'group',
    pointer,
    clip: { path: transformPath(rectPath(rectOf(0, 0, 1, 1)), at), fillRule: 'nonzero' },
    mask: null,
    opacity: 1,
    blend: 'normal',
    children: regions.map(({ colour, path }) => ({
      kind: 'path',
      pointer,
      path: transformPath(path, toMm),
      fillRule: 'nonzero',
      fill: { kind: 'solid', colour },
      stroke: null,
    })),
  };
};
