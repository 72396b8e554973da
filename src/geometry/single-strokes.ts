import { fitCubics, unit, wayFrom, wayThrough } from './fit-cubic.ts';
import { type AxisEdge, type AxisGraph, medialAxis } from './medial-axis.ts';
import { type Path, PathBuilder } from './path.ts';
import type { Point } from './point.ts';

/** Limbs of a joint that turn less than this go on into one another, radians. */
const GOES_ON = (55 * Math.PI) / 180;
/** The axis bends towards what joins it, about as far as the shape is thick there: that share of the radius is bridged. */
const BRIDGED = 1;
/** Joints nearer to one another than this many radii are one crossing. */
const ONE_CROSSING = 1.6;
/** Free ends reach on by this share of the radius: the line has no thickness of its own that would. */
const REACH_ON = 0.7;
/** Corners up to this share of their mouth are no strokes (see `medialAxis`): blunter than for columns, as lines show every twig. */
const CORNER_SHARE = 0.95;
/** How far lines may stray from the middle, as a share of the radius. */
const STRAY_SHARE = 0.15;

/**
 * The strokes of a shape as few open or closed curves along its middle, joined through where strokes go on into one another; strokes that end on
 * another end on its curve. Curves stray from the middle by a sixth of half the stroke's width at the most, and no less than `toleranceMm`.
 */
export const singleStrokes = (path: Path, toleranceMm: number): Path => {
  const axis = medialAxis(path, { cornerShare: CORNER_SHARE });
  const out = new PathBuilder();
  for (const { points, closed, radiusMm } of strokesOf(axis)) draw(points, closed, Math.max(toleranceMm, STRAY_SHARE * radiusMm), out);
  return out.finish();
};

type StrokeLine = { readonly points: readonly Point[]; readonly closed: boolean; readonly radiusMm: number };

/** One end of an edge: edge number times two, plus one for the far end. */
type End = number;
const otherEnd = (end: End): End => end ^ 1;

const strokesOf = (axis: AxisGraph): readonly StrokeLine[] => {
  const crossings = crossingsOf(axis);
  const joined = new Map<End, { readonly to: End; readonly by: readonly Point[] }>();
  const tails = new Map<End, Point>();
  const bodies = axis.edges.map((edge, i) => bodyOf(edge, axis, crossings.inner.has(i)));
  for (const ends of crossings.ends.values()) joinEnds(ends, bodies, axis, joined, tails);
  const lines: StrokeLine[] = [];
  const done = new Set<number>();
  const follow = (start: End): void => {
    const points: Point[] = [];
    let [end, radiusMm] = [start, Infinity];
    const tail = tails.get(start);
    if (tail) points.push(tail);
    for (;;) {
      const edge = end >> 1;
      done.add(edge);
      const body = bodies[edge] ?? [];
      points.push(...(end & 1 ? [...body].reverse() : body));
      radiusMm = Math.min(radiusMm, middleRadius(axis.edges[edge]));
      const next = joined.get(otherEnd(end));
      if (!next) {
        const last = tails.get(otherEnd(end));
        if (last) points.push(last);
        lines.push({ points, closed: false, radiusMm });
        return;
      }
      points.push(...next.by);
      if (next.to === start || done.has(next.to >> 1)) {
        lines.push({ points, closed: next.to === start, radiusMm });
        return;
      }
      end = next.to;
    }
  };
  axis.edges.forEach((edge, i) => {
    if (crossings.inner.has(i)) done.add(i);
    const isRing = edge.from === edge.to && axis.nodes[edge.from]?.limbs === 2;
    if (!isRing) return;
    done.add(i);
    lines.push({ points: bodies[i] ?? [], closed: true, radiusMm: middleRadius(edge) });
  });
  // Strokes with a free end first, from that end; then rings of several limbs.
  for (const isFree of [true, false]) {
    for (let end = 0; end < 2 * axis.edges.length; end += 1) if (!done.has(end >> 1) && (!isFree || !joined.has(end))) follow(end);
  }
  for (const node of axis.nodes) {
    const r = node.radiusMm / 2;
    if (node.limbs === 0)
      lines.push({
        points: [
          { x: node.x - r, y: node.y },
          { x: node.x + r, y: node.y },
        ],
        closed: false,
        radiusMm: r,
      });
  }
  return lines;
};

const middleRadius = (edge: AxisEdge | undefined): number => edge?.radiiMm[edge.radiiMm.length >> 1] ?? 0;

