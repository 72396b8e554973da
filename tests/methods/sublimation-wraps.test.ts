import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { sha256 } from '../../src/model/digest.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { expectGolden } from '../golden/golden.ts';
import { run, withPdf } from '../render/pdf/tools.ts';
import { boundsOf, box, checkSublimation, contextWith, fileOf, makeSublimation, sceneOf, svgLines } from './support/sublimation.ts';

const DPI = 150;

/** A paper cup: 90 mm across the top, 60 mm at the foot, 120 mm high; art of 100 mm all the way round. */
const TAPER = { topDiameter: 90, bottomDiameter: 60, height: 120, fromTop: 12 };
const SLANT = Math.hypot(120, 15);
const HEIGHT = 100;
const diameter = (down: number): number => 90 - (30 * down) / SLANT;
const WIDTH = Math.round(Math.PI * diameter(12 + HEIGHT / 2) * 1000) / 1000;

/** The ring by school trigonometry, from the sine of half the opening angle: radius at a distance down the wall, angle all round. */
const SINE = 15 / SLANT;
const radiusAt = (down: number): number => diameter(down) / 2 / SINE;
const AROUND = 2 * Math.PI * SINE;

const lengthOf = (points: readonly (readonly [number, number])[]): number =>
  points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - (points[i]?.[0] ?? 0), y - (points[i]?.[1] ?? 0)), 0);

type Raw = { readonly width: number; readonly height: number; readonly data: Uint8Array };
const rawOf = async (data: Uint8Array): Promise<Raw> => {
  const { data: pixels, info } = await sharp(data).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: pixels };
};

/** The middle, in mm, of everything darker than grey in a window around a place. */
const darkMiddle = ({ width, data }: Raw, x: number, y: number, reach: number) => {
  const [px, py, r] = [x, y, reach].map((mm) => (mm / 25.4) * DPI);
  let [sum, sx, sy] = [0, 0, 0];
  for (let v = Math.floor((py ?? 0) - (r ?? 0)); v < (py ?? 0) + (r ?? 0); v += 1)
    for (let u = Math.floor((px ?? 0) - (r ?? 0)); u < (px ?? 0) + (r ?? 0); u += 1) {
      const at = (v * width + u) * 4;
      const dark = ((255 - (data[at] ?? 255)) * (data[at + 3] ?? 0)) / 255;
      sum += dark;
      sx += dark * (u + 0.5);
      sy += dark * (v + 0.5);
    }
  return { x: ((sx / sum) * 25.4) / DPI, y: ((sy / sum) * 25.4) / DPI };
};

const MARKS = [0.05, 0.3, 0.5, 0.8, 0.95].flatMap((u) => [0.06, 0.5, 0.94].map((v) => ({ x: u * WIDTH, y: v * HEIGHT })));
/** Black squares of 2 mm on white, and white over all of the bleed. */
const marked: Scene = sceneOf({ widthMm: WIDTH, heightMm: HEIGHT, bleedMm: 2 }, [
  box(-2, -2, WIDTH + 4, HEIGHT + 4, '#ffffff'),
  ...MARKS.map(({ x, y }) => box(x - 1, y - 1, 2, 2, '#000000')),
]);

