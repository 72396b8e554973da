import { type Affine, applyToPoint, determinant, invert } from '../../geometry/affine.ts';
import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { strokeOutline } from '../../geometry/stroke.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { FillRule, Paint, RasterNode, Scene, SceneNode } from '../../scene/scene.ts';

/** How much the art covers at the points of a grid over the trim, row-major, 0 to 1, and which node painted last without covering all. */
export type CoverSamples = {
  readonly columns: number;
  readonly rows: number;
  readonly alpha: Float32Array;
  /** Index into `pointers`, -1 where no node left anything half clear. */
  readonly culprit: Int16Array;
  readonly pointers: readonly string[];
};

/** Points along the longer side. */
const SAMPLES = 160;
/** Outlines are flattened to about a tenth of a sample of usual art. */
const TOLERANCE_MM = 0.1;

type Grid = { readonly columns: number; readonly rows: number; readonly stepMm: number };
type Pictures = (digest: string) => DecodedImage;

/** Looks at the art in a few thousand points, without painting it: enough to tell fades from edges. */
export const sampleCover = ({ area, nodes }: Scene, picture: Pictures): CoverSamples => {
  const stepMm = Math.max(area.widthMm, area.heightMm) / SAMPLES;
  const grid: Grid = {
    columns: Math.max(1, Math.floor(area.widthMm / stepMm)),
    rows: Math.max(1, Math.floor(area.heightMm / stepMm)),
    stepMm,
  };
  const culprit = new Int16Array(grid.columns * grid.rows).fill(-1);
  const pointers: string[] = [];
  const alpha = new Float32Array(grid.columns * grid.rows);
  for (const node of nodes) {
    const own = coverOf(node, grid, picture);
    const index = pointers.push(node.pointer) - 1;
    for (let i = 0; i < alpha.length; i += 1) {
      const painted = own[i] ?? 0;
      if (painted <= 0) continue;
      alpha[i] = over(alpha[i] ?? 0, painted);
      if (painted < 1) culprit[i] = index;
    }
  }
  return { columns: grid.columns, rows: grid.rows, alpha, culprit, pointers };
};

const over = (below: number, above: number): number => above + below * (1 - above);

const pointAt = ({ columns, stepMm }: Grid, i: number): Point => ({
  x: ((i % columns) + 0.5) * stepMm,
  y: (Math.floor(i / columns) + 0.5) * stepMm,
});

const coverOf = (node: SceneNode, grid: Grid, picture: Pictures): Float32Array => {
  switch (node.kind) {
    case 'path': {
      const cover = node.fill ? painted(node.path, node.fillRule, node.fill, grid) : blankOf(grid);
      if (!node.stroke) return cover;
      const line = painted(strokeOutline(node.path, node.stroke, TOLERANCE_MM), 'nonzero', node.stroke.paint, grid);
      return cover.map((below, i) => over(below, line[i] ?? 0));
    }
    case 'glyphs': {
      const cover = blankOf(grid);
      for (const { outline, at } of node.glyphs) spread(transformPath(outline, at), 'nonzero', grid, (i) => (cover[i] = 1));
      return node.fill.kind === 'solid' ? cover : cover.map((inside, i) => inside * opacityOf(node.fill, pointAt(grid, i)));
    }
    case 'raster':
      return rasterCover(node, grid, picture, alphaOf);
    case 'group': {
      const cover = node.children
        .map((child) => coverOf(child, grid, picture))
        .reduce((below, above) => below.map((alpha, i) => over(alpha, above[i] ?? 0)), blankOf(grid));
      const clip = node.clip ? painted(node.clip.path, node.clip.fillRule, null, grid) : null;
      const mask = node.mask ? rasterCover(node.mask, grid, picture, lightOf) : null;
      return cover.map((alpha, i) => alpha * node.opacity * (clip ? (clip[i] ?? 0) : 1) * (mask ? (mask[i] ?? 0) : 1));
    }
  }
};

const blankOf = ({ columns, rows }: Grid): Float32Array => new Float32Array(columns * rows);

const painted = (path: Path, fillRule: FillRule, paint: Paint | null, grid: Grid): Float32Array => {
  const cover = blankOf(grid);
  spread(path, fillRule, grid, (i) => {
    cover[i] = paint ? opacityOf(paint, pointAt(grid, i)) : 1;
  });
  return cover;
};

