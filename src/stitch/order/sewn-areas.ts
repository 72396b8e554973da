import { boundsOfPath, EMPTY_PATH, isEmptyPath, type Path, rectPath } from '../../geometry/path.ts';
import { inflate } from '../../geometry/point.ts';
import { areaOfPath, intersectPaths, offsetPath, subtractPaths } from '../../geometry/polygons.ts';
import type { Fabric } from '../fabric.ts';
import type { StitchRegion } from '../region.ts';
import { isOutline } from './is-outline.ts';
import { joined, type OverlapGraph } from './overlap-graph.ts';
import type { Piece } from './pieces.ts';
import type { ThreadBlock } from './sewing-order.ts';
import { spreadTraps } from './spread-traps.ts';
import { type Trap, trapPath } from './trap-path.ts';

const TOLERANCE_MM = 0.015;

/** Every other row of a fill ends so much sooner than the outline, mm. */
const NOTCH_MM = 0.2;
/** Neighbours farther off do not matter, mm. */
const REACH_MM = 1;

/** A ground lies beneath later colours by at least this share of it, farther in than the trap and so much more, mm: an outline does not. */
const GROUND_SHARE = 0.12;
const DEEPER_MM = 0.2;

/**
 * What to sew of a piece, and the thread about it that was sewn before. Empty when it is hidden wholly, or `isJoined` to an earlier piece. A ground
 * is what letters lie on, their halo too: much of it is there for them alone.
 */
export type SewnArea = { readonly path: Path; readonly earlier: Path; readonly isJoined: boolean; readonly isGround: boolean };

/**
 * What to sew of each piece: what is seen of it, going on beneath what is sewn later. Pieces of one thread that later ones part, as letters part
 * a ground from what their counters show of it, are one area again where those are narrow: it is the first piece's.
 */
export const sewnAreas = (
  pieces: readonly Piece[],
  regions: readonly StitchRegion[],
  graph: OverlapGraph,
  blocks: readonly ThreadBlock[],
  fabric: Fabric,
): readonly SewnArea[] => {
  const rank = new Int32Array(pieces.length);
  blocks.forEach((block, k) => {
    for (const i of block.pieces) rank[i] = k;
  });
  const seen = pieces.map(({ path, patch }, i) => {
    const above = graph.above[i] ?? [];
    return above.length === 0 || patch ? path : subtractPaths(path, joined(pieces, above), 'nonzero', TOLERANCE_MM);
  });
  const shown = pieces.map((piece, i) => ({ ...piece, path: seen[i] ?? piece.path }));
  const isLater = (i: number, j: number): boolean =>
    (rank[j] ?? 0) > (rank[i] ?? 0) || (rank[j] === rank[i] && (graph.above[i] ?? []).includes(j));
  const later = pieces.map((_, i) => (graph.near[i] ?? []).filter((j) => isLater(i, j)));
  const areas = pieces.map((_, i): SewnArea => ({ path: seen[i] ?? EMPTY_PATH, earlier: EMPTY_PATH, isJoined: false, isGround: false }));
  const grown = new Map<number, Growth>();
  for (const group of groupsOf(pieces, regions, graph, rank, later)) {
    const [first, ...others] = group;
    // Cloth is whole beneath what is sewn on it, and gives way as the ground does.
    if (first === undefined || pieces[first]?.patch) continue;
    const visible = joined(shown, group);
    if (isEmptyPath(visible)) continue;
    const before = [...new Set(group.flatMap((i) => graph.near[i] ?? []))].filter(
      (j) => (rank[j] ?? 0) < (rank[first] ?? 0) && !pieces[j]?.patch,
    );
    const over = [...new Set(group.flatMap((i) => later[i] ?? []))];
    // The later ones stay back by the pull of the cloth: the trap counts from where they come to lie.
    const trapMm = fabric.trapMm + Math.max(fabric.pullMm, NOTCH_MM);
    const path = over.length === 0 ? visible : beneath(visible, joined(shown, over), { trapMm, pullMm: fabric.pullMm });
    areas[first] = {
      path,
      earlier: before.length === 0 ? EMPTY_PATH : clipped(joined(shown, before), visible),
      isJoined: false,
      isGround: isGround(path, visible, trapMm),
    };
    if (over.length > 0) grown.set(first, { visible, near: new Set(group.flatMap((i) => graph.near[i] ?? [])) });
    for (const i of others) areas[i] = { path: EMPTY_PATH, earlier: EMPTY_PATH, isJoined: true, isGround: false };
  }
  return spread(areas, grown, rank);
};

