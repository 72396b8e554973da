import { joinPaths, type Path, PathBuilder, rectPath, transformPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { intersectPaths, offsetPath, subtractPaths, unionPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath, heartPath, sectorPath, starPath } from '../../../src/geometry/shapes.ts';
import type { StitchRegion } from '../../../src/stitch/region.ts';
import { letters } from '../letters.ts';
import { region } from '../order/hand-work.ts';

const [WHITE, BLACK, RED, BLUE, GOLD, GREEN, GREY, ORANGE, TEAL, PLUM] = [
  '#f6f6f2',
  '#1a1a1c',
  '#b3202c',
  '#20386f',
  '#e3b022',
  '#1f7a45',
  '#8d949c',
  '#dd6b20',
  '#158a8a',
  '#6b2d73',
] as const;

const disc = (x: number, y: number, r: number): Path => ellipsePath(rectOf(x - r, y - r, 2 * r, 2 * r));
const ring = (x: number, y: number, outer: number, inner: number): Path => subtractPaths(disc(x, y, outer), disc(x, y, inner));
const star = (x: number, y: number, r: number, points = 5, inner = 0.45): Path =>
  starPath(rectOf(x - r, y - r, 2 * r, 2 * r), points, inner);
const rect = (x: number, y: number, w: number, h: number): Path => rectPath(rectOf(x, y, w, h));

const polygon = (...points: readonly (readonly [number, number])[]): Path => {
  const builder = new PathBuilder();
  points.forEach(([x, y], i) => {
    if (i === 0) builder.moveTo(x, y);
    else builder.lineTo(x, y);
  });
  return unionPaths([builder.close().finish()]);
};

const turned = (path: Path, degrees: number, x: number, y: number): Path => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return transformPath(path, [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]);
};

/** A line of letters, capitals `capMm` high, from (x, y) on; the line they stand on lies `capMm` below. */
const line = (text: string, capMm: number, x: number, y: number, font = 'oswald/Oswald-Bold.ttf'): Path =>
  joinPaths(letters(font, text, capMm).map((path) => transformPath(path, [1, 0, 0, 1, x, y])));

const gear = (x: number, y: number, r: number, teeth: number): Path => {
  const points: [number, number][] = [];
  for (let i = 0; i < teeth; i += 1) {
    for (const [share, at] of [
      [0, 0.86],
      [0.3, 0.86],
      [0.36, 1],
      [0.74, 1],
      [0.8, 0.86],
    ] as const) {
      const angle = (2 * Math.PI * (i + share)) / teeth;
      points.push([x + r * at * Math.cos(angle), y + r * at * Math.sin(angle)]);
    }
  }
  return polygon(...points);
};

/** A band of even height along a wave. */
const wave = (x: number, y: number, w: number, h: number, rise: number): Path => {
  const builder = new PathBuilder().moveTo(x, y).cubicTo(x + w / 3, y - rise, x + (2 * w) / 3, y + rise, x + w, y);
  return unionPaths([
    builder
      .lineTo(x + w, y + h)
      .cubicTo(x + (2 * w) / 3, y + h + rise, x + w / 3, y + h - rise, x, y + h)
      .close()
      .finish(),
  ]);
};

/** What of each path no later one covers: as flat artwork comes from a tracer. */
const knockedOut = (paths: readonly (readonly [Path, string])[]): readonly StitchRegion[] =>
  paths.map(([path, colour], i) => {
    const later = paths.slice(i + 1).map(([other]) => other);
    return region(later.length === 0 ? path : subtractPaths(path, joinPaths(later)), colour);
  });

const layered = (paths: readonly (readonly [Path, string])[]): readonly StitchRegion[] =>
  paths.map(([path, colour]) => region(path, colour));

const labelPaths: readonly (readonly [Path, string])[] = [
  [rect(0, 0, 90, 40), BLUE],
  [rect(4, 4, 82, 32), GOLD],
  [rect(5.2, 5.2, 79.6, 29.6), BLUE],
  [line('HARBOUR', 14, 13, 8), WHITE],
  [line('Coffee roasters since 1987', 5, 11, 26.5), GOLD],
];

