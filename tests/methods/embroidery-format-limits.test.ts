import { describe, expect, it } from 'vitest';
import { rectPath } from '../../src/geometry/path.ts';
import { rectOf } from '../../src/geometry/point.ts';
import { checkFormatReach } from '../../src/methods/embroidery/format-limits.ts';
import { embroiderySettings } from '../../src/methods/embroidery/settings.ts';
import { sheetScene } from '../../src/scene/sheet-scene.ts';
import { satinCurve, thread as threadOf } from '../support/sample-plans.ts';
import { bar, check, madeWith, sewnFile, thread } from './support/embroidery.ts';

const settings = (formats: readonly string[]) => embroiderySettings.parse({ formats });

/** A red area of a size. */
const art = (widthMm: number, heightMm: number) =>
  sheetScene(
    [
      {
        kind: 'path',
        pointer: '/placements/0/layers/0',
        path: rectPath(rectOf(5, 5, widthMm, heightMm)),
        fillRule: 'nonzero',
        fill: { kind: 'solid', colour: { space: 'srgb', r: 0.8, g: 0.2, b: 0.2 } },
        stroke: null,
      },
    ],
    600,
    600,
  );

/** A machine file that changes between two threads so many times. */
const changing = (changes: number) => ({
  blocks: Array.from({ length: changes + 1 }, (_, i) => ({
    ...satinCurve(i % 2 === 0 ? threadOf('#cc3333', 'Red', '1839') : threadOf('#333366', 'Navy', '1966')).blocks[0],
  })) as unknown as ReturnType<typeof satinCurve>['blocks'],
});

describe('what a machine file can hold', () => {
  it('is told before anything is sewn where the art is too large for one', () => {
    const told = checkFormatReach(art(450, 300), settings(['dst', 'pes', 'pes1', 'xxx']), '/placements/0');
    expect(told).toMatchObject([
      {
        severity: 'error',
        code: 'format.limit',
        pointer: '/placements/0',
        measured: 450,
        required: 409.4,
        message: expect.stringContaining('PES files'),
      },
      { hint: expect.stringContaining('"pes1"') },
    ]);
    expect(checkFormatReach(art(400, 400), settings(['pes', 'vp3']), '')).toEqual([]);
    expect(checkFormatReach(art(450, 450), settings(['dst', 'exp', 'jef', 'vp3', 'xxx']), '')).toEqual([]);
  });

  it('leaves out the file that has no room for the changes, and makes the others', async () => {
    const made = async (changes: number) => {
      const { files, findings } = await madeWith(
        [],
        { formats: ['xxx', 'dst'], sheets: [] },
        { after: [sewnFile(changing(changes), 10, 10)] },
      );
      return { names: files.map(({ name }) => name), told: findings.filter(({ code }) => code === 'format.limit') };
    };
    expect(await made(20)).toEqual({ names: ['front.dst', 'front.xxx'], told: [] });
    const { names, told } = await made(21);
    expect(names).toEqual(['front.dst']);
    expect(told).toMatchObject([{ severity: 'error', measured: 21, required: 20, unit: 'changes', pointer: '/placements/0' }]);
  });

  it('says clearly when there are more colours than needles, and lets the shop say how many it has', async () => {
    const bars = ['red', 'navy', 'gold', 'white'].map((id, i) => bar(5 + 20 * i, 10, 15, 20, thread(id)));
    expect((await check(bars, { maxColours: 3 })).filter(({ code }) => code === 'colours.too-many')).toMatchObject([
      { severity: 'error', measured: 4, required: 3, message: expect.stringMatching(/4 threads/) },
    ]);
    expect((await check(bars, { maxColours: 4 })).map(({ code }) => code)).not.toContain('colours.too-many');
  });
});
