import { flattenPath } from '../../geometry/flatten.ts';
import { isEmptyPath, type Path, transformPath } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { intersectPaths, offsetPath, pathContainsPoint, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { silhouetteOf } from '../silhouette.ts';
import type { Ring } from './ring.ts';

/** Places along a cut that are looked at, mm apart. */
const STEP_MM = 0.5;
/** Art this far inside a cut is meant to be cut by it, mm. */
const INSIDE_MM = 0.15;

/**
 * Art at the edge of a shape that is cut out: it must reach over the cut by the bleed, and lettering must keep clear of it by the safe margin.
 * @param rings - outlines that are cut through, each filled
 */
export const checkContourEdges = (scene: Scene, rings: readonly Ring[]): readonly Finding[] => {
  // The outline of a page of text takes half a second.
  if (rings.length === 0) return [];
  const { bleedMm, safeMm } = scene.area;
  const art = silhouette(scene);
  return rings.flatMap(({ path, pointer }) => [...bleedFinding(art, path, bleedMm, pointer), ...letteringFindings(scene, path, safeMm)]);
};

const silhouette = (scene: Scene): Path => {
  const { solid } = silhouetteOf(scene.nodes);
  return unionPaths(solidRegions({ ...scene, nodes: solid }, { knockOut: false }).regions.map(({ path }) => path));
};

/**
 * Where art lies at the cut, the bleed beyond must be covered too. Art that crosses the cut at a slant fails over a short way on one side; a
 * longer way is art that ends there.
 */
const bleedFinding = (art: Path, cut: Path, bleedMm: number, pointer: string): readonly Finding[] => {
  if (bleedMm <= 0 || isEmptyPath(art)) return [];
  const covers = (point: Point): boolean => pathContainsPoint(art, point);
  const bare = placesAlong(cut).map(
    ({ at, out }) => covers(moved(at, out, -INSIDE_MM)) && ![0.5, 0.95].every((share) => covers(moved(at, out, share * bleedMm))),
  );
  const longest = longestRun(bare);
  if (longest.length * STEP_MM < 2 * bleedMm + 1) return [];
  const at = placesAlong(cut)[longest.middle]?.at ?? { x: 0, y: 0 };
  return [
    {
      severity: 'error',
      code: 'cut.bleed-missing',
      pointer,
      message: `Art ends at the cut near (${Math.round(at.x)}, ${Math.round(at.y)}) mm; it must reach ${bleedMm} mm over it, or the edge may stay white.`,
      hint: 'Make the art larger than the outline, or keep it inside.',
      required: bleedMm,
      unit: 'mm',
    },
  ];
};

type Place = { readonly at: Point; readonly out: Point };

const moved = ({ x, y }: Point, way: Point, mm: number): Point => ({ x: x + way.x * mm, y: y + way.y * mm });

/** Places along a closed line with the way out of it. */
const placesAlong = (cut: Path): readonly Place[] =>
  flattenPath(unionPaths([cut])).flatMap(({ points }) => {
    const places: Place[] = [];
    let rest = 0;
    for (let i = 0; i < points.length; i += 2) {
      const next = (i + 2) % points.length;
      const [ax, ay] = [points[i] ?? 0, points[i + 1] ?? 0];
      const [dx, dy] = [(points[next] ?? 0) - ax, (points[next + 1] ?? 0) - ay];
      const length = Math.hypot(dx, dy);
      // Outer rings are wound so that their inside lies on the right of the way on a page with y down.
      const out = { x: dy / length, y: -dx / length };
      let at = rest;
      for (; at < length; at += STEP_MM) places.push({ at: { x: ax + (dx * at) / length, y: ay + (dy * at) / length }, out });
      rest = at - length;
    }
    return places;
  });

/** The longest row of true values around a ring. */
const longestRun = (flags: readonly boolean[]): { readonly length: number; readonly middle: number } => {
  if (flags.every((flag) => flag)) return { length: flags.length, middle: 0 };
  const start = flags.indexOf(false);
  let best = { length: 0, middle: 0 };
  let run = 0;
  for (let k = 0; k < flags.length; k += 1) {
    const i = (start + k) % flags.length;
    run = flags[i] ? run + 1 : 0;
    if (run > best.length) best = { length: run, middle: (i - Math.floor(run / 2) + flags.length) % flags.length };
  }
  return best;
};

/** Lettering inside the shape but too near to its cut; once for each layer. */
const letteringFindings = (scene: Scene, cut: Path, safeMm: number): readonly Finding[] => {
  if (safeMm <= 0) return [];
  const margin = subtractPaths(cut, offsetPath(cut, -safeMm + 0.01));
  const told = new Set<string>();
  return nodesOf(scene.nodes).flatMap((node): readonly Finding[] => {
    if (node.kind !== 'glyphs' || told.has(node.pointer)) return [];
    const near = node.glyphs.some(({ outline, at }) => !isEmptyPath(intersectPaths(transformPath(outline, at), margin)));
    if (!near) return [];
    told.add(node.pointer);
    return [
      {
        severity: 'warning',
        code: 'cut.lettering-near',
        pointer: node.pointer,
        message: `The lettering is nearer than ${safeMm} mm to the outline that is cut.`,
        hint: 'Make it smaller or move it inwards.',
        required: safeMm,
        unit: 'mm',
      },
    ];
  });
};
