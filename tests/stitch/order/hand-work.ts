import { boundsOfPath, type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { atOnce, type Steps } from '../../../src/model/steps.ts';
import { FABRICS, type Fabric } from '../../../src/stitch/fabric.ts';
import { type Needlework, planDesign } from '../../../src/stitch/order/plan-design.ts';
import { ROLE } from '../../../src/stitch/plan.ts';
import type { Digitized, DigitizeOptions, SatinColumn, SewEnds, Sewn, SewPart, StitchRegion } from '../../../src/stitch/region.ts';

/** A simple needle for tests: columns are sewn end to end in zigzag, areas in rows of their box, lines point by point. */
export const sewSimply = (part: SewPart, ends: SewEnds): Sewn => {
  if (part.kind === 'satin') return zigzag(part, ends);
  if (part.kind === 'run') return { points: part.points, roles: new Uint8Array(part.points.length / 2).fill(ROLE.run) };
  const box = boundsOfPath(part.path) ?? rectOf(0, 0, 0, 0);
  const points: number[] = [];
  for (let y = box.y, k = 0; y <= box.y + box.height + 1e-9; y += 0.35, k += 1) {
    const [a, b] = k % 2 === 0 ? [box.x, box.x + box.width] : [box.x + box.width, box.x];
    const count = Math.max(1, Math.ceil(box.width / 4));
    for (let i = 0; i <= count; i += 1) points.push(a + ((b - a) * i) / count, y);
  }
  return { points: Float64Array.from(points), roles: new Uint8Array(points.length / 2).fill(ROLE.top) };
};

const zigzag = ({ left, right }: SatinColumn, { entry, exit }: SewEnds): Sewn => {
  const pairs = left.length / 2;
  const endAt = (i: number) => ({
    x: ((left[2 * i] ?? 0) + (right[2 * i] ?? 0)) / 2,
    y: ((left[2 * i + 1] ?? 0) + (right[2 * i + 1] ?? 0)) / 2,
  });
  const [a, b] = [endAt(0), endAt(pairs - 1)];
  const near = (p: { x: number; y: number } | null, q: { x: number; y: number }) => (p ? Math.hypot(p.x - q.x, p.y - q.y) : 0);
  // What decides is the end: from the other one the needle comes by a run underneath.
  const backwards = exit ? near(exit, a) < near(exit, b) : near(entry, b) < near(entry, a);
  const points: number[] = [];
  const roles: number[] = [];
  for (let k = 0; k < pairs; k += 1) {
    const i = backwards ? pairs - 1 - k : k;
    const [one, two] = k % 2 === 0 ? [left, right] : [right, left];
    points.push(one[2 * i] ?? 0, one[2 * i + 1] ?? 0, two[2 * i] ?? 0, two[2 * i + 1] ?? 0);
    roles.push(ROLE.satin, ROLE.satin);
  }
  return { points: Float64Array.from(points), roles: Uint8Array.from(roles) };
};

/** A straight column of a width from one place to another, a pair each 0.8 mm. */
export const column = (x1: number, y1: number, x2: number, y2: number, widthMm: number): SatinColumn => {
  const mm = Math.hypot(x2 - x1, y2 - y1);
  const count = Math.max(2, Math.round(mm / 0.8) + 1);
  const [nx, ny] = [(-(y2 - y1) / mm) * (widthMm / 2), ((x2 - x1) / mm) * (widthMm / 2)];
  const [left, right] = [new Float64Array(2 * count), new Float64Array(2 * count)];
  for (let i = 0; i < count; i += 1) {
    const t = i / (count - 1);
    const [x, y] = [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t];
    left.set([x - nx, y - ny], 2 * i);
    right.set([x + nx, y + ny], 2 * i);
  }
  return { kind: 'satin', region: 0, left, right, closed: false };
};

export const handWork: Needlework = {
  split: (region, index) => ({
    parts: [{ kind: 'fill', region: index, path: region.path, angleDeg: region.angleDeg ?? 0, style: 'tatami' }],
    remarks: [],
  }),
  angle: (_path, taken) => (taken.length > 0 ? 90 : 0),
  *sew(part, ends): Steps<Sewn> {
    yield;
    return sewSimply(part, ends);
  },
};

/** A design planned without a break. */
export const planned = (regions: readonly StitchRegion[], options: DigitizeOptions, work: Needlework): Digitized =>
  atOnce(planDesign(regions, options, work));

const woven = FABRICS.find(({ id }) => id === 'woven') as Fabric;

export const options = (more: Partial<DigitizeOptions> = {}): DigitizeOptions => ({
  fabric: woven,
  satinFromMm: 1,
  satinToMm: 7,
  splitSatinMm: 7,
  fillStitchMm: 4,
  runStitchMm: 2,
  minStitchMm: 0.5,
  order: 'nearest',
  puff: false,
  ...more,
});

export const region = (path: Path, colour: string): StitchRegion => ({
  path,
  thread: { colour, name: colour, code: '', maker: '', weight: 40 },
  pointers: [],
  label: '',
  stitch: 'auto',
  angleDeg: null,
});

export const square = (x: number, y: number, side: number, colour: string): StitchRegion =>
  region(rectPath(rectOf(x, y, side, side)), colour);
