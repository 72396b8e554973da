import { type Affine, multiply } from '../../geometry/affine.ts';
import { type Path, rectPath } from '../../geometry/path.ts';
import { inflate, rectOf } from '../../geometry/point.ts';
import { strokeOutline } from '../../geometry/stroke.ts';
import { BLEND_MODES, type GroupNode, type Paint, type RasterNode, type Scene, type SceneNode, type Stroke } from '../../scene/scene.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { EdgeCollector, type EdgeList, edgesIn, FlatOutlines } from './edge-list.ts';
import { isInvertible, writePaint, writePicturePaint } from './paint-record.ts';
import { type KeptPictures, PictureShelf } from './picture-shelf.ts';
import { deviceMap, type PixelsOf, type RasterRequest } from './raster-request.ts';
import { indexByStrip, type StripIndex } from './strip-edges.ts';

/** An outline ready for the kernel. */
export type Shape = { readonly list: EdgeList; readonly index: StripIndex; readonly evenOdd: boolean };

/** Columns and rows of the canvas that an operation may change: x0 <= x < x1, y0 <= y < y1. */
export type PixelBox = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

export type FillOp = { readonly kind: 'fill'; readonly box: PixelBox; readonly shape: Shape; readonly paint: number };
export type GroupOp = {
  readonly kind: 'group';
  readonly box: PixelBox;
  readonly clip: Shape | null;
  readonly mask: { readonly shape: Shape; readonly paint: number } | null;
  /** 0..255. */
  readonly alpha: number;
  /** Position in BLEND_MODES. */
  readonly mode: number;
  readonly children: readonly DrawOp[];
};
export type DrawOp = FillOp | GroupOp;

export type PlanOptions = {
  /** Where pictures that were made ready are kept from render to render. */
  readonly pictures?: KeptPictures | undefined;
  /** The only rows that will be painted; all unless given. */
  readonly rows?: { readonly from: number; readonly to: number } | undefined;
};

const UNIT_SQUARE = rectPath(rectOf(0, 0, 1, 1));
/** Stroke outlines of curves stray at most this far, in pixels. */
const STROKE_TOLERANCE_PX = 0.05;

/** Translates a scene into kernel operations: edges in canvas pixels, and paints and pictures that lie in the kernel's memory. */
export class DrawPlanner {
  readonly #kernel: Kernel;
  readonly #device: Affine;
  readonly #request: RasterRequest;
  readonly #shelf: PictureShelf;
  readonly #edges: () => EdgeCollector;
  /** What of the canvas will be painted. */
  readonly #seen: PixelBox;

  constructor(kernel: Kernel, request: RasterRequest, pixelsOf: PixelsOf, signal: AbortSignal, { pictures, rows }: PlanOptions = {}) {
    this.#kernel = kernel;
    this.#request = request;
    this.#device = deviceMap(request);
    this.#shelf = new PictureShelf(kernel, pixelsOf, signal, pictures);
    this.#seen = { x0: 0, y0: rows?.from ?? 0, x1: request.widthPx, y1: Math.min(request.heightPx, rows?.to ?? request.heightPx) };
    const outlines = new FlatOutlines();
    this.#edges = () => new EdgeCollector(kernel, request.widthPx, request.heightPx, outlines);
  }

  /** Nothing outside the bleed box is painted. */
  async plan({ area, nodes }: Scene): Promise<readonly DrawOp[]> {
    const ops = await this.#nodes(nodes, 1);
    const bleedBox = inflate(rectOf(0, 0, area.widthMm, area.heightMm), area.bleedMm);
    const clip = this.#shape(rectPath(bleedBox), this.#device, false);
    const { minX, minY, maxX, maxY } = clip.list;
    const slack = 1e-6;
    const { widthPx, heightPx } = this.#request;
    if (minX <= slack && minY <= slack && maxX >= widthPx - slack && maxY >= heightPx - slack) return ops;
    return this.#group(ops, clip, null, 1, 0);
  }

