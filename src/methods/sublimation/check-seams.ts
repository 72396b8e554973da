import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { containsRect, type Rect, rectOf } from '../../geometry/point.ts';
import { intersectPaths, offsetPath, subtractPaths } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import { fadesOut } from '../../scene/edges.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import type { SublimationSettings } from './settings.ts';

/** Text of more letters than this is judged by its box: a check must stay cheap. */
const MOST_LETTERS = 200;

const round = (mm: number): number => Math.round(mm * 10) / 10;

/**
 * Lettering, and art that is meant to be seen whole, near or across a seam. Seams wander by some millimetres, and a name that runs into one is
 * a return; what covers the panel from edge to edge may.
 */
export const checkSeams = ({ area, nodes }: Scene, { seamClear, panels }: SublimationSettings): readonly Finding[] => {
  if (seamClear === 0) return [];
  const allowance = panels?.seamAllowance ?? 0;
  const inside = offsetPath(area.trim, -(allowance + seamClear), 'miter');
  const seam = allowance > 0 ? offsetPath(area.trim, -allowance, 'miter') : area.trim;
  const edges = flattenPath(seam, 0.1).map(({ points }) => points);
  const trim = rectOf(0, 0, area.widthMm, area.heightMm);
  const worst = new Map<string, Finding>();
  for (const node of nodes) {
    const box = boundsOfNode(node);
    if (!box || !sticksOut(box, inside)) continue;
    const near = partsOf(node, trim).filter((part) => sticksOut(part, inside));
    if (near.length === 0) continue;
    const across = near.some((part) => boundsOfPath(intersectPaths(rectPath(part), seam)) === null || leaves(part, seam));
    const distance = across ? 0 : Math.min(...near.map((part) => distanceTo(part, edges)));
    const said = worst.get(node.pointer);
    if (said && Number(said.measured) <= distance) continue;
    worst.set(node.pointer, nearSeam(node.pointer, distance, seamClear));
  }
  return [...worst.values()];
};

const sticksOut = (part: Rect, outline: Path): boolean => boundsOfPath(subtractPaths(rectPath(part), outline)) !== null;

const leaves = (part: Rect, seam: Path): boolean => {
  const outside = boundsOfPath(subtractPaths(rectPath(part), seam));
  return outside !== null && Math.max(outside.width, outside.height) > 0.05;
};

/** Letters one by one, and other nodes whose box lies within the trim. */
const partsOf = (node: SceneNode, trim: Rect): readonly Rect[] => {
  if (fadesOut(node)) return [];
  if (node.kind === 'glyphs' && node.glyphs.length <= MOST_LETTERS)
    return node.glyphs.flatMap(({ outline, at }) => boundsOfPath(transformPath(outline, at)) ?? []);
  const box = boundsOfNode(node);
  return box && (node.kind === 'glyphs' || containsRect(trim, box, -0.1)) ? [box] : [];
};

/** From a box inside a ring of edges to the nearest of them. */
const distanceTo = ({ x, y, width, height }: Rect, rings: readonly Float64Array[]): number => {
  let least = Number.POSITIVE_INFINITY;
  for (const points of rings)
    for (let i = 0; i < points.length; i += 2) {
      const next = (i + 2) % points.length;
      const ends = [points[i] ?? 0, points[i + 1] ?? 0, points[next] ?? 0, points[next + 1] ?? 0] as const;
      for (const corner of [
        [x, y],
        [x + width, y],
        [x, y + height],
        [x + width, y + height],
      ] as const)
        least = Math.min(least, fromSegment(corner, ends));
      const [ax, ay] = ends;
      least = Math.min(least, Math.hypot(Math.max(x - ax, 0, ax - x - width), Math.max(y - ay, 0, ay - y - height)));
    }
  return least;
};

type Ends = readonly [ax: number, ay: number, bx: number, by: number];

const fromSegment = ([px, py]: readonly [number, number], [ax, ay, bx, by]: Ends): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
};

const nearSeam = (pointer: string, distance: number, required: number): Finding => ({
  severity: 'warning',
  code: 'art.near-seam',
  pointer,
  message: distance <= 0.05 ? 'This runs into a seam.' : `This is ${round(distance)} mm from a seam; it needs ${required} mm.`,
  hint: 'Move it towards the middle of the panel, or make it smaller.',
  measured: round(distance),
  required,
  unit: 'mm',
});
