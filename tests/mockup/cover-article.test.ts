import { describe, expect, test } from 'vitest';
import { coverArticle } from '../../src/mockup/cover-article.ts';
import { appearanceRequestFor, compileView, paintMockup } from '../../src/mockup/index.ts';
import { signal, views } from './pictures.ts';

const pixels = (colours: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(colours.flat());
const hex = ([r = 0, g = 0, b = 0]: readonly number[]): string => `#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
const GREYS = Array.from({ length: 256 }, (_, v) => [v, 255 - v, v, 255]);

describe('art on an article', () => {
  test('that is clear leaves every colour as it was, and art that is whole comes out in every colour as it is', () => {
    const article = pixels(GREYS);
    const clear = pixels(GREYS.map(() => [9, 9, 9, 0]));
    const whole = pixels(GREYS.map(([v = 0]) => [v, v, v, 255]));
    for (const process of ['ink', 'paper', 'dye'] as const) expect(coverArticle(article, { rgba: clear, process })).toEqual(article);
    expect(coverArticle(article, { rgba: whole, process: 'ink' })).toEqual(whole);
    const white = pixels(GREYS.map(() => [255, 255, 255, 255]));
    expect(coverArticle(white, { rgba: whole, process: 'dye' })).toEqual(whole);
    expect(coverArticle(whole, { rgba: white, process: 'dye' })).toEqual(whole);
  });

  test('that covers half of it sends back half of the light of each', () => {
    const [red] = coverArticle(pixels([[0, 0, 0, 255]]), { rgba: pixels([[255, 0, 0, 128]]), process: 'ink' });
    expect(red).toBe(188);
  });

  test.each([40, 128, 220])('with alpha %i is in a mockup what it is here', async (alpha) => {
    const art = [200, 60, 30, alpha];
    const article = [64, 64, 64, 255];
    const mixed = coverArticle(pixels([article]), { rgba: pixels([art]), process: 'ink' });
    const tee = await compileView(await views.load('crew-tee', 'front'), 200);
    const request = appearanceRequestFor(tee, 'front');
    const rgba = pixels(Array.from({ length: request.widthPx * request.heightPx }, () => art));
    const appearance = { process: 'ink' as const, ...request, rgba };
    const printed = await paintMockup(tee, [{ placement: 'front', appearance }], { article: hex(article) }, signal);
    const dyed = await paintMockup(tee, [], { article: hex([...mixed]) }, signal);
    const middle = (90 * 200 + 100) * 4;
    for (const c of [0, 1, 2]) expect(Math.abs((printed.rgba[middle + c] ?? 0) - (dyed.rgba[middle + c] ?? 0))).toBeLessThanOrEqual(2);
  });
});
