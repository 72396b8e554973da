import { describe, expect, test } from 'vitest';
import { flattenPath } from '../../src/geometry/flatten.ts';
import type { Path } from '../../src/geometry/path.ts';
import { defaultOptions, digitize } from '../../src/stitch/digitize.ts';
import { scanRings } from '../../src/stitch/order/scan-rings.ts';
import type { StitchPlan, Thread } from '../../src/stitch/plan.ts';
import { measureQuality } from '../../src/stitch/quality/measure-quality.ts';
import { threadWidthMm } from '../../src/stitch/quality/stitch-list.ts';
import { letters } from './letters.ts';
import { OPTIONS, regionOf } from './support/regions.ts';

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const STEP_MM = 0.1;
const MARGIN_MM = 0.6;

type Picture = { readonly width: number; readonly ink: Uint8Array };

const blank = (capMm: number): Picture => {
  const [width, height] = [Math.ceil((1.4 * capMm + 2 * MARGIN_MM) / STEP_MM), Math.ceil((1.3 * capMm + 2 * MARGIN_MM) / STEP_MM)];
  return { width, ink: new Uint8Array(width * height) };
};

const drawnPicture = (path: Path, capMm: number): Picture => {
  const { width, ink } = blank(capMm);
  const frame = { x0: -MARGIN_MM, y0: -MARGIN_MM, step: STEP_MM, columns: width, rows: ink.length / width };
  const rings = flattenPath(path, 0.02).map(({ points }) => points);
  scanRings(rings, frame, (row, from, to) => ink.fill(1, row * width + from, row * width + to));
  return { width, ink };
};

const sewnPicture = (plan: StitchPlan, thread: Thread, capMm: number): Picture => {
  const picture = blank(capMm);
  const half = threadWidthMm(thread) / 2;
  const cell = (mm: number): number => Math.floor((mm + MARGIN_MM) / STEP_MM);
  for (const { points } of plan.blocks.flatMap(({ runs }) => runs)) {
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = points.subarray(i, i + 4);
      const [dx, dy] = [bx - ax, by - ay];
      for (let row = cell(Math.min(ay, by) - half); row <= cell(Math.max(ay, by) + half); row += 1) {
        for (let column = cell(Math.min(ax, bx) - half); column <= cell(Math.max(ax, bx) + half); column += 1) {
          const [x, y] = [(column + 0.5) * STEP_MM - MARGIN_MM, (row + 0.5) * STEP_MM - MARGIN_MM];
          const share = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
          if (Math.hypot(x - ax - share * dx, y - ay - share * dy) < half) picture.ink[row * picture.width + column] = 1;
        }
      }
    }
  }
  return picture;
};

const sewnLetter = (path: Path, weight: Thread['weight'], capMm: number): Picture => {
  const region = regionOf(path);
  const thread = { ...region.thread, weight };
  return sewnPicture(digitize([{ ...region, thread }], defaultOptions(OPTIONS.fabric)).plan, thread, capMm);
};

/** How alike two pictures are: what both have of what one of them has. */
const likeness = (a: Picture, b: Picture): number => {
  let [both, either] = [0, 0];
  a.ink.forEach((ink, i) => {
    if (ink && b.ink[i]) both += 1;
    if (ink || b.ink[i]) either += 1;
  });
  return both / either;
};

/** Patches of cloth inside a letter that thread goes all around, from 0.04 mm² on. */
const countersOf = ({ width, ink }: Picture): number => {
  const left = ink.slice();
  let counters = -1;
  left.forEach((_, seed) => {
    if (left[seed]) return;
    let size = 0;
    left[seed] = 1;
    for (const open = [seed]; open.length > 0; size += 1) {
      const at = open.pop() ?? 0;
      for (const next of [at - 1, at + 1, at - width, at + width]) {
        if (left[next] !== 0) continue;
        left[next] = 1;
        open.push(next);
      }
    }
    if (size >= 4) counters += 1;
  });
  return counters;
};

const COUNTERS: Readonly<Record<string, number>> = { A: 1, B: 2, D: 1, O: 1, P: 1, Q: 1, R: 1 };

