import type { RegionMesh } from './region-mesh.ts';
import { nextEdge, previousEdge } from './triangulation.ts';

/**
 * A limb of a region: the chords that cross it one after the other, each a half-edge of the mesh seen from the triangle that is left. Its start lies
 * on the left bank and its end on the right one, looking along. `from` and `to` are triangles: joints where three limbs meet, or ends.
 */
export type Limb = { readonly from: number; readonly to: number; readonly chords: readonly number[]; readonly closed: boolean };

/** A region as limbs that meet at joints. */
export type Sleeves = {
  readonly mesh: RegionMesh;
  /** Limbs still leaving a triangle: 3 at joints, 1 at ends, 0 for a lump of its own, -1 for what was taken for a corner. */
  readonly degree: Int8Array;
  readonly limbs: readonly Limb[];
  /** Triangles that are a lump without limbs. */
  readonly lumps: readonly number[];
};

/** A limb that reaches less than this share of its mouth beyond it is a corner: 0.5 a square one, 0.87 one of 60 degrees. */
const CORNER_SHARE = 0.8;
/** The last of a limb, as far as it goes less than this share of its width on, is its end. */
const END_SHARE = 0.6;
/** Limbs that reach out less than this are grain of the outline, mm. */
const GRAIN_MM = 0.02;

export type PruneOptions = { readonly cornerShare?: number; readonly grainMm?: number };

/**
 * The limbs of a region by its triangles: those with two sides inside are links of a limb, those with three a joint, those with one an end
 * (after L. Prasad, "Morphological analysis of shapes", 1997). Corners and grain are taken off first.
 */
export const sleevesOf = (mesh: RegionMesh, { cornerShare = CORNER_SHARE, grainMm = GRAIN_MM }: PruneOptions = {}): Sleeves => {
  const pruner = new Pruner(mesh, cornerShare, grainMm);
  pruner.run();
  return { mesh, degree: pruner.degree, ...limbsOf(mesh, pruner) };
};

export const triangleOf = (e: number): number => Math.floor(e / 3);

class Pruner {
  readonly degree: Int8Array;
  readonly #mesh: RegionMesh;
  readonly #cornerShare: number;
  readonly #grainMm: number;
  /** The farthest corner of what was taken off at a triangle. */
  readonly #tips = new Map<number, number[]>();

  constructor(mesh: RegionMesh, cornerShare: number, grainMm: number) {
    this.#mesh = mesh;
    this.#cornerShare = cornerShare;
    this.#grainMm = grainMm;
    this.degree = new Int8Array(mesh.starts.length / 3);
    for (let e = 0; e < mesh.starts.length; e += 1)
      if ((mesh.twins[e] ?? -1) >= 0) this.degree[triangleOf(e)] = (this.degree[triangleOf(e)] ?? 0) + 1;
  }

  /** The triangle beyond a side, if it has not been taken off; else -1. */
  beyond(e: number): number {
    const twin = this.#mesh.twins[e] ?? -1;
    return twin >= 0 && (this.degree[triangleOf(twin)] ?? -1) >= 0 ? twin : -1;
  }

  run(): void {
    let ends = this.#ends();
    while (ends.length > 0) {
      const twigs = ends.flatMap((t) => this.#twigFrom(t));
      // All that are corners now go at once: two corners of one end must not be told apart by which came first.
      const next: number[] = [];
      for (const { triangles, joint, tip } of twigs) {
        for (const t of triangles) this.degree[t] = -1;
        this.degree[joint] = (this.degree[joint] ?? 0) - 1;
        this.#tips.set(joint, [...(this.#tips.get(joint) ?? []), tip]);
        next.push(joint);
      }
      // A joint that lost one limb is a link now: the limb it belongs to is looked at again from its end.
      ends = next.length > 0 ? this.#ends() : [];
    }
    for (const t of this.#ends()) this.#shorten(t);
  }

  #ends(): readonly number[] {
    const ends: number[] = [];
    this.degree.forEach((degree, t) => {
      if (degree === 1) ends.push(t);
    });
    return ends;
  }

  /** The limb from an end to a joint, when it is no more than a corner. */
  #twigFrom(end: number): readonly { readonly triangles: readonly number[]; readonly joint: number; readonly tip: number }[] {
    const triangles: number[] = [];
    const seen: number[] = [];
    let [t, came] = [end, -1];
    for (;;) {
      if (this.degree[t] === 3) break;
      triangles.push(t);
      this.#look(t, seen);
      const exit = this.#exit(t, came);
      if (exit < 0) return [];
      came = this.#mesh.twins[exit] ?? -1;
      t = triangleOf(came);
    }
    const { reach, tip, width } = this.#reach(came, seen);
    return reach < this.#cornerShare * width || reach < this.#grainMm ? [{ triangles, joint: t, tip }] : [];
  }

