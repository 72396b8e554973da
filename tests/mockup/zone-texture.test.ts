import { describe, expect, it } from 'vitest';
import { compileView, type PaintOptions, paintMockup, type ZoneTexture, zoneWindow } from '../../src/mockup/index.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import { gridLayers, psnr, signal, views } from './pictures.ts';

const tee = await compileView(await views.load('crew-tee', 'front'), 400);
const body = tee.zones.find(({ id }) => id === 'body')?.cover ?? new Uint8Array();
const article = '#17171a';
const paint = (texture: Partial<ZoneTexture> | null, layers = gridLayers(tee), background = '#ffffff'): Promise<PixelImage> => {
  const window = zoneWindow(tee, 'body') ?? { x: 0, y: 0, widthPx: 0, heightPx: 0 };
  const textures = new Map(texture ? [['body', { window, ...texture }]] : []);
  return paintMockup(tee, layers, { article, background }, signal, { textures });
};
const plane = (channels: number, byte: number, max: number) => {
  const { widthPx, heightPx } = zoneWindow(tee, 'body') ?? { widthPx: 0, heightPx: 0 };
  return { bytes: new Uint8Array(widthPx * heightPx * channels).fill(byte), max };
};
const bodyMean = ({ rgba }: PixelImage, channel: number): number => {
  const inside = Array.from(body.keys()).filter((pixel) => body[pixel] === 255);
  return inside.reduce((sum, pixel) => sum + (rgba[pixel * 4 + channel] ?? 0), 0) / inside.length;
};

describe('a zone with a texture', () => {
  it('looks the same when the texture changes nothing', async () => {
    const neutral = { pattern: plane(3, 255, 1), gloss: plane(1, 255, 1), extra: plane(3, 0, 1) };
    for (const background of ['#ffffff', 'transparent']) {
      const [with_, without] = [await paint(neutral, undefined, background), await paint(null, undefined, background)];
      expect(psnr(with_, without)).toBeGreaterThan(55);
      expect(psnr(await paint({}, undefined, background), without)).toBeGreaterThan(55);
    }
  });

  it('takes a pattern, gloss and further light, and only there', async () => {
    const bare = await paint(null, []);
    const changed: readonly [Partial<ZoneTexture>, (mean: number, before: number) => boolean][] = [
      [{ gloss: 0 }, (mean, before) => mean < before * 0.8],
      [{ gloss: plane(1, 255, 3) }, (mean, before) => mean > before * 1.3],
      [{ pattern: plane(3, 255, 4) }, (mean, before) => mean > before * 1.1],
      [{ extra: plane(3, 128, 1) }, (mean) => mean > 128],
    ];
    for (const [texture, holds] of changed) {
      const picture = await paint(texture, []);
      expect(holds(bodyMean(picture, 1), bodyMean(bare, 1)), JSON.stringify(Object.keys(texture))).toBe(true);
      expect(
        psnr(picture, bare, (pixel) => body[pixel] === 0),
        'outside it',
      ).toBeGreaterThan(80);
    }
  });

  it('can be metal: without shade, its colour in what it reflects', async () => {
    const picture = await paintMockup(tee, [], { article: '#ff0000' }, signal, {
      textures: new Map([['body', { window: zoneWindow(tee, 'body') ?? { x: 0, y: 0, widthPx: 0, heightPx: 0 }, metal: true }]]),
    });
    expect(bodyMean(picture, 1)).toBe(0);
    expect(bodyMean(picture, 0)).toBeGreaterThan(10);
  });

  it('is covered by print, but not by the clear parts of it', async () => {
    const glow = { extra: plane(3, 255, 1) };
    const [printed, plain] = [await paint(glow), await paint(null)];
    const isPrint = (pixel: number): boolean => [0, 1, 2].some((c) => (plain.rgba[pixel * 4 + c] ?? 0) > 150) && body[pixel] === 255;
    expect(psnr(printed, plain, isPrint)).toBeGreaterThan(28);
    expect(psnr(printed, plain, (pixel) => body[pixel] === 255 && !isPrint(pixel))).toBeLessThan(20);
  });

  it('is refused when it does not hold the zone or its planes have another size', async () => {
    await expect(paint({ window: { x: 0, y: 0, widthPx: 10, heightPx: 10 } })).rejects.toThrow('leaves out some of it');
    await expect(paint({ extra: { bytes: new Uint8Array(3), max: 1 } })).rejects.toThrow(/bytes for a texture of zone body, got 3/);
  });
});

describe('a picture', () => {
  it('hears an abort while it is painted', async () => {
    const controller = new AbortController();
    const painted = paintMockup(tee, gridLayers(tee), {}, controller.signal);
    setImmediate(() => controller.abort(new Error('stop')));
    await expect(painted).rejects.toThrow('stop');
  });

  it('is painted again over some of its rows only', async () => {
    const [white, black] = [await paintMockup(tee, [], { article: '#ffffff' }, signal), await paintMockup(tee, [], { article }, signal)];
    const repaint: PaintOptions = { repaint: { picture: { ...white, rgba: Uint8Array.from(white.rgba) }, fromRow: 100, toRow: 170 } };
    const mixed = await paintMockup(tee, [], { article }, signal, repaint);
    const row = tee.widthPx * 4;
    expect(Buffer.compare(mixed.rgba.subarray(100 * row, 170 * row), black.rgba.subarray(100 * row, 170 * row))).toBe(0);
    expect(Buffer.compare(mixed.rgba.subarray(0, 100 * row), white.rgba.subarray(0, 100 * row))).toBe(0);
    expect(Buffer.compare(mixed.rgba.subarray(170 * row), white.rgba.subarray(170 * row))).toBe(0);
    const other = { ...white, rgba: new Uint8Array(8) };
    await expect(paintMockup(tee, [], {}, signal, { repaint: { picture: other, fromRow: 0, toRow: 1 } })).rejects.toThrow('to repaint');
  });
});

describe('several layers on one zone', () => {
  it('cover each other in their order', async () => {
    const [grid] = gridLayers(tee);
    if (!grid) throw new Error('expected a layer');
    const filled = (r: number, g: number, b: number) => {
      const rgba = new Uint8Array(grid.appearance.rgba.length);
      for (let i = 0; i < rgba.length; i += 4) rgba.set([r, g, b, 255], i);
      return { ...grid, appearance: { ...grid.appearance, rgba } };
    };
    const [over, alone] = [await paint(null, [grid, filled(200, 30, 40)]), await paint(null, [filled(200, 30, 40)])];
    expect(psnr(over, alone)).toBeGreaterThan(40);
  });
});
