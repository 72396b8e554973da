import type { Point } from '../../geometry/point.ts';
import { type Limb, type Sleeves, triangleOf } from '../../geometry/sleeves.ts';
import { nextEdge, previousEdge } from '../../geometry/triangulation.ts';
import { distance, middleOf, outlineBeyond, twinOf, widthOf } from './banks.ts';

/** How a chain ends: at the tip of a limb, against a limb that runs through, or on through the joint to its far side. */
export type ChainEnd = 'tip' | 'butt' | 'reach';

/** Limbs that are one stroke: chords in order, each seen from the triangle before it. */
export type Chain = { readonly chords: readonly number[]; readonly closed: boolean; readonly head: ChainEnd; readonly tail: ChainEnd };

export type WidthLimits = { readonly thinMm: number; readonly wideMm: number };

/** One end of a limb: its number times two, plus one for the far end. */
type End = number;

/** Limbs that meet, and how ill they may go on into one another at the most. */
type Joint = { readonly ends: readonly End[]; readonly most: number; isJoined: boolean };
/** Ends that go on into one another. */
type Join = { readonly pairs: readonly (readonly [End, End])[]; readonly cost: number };

/** Limbs shorter than this share of their width only link two joints of one crossing. */
const CROSSING = 1.3;
/** Serifs are no thicker than this many times the thinnest column, their stem this much wider, and they turn by less than this, radians. */
const SERIF_WIDEST = 1.5;
const STEM_WIDER = 1.35;
const SERIF_TURN = 1;
/** Radians a change of width by e counts for when strokes are followed through a joint. */
const WIDTH_WEIGHT = 0.35;
/** Turns into a short limb of more than this, radians, count so many times what they are beyond it. */
const TURN_BACK = 1.8;
const TURN_BACK_WEIGHT = 3;
/** Limbs on either side of a link that pass one another by more than this share of their width count so much for each width beyond it. */
const PASSING = 0.5;
const PASSING_WEIGHT = 1;
/** The way of a short limb is told by a few chords only, and counts this much worse. */
const SHORT_DOUBT = 0.2;
/** A limb of no more chords than this is a stub. */
const STUB_CHORDS = 1;
/** What runs through a crossing is chosen before what turns in it, if it costs no more than this. */
const CROSSING_FIRST = 0.1;
/** Limbs that meet a wide area run through beside it only when they turn less than this, radians. */
const BESIDE = 1.2;

/** Follows strokes through the joints of a region: at each the two limbs that go on most straight are one, the third butts. */
export const chainsOf = (sleeves: Sleeves, limits: WidthLimits): readonly Chain[] => new Chains(sleeves, limits).all();

class Chains {
  readonly #sleeves: Sleeves;
  readonly #limits: WidthLimits;
  readonly #next = new Map<End, End>();
  readonly #reaching = new Set<End>();
  readonly #ends = new Map<number, End[]>();
  readonly #facts = new Map<End, { readonly at: Point; readonly way: Point; readonly widthMm: number; readonly isShort: boolean }>();

  constructor(sleeves: Sleeves, limits: WidthLimits) {
    this.#sleeves = sleeves;
    this.#limits = limits;
    sleeves.limbs.forEach(({ from, to, closed }, i) => {
      if (closed) return;
      for (const [k, triangle] of [from, to].entries()) {
        const ends = this.#ends.get(triangle);
        if (ends) ends.push(2 * i + k);
        else this.#ends.set(triangle, [2 * i + k]);
      }
    });
  }