const nodeOf = (end: End, { edges }: AxisGraph): number => (end & 1 ? edges[end >> 1]?.to : edges[end >> 1]?.from) ?? 0;

/** Ends of edges by the crossing they come to, and the edges that only link joints of one crossing. */
const crossingsOf = (axis: AxisGraph): { readonly ends: ReadonlyMap<number, readonly End[]>; readonly inner: ReadonlySet<number> } => {
  const root = axis.nodes.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while ((root[at] ?? at) !== at) at = root[at] ?? at;
    return at;
  };
  const inner = new Set<number>();
  axis.edges.forEach(({ from, to, points }, i) => {
    const [a, b] = [axis.nodes[from], axis.nodes[to]];
    if (!a || !b || a.limbs < 3 || b.limbs < 3 || find(from) === find(to)) return;
    if (lengthOf(points) > ONE_CROSSING * Math.min(a.radiusMm, b.radiusMm)) return;
    root[find(from)] = find(to);
    inner.add(i);
  });
  const ends = new Map<number, End[]>();
  axis.edges.forEach(({ from, to }, i) => {
    if (inner.has(i)) return;
    for (const [k, node] of [from, to].entries()) {
      if ((axis.nodes[node]?.limbs ?? 0) < 3) continue;
      const own = find(node);
      ends.set(own, [...(ends.get(own) ?? []), 2 * i + k]);
    }
  });
  return { ends, inner };
};

const lengthOf = (points: Float64Array): number => {
  let length = 0;
  for (let i = 2; i + 1 < points.length; i += 2)
    length += Math.hypot((points[i] ?? 0) - (points[i - 2] ?? 0), (points[i + 1] ?? 0) - (points[i - 1] ?? 0));
  return length;
};

/** The points of an edge without what is bent towards its joints, and drawn on at free ends. */
const bodyOf = (edge: AxisEdge, { nodes }: AxisGraph, isInner: boolean): readonly Point[] => {
  if (isInner) return [];
  const all = Array.from(edge.radiiMm, (_, i): Point => ({ x: edge.points[2 * i] ?? 0, y: edge.points[2 * i + 1] ?? 0 }));
  const [from, to] = [nodes[edge.from], nodes[edge.to]];
  if (!from || !to) return all;
  if (from === to && from.limbs === 2) return smooth(all.slice(1));
  const clearOf = (node: typeof from, point: Point): boolean =>
    node.limbs < 3 || Math.hypot(point.x - node.x, point.y - node.y) > BRIDGED * node.radiusMm;
  const clear = all.filter((point) => clearOf(from, point) && clearOf(to, point));
  const body = smooth(clear.length >= 2 ? clear : [all[all.length >> 1] ?? { x: from.x, y: from.y }]);
  const [first, last] = [body[0], body.at(-1)];
  if (!first || !last || body.length < 2) return body;
  const reach = (end: Point, back: Point, radius: number): Point => {
    const way = unit(back, end);
    return { x: end.x + way.x * radius * REACH_ON, y: end.y + way.y * radius * REACH_ON };
  };
  const behind = (ordered: readonly Point[], radius: number): Point =>
    ordered.find((p) => Math.hypot(p.x - (ordered[0]?.x ?? 0), p.y - (ordered[0]?.y ?? 0)) > radius) ?? ordered.at(-1) ?? first;
  const head = from.limbs === 1 ? [reach(first, behind(body, from.radiusMm), from.radiusMm)] : [];
  const foot = to.limbs === 1 ? [reach(last, behind([...body].reverse(), to.radiusMm), to.radiusMm)] : [];
  return [...head, ...body, ...foot];
};

/** Chords lie askew to and fro: the middles of neighbours do not. */
const smooth = (points: readonly Point[]): readonly Point[] =>
  points.map((point, i) => {
    const [a, b] = [points[i - 1], points[i + 1]];
    return a && b ? { x: (a.x + 2 * point.x + b.x) / 4, y: (a.y + 2 * point.y + b.y) / 4 } : point;
  });

/** The direction in which an end of an edge comes to its crossing. */
const wayInto = (end: End, bodies: readonly (readonly Point[])[], axis: AxisGraph): { readonly at: Point; readonly way: Point } => {
  const body = bodies[end >> 1] ?? [];
  const ordered = end & 1 ? [...body].reverse() : body;
  const node = axis.nodes[nodeOf(end, axis)] ?? { x: 0, y: 0, radiusMm: 0, limbs: 0 };
  const at = ordered[0] ?? node;
  const back = ordered.find((p) => Math.hypot(p.x - at.x, p.y - at.y) >= node.radiusMm * 0.8) ?? ordered.at(-1) ?? at;
  return { at, way: back === at ? unit(at, node) : unit(back, at) };
};

