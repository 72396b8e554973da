import { ROLE, type Run, type StitchPlan, type Thread } from '../../stitch/plan.ts';
import { linearOf } from './light-curve.ts';
import { needleBox } from './needle-box.ts';
import { SewnGround } from './sewn-ground.ts';

/**
 * Every stitch of a plan as a piece of thread in space, in sewing order. Struct of arrays, lengths in mm. The middle of a piece stands
 * `base + rise * s + arch * (1 - (2 s / length - 1)^2) - dip * (1 - e / DIP_MM)^2` above the cloth, `s` along it and `e` from its nearer end.
 */
export type ThreadList = {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Unit direction. */
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  readonly length: Float32Array;
  readonly half: Float32Array;
  readonly base: Float32Array;
  readonly rise: Float32Array;
  readonly arch: Float32Array;
  readonly dip: Float32Array;
  /** Pieces of one kind and thread that run alike lie beside each other; others on top of what was there. */
  readonly kind: Uint16Array;
  /** Index of its thread's colour. */
  readonly colour: Uint16Array;
  /** A little lighter or darker than its neighbours: no two stitches reflect alike. */
  readonly tone: Float32Array;
  /** Linear red, green, blue of each thread. */
  readonly colours: Float32Array;
};

/** How far from a needle hole a thread begins to sink, mm. */
export const DIP_MM = 0.4;
/** How high a thread pressed to the cloth stands, as a share of its width. */
export const THICKNESS = 0.5;

/** Width of sewn thread by weight number, mm: 40 is 0.4, the others after the thickness that makers give. */
const WIDTH_MM: Readonly<Record<Thread['weight'], number>> = { 30: 0.48, 40: 0.4, 60: 0.31, 75: 0.26 };

/** Shorter pieces show nothing: they are within their own holes. */
const SHORTEST_MM = 0.05;

/** What a role looks like: how far it arches (share of its length, most mm) and how deep its ends sink (mm). */
type Form = { readonly kind: number; readonly arch: number; readonly most: number; readonly dip: number };

const form = (kind: number, arch: number, most: number, dip: number): Form => ({ kind, arch, most, dip });

const FORMS: readonly Form[] = (() => {
  const forms: Form[] = [];
  forms[ROLE.top] = form(0, 0.012, 0.05, 0.08);
  forms[ROLE.satin] = form(1, 0.08, 0.3, 0.08);
  forms[ROLE.run] = form(2, 0.02, 0.05, 0.16);
  forms[ROLE.underlay] = form(3, 0, 0, 0.1);
  forms[ROLE.travel] = form(4, 0, 0, 0.1);
  forms[ROLE.tie] = form(5, 0, 0, 0.08);
  return forms;
})();
const KINDS = 6;

/** Small stitches that lock the thread: they sink between what they lock, and are seen only where nothing higher is. */
export const isTie = (kind: number): boolean => kind % KINDS === ROLE.tie;
const TIE_SINKS_MM = 0.25;

/** Evenly spread numbers from -1 to 1 that look random, the same for the same index. */
const scatter = (index: number, salt: number): number => {
  let h = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 0x7fffffff - 1;
};

const stitchesOf = ({ blocks }: StitchPlan): number =>
  blocks.reduce((sum, { runs }) => sum + runs.reduce((some, { points }) => some + Math.max(1, points.length >> 1), 0), 0);

const emptyList = (size: number, threads: readonly Thread[]): ThreadList => ({
  count: size,
  x: new Float32Array(size),
  y: new Float32Array(size),
  dx: new Float32Array(size),
  dy: new Float32Array(size),
  length: new Float32Array(size),
  half: new Float32Array(size),
  base: new Float32Array(size),
  rise: new Float32Array(size),
  arch: new Float32Array(size),
  dip: new Float32Array(size),
  kind: new Uint16Array(size),
  colour: new Uint16Array(size),
  tone: new Float32Array(size),
  colours: Float32Array.from(threads.flatMap(({ colour }) => linearOf(colour))),
});

