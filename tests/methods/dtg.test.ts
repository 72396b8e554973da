import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';

const method = findMethod('dtg');
if (!method) throw new Error('expected the method dtg');

const PICTURE = testPicture(700, 420);
const SHAPE = { type: 'shape', shape: { kind: 'rect' }, fill: '#0f8f6f', box: { x: 20, y: 10, width: 30, height: 30 } };
const SOFT = { ...SHAPE, opacity: 0.4 };

const make = async (settings: object, articleColour: string | null) => {
  const { scene } = await composeLayers({ layers: [SHAPE] });
  const work = {
    name: 'front',
    pages: [scene],
    settings: method.settings.parse(settings),
    title: 'T',
    date: '2026-03-01T00:00:00Z',
    label: '',
  };
  const made = await method.make(work, {
    picture: () => PICTURE,
    profile: () => {
      throw new Error('no profile is needed');
    },
    palette: bundledPalette,
    lettering: () => [],
    articleColour,
    signal: new AbortController().signal,
  });
  return made.files;
};

const check = async (layer: unknown, articleColour: string | null) => {
  const { scene } = await composeLayers({ layers: [layer] });
  const facts = { articleColour, pointer: '/placements/0', picture: () => PICTURE, palette: bundledPalette };
  return method.check(scene, method.settings.parse({}), facts);
};

describe('the underbase of garment prints', () => {
  test.each([
    ['auto', '#17171a', 2],
    ['auto', '#b3202c', 2],
    ['auto', '#ffffff', 1],
    ['auto', '#fafaf8', 1],
    ['auto', null, 1],
    ['mask', '#ffffff', 2],
    ['none', '#17171a', 1],
  ])('%s on %s makes %i files', async (underbase, articleColour, count) => {
    const files = await make({ underbase, dpi: 150 }, articleColour);
    expect(files.map(({ name }) => name)).toEqual(['front.png', 'front-white.png'].slice(0, count));
  });

  test('stays inside the art by the choke and leaves the picture as it is', async () => {
    const [plain] = await make({ underbase: 'none' }, '#17171a');
    const [art, white] = await make({ underbase: 'mask', choke: 0.34 }, '#17171a');
    const [before, after] = await Promise.all([plain, art].map((file) => sharp(file?.data).raw().toBuffer()));
    expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
    const { data, info } = await sharp(white?.data).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    const row = data.subarray(295 * info.width, 296 * info.width);
    const begin = row.findIndex((value) => value >= 128);
    // 20 mm are 236.2 px, 0.34 mm are 4 px.
    expect(Math.abs(begin - 240)).toBeLessThanOrEqual(1);
  });
});

describe('soft art on cloth', () => {
  test('is told where an underbase would show through it, with its share', async () => {
    expect(await check(SOFT, '#17171a')).toMatchObject([
      { severity: 'warning', code: 'alpha.soft', pointer: '/placements/0/layers/0', measured: 100, required: 2, unit: '%' },
    ]);
  });

  test('is no matter on white cloth, nor is art that covers on any', async () => {
    expect(await check(SOFT, '#ffffff')).toEqual([]);
    expect(await check(SHAPE, '#17171a')).toEqual([]);
  });
});