const joinEnds = (
  ends: readonly End[],
  bodies: readonly (readonly Point[])[],
  axis: AxisGraph,
  joined: Map<End, { readonly to: End; readonly by: readonly Point[] }>,
  tails: Map<End, Point>,
): void => {
  const ways = ends.map((end) => ({ end, ...wayInto(end, bodies, axis) }));
  const pairs = ways.flatMap((a, i) => ways.slice(i + 1).map((b) => ({ a, b, turn: turnOf(a, b) })));
  pairs.sort((one, two) => one.turn - two.turn);
  const through: { a: Point; b: Point; ends: readonly [End, End]; meets: Point[] }[] = [];
  const taken = new Set<End>();
  for (const { a, b, turn } of pairs) {
    if (turn > GOES_ON || taken.has(a.end) || taken.has(b.end)) continue;
    taken.add(a.end).add(b.end);
    through.push({ a: a.at, b: b.at, ends: [a.end, b.end], meets: [] });
  }
  const centre = ends.map((end) => axis.nodes[nodeOf(end, axis)]).find((node) => node !== undefined) ?? { x: 0, y: 0 };
  for (const { end, at, way } of ways) {
    if (taken.has(end)) continue;
    const [line] = through;
    const meet = line ? meetingOf(at, way, line.a, line.b, centre) : { x: centre.x, y: centre.y };
    tails.set(end, meet);
    line?.meets.push(meet);
  }
  for (const {
    a,
    ends: [from, to],
    meets,
  } of through) {
    const by = [...meets].sort((p, q) => Math.hypot(p.x - a.x, p.y - a.y) - Math.hypot(q.x - a.x, q.y - a.y));
    joined.set(from, { to, by });
    joined.set(to, { to: from, by: [...by].reverse() });
  }
};

/** How much a line turns from one way into the other, radians, by the way it has to bridge as well. */
const turnOf = (a: { readonly at: Point; readonly way: Point }, b: { readonly at: Point; readonly way: Point }): number => {
  const cosine = -(a.way.x * b.way.x + a.way.y * b.way.y);
  const across = unit(a.at, b.at);
  const straight = Math.min(a.way.x * across.x + a.way.y * across.y, -(b.way.x * across.x + b.way.y * across.y));
  return Math.max(Math.acos(Math.min(1, Math.max(-1, cosine))), Math.acos(Math.min(1, Math.max(-1, straight))));
};

/** Where a line going on meets the way from a to b; the point of that way nearest to the joint where it does not. */
const meetingOf = (at: Point, way: Point, a: Point, b: Point, joint: Point): Point => {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const cross = dx * way.y - dy * way.x;
  const square = dx * dx + dy * dy;
  if (square === 0) return a;
  const along = Math.abs(cross) > 1e-9 ? ((at.x - a.x) * way.y - (at.y - a.y) * way.x) / cross : Number.NaN;
  const nearest = ((joint.x - a.x) * dx + (joint.y - a.y) * dy) / square;
  const share = along >= 0 && along <= 1 ? along : Math.min(1, Math.max(0, nearest));
  return { x: a.x + share * dx, y: a.y + share * dy };
};

const draw = (raw: readonly Point[], closed: boolean, toleranceMm: number, out: PathBuilder): void => {
  const points = raw.filter((point, i) => i === 0 || Math.hypot(point.x - (raw[i - 1]?.x ?? 0), point.y - (raw[i - 1]?.y ?? 0)) > 1e-4);
  const [first, second] = points;
  if (!first || !second) return;
  const ring = closed ? [...points, first] : points;
  const [third, last] = [ring[2] ?? second, ring.at(-1) ?? second];
  const [before, beforeThat] = [ring.at(-2) ?? first, ring.at(-3) ?? first];
  const leave = closed ? wayThrough(before, first, second) : wayFrom(first, second, third);
  const back = wayFrom(last, before, beforeThat);
  const arrive = closed ? leave : { x: -back.x, y: -back.y };
  out.moveTo(first.x, first.y);
  for (const { x1, y1, x2, y2, x3, y3 } of fitCubics(ring, leave, arrive, toleranceMm)) out.cubicTo(x1, y1, x2, y2, x3, y3);
  if (closed) out.close();
};
