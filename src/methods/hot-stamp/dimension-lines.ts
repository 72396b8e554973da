import { BLACK } from '../../colour/colour.ts';
import { type Affine, IDENTITY, multiply, rotation, translation } from '../../geometry/affine.ts';
import { type Path, PathBuilder, transformPath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import type { Lettering } from '../../render/lettering.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { PathNode, SceneNode } from '../../scene/scene.ts';
import { transformNode } from '../../scene/transform.ts';

const WIDEST_MM = 40;
const LINE_MM = 0.1;
const ARROW_MM = 1.4;
/** From a line to the middle of its figure, in heights of the figure. */
const BESIDE = 0.6;

/** Across becomes down. */
const SWAP: Affine = [0, 1, 1, 0, 0, 0];

/**
 * How far a box lies from the left and the top edge, and how wide and high it is, as dimension lines `awayMm` outside the article: above it
 * and to its left, their figures `textMm` high. Thin lines lead from the edge and the box to them.
 */
export const dimensionLines = (
  { x, y, width, height }: Rect,
  awayMm: number,
  textMm: number,
  lettering: Lettering,
): readonly SceneNode[] => {
  const besideMm = textMm * BESIDE;
  const above = { stops: [0, x, x + width], reachMm: y } as const;
  const beside = { stops: [0, y, y + height], reachMm: x } as const;
  return [
    lined(chain(above, awayMm)),
    lined(transformPath(chain(beside, awayMm), SWAP)),
    ...spansOf(above).flatMap(({ length, middle }) => figure(length, middle, -awayMm - besideMm, IDENTITY, textMm, lettering)),
    ...spansOf(beside).flatMap(({ length, middle }) => figure(length, -awayMm - besideMm, middle, rotation(-90), textMm, lettering)),
  ];
};

/** Places along one axis: the edge of the article, both ends of the box; and where the box begins on the other axis. */
type Stops = { readonly stops: readonly [number, number, number]; readonly reachMm: number };

const spansOf = ({ stops: [edge, from, to] }: Stops): readonly { readonly length: number; readonly middle: number }[] =>
  [
    { length: from - edge, middle: (edge + from) / 2 },
    { length: to - from, middle: (from + to) / 2 },
  ].filter(({ length }) => length > SHORTEST_MM);

/** Shorter lengths have no dimension of their own. */
const SHORTEST_MM = 0.05;

/** A run of dimensions above the article, with its leaders. */
const chain = ({ stops: [edge, from, to], reachMm }: Stops, awayMm: number): Path => {
  const lines = new PathBuilder();
  lines.moveTo(edge, -awayMm - 1).lineTo(edge, -1);
  for (const stop of [from, to]) lines.moveTo(stop, -awayMm - 1).lineTo(stop, reachMm - 0.5);
  for (const [a, b] of [
    [edge, from],
    [from, to],
  ] as const) {
    if (b - a <= SHORTEST_MM) continue;
    const tip = Math.min(ARROW_MM, (b - a) / 2);
    lines.moveTo(a, -awayMm).lineTo(b, -awayMm);
    arrow(lines, a, -awayMm, tip);
    arrow(lines, b, -awayMm, -tip);
  }
  return lines.finish();
};

const arrow = (lines: PathBuilder, x: number, y: number, tip: number): void => {
  lines
    .moveTo(x + tip, y - Math.abs(tip) / 4)
    .lineTo(x, y)
    .lineTo(x + tip, y + Math.abs(tip) / 4);
};

const lined = (path: Path): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: { paint: { kind: 'solid', colour: BLACK }, widthMm: LINE_MM, cap: 'butt', join: 'round', miterLimit: 4 },
});

/** A length in mm with its middle at (x, y), turned about it. */
const figure = (length: number, x: number, y: number, turn: Affine, textMm: number, lettering: Lettering): readonly SceneNode[] => {
  const nodes = lettering(String(Math.round(length * 100) / 100), WIDEST_MM, textMm);
  const box = boundsOfNodes(nodes);
  if (!box) return [];
  const at = multiply(translation(x, y), turn, translation(-box.x - box.width / 2, -box.y - box.height / 2));
  return nodes.map((node) => transformNode(node, at));
};
