import { describe, expect, it } from 'vitest';
import { appearanceRequestFor, paintMockup } from '../../../src/mockup/index.ts';
import type { Appearance, AppearanceRequest } from '../../../src/render/appearance.ts';
import { encodePixels } from '../../../src/render/raster/encode-pixels.ts';
import { stitchRelief } from '../../../src/render/stitches/stitch-relief.ts';
import type { StitchPlan } from '../../../src/stitch/plan.ts';
import { expectGolden } from '../../golden/golden.ts';
import { viewOf } from '../../mockup/surfaces.ts';
import { GOLD, movedPlan, plainRows, RED, satinCurve, tatamiDisc, threeColourPatch } from '../../support/sample-plans.ts';
import { path } from './single-thread.ts';
import { greySquare, slowestWave } from './spectrum.ts';

const { signal } = new AbortController();

const request = (x: number, y: number, width: number, height: number, perMm: number): AppearanceRequest => ({
  region: { x, y, width, height },
  widthPx: Math.round(width * perMm),
  heightPx: Math.round(height * perMm),
});

const relief = (plan: StitchPlan, of: AppearanceRequest): Promise<Appearance> => stitchRelief(plan, of, signal);
const heights = ({ surface }: Appearance): Float32Array => surface?.height ?? new Float32Array();
const highest = (of: Appearance): number => heights(of).reduce((most, mm) => Math.max(most, mm), 0);

describe('the relief of stitches', () => {
  it('is an opaque layer of thread with heights and courses', async () => {
    const of = request(0, 0, 28, 28, 4);
    const layer = await relief(tatamiDisc(), of);
    expect(layer).toMatchObject({ process: 'ink', ...of });
    expect(layer.surface?.finish.sheen).toBeGreaterThan(0);
    expect(heights(layer)).toHaveLength(112 * 112);
    expect(layer.surface?.direction).toHaveLength(112 * 112);
    const middle = 56 * 112 + 56;
    expect(layer.rgba[middle * 4 + 3]).toBe(255);
    expect([...layer.rgba.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(heights(layer)[0]).toBe(0);
  });

  it('stands higher where layers lie on each other, and never a millimetre and a half', async () => {
    const single = highest(await relief(plainRows(20), request(0, 0, 24, 24, 8)));
    const satin = highest(await relief(satinCurve(), request(0, 0, 30, 40, 8)));
    const patch = highest(await relief(threeColourPatch(), request(0, 0, 64, 64, 5)));
    expect(single).toBeGreaterThan(0.15);
    expect(single).toBeLessThan(0.35);
    expect(satin).toBeGreaterThan(0.4);
    expect(satin).toBeLessThan(0.75);
    expect(patch).toBeGreaterThan(satin);
    expect(patch).toBeLessThan(1.3);
  });

  it.each([0, 30, 90, 150])('says that rows of %i degrees run that way', async (angleDeg) => {
    const { surface } = await relief(plainRows(30, { angleDeg, stitchMm: 400 }), request(12, 12, 10, 10, 3));
    for (const course of surface?.direction ?? []) {
      const degrees = (course / 255) * 180;
      const away = Math.abs(((degrees - angleDeg + 270) % 180) - 90);
      expect(away).toBeLessThan(4);
    }
  });

  it('says that columns run across their middle line, rounded over it', async () => {
    // One column from (15, 6): the S is level there, so its stitches stand upright.
    const layer = await relief(satinCurve(), request(14, 3, 2, 6, 10));
    const at = 30 * 20 + 10;
    expect(Math.abs(((layer.surface?.direction?.[at] ?? 0) / 255) * 180 - 90)).toBeLessThan(12);
    const along = (mm: number): number => heights(layer)[Math.round(mm * 10) * 20 + 10] ?? 0;
    expect(along(3)).toBeGreaterThan(along(1.3) + 0.08);
    expect(along(3)).toBeGreaterThan(along(4.7) + 0.08);
  });

  it('keeps the mean colour of its thread, large and small', async () => {
    for (const perMm of [2, 5, 12]) {
      const { rgba } = await relief(plainRows(30, {}, GOLD), request(12, 12, 10, 10, perMm));
      for (const [c, value] of [0xe0, 0xa9, 0x2e].entries()) {
        const mean = rgba.reduce((sum, v, i) => (i % 4 === c ? sum + v : sum), 0) / (rgba.length / 4);
        expect(Math.abs(mean - value)).toBeLessThan(7);
      }
    }
  });

  it('has the colour of a thread up to its edge', async () => {
    const { rgba } = await relief(path([2, 2, 8, 8], RED), request(0, 0, 10, 10, 3));
    for (let i = 0; i < rgba.length; i += 4) {
      if ((rgba[i + 3] ?? 0) < 8) continue;
      expect(rgba[i] ?? 0).toBeGreaterThan(90);
      expect(rgba[i + 1] ?? 0).toBeLessThan(60);
    }
  });

  it('has no bands in small pictures', async () => {
    for (const perMm of [1.7, 3.4, 6.1]) {
      const mm = 64 / perMm;
      const of = { region: { x: 24 - mm / 2, y: 24 - mm / 2, width: mm, height: mm }, widthPx: 64, heightPx: 64 };
      const layer = await relief(plainRows(44, { pitchMm: 0.4, stitchMm: 400 }, GOLD), of);
      expect(slowestWave(greySquare(layer, 0, 0, 64), 0.12)).toBeLessThan(0.015);
      const mean = heights(layer).reduce((sum, v) => sum + v, 0) / 4096;
      expect(slowestWave(Float64Array.from(heights(layer)), 0.12)).toBeLessThan(0.03);
      expect(mean).toBeGreaterThan(0.1);
    }
  });

  it('is the same each time', async () => {
    const of = request(0, 0, 30, 40, 6);
    expect(await relief(satinCurve(), of)).toEqual(await relief(satinCurve(), of));
  });

  it('looks as before on a cap', async () => {
    const view = await viewOf('cap-six-panel/straight', 700);
    const of = appearanceRequestFor(view, 'front');
    const appearance = await relief(movedPlan(satinCurve(), 40, 8), of);
    const picture = await paintMockup(view, [{ placement: 'front', appearance }], { article: '#1d2b4a' }, signal);
    const size = 160;
    const crop = new Uint8Array(size * size * 4);
    for (let y = 0; y < size; y += 1)
      crop.set(picture.rgba.subarray(((y + 210) * 700 + 270) * 4, ((y + 210) * 700 + 270 + size) * 4), y * size * 4);
    const png = await encodePixels({ widthPx: size, heightPx: size, rgba: crop }, { format: 'png' });
    // Another processor may round the resized maps differently by one step.
    expectGolden('stitches/on-cap', png, { channel: 3, share: 0.004 });
  });
});