describe('a tapered vessel', () => {
  test('has cut lines as long as it is round at the edges of the print area, within 0.05 mm', async () => {
    const made = await makeSublimation([marked], { dpi: DPI, taper: TAPER });
    const [cut = []] = svgLines(fileOf(made, 'guide.svg').data, 'CutContour');
    // Two arcs of 64 points a piece and two straight sides: arcs come first and after the first side.
    const corner = cut.findIndex(
      (point, i) => i > 0 && Math.hypot(point[0] - (cut[i - 1]?.[0] ?? 0), point[1] - (cut[i - 1]?.[1] ?? 0)) > HEIGHT - 1,
    );
    const top = cut.slice(0, corner);
    const bottom = cut.slice(corner, cut.length - 1);
    expect(Math.abs(lengthOf(top) - Math.PI * diameter(12))).toBeLessThan(0.05);
    expect(Math.abs(lengthOf(bottom) - Math.PI * diameter(12 + HEIGHT))).toBeLessThan(0.05);
    const [mid = []] = svgLines(fileOf(made, 'guide.svg').data, 'Guide');
    expect(Math.abs(lengthOf(mid) - WIDTH)).toBeLessThan(0.01);
  });

  test('has every mark of the art where the ring has it, within a tenth of a millimetre', async () => {
    const made = await makeSublimation([marked], { dpi: DPI, taper: TAPER });
    const file = fileOf(made, 'wrap.png');
    const raw = await rawOf(file.data);
    expect([raw.width, raw.height]).toEqual([file.widthPx, file.heightPx]);
    // Of the sheet: the tip of the cone in the middle; the highest point of the bleed at the top, half a pixel of margin for whole pixels.
    const tip = { x: (file.widthMm ?? 0) / 2, y: radiusAt(12 - 2) };
    const lowest = Math.max(radiusAt(12 - 2) - radiusAt(14 + HEIGHT) * Math.cos((AROUND * (WIDTH / 2 + 2)) / WIDTH), 0);
    expect((file.heightMm ?? 0) - lowest).toBeLessThan(0.4);
    for (const { x, y } of MARKS) {
      const angle = AROUND * (x / WIDTH - 0.5);
      const radius = radiusAt(12 + y);
      const expected = { x: tip.x + radius * Math.sin(angle), y: tip.y - radius * Math.cos(angle) + ((file.heightMm ?? 0) - lowest) / 2 };
      const found = darkMiddle(raw, expected.x, expected.y, 2);
      expect(Math.abs(found.x - expected.x)).toBeLessThan(0.1);
      expect(Math.abs(found.y - expected.y)).toBeLessThan(0.1);
    }
  });

  test('keeps what is straight across in the art on one circle', async () => {
    const lines = sceneOf({ widthMm: WIDTH, heightMm: HEIGHT }, [box(0, 0, WIDTH, HEIGHT, '#ffffff'), box(0, 29.5, WIDTH, 1, '#000000')]);
    const made = await makeSublimation([lines], { dpi: DPI, taper: TAPER });
    const raw = await rawOf(fileOf(made, 'wrap.png').data);
    const points = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9].map((u) => {
      const angle = AROUND * (u - 0.5);
      const near = { x: (raw.width / 2 / DPI) * 25.4 + radiusAt(42) * Math.sin(angle), y: radiusAt(12) - radiusAt(42) * Math.cos(angle) };
      return darkMiddle(raw, near.x, near.y, 1.6);
    });
    const centre = { x: ((raw.width / 2) * 25.4) / DPI, y: radiusAt(12) };
    const radii = points.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y));
    for (const radius of radii) expect(Math.abs(radius - radiusAt(42))).toBeLessThan(0.1);
    expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(0.1);
  });

  test('is clear outside the ring, and bleeds no colour of clear places into edges', async () => {
    const spot = sceneOf({ widthMm: WIDTH, heightMm: HEIGHT }, [box(60, 30, 50, 20, '#ff0000')]);
    const { data } = await rawOf(fileOf(await makeSublimation([spot], { dpi: DPI, taper: TAPER }), 'wrap.png').data);
    let [painted, soft] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      const alpha = data[i + 3] ?? 0;
      if (alpha === 0) continue;
      painted += 1;
      if (alpha < 255) soft += 1;
      expect([data[i], data[i + 1], data[i + 2]]).toEqual([255, 0, 0]);
    }
    const square = ((50 * 20) / 25.4 ** 2) * DPI ** 2;
    // The band is wider above its middle than below it.
    expect(painted / square).toBeGreaterThan(1);
    expect(painted / square).toBeLessThan(1.1);
    expect(soft).toBeGreaterThan(100);
  });

  test('is mirrored together with its guides', async () => {
    const plain = await makeSublimation([marked], { dpi: DPI, taper: TAPER, overlap: 5 });
    const mirrored = await makeSublimation([marked], { dpi: DPI, taper: TAPER, overlap: 5, mirror: true });
    expect(fileOf(mirrored, 'wrap.png')).toMatchObject({ mirrored: true });
    const flopped = await sharp(fileOf(plain, 'wrap.png').data).flop().raw().toBuffer();
    const { data } = await rawOf(fileOf(mirrored, 'wrap.png').data);
    // Only soft edges may round differently.
    expect(data.every((v, i) => Math.abs(v - (flopped[i] ?? 0)) <= 1)).toBe(true);
    const [cut = []] = svgLines(fileOf(plain, 'guide.svg').data, 'CutContour');
    const [other = []] = svgLines(fileOf(mirrored, 'guide.svg').data, 'CutContour');
    const width = fileOf(plain, 'guide.svg').widthMm ?? 0;
    const [one, two] = [boundsOf(cut), boundsOf(other)];
    expect(two.x).toBeCloseTo(width - one.x - one.width, 2);
    expect(two.y).toBeCloseTo(one.y, 2);
  });

  test('has a guide PDF of the size of the picture that independent readers take', async () => {
    const made = await makeSublimation([marked], { dpi: DPI, taper: TAPER });
    const [file, pdf] = [fileOf(made, 'wrap.png'), fileOf(made, 'guide.pdf')];
    await withPdf(pdf.data, (path) => {
      expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors found');
      const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(run('pdfinfo', path)) ?? [];
      expect(Math.abs((Number(width) * 25.4) / 72 - (file.widthMm ?? 0))).toBeLessThan(0.01);
      expect(Math.abs((Number(height) * 25.4) / 72 - (file.heightMm ?? 0))).toBeLessThan(0.01);
      const trace = run('mutool', 'trace', path, '1');
      expect(trace).toContain('CutContour');
      expect(trace).toContain('curveto');
    });
    expect(Buffer.from(pdf.data).toString('latin1')).toContain('/GTS_ProcStepsType /Cutting');
  });

  test('makes the same bytes twice, and stops when it is told to', async () => {
    const digests = async () =>
      (await makeSublimation([marked], { dpi: DPI, taper: TAPER, overlap: 4 })).files.map(({ name, data }) => [name, sha256(data)]);
    expect(await digests()).toEqual(await digests());
    const stop = new AbortController();
    const making = makeSublimation([marked], { dpi: DPI, taper: TAPER }, { context: contextWith([], stop.signal) });
    stop.abort();
    await expect(making).rejects.toThrow();
  });

  test('that is straight is printed as it is, and one that widens downwards curves the other way', async () => {
    const straight = await makeSublimation([marked], { dpi: DPI, taper: { ...TAPER, bottomDiameter: 90 } });
    expect(straight.files.map(({ name }) => name)).toEqual(['wrap.png']);
    const bell = await makeSublimation([marked], { dpi: DPI, taper: { topDiameter: 60, bottomDiameter: 90, height: 120, fromTop: 12 } });
    const [mid = []] = svgLines(fileOf(bell, 'guide.svg').data, 'Guide');
    const middle = mid[Math.floor(mid.length / 2)]?.[1] ?? 0;
    expect(middle - (mid[0]?.[1] ?? 0)).toBeGreaterThan(5);
  });
});