  all(): readonly Chain[] {
    this.#joinAll();
    const chains: Chain[] = [];
    const done = new Set<number>();
    this.#sleeves.limbs.forEach((limb, i) => {
      if (!limb.closed) return;
      done.add(i);
      chains.push({ chords: limb.chords, closed: true, head: 'tip', tail: 'tip' });
    });
    for (const isFree of [true, false]) {
      for (let end = 0; end < 2 * this.#sleeves.limbs.length; end += 1) {
        if (!done.has(end >> 1) && !(isFree && this.#next.has(end))) chains.push(this.#follow(end, done));
      }
    }
    return chains;
  }

  #follow(start: End, done: Set<number>): Chain {
    const chords: number[] = [];
    for (let end = start; ; ) {
      done.add(end >> 1);
      chords.push(...this.#chordsFrom(end));
      const next = this.#next.get(end ^ 1);
      if (next === undefined) return { chords, closed: false, head: this.#endKind(start), tail: this.#endKind(end ^ 1) };
      if (next === start) return { chords, closed: true, head: 'tip', tail: 'tip' };
      end = next;
    }
  }

  #endKind(end: End): ChainEnd {
    if (this.#reaching.has(end)) return 'reach';
    return (this.#ends.get(this.#triangleAt(end))?.length ?? 0) === 3 ? 'butt' : 'tip';
  }

  #limb(end: End): Limb | undefined {
    return this.#sleeves.limbs[end >> 1];
  }

  #triangleAt(end: End): number {
    return (end & 1 ? this.#limb(end)?.to : this.#limb(end)?.from) ?? -1;
  }

  #chordsFrom(end: End): readonly number[] {
    const chords = this.#limb(end)?.chords ?? [];
    return end & 1 ? [...chords].reverse().map((chord) => twinOf(this.#sleeves.mesh, chord)) : chords;
  }

  /** The best of all joins first: what runs through a crossing takes both of its joints, so that they never disagree. */
  #joinAll(): void {
    const joints = [...this.#ends.values()].filter((ends) => ends.length === 3).map((ends) => this.#opened(ends));
    const openTo = new Map(joints.flatMap((joint) => joint.ends.map((end) => [end, joint] as const)));
    const joins = joints.flatMap((joint) => [...this.#pairsAt(joint), ...this.#crossingsAt(joint, openTo)]);
    joins.sort((one, two) => one.cost - two.cost);
    for (const { pairs } of joins) {
      const taken = pairs.map(([end]) => openTo.get(end));
      if (taken.some((joint) => !joint || joint.isJoined)) continue;
      for (const joint of taken) if (joint) joint.isJoined = true;
      for (const [a, b] of pairs) {
        this.#next.set(a, b);
        this.#next.set(b, a);
      }
    }
  }

  /** The limbs of a joint that may go on into one another: none where a stem reaches through. */
  #opened(ends: readonly End[]): Joint {
    const { thinMm, wideMm } = this.#limits;
    const kinds = ends.map((end) => {
      const { widthMm, isShort } = this.#factsOf(end);
      return isShort ? 'satin' : widthMm < thinMm ? 'thin' : widthMm > wideMm ? 'wide' : 'satin';
    });
    const satins = ends.filter((_, i) => kinds[i] === 'satin');
    const thins = ends.filter((_, i) => kinds[i] === 'thin');
    const [lone] = satins;
    const isLone = satins.length === 1 && thins.length === 2;
    const stem = isLone && lone !== undefined ? (this.#isAcross(lone, thins) ? lone : undefined) : this.#stemOf(satins);
    if (stem !== undefined) {
      this.#reaching.add(stem);
      return { ends: [], most: 0, isJoined: true };
    }
    const open = satins.length >= 2 ? satins : ends.filter((_, i) => kinds[i] !== 'wide');
    return { ends: open, most: kinds.includes('wide') ? BESIDE : Infinity, isJoined: false };
  }

  #pairsAt({ ends, most }: Joint): readonly Join[] {
    const joins = ends.flatMap((a, i) => ends.slice(i + 1).map((b): Join => ({ pairs: [[a, b]], cost: this.#cost(a, b) })));
    return joins.filter(({ cost }) => cost <= most);
  }

  /** Strokes from a joint over a short link to the limbs of the next one; each link is looked at from its nearer end. */
  #crossingsAt({ ends, most }: Joint, openTo: ReadonlyMap<End, Joint>): readonly Join[] {
    return ends.flatMap((link) => {
      const across = openTo.get(link ^ 1);
      if (!across || (link & 1) === 1 || !this.#factsOf(link).isShort) return [];
      const beyond = across.ends.filter((end) => end !== (link ^ 1) && !this.#factsOf(end).isShort);
      const before = ends.filter((end) => end !== link && !this.#factsOf(end).isShort);
      return before.flatMap((a) =>
        beyond
          .map(
            (b): Join => ({
              pairs: [
                [a, link],
                [link ^ 1, b],
              ],
              cost: this.#costThrough(a, b) - CROSSING_FIRST,
            }),
          )
          .filter(({ cost }) => cost <= Math.min(most, across.most)),
      );
    });
  }

  /** Whether two limbs go on into one another rather than into the third. */
  #isAcross(third: End, [a, b]: readonly End[]): boolean {
    if (a === undefined || b === undefined) return false;
    const [stem, one, other] = [this.#factsOf(third), this.#factsOf(a), this.#factsOf(b)];
    return turnBetween(one, other) <= Math.min(turnBetween(stem, one), turnBetween(stem, other));
  }

  /** The one of three limbs that is a stem between two serifs: much wider than both, which lie across it alike. */
  #stemOf(ends: readonly End[]): End | undefined {
    if (ends.length < 2) return undefined;
    const all = this.#ends.get(this.#triangleAt(ends[0] ?? 0)) ?? [];
    const [wide, one, other] = [...all].sort((a, b) => this.#factsOf(b).widthMm - this.#factsOf(a).widthMm);
    if (wide === undefined || one === undefined || other === undefined) return undefined;
    const [stem, a, b] = [this.#factsOf(wide), this.#factsOf(one), this.#factsOf(other)];
    if (stem.isShort || a.isShort || b.isShort || stem.widthMm > this.#limits.wideMm) return undefined;
    const isSlight = a.widthMm < SERIF_WIDEST * this.#limits.thinMm && stem.widthMm > STEM_WIDER * a.widthMm;
    return isSlight && costBetween(a, b) < SERIF_TURN ? wide : undefined;
  }

  /** How ill two limbs go on into one another; through a short limb what lies beyond it counts. */
  #cost(a: End, b: End): number {
    const [ofA, ofB] = [this.#factsOf(a), this.#factsOf(b)];
    const direct = costBetween(ofA, ofB) + (ofA.isShort || ofB.isShort ? SHORT_DOUBT : 0);
    if (ofA.isShort && !ofB.isShort) return Math.min(direct, this.#costBeyond(a, b));
    if (ofB.isShort && !ofA.isShort) return Math.min(direct, this.#costBeyond(b, a));
    return direct;
  }

  #costBeyond(short: End, other: End): number {
    const beyond = (this.#ends.get(this.#triangleAt(short ^ 1)) ?? []).filter((end) => end >> 1 !== short >> 1);
    const least = beyond.reduce((cost, end) => Math.min(cost, this.#costThrough(other, end)), Infinity);
    // What would turn back into the short limb is another stroke, however straight it were beyond.
    return least + TURN_BACK_WEIGHT * Math.max(0, turnBetween(this.#factsOf(other), this.#factsOf(short)) - TURN_BACK);
  }

  /** How ill two limbs go on into one another across a link: by their ways, and by how far they pass one another. */
  #costThrough(a: End, b: End): number {
    const [one, other] = [this.#factsOf(a), this.#factsOf(b)];
    const [ux, uy] = [one.way.x - other.way.x, one.way.y - other.way.y];
    const passing = Math.abs((other.at.x - one.at.x) * uy - (other.at.y - one.at.y) * ux) / Math.max(Math.hypot(ux, uy), 1e-6);
    const widths = passing / Math.max(0.01, (one.widthMm + other.widthMm) / 2);
    return costBetween(one, other) + PASSING_WEIGHT * Math.max(0, widths - PASSING);
  }

  /** The mean of the corners beyond the last chord of a limb. */
  #middleOfTip(chord: number): Point {
    const { mesh, degree } = this.#sleeves;
    const into = twinOf(mesh, chord);
    const isOpen = (e: number): boolean => (degree[triangleOf(twinOf(mesh, e))] ?? -1) >= 0;
    const corners = [nextEdge(into), previousEdge(into)].flatMap((side) => outlineBeyond(mesh, side, isOpen));
    const sum = corners.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
    return { x: sum.x / Math.max(1, corners.length), y: sum.y / Math.max(1, corners.length) };
  }

  #factsOf(end: End): { readonly at: Point; readonly way: Point; readonly widthMm: number; readonly isShort: boolean } {
    const known = this.#facts.get(end);
    if (known) return known;
    const { mesh } = this.#sleeves;
    const chords = this.#chordsFrom(end);
    const middles = chords.map((chord) => middleOf(mesh, chord));
    const at = middles[0] ?? { x: 0, y: 0 };
    const mouth = widthOf(mesh, chords[0] ?? 0);
    const along = middles.findIndex((middle) => distance(middle, at) > mouth);
    const [near, far] = [middles[Math.min(2, middles.length - 1)] ?? at, middles[along < 0 ? middles.length - 1 : along] ?? at];
    const widths = chords.slice(0, along < 0 ? chords.length : along + 1).map((chord) => widthOf(mesh, chord));
    widths.sort((a, b) => a - b);
    const isJointBeyond = this.#sleeves.degree[this.#triangleAt(end ^ 1)] === 3;
    // A stub has hardly a chord of its own: its way is to the middle of its end.
    const isStub = along < 0 && !isJointBeyond && chords.length <= STUB_CHORDS;
    const goal = isStub ? this.#middleOfTip(chords.at(-1) ?? 0) : far;
    const from = far === near || isStub ? at : near;
    const span = distance(from, goal) || 1;
    const facts = {
      at,
      way: { x: (from.x - goal.x) / span, y: (from.y - goal.y) / span },
      widthMm: widths[widths.length >> 1] ?? mouth,
      isShort: along < 0 && isJointBeyond && distance(at, middles.at(-1) ?? at) < CROSSING * mouth && chords.length < 40,
    };
    this.#facts.set(end, facts);
    return facts;
  }
}

type Heading = { readonly way: Point; readonly widthMm: number };

/** How far a stroke turns from one limb into another, radians. */
const turnBetween = (a: Heading, b: Heading): number => Math.acos(Math.min(1, Math.max(-1, -(a.way.x * b.way.x + a.way.y * b.way.y))));

const costBetween = (a: Heading, b: Heading): number =>
  turnBetween(a, b) + WIDTH_WEIGHT * Math.abs(Math.log(Math.max(a.widthMm, 0.01) / Math.max(b.widthMm, 0.01)));
