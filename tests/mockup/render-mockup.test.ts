import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  appearanceRequestFor,
  calibrationGrid,
  compileView,
  type MockupChoices,
  paintMockup,
  renderMockup,
} from '../../src/mockup/index.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import { gridLayers, psnr, signal, views } from './pictures.ts';

const tee = await views.load('crew-tee', 'front');
const small = await compileView(tee, 400);
const paint = (choices: MockupChoices, layers = gridLayers(small)): Promise<PixelImage> => paintMockup(small, layers, choices, signal);
const sha = ({ rgba }: PixelImage): string => createHash('sha256').update(rgba).digest('hex');

const coverOf = (zone: string): Uint8Array => small.zones.find(({ id }) => id === zone)?.cover ?? new Uint8Array();
const body = coverOf('body');
const background = coverOf('background');

/** Mean and spread of the green of the pixels that are all body. */
const toneOf = ({ rgba }: PixelImage): { readonly mean: number; readonly spread: number } => {
  const values = Array.from(body.keys())
    .filter((pixel) => body[pixel] === 255)
    .map((pixel) => rgba[pixel * 4 + 1] ?? 0)
    .sort((a, b) => a - b);
  const at = (share: number): number => values[Math.floor(share * (values.length - 1))] ?? 0;
  return { mean: values.reduce((sum, v) => sum + v, 0) / values.length, spread: at(0.98) - at(0.02) };
};

describe('a mockup picture', () => {
  it('is the same bytes each time, also when views of another knee were painted in between', async () => {
    const first = sha(await paint({}));
    const other = { ...small, record: { ...small.record, knee: 0.5 } };
    await paintMockup(other, gridLayers(other), {}, signal);
    expect(sha(await paint({}))).toBe(first);
    expect(sha(await renderMockup(tee, gridLayers(small), {}, { widthPx: 400 }, signal))).toBe(first);
  });

  it('takes the article colour and keeps folds visible on white, mid and black', async () => {
    const tones = await Promise.all(['#ffffff', '#b3202c', '#17171a'].map(async (article) => toneOf(await paint({ article }, []))));
    const [white, , black] = tones;
    expect(white?.mean).toBeGreaterThan(215);
    expect(black?.mean).toBeLessThan(50);
    for (const { spread } of tones) expect(spread).toBeGreaterThan(8);
  });

  it('shows opaque ink in the same colours on a white and on a black article', async () => {
    const [white, black] = [await paint({ article: '#ffffff' }), await paint({ article: '#000000' })];
    const same = Array.from(body.keys()).filter((pixel) => Math.abs((white.rgba[pixel * 4] ?? 0) - (black.rgba[pixel * 4] ?? 0)) < 3);
    const shareOfPicture = same.length / body.length;
    const { width, height } = small.record.placements[0] ?? { width: 0, height: 0 };
    // The print covers its millimetres of the picture at the scale of the view, and nothing else is the same on both.
    const expected = (width * height * small.record.pxPerMm.median ** 2) / 1000 ** 2;
    expect(Math.abs(shareOfPicture - expected - background.filter((cover) => cover === 255).length / body.length)).toBeLessThan(0.02);
  });

  it('lets the colour of the article through dye, and white dye leaves it alone', async () => {
    const request = appearanceRequestFor(small, 'front');
    const sheet = (process: 'ink' | 'dye') => ({
      placement: 'front',
      appearance: { process, ...request, rgba: new Uint8Array(request.widthPx * request.heightPx * 4).fill(255) },
    });
    const article = '#9cc3de';
    const bare = await paint({ article }, []);
    expect(psnr(await paint({ article }, [sheet('dye')]), bare)).toBeGreaterThan(55);
    expect(psnr(await paint({ article }, [sheet('ink')]), bare)).toBeLessThan(30);
  });

  it('changes nothing outside the zone whose colour is chosen', async () => {
    const plain = await paint({}, []);
    const red = await paint({ zones: { collar: '#c2413a' } }, []);
    const collar = coverOf('collar');
    const differs = Array.from(collar.keys()).filter((pixel) =>
      [0, 1, 2].some((c) => plain.rgba[pixel * 4 + c] !== red.rgba[pixel * 4 + c]),
    );
    expect(differs.length).toBeGreaterThan(1000);
    expect(differs.every((pixel) => (collar[pixel] ?? 0) > 0)).toBe(true);
  });

  it('keeps the shadows on a chosen background, and cuts the product out on a transparent one', async () => {
    const onPink = await paint({ background: '#f4b6c2' });
    const cut = await paint({ background: 'transparent' });
    const wrongAlpha = background.filter((cover, pixel) => Math.abs((cut.rgba[pixel * 4 + 3] ?? 0) + cover - 255) > 1);
    expect(wrongAlpha.length).toBe(0);
    expect(background.filter((_, pixel) => onPink.rgba[pixel * 4 + 3] !== 255).length).toBe(0);
    const inside = (pixel: number): boolean => background[pixel] === 0;
    expect(psnr(onPink, cut, inside)).toBeGreaterThan(55);
  });

  it('lays another size of the placement in at the same width', async () => {
    const trim = { widthMm: 254, heightMm: 304.8 };
    const layer = { placement: 'front', appearance: calibrationGrid(appearanceRequestFor(small, 'front', trim)) };
    const printedColumns = (picture: PixelImage, bare: PixelImage): readonly number[] => {
      const row = 150 * 400;
      return Array.from({ length: 400 }, (_, x) => x).filter(
        (x) => Math.abs((picture.rgba[(row + x) * 4 + 1] ?? 0) - (bare.rgba[(row + x) * 4 + 1] ?? 0)) > 4,
      );
    };
    const bare = await paint({ article: '#000000' }, []);
    const [whole, narrow] = [await paint({ article: '#000000' }), await paint({ article: '#000000' }, [layer])].map((one) =>
      printedColumns(one, bare),
    );
    expect(narrow?.at(0)).toBe(whole?.at(0));
    expect(narrow?.at(-1)).toBe(whole?.at(-1));
    expect(whole?.length).toBeGreaterThan(100);
  });

  it('is made at other sizes that look the same', async () => {
    const large = await renderMockup(tee, gridLayers(await compileView(tee, 1600)), {}, { widthPx: 1600 }, signal);
    expect([large.widthPx, large.heightPx]).toEqual([1600, 1600]);
    const shrunk = new Uint8Array(400 * 400 * 4);
    for (let i = 0; i < shrunk.length; i += 1) {
      const [x, y, c] = [(i >> 2) % 400, Math.floor((i >> 2) / 400), i & 3];
      let sum = 0;
      for (let k = 0; k < 16; k += 1) sum += large.rgba[((y * 4 + (k >> 2)) * 1600 + x * 4 + (k & 3)) * 4 + c] ?? 0;
      shrunk[i] = Math.round(sum / 16);
    }
    expect(psnr({ widthPx: 400, heightPx: 400, rgba: shrunk }, await paint({}))).toBeGreaterThan(30);
  });
});