describe('a wrap that overlaps', () => {
  const ramp = sceneOf(
    { widthMm: 200, heightMm: 30, bleedMm: 2 },
    Array.from({ length: 51 }, (_, i) => box(-4 + i * 4, -2, 4, 34, `#${(i * 5).toString(16).padStart(2, '0').repeat(3)}`)),
  );

  test('goes on beyond its right end as it began at its left one, without a seam', async () => {
    const made = await makeSublimation([ramp], { dpi: 127, overlap: 6 });
    const file = fileOf(made, 'wrap.png');
    expect(file).toMatchObject({ widthMm: 206, bleedMm: 2, widthPx: 1050, heightPx: 170 });
    const { data, width } = await rawOf(file.data);
    // Five pixels a millimetre; the trim begins at the tenth pixel.
    const grey = (xMm: number): number => data[(80 * width + Math.floor((xMm + 2) * 5)) * 4] ?? -1;
    for (const x of [0.5, 2.5, 4.5, 5.5, 7.5]) expect(grey(200 + x)).toBe(grey(x));
    for (const x of [-1.5, -0.5]) expect(grey(x)).toBe(grey(200 + x));
    expect(data.every((v, i) => i % 4 < 3 || v === 255)).toBe(true);
  });

  test('needs no taper, and without an overlap nothing changes', async () => {
    const plain = await makeSublimation([ramp], { dpi: 127 });
    expect(fileOf(plain, 'wrap.png')).toMatchObject({ widthMm: 200, widthPx: 1020 });
  });
});

test('a ring and its guides look as they did', async () => {
  const striped = sceneOf({ widthMm: WIDTH, heightMm: HEIGHT, bleedMm: 2 }, [
    box(-2, -2, WIDTH + 4, HEIGHT + 4, '#f7c59f'),
    ...[0, 1, 2, 3, 4].map((i) => box(-2, 8 + i * 20, WIDTH + 4, 6, '#4a7c8c')),
    box(40, -2, 12, HEIGHT + 4, '#5f2a36'),
  ]);
  const made = await makeSublimation([striped], { dpi: 72, taper: TAPER, overlap: 5 });
  expectGolden('methods/sublimation-ring', fileOf(made, 'wrap.png').data, { channel: 2, share: 0 });
  expectGolden('methods/sublimation-ring-guide.svg', new TextDecoder().decode(fileOf(made, 'guide.svg').data));
});

describe('the preflight of a wrap', () => {
  const codes = (scene: Scene, settings: object) =>
    checkSublimation(scene, settings)
      .filter(({ code }) => code.startsWith('wrap.'))
      .map(({ code, severity }) => [code, severity]);

  it('takes a print area that goes right round', () => {
    expect(codes(marked, { taper: TAPER, overlap: 5 })).toEqual([]);
  });

  it('refuses one that is higher than the wall or wider than the vessel is round', () => {
    expect(codes(marked, { taper: { ...TAPER, height: 80 } })).toContainEqual(['wrap.too-high', 'error']);
    expect(codes(marked, { taper: { ...TAPER, topDiameter: 70 } })).toContainEqual(['wrap.too-wide', 'error']);
  });

  it('tells that a wrap cannot overlap when it does not go round', () => {
    expect(codes(marked, { taper: { ...TAPER, topDiameter: 100 }, overlap: 5 })).toEqual([['wrap.open', 'warning']]);
    expect(codes(marked, { taper: { ...TAPER, topDiameter: 100 } })).toEqual([]);
  });
});