/** Tells every point of the grid that lies inside an outline, row by row. */
const spread = (path: Path, fillRule: FillRule, { columns, rows, stepMm }: Grid, tell: (i: number) => void): void => {
  const box = boundsOfPath(path);
  if (!box) return;
  const lines = flattenPath(path, TOLERANCE_MM);
  const last = Math.min(rows - 1, Math.floor((box.y + box.height) / stepMm));
  for (let row = Math.max(0, Math.floor(box.y / stepMm)); row <= last; row += 1) {
    const crossings = crossingsAt((row + 0.5) * stepMm, lines);
    let winding = 0;
    crossings.forEach(({ x, way }, k) => {
      winding += way;
      const inside = fillRule === 'evenodd' ? k % 2 === 0 : winding !== 0;
      if (!inside) return;
      const end = Math.min(columns - 1, Math.ceil((crossings[k + 1]?.x ?? x) / stepMm - 0.5) - 1);
      for (let column = Math.max(0, Math.ceil(x / stepMm - 0.5)); column <= end; column += 1) tell(row * columns + column);
    });
  }
};

const crossingsAt = (y: number, lines: ReturnType<typeof flattenPath>) => {
  const found: { readonly x: number; readonly way: number }[] = [];
  for (const { points } of lines) {
    for (let i = 0; i < points.length; i += 2) {
      const next = (i + 2) % points.length;
      const [ay, by] = [points[i + 1] ?? 0, points[next + 1] ?? 0];
      if (ay <= y === by <= y) continue;
      const [ax, bx] = [points[i] ?? 0, points[next] ?? 0];
      found.push({ x: ax + ((y - ay) / (by - ay)) * (bx - ax), way: by > ay ? 1 : -1 });
    }
  }
  return found.sort((a, b) => a.x - b.x);
};

const opacityOf = (paint: Paint, point: Point): number => {
  if (paint.kind === 'solid' || paint.stops.every(({ opacity }) => opacity === 1)) return 1;
  if (determinant(paint.transform) === 0) return paint.stops.at(-1)?.opacity ?? 1;
  const { x, y } = applyToPoint(invert(paint.transform), point);
  if (paint.kind === 'radial') return opacityAt(paint.stops, Math.hypot(x - paint.centre.x, y - paint.centre.y) / paint.radius);
  const [dx, dy] = [paint.to.x - paint.from.x, paint.to.y - paint.from.y];
  return opacityAt(paint.stops, ((x - paint.from.x) * dx + (y - paint.from.y) * dy) / (dx * dx + dy * dy || 1));
};

const opacityAt = (stops: Extract<Paint, { kind: 'linear' }>['stops'], offset: number): number => {
  const next = stops.findIndex((stop) => stop.offset >= offset);
  const above = stops[next];
  const below = stops[next < 0 ? stops.length - 1 : next - 1];
  if (!above || !below) return (above ?? below)?.opacity ?? 1;
  return below.opacity + ((offset - below.offset) / (above.offset - below.offset || 1)) * (above.opacity - below.opacity);
};

type Reading = (rgba: Uint8Array, at: number, node: RasterNode) => number;

/** Removing white makes a picture as clear as its lightest channel says. */
const alphaOf: Reading = (rgba, at, { adjust }) => {
  const alpha = (rgba[at + 3] ?? 0) / 255;
  if (!adjust.some(({ kind }) => kind === 'remove-white')) return alpha;
  return alpha * (1 - Math.min(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0) / 255);
};

const lightOf: Reading = (rgba, at) =>
  (((rgba[at] ?? 0) * 0.2126 + (rgba[at + 1] ?? 0) * 0.7152 + (rgba[at + 2] ?? 0) * 0.0722) / 255) * ((rgba[at + 3] ?? 0) / 255);

const rasterCover = (node: RasterNode, grid: Grid, picture: Pictures, read: Reading): Float32Array => {
  const cover = blankOf(grid);
  if (determinant(node.at) === 0) return cover;
  const toUnit: Affine = invert(node.at);
  const { rgba, widthPx, heightPx } = picture(node.image.digest);
  const { source } = node;
  for (let i = 0; i < cover.length; i += 1) {
    const { x, y } = applyToPoint(toUnit, pointAt(grid, i));
    if (x < 0 || y < 0 || x >= 1 || y >= 1) continue;
    const px = Math.min(widthPx - 1, Math.max(0, Math.floor(source.x + x * source.width)));
    const py = Math.min(heightPx - 1, Math.max(0, Math.floor(source.y + y * source.height)));
    cover[i] = read(rgba, (py * widthPx + px) * 4, node);
  }
  return cover;
};
