import { describe, expect, it } from 'vitest';
import { type Affine, scaling } from '../../../src/geometry/affine.ts';
import type { Paint } from '../../../src/scene/scene.ts';
import { box, documentOf, pageOf, radial, solid, stops } from './sample-scenes.ts';
import { at, drawnBy, objectsOf, READERS, write } from './tools.ts';

const TWO = stops([0, '#ff0000'], [1, '#0000ff']);
const grown = (paint: Paint, transform: Affine): Paint => (paint.kind === 'solid' ? paint : { ...paint, transform });
const rgbPage = (fill: Paint): Promise<Uint8Array> =>
  write(documentOf([pageOf([box(0, 0, 100, 70, solid('#22c55e')), box(10, 10, 80, 50, fill)])], { colour: { mode: 'rgb' } }));

const SPECKS: readonly (readonly [string, Paint])[] = [
  ['is a speck', radial(50, 35, 0.001, TWO)],
  ['becomes a speck by its transform', grown(radial(500_000, 350_000, 20, TWO), scaling(0.0001))],
];

describe('a radial gradient', () => {
  it.each(SPECKS)('that %s is its last stop in every reader', async (_, fill) => {
    const bytes = await rgbPage(fill);
    for (const reader of READERS) {
      const page = await drawnBy(reader, bytes, 36);
      for (const [x, y] of [
        [20, 20],
        [80, 50],
      ] as const)
        expect(at(page, 3 + x, 3 + y, 36), reader).toEqual([0, 0, 255]);
    }
  });

  it('that is small but can be seen stays a gradient, also when only its transform makes it large', async () => {
    for (const fill of [radial(50, 35, 0.02, TWO), grown(radial(0.05, 0.035, 0.001, TWO), scaling(1000))])
      expect((await objectsOf(await rgbPage(fill))).all.some((dict) => dict['/PatternType'] === 2)).toBe(true);
  });

  it('that is a speck keeps the opacity of its last stop', async () => {
    const page = await drawnBy('mutool', await rgbPage(radial(50, 35, 0.001, stops([0, '#ff0000', 1], [1, '#0000ff', 0]))), 36);
    expect(at(page, 3 + 20, 3 + 20, 36)).toEqual(at(page, 3 + 5, 3 + 5, 36));
  });
});
