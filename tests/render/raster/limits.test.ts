import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rectOf } from '../../../src/geometry/point.ts';
import { isProblem } from '../../../src/model/problem.ts';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import { renderPng } from '../../../src/render/raster/render-png.ts';
import { circle, filled, group, NEVER, pictureOf, pixelAt, placed, rect, requestFor, sceneOf, shelfOf, solid } from './scenes.ts';

const none = shelfOf();

describe('sizes', () => {
  it('of one pixel work', async () => {
    const scene = sceneOf(1, 1, [filled(rect(0, 0, 0.5, 1), solid(1, 0, 0))]);
    const picture = await renderPixels(scene, requestFor(scene), none, NEVER);
    expect(pixelAt(picture, 0, 0)).toEqual([255, 0, 0, 128]);
  });

  it.each([
    [20_000, 4],
    [4, 20_000],
  ])('of %i x %i pixels work', async (widthPx, heightPx) => {
    const scene = sceneOf(widthPx, heightPx, [
      filled(circle(widthPx / 2, heightPx / 2, Math.max(widthPx, heightPx) / 2 - 10), solid(0, 0, 1)),
    ]);
    const png = await renderPng(scene, { ...requestFor(scene), size: 'fast' }, none, NEVER);
    const { data, info } = await sharp(png, { limitInputPixels: false }).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([widthPx, heightPx]);
    const alpha = (x: number, y: number): number => data[(y * widthPx + x) * 4 + 3] ?? 0;
    expect([alpha(0, 0), alpha(widthPx >> 1, heightPx >> 1), alpha(widthPx - 1, heightPx - 1)]).toEqual([0, 255, 0]);
  });

  it('an empty scene is clear, or its background', async () => {
    const scene = sceneOf(5, 70, []);
    const clear = await renderPixels(scene, requestFor(scene), none, NEVER);
    expect(Math.max(...clear.rgba)).toBe(0);
    const paper = await renderPixels(scene, requestFor(scene, 1, { background: '#102030' }), none, NEVER);
    expect(pixelAt(paper, 4, 69)).toEqual([16, 32, 48, 255]);
  });

  it.each([
    [{ widthPx: 0 }, 'raster-size'],
    [{ heightPx: 2.5 }, 'raster-size'],
    [{ widthPx: 70_000 }, 'raster-size'],
    [{ region: rectOf(0, 0, 0, 5) }, 'raster-region'],
    [{ background: 'red' }, 'raster-background'],
  ])('or settings that make no sense are refused: %j', async (more, code) => {
    const scene = sceneOf(5, 5, []);
    const failure: unknown = await renderPixels(scene, { ...requestFor(scene), ...more }, none, NEVER).catch((error: unknown) => error);
    expect(isProblem(failure) && failure.code).toBe(code);
  });
});

describe('odd content', () => {
  it('of many depths of groups is drawn', async () => {
    let node: Parameters<typeof group>[0][number] = filled(rect(0, 0, 4, 4), solid(1, 0, 0));
    for (let i = 0; i < 40; i++) node = group([node], { clip: { path: rect(0, 0, 4 - i * 0.05, 4), fillRule: 'nonzero' } });
    const scene = sceneOf(4, 4, [node]);
    const picture = await renderPixels(scene, requestFor(scene), none, NEVER);
    expect([pixelAt(picture, 1, 1)[3], pixelAt(picture, 3, 1)[3]]).toEqual([255, 0]);
  });

  it('far outside the canvas does not matter', async () => {
    const far = [filled(rect(1e7, 1e7, 5, 5)), filled(rect(-1e7, -1e7, 5, 5)), filled(circle(2, 2, 1e6), solid(0, 1, 0))];
    const scene = sceneOf(4, 4, far);
    expect(pixelAt(await renderPixels(scene, requestFor(scene), none, NEVER), 2, 2)).toEqual([0, 255, 0, 255]);
  });

  it('of thousands of shapes is drawn', async () => {
    const dots = Array.from({ length: 4000 }, (_, i) => filled(circle((i % 80) + 0.5, Math.floor(i / 80) + 0.5, 0.3), solid(0, 0, 0)));
    const scene = sceneOf(80, 50, dots);
    const picture = await renderPixels(scene, requestFor(scene, 4), none, NEVER);
    const ink = picture.rgba.filter((_, i) => i % 4 === 3).reduce((sum, alpha) => sum + alpha / 255, 0);
    expect(Math.abs(ink / (4000 * Math.PI * 1.2 ** 2) - 1)).toBeLessThan(0.01);
  });
});

describe('an aborted render', () => {
  const scene = sceneOf(300, 3000, [filled(circle(150, 1500, 1400), solid(1, 0, 0))]);

  it('does not start', async () => {
    await expect(renderPixels(scene, requestFor(scene), none, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });

  it('stops between strips and leaves the next render untouched', async () => {
    const controller = new AbortController();
    let turns = 0;
    const counter = setInterval(() => {
      turns += 1;
      if (turns === 3) controller.abort(new Error('enough'));
    }, 0);
    const endless = Array.from({ length: 400 }, () => renderPng(scene, { ...requestFor(scene), size: 'fast' }, none, controller.signal));
    const outcomes = await Promise.allSettled(endless);
    clearInterval(counter);
    expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { message: 'enough' } });
    const picture = await renderPixels(sceneOf(2, 2, []), requestFor(sceneOf(2, 2, [])), none, NEVER);
    expect(Math.max(...picture.rgba)).toBe(0);
  });

  it('names a picture it cannot find', async () => {
    const missing = pictureOf('missing', 2, 2, () => [0, 0, 0, 255]);
    const withPicture = sceneOf(4, 4, [placed(missing, [4, 0, 0, 4, 0, 0])]);
    await expect(renderPixels(withPicture, requestFor(withPicture), none, NEVER)).rejects.toThrow('missing');
  });
});

describe('memory', () => {
  it('does not grow over many renders', async () => {
    const photo = pictureOf('photo', 300, 300, (x, y) => [x & 255, y & 255, 7, 255]);
    const scene = sceneOf(100, 100, [group([placed(photo, [90, 5, -5, 90, 5, 5])], { opacity: 0.5, blend: 'multiply' })]);
    const once = (): Promise<Uint8Array> => renderPng(scene, { ...requestFor(scene, 4), size: 'fast' }, shelfOf(photo), NEVER);
    for (let i = 0; i < 40; i++) await once();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 120; i++) await once();
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
  });
});