/** Writes pieces into a list and keeps the ground under them. */
class Layer {
  readonly #list: ThreadList;
  readonly #ground: SewnGround;
  #count = 0;
  #swept = 0;
  #kind = -1;

  constructor(list: ThreadList, ground: SewnGround) {
    this.#list = list;
    this.#ground = ground;
  }

  get count(): number {
    return this.#count;
  }

  stitch(x0: number, y0: number, x1: number, y1: number, role: number, block: number, thread: Thread): void {
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (!(length >= SHORTEST_MM) || !Number.isFinite(length)) return;
    const { kind, arch, most, dip } = FORMS[role] ?? form(0, 0, 0, 0);
    if (kind !== this.#kind) this.endSweep(kind);
    const at = this.#count;
    const list = this.#list;
    const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
    const half = (WIDTH_MM[thread.weight] / 2) * (1 + 0.03 * scatter(at, 0));
    const aside = 0.008 * scatter(at, 1);
    list.x[at] = x0 - dy * aside;
    list.y[at] = y0 + dx * aside;
    list.dx[at] = dx;
    list.dy[at] = dy;
    list.length[at] = length;
    list.half[at] = half;
    const [from, middle, to] = [0.2, 0.5, 0.8].map((t) => this.#ground.heightAt(x0 + dx * length * t, y0 + dy * length * t));
    const slope = ((to ?? 0) - (from ?? 0)) / (0.6 * length);
    list.base[at] = Math.max(0, (from ?? 0) - slope * 0.2 * length - (isTie(kind) ? TIE_SINKS_MM : 0));
    list.rise[at] = slope;
    const bridged = Math.max(0, (middle ?? 0) - ((from ?? 0) + (to ?? 0)) / 2);
    list.arch[at] = Math.min(most, arch * length) + bridged;
    // Short stitches have no room to come up again.
    list.dip[at] = dip * Math.min(1, length / 1.2);
    list.kind[at] = block * KINDS + kind;
    list.colour[at] = block;
    list.tone[at] = 1 + 0.035 * scatter(at, 2);
    this.#count += 1;
  }

  endSweep(next: number): void {
    const { x, y, dx, dy, length, half } = this.#list;
    for (let i = this.#swept; i < this.#count; i += 1) {
      const wide = 2 * (half[i] ?? 0);
      const section = 0.785 * wide * wide * THICKNESS;
      this.#ground.add(x[i] ?? 0, y[i] ?? 0, dx[i] ?? 0, dy[i] ?? 0, length[i] ?? 0, section);
    }
    this.#swept = this.#count;
    this.#kind = next;
  }
}

const sewRun = (layer: Layer, { points, roles, from }: Run, before: Run | null, block: number, thread: Thread): void => {
  // Thread that is carried over uncut lies there, whether anyone wants it or not.
  if (from === 'jump' && before && before.points.length >= 2)
    layer.stitch(before.points.at(-2) ?? 0, before.points.at(-1) ?? 0, points[0] ?? 0, points[1] ?? 0, ROLE.travel, block, thread);
  for (let i = 2; i + 1 < points.length; i += 2)
    layer.stitch(points[i - 2] ?? 0, points[i - 1] ?? 0, points[i] ?? 0, points[i + 1] ?? 0, roles[i >> 1] ?? 0, block, thread);
};

/** The plan as pieces of thread that lie on each other as they are sewn. */
export const threadList = (plan: StitchPlan): ThreadList => {
  const list = emptyList(
    stitchesOf(plan),
    plan.blocks.map(({ thread }) => thread),
  );
  const layer = new Layer(list, new SewnGround(needleBox(plan)));
  for (const [i, { runs, thread }] of plan.blocks.entries()) {
    let before: Run | null = null;
    for (const run of runs) {
      if (run.from !== 'jump') layer.endSweep(-1);
      if (run.points.length < 2) continue;
      sewRun(layer, run, before, i, thread);
      before = run;
    }
    layer.endSweep(-1);
  }
  return { ...list, count: layer.count };
};
