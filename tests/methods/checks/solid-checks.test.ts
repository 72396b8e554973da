import { describe, expect, test } from 'vitest';
import { colourFromHex } from '../../../src/colour/colour.ts';
import { checkColours } from '../../../src/methods/checks/colours.ts';
import { checkContrast } from '../../../src/methods/checks/contrast.ts';
import { checkGaps, checkGapsBetween } from '../../../src/methods/checks/gaps.ts';
import { checkLetteringSize } from '../../../src/methods/checks/lettering-size.ts';
import { checkPieces } from '../../../src/methods/checks/pieces.ts';
import { checkSolid } from '../../../src/methods/checks/solid.ts';
import { checkStrokes } from '../../../src/methods/checks/strokes.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { solidRegions } from '../../../src/render/solid/solid-regions.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { composeLayers, testPicture } from '../../support/compose-spec.ts';

const LAYER = '/placements/0/layers/0';

const sceneOf = async (...layers: readonly unknown[]): Promise<Scene> =>
  (await composeLayers({ layers, images: { p: testPicture(70, 42) } })).scene;
const artOf = async (...layers: readonly unknown[]) => solidRegions(await sceneOf(...layers), { knockOut: true });

const rect = (x: number, y: number, width: number, height: number, fill: unknown = '#000000') => ({
  type: 'shape',
  shape: { kind: 'rect' },
  box: { x, y, width, height },
  fill,
});
const words = (text: string, size: number, family = 'Lora') => ({
  type: 'text',
  text,
  font: { family },
  size,
  box: { x: 5, y: 5, width: 90, height: 50 },
  fill: '#000000',
});

describe('thin strokes', () => {
  test('a line below the least width is an error with both figures', async () => {
    const findings = checkStrokes(await artOf(rect(10, 10, 30, 0.2)), { errorMm: 0.35, warnMm: 0.5 });
    expect(findings).toMatchObject([{ severity: 'error', code: 'stroke.thin', pointer: LAYER, measured: 0.2, required: 0.35, unit: 'mm' }]);
    expect(findings[0]?.message).toBe('A line is 0.2 mm thin; it needs 0.35 mm.');
  });

  test('between the limits it is a warning, and at them nothing', async () => {
    const limits = { errorMm: 0.35, warnMm: 0.5 };
    expect(checkStrokes(await artOf(rect(10, 10, 30, 0.4)), limits)).toMatchObject([{ severity: 'warning', required: 0.5 }]);
    expect(checkStrokes(await artOf(rect(10, 10, 30, 0.5)), limits)).toEqual([]);
  });

  test('the letter is named', async () => {
    const [finding] = checkStrokes(await artOf(words('a', 3)), { errorMm: 0.8, warnMm: 1 });
    expect(finding?.message).toMatch(/^The stroke of 'a' is 0\.\d+ mm thin; it needs 0\.8 mm\.$/);
  });

  test('a layer is told once, with the letters that are no better', async () => {
    const findings = checkStrokes(await artOf(words('vow', 4)), { errorMm: 0.8, warnMm: 0.9 });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(/others are in '[vow]' and '[vow]'/);
  });
});

describe('narrow gaps', () => {
  test('the hole of a letter is named', async () => {
    const findings = checkGaps(await artOf(words('e', 3)), { errorMm: 0.5, warnMm: 0.7 });
    expect(findings).toMatchObject([{ severity: 'error', code: 'gap.narrow', pointer: LAYER, required: 0.5, unit: 'mm' }]);
    expect(findings[0]?.message).toMatch(/^The hole of 'e' is 0\.\d+ mm wide/);
  });

  test('two bars that nearly touch are told, wide ones are not', async () => {
    const limits = { errorMm: 0.4, warnMm: 0.5 };
    expect(checkGaps(await artOf(rect(10, 10, 10, 10), rect(20.3, 10, 10, 10)), limits)).toMatchObject([
      { severity: 'error', measured: 0.3, message: 'A gap is 0.3 mm wide and closes up below 0.4 mm.' },
    ]);
    expect(checkGaps(await artOf(rect(10, 10, 10, 10), rect(20.6, 10, 10, 10)), limits)).toEqual([]);
  });

  test('between two colours only their own distance counts', async () => {
    const limits = { errorMm: 0.4, warnMm: 0.5 };
    const apart = (mm: number) => artOf(rect(10, 10, 10, 10), rect(20 + mm, 10, 10, 10, '#ff0000'));
    expect(checkGapsBetween(await apart(0.3), limits)).toMatchObject([{ severity: 'error', code: 'gap.narrow', measured: 0.3 }]);
    expect(checkGaps(await apart(0.3), limits)).toEqual([]);
    expect(checkGapsBetween(await apart(0.6), limits)).toEqual([]);
    expect(checkGapsBetween(await apart(0), limits)).toEqual([]);
  });
});

