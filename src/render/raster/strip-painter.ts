import { colourFromHex } from '../../colour/colour.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type DrawOp, DrawPlanner, type FillOp, type GroupOp, type PlanOptions, type Shape } from './draw-plan.ts';
import type { PixelsOf, RasterRequest } from './raster-request.ts';
import { premultipliedPixel } from './screen-colour.ts';
import { maxStripRecords, recordBytes, STRIP_ROWS, StripEdges } from './strip-edges.ts';

/** Rows of a finished strip in kernel memory: premultiplied RGBA8, `stride` bytes apart. Valid until the next strip is painted. */
export type PaintedStrip = { readonly address: number; readonly stride: number; readonly top: number; readonly rows: number };

/** Paints one render strip by strip; the whole canvas never exists. Compositing is in sRGB-encoded values, as browsers and SVG do. */
export class StripPainter {
  readonly #kernel: Kernel;
  readonly #ops: readonly DrawOp[];
  readonly #request: RasterRequest;
  readonly #background: number;
  readonly #edges: StripEdges;
  /** Strip buffers by nesting depth: the canvas first, then one for each level of groups. */
  readonly #buffers: readonly number[];

  private constructor(kernel: Kernel, request: RasterRequest, ops: readonly DrawOp[]) {
    this.#kernel = kernel;
    this.#request = request;
    this.#ops = ops;
    const background = request.background === null ? null : colourFromHex(request.background);
    this.#background = background ? premultipliedPixel(background, 1) : 0;
    const { widthPx } = request;
    const records = maxStripRecords(shapesOf(ops).map((shape) => shape.index));
    this.#buffers = Array.from({ length: 1 + depthOf(ops) }, () => kernel.reserve(this.stride * STRIP_ROWS));
    this.#edges = new StripEdges(kernel, kernel.reserve(recordBytes(records)), records, widthPx);
    kernel.calls.usePaintRow(kernel.reserve(this.stride + 64));
    kernel.calls.useCoverage(kernel.reserve(kernel.calls.coverageBytes(widthPx, records)), widthPx, records);
  }

  /** Prepares the pictures and outlines of the scene in the kernel; with `rows`, those that show there, and only strips of these may be painted. */
  static async prepare(
    kernel: Kernel,
    scene: Scene,
    request: RasterRequest,
    pixelsOf: PixelsOf,
    signal: AbortSignal,
    options: PlanOptions = {},
  ): Promise<StripPainter> {
    return new StripPainter(kernel, request, await new DrawPlanner(kernel, request, pixelsOf, signal, options).plan(scene));
  }

  get stride(): number {
    return this.#request.widthPx * 4;
  }

  get stripCount(): number {
    return Math.ceil(this.#request.heightPx / STRIP_ROWS);
  }

  paint(strip: number): PaintedStrip {
    const top = strip * STRIP_ROWS;
    const rows = Math.min(STRIP_ROWS, this.#request.heightPx - top);
    const address = this.#buffers[0] ?? 0;
    this.#kernel.calls.clearStrip(address, this.stride, rows, 0, this.#request.widthPx, this.#background);
    this.#paintAll(this.#ops, strip, rows, 0);
    return { address, stride: this.stride, top, rows };
  }

  #paintAll(ops: readonly DrawOp[], strip: number, rows: number, depth: number): void {
    const top = strip * STRIP_ROWS;
    for (const op of ops) {
      if (op.box.y0 >= top + rows || op.box.y1 <= top) continue;
      if (op.kind === 'fill') this.#fill(op, strip, rows, depth);
      else this.#group(op, strip, rows, depth);
    }
  }

  #fill({ box, shape, paint }: FillOp, strip: number, rows: number, depth: number): void {
    const top = strip * STRIP_ROWS;
    const count = this.#load(shape, strip, rows);
    const first = Math.max(0, box.y0 - top);
    const end = Math.min(rows, box.y1 - top);
    const target = this.#buffers[depth] ?? 0;
    this.#kernel.calls.fillPath(target, this.stride, first, end, top, this.#edges.address, count, Number(shape.evenOdd), paint);
  }

  #group(op: GroupOp, strip: number, rows: number, depth: number): void {
    const { calls } = this.#kernel;
    const target = this.#buffers[depth] ?? 0;
    const layer = this.#buffers[depth + 1] ?? 0;
    // Children may paint beyond the group's box; those columns are never read back.
    calls.clearStrip(layer, this.stride, rows, op.box.x0, op.box.x1, 0);
    this.#paintAll(op.children, strip, rows, depth + 1);
    const at = this.#edges.address;
    if (op.clip) {
      const count = this.#load(op.clip, strip, rows);
      calls.clipToPath(layer, this.stride, rows, op.box.x0, op.box.x1, at, count, Number(op.clip.evenOdd));
    }
    if (op.mask) {
      const count = this.#load(op.mask.shape, strip, rows);
      calls.maskByPicture(layer, this.stride, rows, op.box.x0, op.box.x1, strip * STRIP_ROWS, at, count, op.mask.paint);
    }
    calls.blendGroup(target, layer, this.stride, rows, op.box.x0, op.box.x1, op.alpha, op.mode);
  }

  #load(shape: Shape, strip: number, rows: number): number {
    return this.#edges.load(shape.list, shape.index, strip, rows);
  }
}

const depthOf = (ops: readonly DrawOp[]): number =>
  ops.reduce((deepest, op) => (op.kind === 'group' ? Math.max(deepest, 1 + depthOf(op.children)) : deepest), 0);

const shapesOf = (ops: readonly DrawOp[]): Shape[] =>
  ops.flatMap((op) =>
    op.kind === 'fill' ? [op.shape] : [...(op.clip ? [op.clip] : []), ...(op.mask ? [op.mask.shape] : []), ...shapesOf(op.children)],
  );
