import type { Colour } from '../../colour/colour.ts';
import { contoursOf } from '../../geometry/contours.ts';
import { isEmptyPath, joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import { intersectPaths, unionPaths } from '../../geometry/polygons.ts';
import type { FillRule, GlyphsNode, GroupNode, Paint, PathNode, Scene, SceneNode } from '../../scene/scene.ts';
import { isClosed } from './kerf.ts';

/** A line the beam follows: the path as it was drawn, not the area of its stroke. */
export type BeamLine = { readonly work: 'cut' | 'score'; readonly path: Path; readonly fillRule: FillRule; readonly pointer: string };

/** The scene without its lines to cut and score, and those lines in paint order. */
export type TakenLines = { readonly scene: Scene; readonly lines: readonly BeamLine[] };

/** Plates that mean work of the beam, whatever a shop's capitals. */
const WORKS: Readonly<Record<string, BeamLine['work']>> = {
  cut: 'cut',
  cutcontour: 'cut',
  'thru-cut': 'cut',
  diecut: 'cut',
  score: 'score',
  crease: 'score',
  'kiss-cut': 'score',
};

const workOf = (paint: Paint | null): BeamLine['work'] | null => {
  const colour: Colour | null = paint?.kind === 'solid' ? paint.colour : null;
  return colour?.space === 'spot' ? (WORKS[colour.name.trim().toLowerCase()] ?? null) : null;
};

/** Art painted with the plates CUT and SCORE is no picture: the beam follows its outlines. */
export const takeLines = (scene: Scene): TakenLines => {
  const lines: BeamLine[] = [];
  const nodes = scene.nodes.flatMap((node) => takeFrom(node, null, lines));
  return { scene: lines.length === 0 ? scene : { ...scene, nodes }, lines };
};

const takeFrom = (node: SceneNode, clip: Path | null, lines: BeamLine[]): readonly SceneNode[] => {
  switch (node.kind) {
    case 'path':
      return takePath(node, clip, lines);
    case 'glyphs':
      return takeGlyphs(node, clip, lines);
    case 'raster':
      return [node];
    case 'group':
      return [{ ...node, children: node.children.flatMap((child) => takeFrom(child, clipWithin(node.clip, clip), lines)) }];
  }
};

/** A region in another one: groups clip what groups around them left. */
const clipWithin = (own: GroupNode['clip'], outer: Path | null): Path | null => {
  if (!own) return outer;
  const region = unionPaths([own.path], own.fillRule);
  return outer ? intersectPaths(outer, region) : region;
};

const takePath = (node: PathNode, clip: Path | null, lines: BeamLine[]): readonly SceneNode[] => {
  const [fill, stroke] = [workOf(node.fill), workOf(node.stroke?.paint ?? null)];
  if (!fill && !stroke) return [node];
  add(fill ?? stroke, node.path, node.fillRule, node.pointer, clip, lines);
  const rest: PathNode = { ...node, fill: fill ? null : node.fill, stroke: stroke ? null : node.stroke };
  return rest.fill || rest.stroke ? [rest] : [];
};

const takeGlyphs = (node: GlyphsNode, clip: Path | null, lines: BeamLine[]): readonly SceneNode[] => {
  const work = workOf(node.fill);
  if (!work) return [node];
  for (const { outline, at } of node.glyphs) add(work, transformPath(outline, at), 'nonzero', node.pointer, clip, lines);
  return [];
};

const add = (
  work: BeamLine['work'] | null,
  path: Path,
  fillRule: FillRule,
  pointer: string,
  clip: Path | null,
  lines: BeamLine[],
): void => {
  if (work === null) return;
  const shown = clip ? clipped(path, fillRule, clip) : path;
  if (!isEmptyPath(shown)) lines.push({ work, path: shown, fillRule: clip ? 'nonzero' : fillRule, pointer });
};

/** Outlines end at the clip; open lines have no area to clip and stay whole rather than get lost. */
const clipped = (path: Path, fillRule: FillRule, clip: Path): Path => {
  const contours = contoursOf(path);
  const outlines = intersectPaths(clip, unionPaths([joinPaths(contours.filter(isClosed))], fillRule));
  return joinPaths([outlines, ...contours.filter((one) => !isClosed(one))]);
};