const beneath = (visible: Path, over: Path, trap: Trap): Path => trapPath(visible, over, { ...trap, isOutline: isOutline(visible, over) });

const isGround = (path: Path, visible: Path, trapMm: number): boolean => {
  const mm2 = areaOfPath(path);
  if (path === visible || mm2 - areaOfPath(visible) < GROUND_SHARE * mm2) return false;
  const about = offsetPath(visible, trapMm + DEEPER_MM, 'miter', 'nonzero', TOLERANCE_MM);
  return areaOfPath(subtractPaths(path, about, 'nonzero', TOLERANCE_MM)) >= GROUND_SHARE * mm2;
};

type Growth = { readonly visible: Path; readonly near: ReadonlySet<number> };

/** The areas, those of one block that go on beneath later ones no longer in a crowd. */
const spread = (areas: readonly SewnArea[], grown: ReadonlyMap<number, Growth>, rank: Int32Array): readonly SewnArea[] => {
  const keys = [...grown.keys()].sort((a, b) => a - b);
  const paths = spreadTraps(
    keys.map((i) => ({ visible: grown.get(i)?.visible ?? EMPTY_PATH, path: areas[i]?.path ?? EMPTY_PATH })),
    keys.map((i) => keys.flatMap((j, k) => (j !== i && rank[j] === rank[i] && grown.get(i)?.near.has(j) ? [k] : []))),
  );
  const out = [...areas];
  keys.forEach((i, k) => {
    const [area, path] = [areas[i], paths[k]];
    if (area && path && path !== area.path) out[i] = { ...area, path };
  });
  return out;
};

const clipped = (path: Path, about: Path): Path => {
  const box = boundsOfPath(about);
  return box ? intersectPaths(path, rectPath(inflate(box, REACH_MM)), 'nonzero', TOLERANCE_MM) : EMPTY_PATH;
};

/**
 * The pieces of one block that border on the same later pieces, each group in paint order: those of one region, and those that lie within one
 * another and are sewn alike, for tracing makes a region of each counter.
 */
const groupsOf = (
  pieces: readonly Piece[],
  regions: readonly StitchRegion[],
  { inside }: OverlapGraph,
  rank: Int32Array,
  later: readonly (readonly number[])[],
): readonly (readonly number[])[] => {
  const first = new Int32Array(pieces.length).map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (first[root] !== root) root = first[root] ?? root;
    return root;
  };
  const join = (i: number, j: number): void => {
    const [a, b] = [rootOf(i), rootOf(j)];
    first[Math.max(a, b)] = Math.min(a, b);
  };
  const bordering = new Map<string, number>();
  pieces.forEach(({ owner, patch }, i) => {
    if (patch) return;
    for (const j of later[i] ?? []) {
      const key = `${owner} ${rank[i]} ${j}`;
      const other = bordering.get(key);
      if (other === undefined) bordering.set(key, i);
      else join(other, i);
    }
    for (const j of inside[i] ?? []) {
      const within = pieces[j];
      if (!within || within.patch || rank[j] !== rank[i] || !isAlike(regions[owner], regions[within.owner])) continue;
      if ((later[j] ?? []).some((k) => later[i]?.includes(k))) join(i, j);
    }
  });
  const groups = new Map<number, number[]>();
  for (let i = 0; i < pieces.length; i += 1) {
    const root = rootOf(i);
    const group = groups.get(root);
    if (group) group.push(i);
    else groups.set(root, [i]);
  }
  return [...groups.values()];
};

const isAlike = (a: StitchRegion | undefined, b: StitchRegion | undefined): boolean =>
  a !== undefined && b !== undefined && a.stitch === b.stitch && a.angleDeg === b.angleDeg;
