import type { Section, SectionGraph } from './row-sections.ts';

/**
 * Some rows of a section, one after the other in the order of sewing. `rest`: the later step that sews the remaining rows of the section; it may
 * take one more, so that this one ends on the side where the needle is wanted.
 */
export type SewStep = { readonly section: number; readonly rows: readonly number[]; readonly rest: SewStep | null };

/** Rows left of a trunk while its branches are sewn: a way between branches hides beneath them. */
const BRIDGE_ROWS = 4;

/**
 * An order of the sections of one piece in which all travel can hide. One way through the tree of sections, from `from` to `to`, is sewn as it
 * comes; every other section is left for last when its far end is reached: one travels through it first and sews back over the travel.
 */
export const orderSections = (graph: SectionGraph, from: number, to: number): readonly SewStep[] => {
  const order = new Orderer(graph);
  order.walk(from, pathBetween(graph, from, to));
  return order.steps;
};

/** The knot with the most rows between it and another along the tree of sections. */
export const farthestKnot = (graph: SectionGraph, from: number): number => {
  const { rowsTo } = treeFrom(graph, from);
  let [best, most] = [from, -1];
  for (const [knot, rows] of rowsTo) if (rows > most) [best, most] = [knot, rows];
  return best;
};

type Tree = { readonly rowsTo: ReadonlyMap<number, number>; readonly by: ReadonlyMap<number, number> };

/** The sections by which each knot is reached when the longest sections are taken first. */
const treeFrom = (graph: SectionGraph, from: number): Tree => {
  const rowsTo = new Map<number, number>([[from, 0]]);
  const by = new Map<number, number>();
  const inTree = spanningTree(graph, graph.piece[from] ?? 0);
  const open = [from];
  for (let knot = open.pop(); knot !== undefined; knot = open.pop()) {
    for (const s of graph.knots[knot] ?? []) {
      const section = graph.sections[s];
      if (!section || inTree[s] !== 1) continue;
      const far = otherEnd(section, knot);
      if (rowsTo.has(far)) continue;
      rowsTo.set(far, (rowsTo.get(knot) ?? 0) + section.rows.length);
      by.set(far, s);
      open.push(far);
    }
  }
  return { rowsTo, by };
};

const spanningTree = (graph: SectionGraph, piece: number): Uint8Array => {
  const { sections } = graph;
  const own = sections.flatMap((section, i) => (graph.piece[section.top] === piece ? [i] : []));
  own.sort((a, b) => (sections[b]?.rows.length ?? 0) - (sections[a]?.rows.length ?? 0) || a - b);
  const roots = new Map<number, number>();
  const rootOf = (knot: number): number => {
    let root = knot;
    for (let up = roots.get(root); up !== undefined; up = roots.get(root)) root = up;
    return root;
  };
  const inTree = new Uint8Array(sections.length);
  for (const s of own) {
    const section = sections[s];
    if (!section) continue;
    const [a, b] = [rootOf(section.top), rootOf(section.bottom)];
    if (a === b) continue;
    roots.set(a, b);
    inTree[s] = 1;
  }
  return inTree;
};

const otherEnd = (section: Section, knot: number): number => (section.top === knot ? section.bottom : section.top);

const pathBetween = (graph: SectionGraph, from: number, to: number): readonly number[] => {
  const { by } = treeFrom(graph, from);
  const path: number[] = [];
  let knot = to;
  for (let s = by.get(knot); s !== undefined && knot !== from; s = by.get(knot)) {
    path.push(s);
    const section = graph.sections[s];
    if (!section) break;
    knot = otherEnd(section, knot);
  }
  return path.reverse();
};

type Task = { readonly kind: 'knot'; readonly knot: number; readonly came: number } | { readonly kind: 'sew'; readonly step: SewStep };

class Orderer {
  readonly steps: SewStep[] = [];
  readonly #graph: SectionGraph;
  readonly #taken: Uint8Array;

  constructor(graph: SectionGraph) {
    this.#graph = graph;
    this.#taken = new Uint8Array(graph.sections.length);
  }

  walk(from: number, path: readonly number[]): void {
    for (const s of path) this.#taken[s] = 1;
    this.#branches(from, path[0] ?? -1);
    let knot = from;
    path.forEach((s, i) => {
      const section = this.#graph.sections[s];
      if (!section) return;
      const rows = rowsFrom(section, knot);
      knot = otherEnd(section, knot);
      const keep = i === path.length - 1 || this.#isTrunk(s, knot) ? Math.min(BRIDGE_ROWS, rows.length) : 0;
      if (!this.#hasBranches(knot)) {
        this.steps.push({ section: s, rows, rest: null });
        return;
      }
      const rest = keep > 0 ? { section: s, rows: rows.slice(rows.length - keep), rest: null } : null;
      if (rows.length > keep) this.steps.push({ section: s, rows: rows.slice(0, rows.length - keep), rest });
      this.#branches(knot, s);
      if (rest) this.steps.push(rest);
    });
  }

  #hasBranches(knot: number): boolean {
    return (this.#graph.knots[knot] ?? []).some((s) => this.#taken[s] !== 1);
  }

  /** True when a section is alone on its side of a knot: the others meet through it. */
  #isTrunk(s: number, knot: number): boolean {
    const below = this.#graph.sections[s]?.bottom === knot;
    return !(this.#graph.knots[knot] ?? []).some((other) => other !== s && (this.#graph.sections[other]?.bottom === knot) === below);
  }

  /** All at a knot that is not sewn yet and not of the way, in and out. Without recursion: combs have thousands of teeth. */
  #branches(knot: number, came: number): void {
    const tasks: Task[] = [{ kind: 'knot', knot, came }];
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      if (task.kind === 'sew') this.steps.push(task.step);
      else this.#fork(task.knot, task.came, tasks);
    }
  }

  #fork(knot: number, came: number, tasks: Task[]): void {
    const open = (this.#graph.knots[knot] ?? []).filter((s) => this.#taken[s] !== 1);
    const isBelow = (s: number): boolean => this.#graph.sections[s]?.bottom === knot;
    // Those on the same side as where one came from are reached through the others, which therefore have to wait.
    const sorted = open.toSorted((a, b) => Number(isBelow(b) === isBelow(came)) - Number(isBelow(a) === isBelow(came)) || a - b);
    for (const s of sorted) this.#taken[s] = 1;
    for (const s of sorted.toReversed()) {
      const section = this.#graph.sections[s];
      if (!section) continue;
      const far = otherEnd(section, knot);
      tasks.push({ kind: 'sew', step: { section: s, rows: rowsFrom(section, far), rest: null } });
      if (far !== knot) tasks.push({ kind: 'knot', knot: far, came: s });
    }
  }
}

const rowsFrom = (section: Section, knot: number): readonly number[] => {
  const rows = Array.from(section.rows);
  return section.top === knot ? rows : rows.reverse();
};