describe('lettering', () => {
  const limits = { capital: { errorMm: 1.5, warnMm: 2 }, small: { errorMm: 1, warnMm: 1.5 } };

  test('is measured on its outlines: the height of x and of capitals', async () => {
    const [finding] = checkLetteringSize(await sceneOf(words('xx', 2)), limits);
    expect(finding).toMatchObject({ code: 'text.small', pointer: LAYER, unit: 'mm' });
    // Lora: x-height 500, capital height 700 of 1000 units.
    expect(Number(finding?.measured)).toBeCloseTo(2 * 0.5, 1);
    const [capital] = checkLetteringSize(await sceneOf(words('H', 2)), limits);
    expect(capital?.message).toMatch(/^The capital 'H' is 1\.4 mm high; it needs 1\.5 mm\.$/);
  });

  test('letters beside a ligature are measured, and the ligature is not', async () => {
    const least = { capital: { errorMm: 0.5, warnMm: 1 }, small: { errorMm: 0.4, warnMm: 1.2 } };
    for (const text of ['first', 'office flat', 'Fine fish']) {
      const [finding] = checkLetteringSize(await sceneOf(words(text, 2)), least);
      expect(finding?.message, text).toMatch(/^The small letter '[a-z]' is (1(\.0\d?)?|0\.9\d) mm high; it needs 1\.2 mm\.$/);
    }
    expect(checkLetteringSize(await sceneOf(words('fi', 12)), least)).toEqual([]);
  });

  test('turned and large lettering measures the same', async () => {
    const turned = await sceneOf({ ...words('xx', 2), rotation: 45 });
    const straight = await sceneOf(words('xx', 2));
    expect(checkLetteringSize(turned, limits).map(({ measured }) => measured)).toEqual(
      checkLetteringSize(straight, limits).map(({ measured }) => measured),
    );
    expect(checkLetteringSize(await sceneOf(words('Mira', 12)), limits)).toEqual([]);
  });
});

describe('the rest', () => {
  test('small pieces are told with the smallest, long thin ones are not', async () => {
    const limits = { errorMm: 1, warnMm: 2 };
    const findings = checkPieces(await artOf(rect(10, 10, 0.6, 0.4)), limits);
    expect(findings).toMatchObject([{ severity: 'error', code: 'piece.small', pointer: LAYER, measured: 0.6, required: 1 }]);
    expect(checkPieces(await artOf(rect(10, 10, 20, 0.4)), limits)).toEqual([]);
    const [dot] = checkPieces(await artOf(words('i', 5)), limits);
    expect(dot?.message).toMatch(/^A piece of 'i' is 0\.\d+ mm long; it needs 1 mm\.$/);
  });

  test('every refusal names its layer and its cause', async () => {
    const { refused } = await artOf({ type: 'image', source: 'p', box: { x: 10, y: 10, width: 20, height: 12 } });
    expect(checkSolid({ refused }, 'Foil')).toMatchObject([
      { severity: 'error', code: 'art.not-solid', pointer: LAYER, message: 'Foil is even all over: it cannot show a picture.' },
    ]);
  });

  test('colours beyond the limit are counted', async () => {
    const art = await artOf(rect(1, 1, 5, 5), rect(10, 1, 5, 5, '#ff0000'), rect(20, 1, 5, 5, '#00ff00'));
    expect(checkColours(art, { most: 3, noun: ['foil', 'foils'] }, '/placements/0')).toEqual([]);
    expect(checkColours(art, { most: 2, noun: ['foil', 'foils'] }, '/placements/0')).toMatchObject([
      { severity: 'error', code: 'colours.too-many', measured: 3, required: 2, unit: 'foils' },
    ]);
  });

  test('colours near the article are hard to see, equal ones impossible', () => {
    const seen = (hex: string) => [
      { name: 'Navy', colour: colourFromHex(hex) ?? { space: 'srgb' as const, r: 1, g: 1, b: 1 }, pointer: LAYER },
    ];
    const limits = { errorDe: 4, warnDe: 20 };
    const codes = (findings: readonly Finding[]) => findings.map(({ severity, code }) => [severity, code]);
    expect(codes(checkContrast(seen('#14213d'), '#000000', limits))).toEqual([['warning', 'contrast.low']]);
    expect(codes(checkContrast(seen('#010101'), '#000000', limits))).toEqual([['error', 'contrast.low']]);
    expect(checkContrast(seen('#ffffff'), '#000000', limits)).toEqual([]);
    expect(checkContrast(seen('#000000'), null, limits)).toEqual([]);
  });
});

describe('ends', () => {
  test('a serif below the limit is a warning, its stem none', async () => {
    const stem = [rect(10, 10, 1, 6), rect(9.6, 15.8, 1.8, 0.2)];
    const findings = checkStrokes(await artOf(...stem), { errorMm: 0.3, warnMm: 0.35 });
    expect(findings).toMatchObject([{ severity: 'warning', code: 'stroke.thin', measured: 0.2, required: 0.3 }]);
    expect(findings[0]?.message).toMatch(/comes out blunt\.$/);
  });
});
