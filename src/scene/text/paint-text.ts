import { multiply } from '../../geometry/affine.ts';
import { isEmptyPath, joinPaths, type Path, quantizePath, transformPath } from '../../geometry/path.ts';
import { offsetPath, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import { quantizeMm } from '../../geometry/units.ts';
import { colourOf } from '../../model/paint.ts';
import type { TextFields } from '../../model/text-layer.ts';
import type { GlyphsNode, GroupNode, Paint, PathNode, PlacedGlyph, SceneNode } from '../scene.ts';
import type { ColourLayer } from './colour-glyph.ts';
import { type PlacedRun, type PlacedText, placedOutline } from './placed-text.ts';

/** How finely letters are cut into lines where outlines are united or grown. */
const WELD_TOLERANCE_MM = 0.004;

const solid = (colour: TextFields['outlines'][number]['colour']): Paint => ({ kind: 'solid', colour: colourOf(colour) });

const pathNode = (pointer: string, path: Path, fill: Paint): PathNode => ({
  kind: 'path',
  pointer,
  path: quantizePath(path),
  fillRule: 'nonzero',
  fill,
  stroke: null,
});

const faded = (node: SceneNode, opacity: number): SceneNode => {
  if (opacity >= 1) return node;
  const group: GroupNode = { kind: 'group', pointer: node.pointer, clip: null, mask: null, opacity, blend: 'normal', children: [node] };
  return group;
};

const isColoured = (run: PlacedRun): boolean => run.font.isColour && run.glyphs.some(({ glyph }) => run.font.colourLayers(glyph) !== null);

/** The figure of a run, letters and emoji alike, in millimetres. */
const silhouettes = (run: PlacedRun): readonly Path[] =>
  run.glyphs.map((placed) => placedOutline(run, placed, run.font.silhouette(placed.glyph).path)).filter((path) => !isEmptyPath(path));

const layerPaint = (layer: ColourLayer, run: PlacedRun, at: PlacedRun['glyphs'][number]['at']): Paint => {
  if (layer.paint === 'foreground') return run.style.paint;
  return layer.paint.kind === 'solid' ? layer.paint : { ...layer.paint, transform: multiply(at, layer.paint.transform) };
};

const colourNodes = (run: PlacedRun): readonly SceneNode[] =>
  run.glyphs.flatMap((placed) => {
    const layers = run.font.colourLayers(placed.glyph);
    if (layers === null) return plainNodes(run, [placed]);
    return layers.map((layer) => {
      const path = placedOutline(run, placed, layer.path);
      return faded(pathNode(run.style.pointer, path, layerPaint(layer, run, placed.at)), layer.opacity);
    });
  });

const plainNodes = (run: PlacedRun, glyphs: PlacedRun['glyphs']): readonly SceneNode[] => {
  const paths = glyphs
    .map((placed) => placedOutline(run, placed, run.font.outline(placed.glyph).path))
    .filter((path) => !isEmptyPath(path));
  return paths.length === 0 ? [] : [pathNode(run.style.pointer, joinPaths(paths), run.style.paint)];
};

/** Runs that may share a node: same font and style, next to each other, and drawn the same way. */
const grouped = (placed: PlacedText): readonly (readonly PlacedRun[])[] => {
  const groups: PlacedRun[][] = [];
  for (const run of placed) {
    const last = groups.at(-1)?.[0];
    const joins = last && last.font === run.font && last.style === run.style && last.line === run.line && last.bend === run.bend;
    if (joins) groups.at(-1)?.push(run);
    else groups.push([run]);
  }
  return groups;
};

const glyphsNode = (runs: readonly PlacedRun[]): GlyphsNode | null => {
  const [first] = runs;
  if (first === undefined) return null;
  const glyphs: PlacedGlyph[] = [];
  for (const { font, glyphs: placed } of runs) {
    for (const { glyph, at } of placed) {
      const outline = font.outline(glyph).path;
      if (!isEmptyPath(outline)) glyphs.push({ glyph, outline, at: [at[0], at[1], at[2], at[3], quantizeMm(at[4]), quantizeMm(at[5])] });
    }
  }
  if (glyphs.length === 0) return null;
  const text = [...runs].sort((a, b) => a.start - b.start).map((run) => run.text);
  return {
    kind: 'glyphs',
    pointer: first.style.pointer,
    fontDigest: first.font.key,
    unitsPerEm: first.font.unitsPerEm,
    text: text.join(''),
    glyphs,
    fill: first.style.paint,
  };
};

const fillNodes = (placed: PlacedText): readonly SceneNode[] =>
  grouped(placed).flatMap((runs): readonly SceneNode[] => {
    const [first] = runs;
    if (first === undefined) return [];
    if (isColoured(first)) return runs.flatMap(colourNodes);
    if (first.bend !== null) return runs.flatMap((run) => plainNodes(run, run.glyphs));
    const node = glyphsNode(runs);
    return node === null ? [] : [node];
  });

/** One outline per style: overlapping letters of a script become one figure, as a knife or a needle needs them. */
const weldedNodes = (placed: PlacedText, whole: Path | null): readonly SceneNode[] => {
  const byStyle = new Map<PlacedRun['style'], Path[]>();
  const coloured: SceneNode[] = [];
  for (const run of placed) {
    if (isColoured(run)) coloured.push(...colourNodes(run));
    else byStyle.set(run.style, [...(byStyle.get(run.style) ?? []), ...silhouettes(run)]);
  }
  // Text of one style without emoji is the whole figure, which the outlines needed anyway.
  const isWhole = byStyle.size === 1 && coloured.length === 0;
  const nodes = [...byStyle].flatMap(([style, paths]): readonly PathNode[] =>
    paths.length === 0 ? [] : [pathNode(style.pointer, (isWhole ? whole : null) ?? weld(paths), style.paint)],
  );
  return [...nodes, ...coloured];
};

const weld = (paths: readonly Path[]): Path => unionPaths(paths, 'nonzero', WELD_TOLERANCE_MM);

const grow = (path: Path, by: number, join: TextFields['outlines'][number]['join']): Path =>
  by === 0 ? path : offsetPath(path, by, join, 'nonzero', WELD_TOLERANCE_MM);

/** Outlines below the fill, the widest first, each a full figure so that no gap can open between it and the letter. */
const outsideNodes = (figure: Path, layer: TextFields, pointer: string): { nodes: readonly PathNode[]; outer: Path } => {
  const nodes: PathNode[] = [];
  let outer = figure;
  let width = 0;
  layer.outlines.forEach((outline, i) => {
    if (outline.side !== 'outside') return;
    width += outline.width;
    outer = grow(figure, width, outline.join);
    nodes.unshift(pathNode(`${pointer}/outlines/${i}`, outer, solid(outline.colour)));
  });
  return { nodes, outer };
};

/** Outlines above the fill: bands inside the edge or astride it. */
const bandNodes = (figure: Path, layer: TextFields, pointer: string): readonly PathNode[] =>
  layer.outlines.flatMap((outline, i): readonly PathNode[] => {
    if (outline.side === 'outside') return [];
    const [out, inward] = outline.side === 'inside' ? [0, outline.width] : [outline.width / 2, outline.width / 2];
    const band = subtractPaths(grow(figure, out, outline.join), grow(figure, -inward, outline.join), 'nonzero', WELD_TOLERANCE_MM);
    return isEmptyPath(band) ? [] : [pathNode(`${pointer}/outlines/${i}`, band, solid(outline.colour))];
  });

const shadowNodes = (outer: Path, { shadow }: TextFields, pointer: string): readonly SceneNode[] => {
  if (shadow === undefined || shadow.opacity === 0) return [];
  const cast = transformPath(grow(outer, shadow.grow, 'round'), [1, 0, 0, 1, shadow.dx, shadow.dy]);
  return [faded(pathNode(`${pointer}/shadow`, cast, solid(shadow.colour)), shadow.opacity)];
};

/**
 * Scene nodes of placed text in paint order: shadow, outer outlines, letters, inner outlines. Plain unbent letters stay glyphs
 * (one node per run of a font and a paint); bent, welded or outlined ones and colour glyphs become paths. All on the 0.001 mm lattice.
 */
export const paintText = (placed: PlacedText, layer: TextFields, pointer: string): readonly SceneNode[] => {
  const hasEffects = layer.outlines.length > 0 || layer.shadow !== undefined;
  if (!hasEffects) return layer.weld ? weldedNodes(placed, null) : fillNodes(placed);
  const figures = placed.flatMap(silhouettes);
  if (figures.length === 0) return [];
  const figure = weld(figures);
  const { nodes, outer } = outsideNodes(figure, layer, pointer);
  const letters = layer.weld || layer.outlines.length > 0 ? weldedNodes(placed, figure) : fillNodes(placed);
  return [...shadowNodes(outer, layer, pointer), ...nodes, ...letters, ...bandNodes(figure, layer, pointer)];
};