describe('small capitals', () => {
  for (const [font, weight, capMm] of [
    ['open-sans/OpenSans-Bold.ttf', 40, 5],
    ['oswald/Oswald-Regular.ttf', 40, 5],
    ['roboto-slab/RobotoSlab-Regular.ttf', 40, 5],
    ['open-sans/OpenSans-Bold.ttf', 60, 4],
    ['open-sans/OpenSans-Regular.ttf', 60, 3.5],
    ['open-sans/OpenSans-Regular.ttf', 75, 3],
  ] as const) {
    test(`of ${font}, ${capMm} mm high in thread ${weight}, are told from one another, with their counters open`, () => {
      const glyphs = ALPHABET.map((letter) => letters(font, letter, capMm)[0]).filter((path): path is Path => path !== undefined);
      const drawn = glyphs.map((path) => drawnPicture(path, capMm));
      glyphs.forEach((path, i) => {
        const sewn = sewnLetter(path, weight, capMm);
        const scores = drawn.map((picture) => likeness(sewn, picture));
        expect(ALPHABET[scores.indexOf(Math.max(...scores))]).toBe(ALPHABET[i]);
        expect(countersOf(sewn), ALPHABET[i]).toBeGreaterThanOrEqual(COUNTERS[ALPHABET[i] ?? ''] ?? 0);
      });
    });
  }

  test.each([
    ['open-sans/OpenSans-Regular.ttf', 5, 0.975, 5],
    ['oswald/Oswald-Regular.ttf', 5, 0.95, 6],
    ['eb-garamond/EBGaramond-Regular.ttf', 5.5, 0.95, 7.5],
    ['open-sans/OpenSans-Regular.ttf', 6, 0.97, 5],
  ] as const)('of %s, %d mm high, too thin for columns, are covered as wide as they are drawn', (font, capMm, least, most) => {
    const regions = letters(font, 'SMALL LETTERS', capMm).map((path) => regionOf(path));
    const { coverage, stitchesPerMm2, overshootShare, sameHoleMax } = measureQuality(digitize(regions, OPTIONS).plan, regions, OPTIONS);
    expect(coverage).toBeGreaterThan(least);
    expect(stitchesPerMm2).toBeLessThan(most);
    expect(overshootShare).toBeLessThan(0.001);
    expect(sameHoleMax).toBeLessThanOrEqual(3);
  });

  test.each([12, 15, 20])('of a plain face, %d mm high, show their colour on 99.4 % with few stitches', (capMm) => {
    const regions = letters('open-sans/OpenSans-Regular.ttf', 'Stitch', capMm).map((path) => regionOf(path));
    const { rightColourOnTop, stitchesPerMm2, overshootShare } = measureQuality(digitize(regions, OPTIONS).plan, regions, OPTIONS);
    expect(rightColourOnTop).toBeGreaterThan(0.994);
    expect(stitchesPerMm2).toBeLessThan(capMm < 15 ? 4.5 : 3.52);
    expect(overshootShare).toBeLessThan(0.002);
  });

  test('of finer thread reach both corners of their ends', () => {
    const regions = letters('open-sans/OpenSans-Regular.ttf', 'Illi', 3.5)
      .map((path) => regionOf(path))
      .map((region) => ({ ...region, thread: { ...region.thread, weight: 60 as const } }));
    expect(measureQuality(digitize(regions, OPTIONS).plan, regions, OPTIONS).coverage).toBeGreaterThan(0.985);
  });

  test('have dots as broad as they are drawn', () => {
    const regions = letters('open-sans/OpenSans-Regular.ttf', 'i', 5).map((path) => regionOf(path));
    const { coverage, overshootShare } = measureQuality(digitize(regions, OPTIONS).plan, regions, OPTIONS);
    expect(coverage).toBeGreaterThan(0.96);
    expect(overshootShare).toBe(0);
  });

  test('come out truer in finer thread', () => {
    const glyphs = ALPHABET.flatMap((letter) => letters('open-sans/OpenSans-Bold.ttf', letter, 4));
    const [coarse = 0, fine = 0, finest = 0] = ([40, 60, 75] as const).map((weight) =>
      glyphs.reduce((sum, path) => sum + likeness(sewnLetter(path, weight, 4), drawnPicture(path, 4)), 0),
    );
    expect(fine).toBeGreaterThan(coarse);
    expect(finest).toBeGreaterThan(fine);
  });
});