  #look(t: number, seen: number[]): void {
    const { starts } = this.#mesh;
    seen.push(starts[3 * t] ?? 0, starts[3 * t + 1] ?? 0, starts[3 * t + 2] ?? 0, ...(this.#tips.get(t) ?? []));
  }

  #exit(t: number, came: number): number {
    for (let e = 3 * t; e < 3 * t + 3; e += 1) if (e !== came && this.beyond(e) >= 0) return e;
    return -1;
  }

  /** How far corners lie from the middle of a chord. */
  #reach(chord: number, seen: readonly number[]): { readonly reach: number; readonly tip: number; readonly width: number } {
    const { x, y, starts } = this.#mesh;
    const [a, b] = [starts[chord] ?? 0, starts[nextEdge(chord)] ?? 0];
    const [mx, my] = [((x[a] ?? 0) + (x[b] ?? 0)) / 2, ((y[a] ?? 0) + (y[b] ?? 0)) / 2];
    let [reach, tip] = [0, a];
    for (const v of seen) {
      const d = Math.hypot((x[v] ?? 0) - mx, (y[v] ?? 0) - my);
      if (d > reach) [reach, tip] = [d, v];
    }
    return { reach, tip, width: Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0)) };
  }

  /** Takes off the end of a limb as far as it lies within the ball of a chord, so that round ends have their axis end in their middle. */
  #shorten(end: number): void {
    const triangles: number[] = [];
    const seen: number[] = [];
    let [t, came, keep] = [end, -1, 0];
    while ((this.degree[t] === 2 || t === end) && triangles.length < this.degree.length) {
      triangles.push(t);
      this.#look(t, seen);
      const exit = this.#exit(t, came);
      if (exit < 0) break;
      const { reach, width } = this.#reach(exit, seen);
      if (reach < END_SHARE * width) keep = triangles.length;
      came = this.#mesh.twins[exit] ?? -1;
      t = triangleOf(came);
      if (this.degree[t] === 1) break;
      if (reach > 2 * width) break;
    }
    if (this.degree[t] === 3 && keep === triangles.length) keep -= 1;
    for (const dead of triangles.slice(0, keep)) this.degree[dead] = -1;
    const last = keep < triangles.length ? triangles[keep] : t;
    if (keep > 0 && last !== undefined) this.degree[last] = (this.degree[last] ?? 0) - 1;
  }
}

const limbsOf = (mesh: RegionMesh, pruner: Pruner): { readonly limbs: readonly Limb[]; readonly lumps: readonly number[] } => {
  const { degree } = pruner;
  const limbs: Limb[] = [];
  const lumps: number[] = [];
  const used = new Uint8Array(mesh.starts.length);
  const walk = (from: number, first: number): void => {
    const chords: number[] = [];
    let [t, exit] = [from, first];
    do {
      const twin = pruner.beyond(exit);
      chords.push(exit);
      used[exit] = 1;
      used[twin] = 1;
      t = triangleOf(twin);
      exit = pruner.beyond(nextEdge(twin)) >= 0 ? nextEdge(twin) : previousEdge(twin);
    } while (degree[t] === 2 && t !== from);
    limbs.push({ from, to: t, chords, closed: degree[from] === 2 });
  };
  const start = (isStart: (degree: number) => boolean): void =>
    degree.forEach((own, t) => {
      if (!isStart(own)) return;
      for (let e = 3 * t; e < 3 * t + 3; e += 1) if (used[e] === 0 && pruner.beyond(e) >= 0) walk(t, e);
    });
  start((own) => own === 1 || own === 3);
  start((own) => own === 2);
  degree.forEach((own, t) => {
    if (own === 0) lumps.push(t);
  });
  return { limbs, lumps };
};
