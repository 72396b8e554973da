import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { rectPath, transformPath } from '../../geometry/path.ts';
import { rectOf } from '../../geometry/point.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { GroupNode, RasterNode, Scene, SceneNode } from '../../scene/scene.ts';
import { adjustedPicture } from '../adjust/adjusted-picture.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import { type LogoTrace, type TraceOptions, traceLogo } from './trace-logo.ts';

/** What became of one picture of a scene. */
export type TracedPicture = { readonly pointer: string; readonly trace: LogoTrace };

/** A scene whose flat pictures are areas of colour; pictures that are not flat stay as they are. */
export type TracedScene = { readonly scene: Scene; readonly pictures: readonly TracedPicture[] };

/**
 * Puts the traced areas of flat pictures in their place, so that whatever takes even areas takes them too. Adjustments and crops count. Rejects with
 * the reason of `signal` once that is aborted.
 */
export const traceScene = async (
  scene: Scene,
  picture: (digest: string) => DecodedImage,
  options: TraceOptions,
  signal: AbortSignal,
): Promise<TracedScene> => {
  const pictures: TracedPicture[] = [];
  const traces = new Map<string, LogoTrace>();
  const traceOf = async (node: RasterNode): Promise<LogoTrace> => {
    const { image, source, adjust } = node;
    const key = JSON.stringify([image.digest, source, adjust]);
    const known = traces.get(key);
    if (known) return known;
    const whole = picture(image.digest);
    const adjusted = adjust.length === 0 ? whole : await adjustedPicture(whole, adjust, whole, signal);
    const trace = traceLogo(windowOf(adjusted, source), options);
    traces.set(key, trace);
    return trace;
  };
  const traced = async (node: SceneNode): Promise<SceneNode> => {
    signal.throwIfAborted();
    if (node.kind === 'group') return { ...node, children: await all(node.children) };
    if (node.kind !== 'raster') return node;
    const trace = await traceOf(node);
    pictures.push({ pointer: node.pointer, trace });
    return trace.kind === 'flat' ? areasOf(node, trace) : node;
  };
  const all = async (nodes: readonly SceneNode[]): Promise<readonly SceneNode[]> => {
    const out: SceneNode[] = [];
    for (const node of nodes) out.push(await traced(node));
    return out;
  };
  return { scene: { ...scene, nodes: await all(scene.nodes) }, pictures };
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

const areasOf = ({ pointer, image, source, at }: RasterNode, { regions }: Extract<LogoTrace, { kind: 'flat' }>): GroupNode => {
  const { left, top } = touched({ ...image, rgba: new Uint8Array(0) }, source);
  const toUnit = multiply(scaling(1 / source.width, 1 / source.height), translation(left - source.x, top - source.y));
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