const badgePaths: readonly (readonly [Path, string])[] = [
  [disc(40, 40, 40), RED],
  [disc(40, 40, 36), WHITE],
  [disc(40, 40, 30), BLUE],
  [disc(40, 40, 21), GOLD],
  [disc(40, 40, 18.8), BLUE],
  [star(40, 40, 16), WHITE],
];

const stars = (): Path => joinPaths(Array.from({ length: 12 }, (_, i) => star(6.5 + 9.5 * (i % 4), 6 + 9 * Math.floor(i / 4), 3.6)));

const flag = (): readonly StitchRegion[] => [
  ...Array.from({ length: 9 }, (_, i) => region(rect(0, 6 * i, 100, 6), i % 2 === 0 ? RED : WHITE)),
  region(rect(0, 0, 42, 30), BLUE),
  region(stars(), WHITE),
];

const venn = (): readonly StitchRegion[] => {
  const [a, b, c] = [disc(25, 25, 22), disc(47, 25, 22), disc(36, 43, 22)];
  return layered([
    [a, RED],
    [b, GOLD],
    [c, BLUE],
    [intersectPaths(a, b), ORANGE],
    [intersectPaths(a, c), PLUM],
    [intersectPaths(b, c), GREEN],
    [intersectPaths(intersectPaths(a, b), c), WHITE],
  ]);
};

const fox = (): readonly StitchRegion[] => {
  const head = polygon([5, 5], [22, 16], [48, 16], [65, 5], [64, 38], [35, 66], [6, 38]);
  const cheeks = joinPaths([polygon([6, 38], [24, 42], [35, 66]), polygon([64, 38], [46, 42], [35, 66])]);
  const ears = joinPaths([polygon([9, 10], [19, 17], [10, 25]), polygon([61, 10], [51, 17], [60, 25])]);
  return layered([
    [head, ORANGE],
    [cheeks, WHITE],
    [ears, BLACK],
    [joinPaths([disc(24, 33, 3.4), disc(46, 33, 3.4), disc(35, 60, 4.5)]), BLACK],
    [joinPaths([disc(25, 32, 1.1), disc(47, 32, 1.1)]), WHITE],
  ]);
};

const ribs = (): readonly StitchRegion[] => {
  const widths = [0.4, 0.6, 0.8, 1, 1.2, 1.5];
  const upright = widths.map((w, i) => rect(8 + 9 * i, 3, w, 34));
  const slanted = widths.map((w, i) => turned(rect(8 + 9 * i, 43, w, 34), 25, 8 + 9 * i, 60));
  return layered([
    [rect(0, 0, 62, 80), TEAL],
    [rect(0, 40, 62, 40), GREY],
    [joinPaths([...upright, ...slanted]), GOLD],
  ]);
};

const outlined = (): readonly StitchRegion[] => {
  const word = line('ROCKET', 20, 6, 6);
  return layered([
    [offsetPath(word, 3.2, 'round'), BLACK],
    [offsetPath(word, 1.6, 'round'), WHITE],
    [word, RED],
  ]);
};

const quartered = (): readonly StitchRegion[] => {
  const shield = unionPaths([
    new PathBuilder()
      .moveTo(4, 4)
      .lineTo(64, 4)
      .lineTo(64, 40)
      .cubicTo(64, 60, 50, 74, 34, 82)
      .cubicTo(18, 74, 4, 60, 4, 40)
      .close()
      .finish(),
  ]);
  const part = (x: number, y: number): Path => intersectPaths(shield, rect(x, y, 30, 40));
  return layered([
    [offsetPath(shield, 3, 'round'), BLACK],
    [part(4, 0), RED],
    [part(34, 0), GOLD],
    [part(4, 40), GREEN],
    [part(34, 40), WHITE],
    [star(19, 22, 9), WHITE],
    [star(49, 22, 9, 6, 0.58), BLUE],
    [heartPath(rectOf(12, 48, 15, 14)), GOLD],
  ]);
};

const sunburst = (): readonly StitchRegion[] => [
  ...Array.from({ length: 12 }, (_, i) =>
    region(sectorPath({ x: 40, y: 40 }, 38, 30 * i, 30), i % 3 === 0 ? GOLD : i % 3 === 1 ? ORANGE : RED),
  ),
  region(disc(40, 40, 11), WHITE),
  region(line('SUN', 6, 32.6, 37), BLUE),
];