  async #nodes(nodes: readonly SceneNode[], alpha: number): Promise<DrawOp[]> {
    const ops: DrawOp[] = [];
    for (const node of nodes) ops.push(...(await this.#node(node, alpha)));
    return ops;
  }

  async #node(node: SceneNode, alpha: number): Promise<readonly DrawOp[]> {
    switch (node.kind) {
      case 'path': {
        const fill = node.fill ? this.#fill(this.#shape(node.path, this.#device, node.fillRule === 'evenodd'), node.fill, alpha) : [];
        return node.stroke ? [...fill, ...this.#stroke(node.path, node.stroke, alpha)] : fill;
      }
      case 'glyphs': {
        const edges = this.#edges();
        for (const { outline, at } of node.glyphs) edges.addPath(outline, multiply(this.#device, at));
        return this.#fill(this.#indexed(edges, false), node.fill, alpha);
      }
      case 'raster': {
        const picture = await this.#picture(node, alpha);
        return picture ? this.#fillWith(picture.shape, picture.paint) : [];
      }
      case 'group':
        return this.#groupNode(node, alpha);
    }
  }

  /**
   * A group that only fades one fill becomes that fill, and one that does nothing becomes its children: painting is associative as long
   * as nothing inside blends with what lies below.
   */
  async #groupNode(node: GroupNode, alpha: number): Promise<readonly DrawOp[]> {
    const opacity = Math.min(1, Math.max(0, node.opacity)) * alpha;
    if (opacity === 0) return [];
    const plain = !node.clip && !node.mask && node.blend === 'normal';
    if (plain && paintsOnce(node.children)) return this.#nodes(node.children, opacity);
    const children = await this.#nodes(node.children, 1);
    if (plain && opacity === 1 && children.every((op) => op.kind === 'fill' || op.mode === 0)) return children;
    const clip = node.clip ? this.#shape(node.clip.path, this.#device, node.clip.fillRule === 'evenodd') : null;
    const mask = node.mask ? await this.#picture(node.mask, 1) : null;
    if (node.mask && !mask) return [];
    return this.#group(children, clip, mask, opacity, BLEND_MODES.indexOf(node.blend));
  }

  #group(
    children: readonly DrawOp[],
    clip: Shape | null,
    mask: { readonly shape: Shape; readonly paint: number } | null,
    opacity: number,
    mode: number,
  ): readonly DrawOp[] {
    const limits = [
      children.map((op) => op.box).reduce(union, EMPTY_BOX),
      ...[clip, mask?.shape].flatMap((s) => (s ? [this.#boxOf(s.list)] : [])),
    ];
    const box = limits.reduce(intersection);
    if (isEmptyBox(box)) return [];
    return [{ kind: 'group', box, clip, mask, alpha: Math.round(opacity * 255), mode, children }];
  }

  #stroke(path: Path, stroke: Stroke, alpha: number): readonly DrawOp[] {
    const [a, b, c, d] = this.#device;
    const tolerance = STROKE_TOLERANCE_PX / Math.max(Math.hypot(a, b), Math.hypot(c, d));
    const outline = strokeOutline(path, stroke, tolerance);
    return this.#fill(this.#shape(outline, this.#device, false), stroke.paint, alpha);
  }

  #fill(shape: Shape, paint: Paint, alpha: number): readonly DrawOp[] {
    return this.#fillWith(shape, writePaint(this.#kernel, paint, alpha, this.#device));
  }

  #fillWith(shape: Shape, paint: number | null): readonly DrawOp[] {
    const box = this.#boxOf(shape.list);
    return paint === null || isEmptyBox(box) ? [] : [{ kind: 'fill', box, shape, paint }];
  }

  async #picture(node: RasterNode, alpha: number): Promise<{ readonly shape: Shape; readonly paint: number } | null> {
    const place = multiply(this.#device, node.at);
    if (!isInvertible(place)) return null;
    const shape = this.#shape(UNIT_SQUARE, place, false);
    if (isEmptyBox(this.#boxOf(shape.list))) return null;
    const picture = await this.#shelf.prepare(node, place);
    return { shape, paint: writePicturePaint(this.#kernel, picture, alpha, place) };
  }

  #shape(path: Path, map: Affine, evenOdd: boolean): Shape {
    return this.#indexed(this.#edges().addPath(path, map), evenOdd);
  }

  #indexed(edges: EdgeCollector, evenOdd: boolean): Shape {
    const list = edges.finish();
    return { list, index: indexByStrip(edgesIn(this.#kernel, list), this.#request.heightPx), evenOdd };
  }

  #boxOf({ count, minX, minY, maxX, maxY }: EdgeList): PixelBox {
    if (count === 0) return EMPTY_BOX;
    return intersection(this.#seen, { x0: Math.floor(minX), y0: Math.floor(minY), x1: Math.ceil(maxX), y1: Math.ceil(maxY) });
  }
}

/** Whether the nodes come down to a single fill, so that fading the paint equals fading the result. */
const paintsOnce = (nodes: readonly SceneNode[]): boolean => {
  const [only, ...more] = nodes;
  if (!only || more.length > 0) return false;
  if (only.kind === 'path') return !only.fill || !only.stroke;
  if (only.kind === 'group') return !only.clip && !only.mask && only.blend === 'normal' && paintsOnce(only.children);
  return true;
};

const EMPTY_BOX: PixelBox = { x0: 0, y0: 0, x1: 0, y1: 0 };

const isEmptyBox = ({ x0, y0, x1, y1 }: PixelBox): boolean => x0 >= x1 || y0 >= y1;

const union = (a: PixelBox, b: PixelBox): PixelBox => {
  if (isEmptyBox(a) || isEmptyBox(b)) return isEmptyBox(a) ? b : a;
  return { x0: Math.min(a.x0, b.x0), y0: Math.min(a.y0, b.y0), x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1) };
};

const intersection = (a: PixelBox, b: PixelBox): PixelBox => ({
  x0: Math.max(a.x0, b.x0),
  y0: Math.max(a.y0, b.y0),
  x1: Math.min(a.x1, b.x1),
  y1: Math.min(a.y1, b.y1),
});