describe('the art a view asks for', () => {
  const perMm = async (product: string, view: string, placement: string, widthPx: number): Promise<number> => {
    const { widthPx: wide, region } = appearanceRequestFor(await compileView(await views.load(product, view), widthPx), placement);
    return wide / region.width;
  };

  it('has two texels a pixel, but not more than 12 a millimetre while there is one for each pixel', async () => {
    expect(await perMm('crew-tee', 'front', 'front', 1000)).toBeCloseTo(2 * 1.09, 1);
    expect(await perMm('mug-11oz', 'handle-right', 'wrap', 1400)).toBeCloseTo(12, 1);
    expect(await perMm('mug-11oz', 'handle-right', 'wrap', 2400)).toBeGreaterThan(14);
  });

  it('reaches beyond the trim where edges show print', async () => {
    const book = await compileView(await views.load('photo-book-210', 'standing'), 400);
    expect(appearanceRequestFor(book, 'cover').region).toEqual({ x: -6, y: -6, width: 464, height: 222 });
    expect(() => appearanceRequestFor(book, 'front')).toThrow('expected a placement of view standing');
  });
});

describe('a mockup is refused', () => {
  const grid = gridLayers(small);
  it.each([
    ['for a zone it does not have', { zones: { colar: '#ff0000' } }, grid, 'mockup.zone-unknown', 'did you mean "collar"?'],
    ['for a colour that is none', { article: 'red' }, grid, 'mockup.colour', undefined],
    ['for a placement it does not show', {}, grid.map((one) => ({ ...one, placement: 'back' })), 'mockup.placement-unknown', undefined],
    [
      'for art whose pixels do not fit its size',
      {},
      grid.map((one) => ({ ...one, appearance: { ...one.appearance, widthPx: one.appearance.widthPx + 1 } })),
      'mockup.art-size',
      undefined,
    ],
  ] as const)('%s', async (_, choices, layers, code, hint) => {
    await expect(paint(choices, layers)).rejects.toMatchObject({ code, hint });
  });

  it.each([0, 15, 4001, 100.5, Number.NaN])('at %d px wide', async (widthPx) => {
    await expect(compileView(tee, widthPx)).rejects.toMatchObject({ code: 'mockup.size' });
  });

  it('when it was aborted', async () => {
    await expect(paintMockup(small, grid, {}, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});
