import { describe, expect, test } from 'vitest';
import { type Path, rectPath } from '../../../src/geometry/path.ts';
import { rectOf } from '../../../src/geometry/point.ts';
import { vinyl } from '../../../src/methods/vinyl/index.ts';
import type { Appearance } from '../../../src/render/appearance.ts';
import { contextOf, sceneOf, settingsOf } from './vinyl-scene.ts';

const box = (x: number, y: number, width: number, height: number): Path => rectPath(rectOf(x, y, width, height));

const REQUEST = { region: rectOf(0, 0, 200, 120), widthPx: 400, heightPx: 240 };

const looks = (scene: ReturnType<typeof sceneOf>, settings: object = {}): Promise<readonly Appearance[]> =>
  vinyl.appearance(scene, settingsOf(settings), REQUEST, contextOf());

const at = (x: number, y: number): number => 2 * y * REQUEST.widthPx + 2 * x;

/** Spread of a channel within a box of the picture. */
const spread = ({ rgba }: Appearance, x: number, y: number, side: number): number => {
  const values = Array.from({ length: side * side }, (_, i) => rgba[4 * at(x + (i % side), y + Math.floor(i / side))] ?? 0);
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
};

describe('the look of vinyl', () => {
  const SCENE = sceneOf(['#c3232e', box(20, 20, 100, 60)], ['#1d2844', box(40, 30, 30, 30)]);

  test('is a film for each layer, each a tenth of a millimetre higher than what it lies on', async () => {
    const [red, navy, ...more] = await looks(SCENE);
    expect(more).toEqual([]);
    const heights = [red, navy].map((one) =>
      [at(30, 25), at(50, 40), at(150, 100)].map((i) => Math.round((one?.surface?.height?.[i] ?? 9) * 100) / 100),
    );
    expect(heights).toEqual([
      [0.1, 0.1, 0],
      [0.1, 0.2, 0],
    ]);
    expect([...(navy?.rgba.subarray(4 * at(50, 40), 4 * at(50, 40) + 4) ?? [])]).toEqual([29, 40, 68, 255]);
    expect(navy?.rgba[4 * at(30, 25) + 3]).toBe(0);
  });

  test('tells finishes apart: matt and gloss even, metal a coloured mirror, glitter full of flakes', async () => {
    const finish = async (swatch: string) => {
      const [film] = await looks(SCENE, { vinyl: swatch });
      if (!film?.surface) throw new Error('a film has a surface');
      return { ...film.surface.finish, spread: spread(film, 30, 25, 20) };
    };
    const [matt, gloss, metal, glitter] = [
      await finish('white'),
      await finish('gloss-white'),
      await finish('gold-metal'),
      await finish('gold-glitter'),
    ];
    expect([matt.spread, gloss.spread]).toEqual([0, 0]);
    expect(gloss.roughness).toBeLessThan(matt.roughness / 2);
    expect(metal).toMatchObject({ tinted: true });
    expect(metal.mirror).toBeGreaterThan(10 * gloss.mirror);
    expect(glitter.spread).toBeGreaterThan(12);
    expect(metal.spread).toBeLessThan(glitter.spread / 2);
  });

  test('keeps flakes in their place when only a part is shown', async () => {
    const [whole] = await looks(SCENE, { vinyl: 'gold-glitter' });
    const part = { region: rectOf(20, 20, 50, 30), widthPx: 100, heightPx: 60 };
    const [window] = await vinyl.appearance(SCENE, settingsOf({ vinyl: 'gold-glitter' }), part, contextOf());
    for (const [x, y] of [
      [5, 5],
      [20, 11],
      [41, 23],
    ] as const) {
      const one = 4 * (2 * y * part.widthPx + 2 * x);
      const other = 4 * at(20 + x, 20 + y);
      expect(window?.rgba.subarray(one, one + 4)).toEqual(whole?.rgba.subarray(other, other + 4));
    }
  });

  test('shows twill as thick cloth with a seam inside its edge', async () => {
    const [cloth] = await looks(SCENE, { kind: 'twill' });
    expect(cloth?.surface?.height?.[at(30, 25)]).toBeGreaterThan(0.3);
    const row = Array.from({ length: 12 }, (_, i) => cloth?.rgba[4 * (at(20, 50) + i)] ?? 0);
    const darkest = row.indexOf(Math.min(...row.filter((_, i) => i > 0)));
    expect(darkest * 0.5 + 0.25).toBeCloseTo(1, 0);
    expect(row[darkest]).toBeLessThan((row.at(-1) ?? 0) - 15);
  });
});
