import type { Rows } from './rows.ts';

/**
 * Rows one below the other without a fork: what can be sewn to and fro in one go. `rows` runs from the top down; `top` and `bottom` are the
 * knots where it meets others.
 */
export type Section = { readonly rows: Int32Array; readonly top: number; readonly bottom: number };

export type SectionGraph = {
  readonly sections: readonly Section[];
  /** The sections at each knot. */
  readonly knots: readonly (readonly number[])[];
  /** Knots of different pieces have different numbers. */
  readonly piece: Int32Array;
};

/** Sections and how they hang together. `breakBelow`: a row after which a section ends although it could go on; -1 for none. */
export const sectionsOf = (rows: Rows, breakBelow: number): SectionGraph => {
  const { runs, sectionOf } = runsOf(rows, breakBelow);
  const ends = new Int32Array(2 * runs.length).map((_, i) => i);
  runs.forEach((run, section) => {
    const last = run.at(-1) ?? 0;
    for (let i = rows.downFrom[last] ?? 0; i < (rows.downTo[last] ?? 0); i += 1) unite(ends, 2 * section + 1, 2 * (sectionOf[i] ?? 0));
  });
  const names = new Map<number, number>();
  const knotOf = (end: number): number => {
    const root = rootOf(ends, end);
    const known = names.get(root) ?? names.size;
    names.set(root, known);
    return known;
  };
  const sections = runs.map((run, s) => ({ rows: Int32Array.from(run), top: knotOf(2 * s), bottom: knotOf(2 * s + 1) }));
  const knots: number[][] = Array.from({ length: names.size }, () => []);
  sections.forEach(({ top, bottom }, s) => {
    knots[top]?.push(s);
    if (bottom !== top) knots[bottom]?.push(s);
  });
  const piece = new Int32Array(names.size).map((_, i) => i);
  for (const { top, bottom } of sections) unite(piece, top, bottom);
  return { sections, knots, piece: piece.map((_, i) => rootOf(piece, i)) };
};

const runsOf = (rows: Rows, breakBelow: number): { readonly runs: readonly number[][]; readonly sectionOf: Int32Array } => {
  const runs: number[][] = [];
  const sectionOf = new Int32Array(rows.count);
  for (let i = 0; i < rows.count; i += 1) {
    const above = rows.upFrom[i] ?? 0;
    const single = (rows.upTo[i] ?? 0) - above === 1 && (rows.downTo[above] ?? 0) - (rows.downFrom[above] ?? 0) === 1;
    const goesOn = single && above !== breakBelow;
    const section = goesOn ? (sectionOf[above] ?? 0) : runs.length;
    if (!goesOn) runs.push([]);
    sectionOf[i] = section;
    runs[section]?.push(i);
  }
  return { runs, sectionOf };
};

const rootOf = (parents: Int32Array, of: number): number => {
  let root = of;
  while (parents[root] !== root) root = parents[root] ?? root;
  let at = of;
  while (parents[at] !== root) {
    const next = parents[at] ?? root;
    parents[at] = root;
    at = next;
  }
  return root;
};

const unite = (parents: Int32Array, a: number, b: number): void => {
  const [x, y] = [rootOf(parents, a), rootOf(parents, b)];
  parents[Math.max(x, y)] = Math.min(x, y);
};