const cartoon = (): readonly StitchRegion[] => {
  const body = unionPaths([ellipsePath(rectOf(8, 26, 54, 42)), ellipsePath(rectOf(14, 6, 42, 38))]);
  const belly = ellipsePath(rectOf(20, 36, 30, 26));
  const eyes = joinPaths([disc(27, 21, 4.2), disc(43, 21, 4.2)]);
  const lines = joinPaths([
    subtractPaths(offsetPath(body, 0.6, 'round'), offsetPath(body, -0.6, 'round')),
    subtractPaths(offsetPath(belly, 0.45, 'round'), offsetPath(belly, -0.45, 'round')),
    polygon([29, 30], [41, 30], [35, 34]),
  ]);
  return layered([
    [body, GREY],
    [belly, WHITE],
    [eyes, WHITE],
    [joinPaths([disc(28, 21.6, 2), disc(42, 21.6, 2)]), BLUE],
    [lines, BLACK],
  ]);
};

const jacket = (): readonly StitchRegion[] => {
  const rays = Array.from({ length: 18 }, (_, i) => sectorPath({ x: 110, y: 130 }, 78, 20 * i, 10));
  return layered([
    [disc(110, 130, 100), BLACK],
    [ring(110, 130, 96, 93), GOLD],
    [disc(110, 130, 80), RED],
    [unionPaths([joinPaths(rays)]), ORANGE],
    [gear(110, 130, 52, 14), GREY],
    [disc(110, 130, 36), BLACK],
    [star(110, 130, 34), GOLD],
    [disc(110, 130, 12), RED],
    [wave(0, 190, 220, 34, 14), WHITE],
    [wave(0, 192, 220, 2, 14), RED],
    [wave(0, 220, 220, 2, 14), RED],
    [line('NIGHT RIDERS', 18, 42, 198), BLACK],
    [line('IRON', 34, 60, -8), GOLD],
    [line('Motorcycle Club of the North', 9, 34, 240), RED],
  ]);
};

const wheel = (): readonly StitchRegion[] => {
  const holes = Array.from({ length: 8 }, (_, i) =>
    disc(36 + 21 * Math.cos((i * Math.PI) / 4), 36 + 21 * Math.sin((i * Math.PI) / 4), 4.5),
  );
  return [
    region(subtractPaths(gear(36, 36, 36, 18), joinPaths([disc(36, 36, 10), ...holes])), GREY),
    region(disc(36, 36, 10), RED),
    region(ring(36, 36, 13, 10), GOLD),
    region(joinPaths(holes), BLUE),
  ];
};

const waves = (): readonly StitchRegion[] => [
  ...[BLUE, TEAL, WHITE, GREEN, GOLD, BLUE].map((colour, i) => region(wave(0, 12 + 7 * i, 80, 7, 9), colour)),
  region(disc(58, 20, 9), RED),
];

const monogram = (): readonly StitchRegion[] => {
  const field = unionPaths([disc(30, 30, 30)]);
  return knockedOut([
    [field, PLUM],
    [ring(30, 30, 27, 25.8), GOLD],
    [line('M', 26, 14, 17, 'playfair-display/PlayfairDisplay-Bold.ttf'), WHITE],
    [joinPaths([star(30, 8, 2.6), star(30, 52, 2.6)]), GOLD],
  ]);
};

/** Designs of several colours, in mm: layered as a designer draws them and knocked out as a tracer gives them. */
export const DESIGNS: readonly (readonly [string, () => readonly StitchRegion[]])[] = [
  ['a label with text on fills', () => layered(labelPaths)],
  ['the same knocked out', () => knockedOut(labelPaths)],
  ['a badge of concentric discs', () => layered(badgePaths)],
  ['the same badge knocked out', () => knockedOut(badgePaths)],
  ['a flag of stripes with twelve stars', flag],
  ['three circles and what they share', venn],
  ['the head of a fox', fox],
  ['ribs of 0.4 to 1.5 mm between colours', ribs],
  ['letters with two outlines', outlined],
  ['a quartered shield', quartered],
  ['a sunburst of twelve wedges', sunburst],
  ['an outlined penguin', cartoon],
  ['a wheel with ten plugs', wheel],
  ['waves of five colours', waves],
  ['a monogram knocked out of a field', monogram],
  ['the back of a jacket', jacket],
];
