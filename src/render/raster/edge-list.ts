import type { Affine } from '../../geometry/affine.ts';
import { flattenPath, type Polyline } from '../../geometry/flatten.ts';
import type { Path } from '../../geometry/path.ts';
import type { Kernel } from '../kernel/kernel.ts';

/** Curves stray at most this far from their chords, in pixels: four of the 255 steps of an edge, and mostly below one. */
const TOLERANCE_PX = 0.015;
const FIELDS = 5;

/**
 * The outline of a fill as straight edges in canvas pixels: x0, y0, x1, y1 (y0 <= y1) and the winding direction, edge after edge. Level
 * edges (direction 0) enclose no area, but tell the rasteriser over which columns the winding number changes within a row.
 */
export type EdgeList = {
  /** Where the edges lie in the kernel's memory, until it is released: kept there, they are no garbage. See `edgesIn`. */
  readonly address: number;
  readonly count: number;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
};

export const EDGE_FIELDS = FIELDS;

/** The numbers of a list. Ask again after every `reserve`: memory that grows moves them. */
export const edgesIn = (kernel: Kernel, { address, count }: Pick<EdgeList, 'address' | 'count'>): Float64Array =>
  new Float64Array(kernel.bytes.buffer, address, count * FIELDS);

/** Flattened outlines by outline and by the tolerance they were flattened at: the glyphs of a text repeat. */
export class FlatOutlines {
  readonly #known = new Map<Path, { readonly tolerance: number; readonly lines: readonly Polyline[] }>();

  of(path: Path, [a, b, c, d]: Affine): readonly Polyline[] {
    const scale = Math.max(Math.hypot(a, b), Math.hypot(c, d));
    if (!(scale > 0)) return [];
    const tolerance = TOLERANCE_PX / scale;
    const known = this.#known.get(path);
    if (known && Math.abs(known.tolerance / tolerance - 1) < 0.01) return known.lines;
    const lines = flattenPath(path, tolerance);
    this.#known.set(path, { tolerance, lines });
    return lines;
  }
}

const NO_EDGES = new Float64Array(0);

/** Collects edges of several outlines. Open sub-paths are closed, as filling does. Edges that cannot touch the canvas are left out. */
export class EdgeCollector {
  #edges: Float64Array = NO_EDGES;
  #count = 0;
  #minX = Number.POSITIVE_INFINITY;
  #minY = Number.POSITIVE_INFINITY;
  #maxX = Number.NEGATIVE_INFINITY;
  #maxY = Number.NEGATIVE_INFINITY;
  readonly #kernel: Kernel;
  readonly #widthPx: number;
  readonly #heightPx: number;
  readonly #outlines: FlatOutlines;
  readonly #waiting: { readonly points: Float64Array; readonly map: Affine }[] = [];

  constructor(kernel: Kernel, widthPx: number, heightPx: number, outlines: FlatOutlines) {
    this.#kernel = kernel;
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
    this.#outlines = outlines;
  }

  addPath(path: Path, map: Affine): this {
    for (const { points } of this.#outlines.of(path, map)) this.#waiting.push({ points, map });
    return this;
  }

  /** Room is made once, for as many edges as there can be. */
  finish(): EdgeList {
    const most = this.#waiting.reduce((sum, { points }) => sum + points.length / 2, 0);
    const address = this.#kernel.reserve(most * FIELDS * Float64Array.BYTES_PER_ELEMENT);
    this.#edges = edgesIn(this.#kernel, { address, count: most });
    for (const { points, map } of this.#waiting) this.#addLine(points, map);
    this.#edges = NO_EDGES;
    return { address, count: this.#count, minX: this.#minX, minY: this.#minY, maxX: this.#maxX, maxY: this.#maxY };
  }

  #addLine(points: Float64Array, [a, b, c, d, e, f]: Affine): void {
    const last = points.length - 2;
    if (last < 2) return;
    const [lastX, lastY] = [points[last] ?? 0, points[last + 1] ?? 0];
    let x0 = a * lastX + c * lastY + e;
    let y0 = b * lastX + d * lastY + f;
    for (let i = 0; i <= last; i += 2) {
      const px = points[i] ?? 0;
      const py = points[i + 1] ?? 0;
      const x1 = a * px + c * py + e;
      const y1 = b * px + d * py + f;
      if (y0 < y1) this.#add(x0, y0, x1, y1, 1);
      else if (y0 > y1) this.#add(x1, y1, x0, y0, -1);
      else if (x0 !== x1) this.#add(x0, y0, x1, y1, 0);
      x0 = x1;
      y0 = y1;
    }
  }

  #add(x0: number, y0: number, x1: number, y1: number, direction: number): void {
    this.#minX = Math.min(this.#minX, x0, x1);
    this.#maxX = Math.max(this.#maxX, x0, x1);
    this.#minY = Math.min(this.#minY, y0);
    this.#maxY = Math.max(this.#maxY, y1);
    // Right of the canvas nothing follows that a winding number could matter to.
    if (y1 <= 0 || y0 >= this.#heightPx || (x0 >= this.#widthPx && x1 >= this.#widthPx)) return;
    const at = this.#count * FIELDS;
    this.#edges[at] = x0;
    this.#edges[at + 1] = y0;
    this.#edges[at + 2] = x1;
    this.#edges[at + 3] = y1;
    this.#edges[at + 4] = direction;
    this.#count += 1;
  }
}
