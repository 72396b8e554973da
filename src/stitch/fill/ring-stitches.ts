import type { RingGauge } from './ring-gauge.ts';

/** Penetrations move on by this share of a stitch from ring to ring. */
const STAGGER = 0.4;
/** A remainder below the first share of a stitch is left out, below the second evened out with its neighbour. */
const DROP_SHARE = 0.06;
const SHORT_SHARE = 0.5;
/** A corner nearer than this to another needle place gets none of its own, mm. */
const LEAST_MM = 0.55;

/** A place `at` mm along a ring, which goes round as often as one likes. */
export const placeOnRing = (gauge: RingGauge, at: number): readonly [number, number] => {
  const { i, t } = edgeAt(gauge, at);
  return between(gauge, i, t, 0);
};

/** Needle places on a ring between `from` and `to` (mm along it, `from` less than `to`), both left out; x, y in turn. */
export const ringStitches = (gauge: RingGauge, from: number, to: number, level: number): readonly number[] => {
  const stops = [from, ...cornersBetween(gauge, from, to), to];
  const out: number[] = [];
  for (const [i, stop] of stops.entries()) {
    if (i === 0) continue;
    const start = stops[i - 1] ?? 0;
    for (const unit of cutsBetween(unitAt(gauge, start), unitAt(gauge, stop), level * STAGGER)) out.push(...atUnit(gauge, unit));
    if (i + 1 < stops.length) out.push(...placeOnRing(gauge, stop));
  }
  return out;
};

const cornersBetween = ({ corners, mm }: RingGauge, from: number, to: number): readonly number[] => {
  const out: number[] = [];
  for (let round = Math.floor(from / mm); round * mm < to; round += 1) {
    for (const corner of corners) {
      const at = round * mm + corner;
      if (at - Math.max(from, out.at(-1) ?? from) >= LEAST_MM && to - at >= LEAST_MM) out.push(at);
    }
  }
  return out;
};

/** Where stitches of one unit end between two places, on a lattice. */
const cutsBetween = (from: number, to: number, lattice: number): readonly number[] => {
  const most = 1 + DROP_SHARE;
  if (to - from <= most) return [];
  const phase = lattice % 1;
  const cuts: number[] = [];
  for (let u = Math.floor(from - phase) + 1 + phase; u < to; u += 1) if (u > from) cuts.push(u);
  const first = (cuts[0] ?? to) - from;
  if (first < SHORT_SHARE) {
    if ((cuts[1] ?? to) - from <= most) cuts.shift();
    else cuts[0] = (from + (cuts[1] ?? to)) / 2;
  }
  const last = to - (cuts.at(-1) ?? from);
  if (last < SHORT_SHARE) {
    const before = cuts.at(-2) ?? from;
    if (to - before <= most) cuts.pop();
    else if (cuts.length > 0) cuts[cuts.length - 1] = (before + to) / 2;
  }
  return cuts;
};

const edgeAt = ({ arcs, mm }: RingGauge, at: number): { readonly i: number; readonly t: number } =>
  edgeOf(arcs, at - Math.floor(at / mm) * mm);

/** The edge of ascending values that holds one, and the share of it. */
const edgeOf = (values: Float64Array, value: number): { readonly i: number; readonly t: number } => {
  let [low, high] = [0, values.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  const [a, b] = [values[low] ?? 0, values[low + 1] ?? 0];
  return { i: low, t: b > a ? Math.min(1, Math.max(0, (value - a) / (b - a))) : 0 };
};

const unitAt = (gauge: RingGauge, at: number): number => {
  const { i, t } = edgeAt(gauge, at);
  const round = Math.floor(at / gauge.mm) * (gauge.units.at(-1) ?? 0);
  return round + (gauge.units[i] ?? 0) + t * ((gauge.units[i + 1] ?? 0) - (gauge.units[i] ?? 0));
};

const atUnit = (gauge: RingGauge, unit: number): readonly [number, number] => {
  const whole = gauge.units.at(-1) ?? 1;
  const { i, t } = edgeOf(gauge.units, unit - Math.floor(unit / whole) * whole);
  const swing = (gauge.swing[i] ?? 0) + t * ((gauge.swing[i + 1] ?? 0) - (gauge.swing[i] ?? 0));
  return between(gauge, i, t, swing);
};

const between = ({ points }: RingGauge, i: number, t: number, swing: number): readonly [number, number] => {
  const next = 2 * i + 2 >= points.length ? 0 : 2 * i + 2;
  const [ax, ay] = [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
  const [dx, dy] = [(points[next] ?? 0) - ax, (points[next + 1] ?? 0) - ay];
  const long = Math.hypot(dx, dy) || 1;
  // Turning by a positive angle, the middle of the bend lies on the side of (-dy, dx): the needle moves away from it.
  return [ax + dx * t + (dy / long) * swing, ay + dy * t - (dx / long) * swing];
};
