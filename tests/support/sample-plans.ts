import { type ColourBlock, ROLE, type Role, type Run, type StitchPlan, type Thread } from '../../src/stitch/plan.ts';

type Spot = readonly [x: number, y: number];

/** Plans sewn by hand, for tests of whatever reads a plan. Coordinates lie on the machine's lattice of 0.1 mm. */
export const thread = (colour: string, name: string, code: string): Thread => ({ colour, name, code, maker: 'Sample', weight: 40 });

export const RED = thread('#b3202c', 'Signal red', '1147');
export const NAVY = thread('#1f2f5c', 'Navy', '1043');
export const GOLD = thread('#e0a92e', 'Old gold', '1025');
export const WHITE = thread('#f6f5f0', 'Snow white', '1001');

const lattice = (mm: number): number => Math.round(mm * 10) / 10;

/** Collects needle points one after another. */
class Needle {
  readonly #points: number[] = [];
  readonly #roles: number[] = [];

  to(role: Role, [x, y]: Spot): this {
    const [px, py] = [this.#points.at(-2), this.#points.at(-1)];
    if (px === lattice(x) && py === lattice(y)) return this;
    this.#points.push(lattice(x), lattice(y));
    this.#roles.push(role);
    return this;
  }

  /** Even stitches of at most `longest` mm from where the needle is. */
  along(role: Role, [x, y]: Spot, longest: number): this {
    const [px = x, py = y] = [this.#points.at(-2), this.#points.at(-1)];
    const steps = Math.max(1, Math.ceil(Math.hypot(x - px, y - py) / longest));
    for (let i = 1; i <= steps; i += 1) this.to(role, [px + ((x - px) * i) / steps, py + ((y - py) * i) / steps]);
    return this;
  }

  /** Small stitches back and forth towards a place, which hold the thread's end. */
  tie([x, y]: Spot, [tx, ty]: Spot): this {
    const length = Math.max(1e-9, Math.hypot(tx - x, ty - y));
    for (const mm of [0, 0.7, 0.1, 0.7, 0]) this.to(ROLE.tie, [x + ((tx - x) / length) * mm, y + ((ty - y) / length) * mm]);
    return this;
  }

  run(from: Run['from'] = 'trim'): Run {
    return { points: Float64Array.from(this.#points), roles: Uint8Array.from(this.#roles), from };
  }
}

const block = (of: Thread, runs: readonly Run[], note = ''): ColourBlock => ({ thread: of, runs, stopAfter: false, note });

/** A satin column along a middle line: centre underlay there, zigzag underlay back, then the column. */
const column = (needle: Needle, at: (t: number) => Spot, widthMm: (t: number) => number, pitchMm = 0.4): Needle => {
  const lengthMm = Array.from({ length: 200 }, (_, i) => {
    const [[ax, ay], [bx, by]] = [at(i / 200), at((i + 1) / 200)];
    return Math.hypot(bx - ax, by - ay);
  }).reduce((sum, mm) => sum + mm, 0);
  const rail = (t: number, side: number, share: number): Spot => {
    const [[ax, ay], [bx, by]] = [at(Math.max(0, t - 0.002)), at(Math.min(1, t + 0.002))];
    const long = Math.max(1e-9, Math.hypot(bx - ax, by - ay));
    const [x, y] = at(t);
    const reach = (side * share * widthMm(t)) / 2;
    return [x - ((by - ay) / long) * reach, y + ((bx - ax) / long) * reach];
  };
  needle.tie(at(0), at(0.1));
  const steps = Math.max(2, Math.round(lengthMm / 2.2));
  for (let i = 1; i <= steps; i += 1) needle.to(ROLE.underlay, at(i / steps));
  for (let i = steps; i >= 0; i -= 1) needle.to(ROLE.underlay, rail(i / steps, i % 2 === 0 ? 1 : -1, 0.7));
  const pairs = Math.max(2, Math.round(lengthMm / pitchMm));
  for (let i = 0; i <= pairs; i += 1) {
    needle.to(ROLE.satin, rail(i / pairs, 1, 1));
    if (i < pairs) needle.to(ROLE.satin, rail((i + 0.5) / pairs, -1, 1));
  }
  return needle.tie(rail(1, 1, 1), at(0.98));
};

const line =
  ([ax, ay]: Spot, [bx, by]: Spot) =>
  (t: number): Spot => [ax + (bx - ax) * t, ay + (by - ay) * t];

const arc =
  ([cx, cy]: Spot, [rx, ry]: Spot, fromDeg: number, toDeg: number) =>
  (t: number): Spot => {
    const angle = ((fromDeg + (toDeg - fromDeg) * t) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  };

const even = (mm: number) => (): number => mm;

type Fill = { readonly pitchMm?: number; readonly stitchMm?: number; readonly angleDeg?: number; readonly underlay?: boolean };

/** Rows of a fill over a convex shape, given by where a line through it begins and ends; needle points lie on a brick pattern. */
const rows = (needle: Needle, [cx, cy]: Spot, reach: number, half: (v: number) => number, role: Role, fill: Fill): Needle => {
  const { pitchMm = 0.35, stitchMm = 4, angleDeg = 0 } = fill;
  const [c, s] = [Math.cos((angleDeg * Math.PI) / 180), Math.sin((angleDeg * Math.PI) / 180)];
  const place = (u: number, v: number): Spot => [cx + u * c - v * s, cy + u * s + v * c];
  const count = Math.floor((2 * reach) / pitchMm);
  for (let row = 0; row <= count; row += 1) {
    const v = -reach + ((2 * reach) / count) * row;
    const end = half(v);
    if (!(end > 0.5)) continue;
    const phase = (1 / 16 + (row % 4) / 4 + (row % 8 > 3 ? 1 / 8 : 0)) * stitchMm;
    const stops: number[] = [];
    for (let u = Math.ceil((-end - phase) / stitchMm) * stitchMm + phase; u < end; u += stitchMm)
      if (u > -end + 1 && u < end - 1) stops.push(u);
    const way = [-end, ...stops, end];
    for (const u of row % 2 === 0 ? way : way.reverse()) needle.to(role, place(u, v));
  }
  return needle;
};

const roundFill = (needle: Needle, centre: Spot, radius: number, fill: Fill): Needle => {
  const half = (r: number) => (v: number) => Math.sqrt(Math.max(0, r * r - v * v));
  const { angleDeg = 0, underlay = true } = fill;
  needle.tie([centre[0] - radius + 1, centre[1]], centre);
  if (underlay) {
    for (let i = 0; i <= 40; i += 1) needle.along(ROLE.underlay, arc(centre, [radius - 0.4, radius - 0.4], 180, 540)(i / 40), 2.5);
    rows(needle, centre, radius - 0.5, half(radius - 0.5), ROLE.underlay, { pitchMm: 2.5, stitchMm: 3, angleDeg: angleDeg + 90 });
  }
  rows(needle, centre, radius, half(radius), ROLE.top, fill);
  return needle;
};

const boxFill = (needle: Needle, centre: Spot, [width, height]: Spot, fill: Fill): Needle => {
  const { underlay = true } = fill;
  needle.tie([centre[0] - width / 2 + 1, centre[1]], centre);
  if (underlay) rows(needle, centre, width / 2 - 0.5, () => height / 2 - 0.5, ROLE.underlay, { pitchMm: 2.5, stitchMm: 3, angleDeg: 90 });
  return rows(needle, centre, height / 2, () => width / 2, ROLE.top, fill);
};

/** An S in satin, 4 mm wide, about 22 x 32 mm from (4, 4). */
export const satinCurve = (of: Thread = RED): StitchPlan => {
  const at = (t: number): Spot => (t < 0.5 ? arc([15, 13], [8, 7], -30, -270)(2 * t) : arc([15, 27], [8, 7], -90, 150)(2 * t - 1));
  return { blocks: [block(of, [column(new Needle(), at, (t) => 4 * Math.min(1, 0.35 + 6 * Math.min(t, 1 - t))).run()])] };
};

/** A round fill with edge and row underlay, its middle at (radius + 2, radius + 2). */
export const tatamiDisc = (radiusMm = 12, fill: Fill = {}, of: Thread = NAVY): StitchPlan => ({
  blocks: [block(of, [roundFill(new Needle(), [radiusMm + 2, radiusMm + 2], radiusMm, fill).run()])],
});

/** A field of even rows without underlay: `sideMm` square from (2, 2). Long stitches leave nothing but rows. */
export const plainRows = (sideMm: number, fill: Fill = {}, of: Thread = WHITE): StitchPlan => ({
  blocks: [block(of, [boxFill(new Needle(), [2 + sideMm / 2, 2 + sideMm / 2], [sideMm, sideMm], { ...fill, underlay: false }).run()])],
});

/** A round patch of three colours, 60 mm: a filled ground, a gold star of columns on it, a white satin border. */
export const threeColourPatch = (): StitchPlan => {
  const [middle, radius]: [Spot, number] = [[32, 32], 27.5];
  const tip = (i: number, r: number): Spot => arc(middle, [r, r], -90, 270)(i / 10);
  const rays = Array.from({ length: 5 }, (_, i) => {
    const needle = new Needle();
    return column(needle, line(tip(2 * i, 18), tip(2 * i, 1)), (t) => 1 + 9 * t, 0.4).run(i === 0 ? 'trim' : 'jump');
  });
  const ring = column(new Needle(), arc(middle, [radius, radius], 90, 450), even(4)).run();
  return {
    blocks: [block(NAVY, [roundFill(new Needle(), middle, radius, { angleDeg: 25 }).run()]), block(GOLD, rays), block(WHITE, [ring])],
  };
};

/** The word HELLO of columns, capitals `capMm` high, from (2, 2); about 4.2 capitals wide. */
export const columnWord = (capMm = 12, of: Thread = GOLD): StitchPlan => {
  const w = capMm * 0.19;
  const strokes = (left: number): Readonly<Record<'H' | 'E' | 'L' | 'O', readonly ((t: number) => Spot)[]>> => {
    const [x0, x1, y0, y1] = [left + w / 2, left + capMm * 0.58, 2 + w / 2, 2 + capMm - w / 2];
    const [top, mid, low] = [y0 - w / 2, (y0 + y1) / 2, y1 + w / 2];
    return {
      H: [line([x0, mid], [x1, mid]), line([x0, top], [x0, low]), line([x1, low], [x1, top])],
      E: [line([x1, y0], [x0, y0]), line([x1 - w / 2, mid], [x0, mid]), line([x1, y1], [x0, y1]), line([x0, low], [x0, top])],
      L: [line([x1, y1], [x0, y1]), line([x0, low], [x0, top])],
      O: [arc([(x0 + x1) / 2, mid], [(x1 - x0) / 2 + w * 0.2, (y1 - y0) / 2], 90, 450)],
    };
  };
  const letters = ['H', 'E', 'L', 'L', 'O'] as const;
  const runs = letters.flatMap((letter, i) => strokes(2 + i * capMm * 0.88)[letter].map((at) => column(new Needle(), at, even(w)).run()));
  return { blocks: [block(of, runs)] };
};

/** The plan moved by (dx, dy) mm. */
export const movedPlan = ({ blocks }: StitchPlan, dx: number, dy: number): StitchPlan => ({
  blocks: blocks.map((one) => ({
    ...one,
    runs: one.runs.map((run) => ({ ...run, points: run.points.map((value, i) => value + (i % 2 === 0 ? dx : dy)) })),
  })),
});
