import { describe, expect, it } from 'vitest';
import { rectOf } from '../../../src/geometry/point.ts';
import { type DesignSpec, parseDesignSpec } from '../../../src/model/design-spec.ts';
import type { PhotoFinder } from '../../../src/model/photo-finder.ts';
import type { DecodedImage, Resources } from '../../../src/model/resources.ts';
import { CutMemory } from '../../../src/scene/masks/cut-memory.ts';
import { resolveCuts } from '../../../src/scene/masks/resolve-cuts.ts';
import { painted, pixelAt } from './support.ts';

const PHOTO = painted(200, 160, (x, y) => (Math.hypot(x - 100, y - 80) < 50 ? [180, 90, 60] : [40, 120, 90]), 'a'.repeat(64));
const signal = new AbortController().signal;

const specWith = (mask: unknown): DesignSpec =>
  parseDesignSpec({
    product: 'card',
    placements: [{ placement: 'front', method: 'paper-print', layers: [{ type: 'image', source: 'photo.jpg', mask }] }],
  });

/** Looks like a finder: a square subject, and as many faces as it is told. */
const finderWith = (faces: number, calls: string[] = []): PhotoFinder => ({
  subject: async (_, part) => {
    calls.push(`subject ${part.x} ${part.y} ${part.width} ${part.height}`);
    const alpha = new Uint8Array(32 * 32);
    for (let i = 0; i < alpha.length; i += 1) if (i % 32 > 6 && i % 32 < 26 && i > 32 * 6 && i < 32 * 26) alpha[i] = 255;
    return { matte: { widthPx: 32, heightPx: 32, alpha }, model: { name: 'square', digest: 'd'.repeat(64) } };
  },
  faces: async () => ({
    faces: Array.from({ length: faces }, (_, i) => ({ box: rectOf(80 - 30 * i, 60, 40 - 10 * i, 45 - 10 * i), score: 0.9 })),
    model: { name: 'faces', digest: 'e'.repeat(64) },
  }),
});

const cutsOf = (mask: unknown, finder?: PhotoFinder, images: Readonly<Record<string, DecodedImage>> = {}, memory?: CutMemory) => {
  const spec = specWith(mask);
  const resources = (finder ? { photoFinder: finder } : {}) as Resources;
  return resolveCuts({ spec, images: new Map(Object.entries({ 'photo.jpg': PHOTO, ...images })) }, resources, signal, memory).then(
    (cuts) => {
      const layer = spec.placements[0]?.layers[0];
      return { ...cuts, cut: layer?.type === 'image' ? cuts.cutFor(layer) : undefined, codes: cuts.findings.map(({ code }) => code) };
    },
  );
};

describe('resolveCuts', () => {
  it('cuts nothing for masks that need no pixels', async () => {
    const { cut, inputs } = await cutsOf({ by: 'oval' });
    expect(cut).toBeUndefined();
    expect(inputs).toEqual([]);
  });

  it('says what to install, at the layer, when there is no finder', async () => {
    await expect(cutsOf({ by: 'cut-out' })).rejects.toMatchObject({ code: 'cut-out.unavailable', pointer: '/placements/0/layers/0/mask' });
  });

  it('cuts the subject and names the model in the inputs', async () => {
    const { cut, inputs, findings } = await cutsOf({ by: 'cut-out' }, finderWith(0));
    expect(inputs).toEqual([{ kind: 'model', name: 'square', sha256: 'd'.repeat(64) }]);
    // The square ends where the photo shows no edge, so it may well be said to be unsure.
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(cut && pixelAt(cut.image, 100, 80)).toEqual([180, 90, 60, 255]);
    expect(cut && pixelAt(cut.image, 4, 4)).toEqual([0, 0, 0, 0]);
  });

  it('refuses a photo without a face and tells of several', async () => {
    const none = await cutsOf({ by: 'cut-out', of: 'head' }, finderWith(0));
    expect(none.codes).toEqual(['cut-out.no-face']);
    expect(none.cut).toBeNull();
    const calls: string[] = [];
    const two = await cutsOf({ by: 'cut-out', of: 'head' }, finderWith(2, calls));
    expect(two.codes).toContain('cut-out.several-faces');
    expect(calls).toHaveLength(1);
    const both = await cutsOf({ by: 'cut-out', of: 'head', which: 'all' }, finderWith(2, calls));
    expect(both.codes).not.toContain('cut-out.several-faces');
    expect(calls).toHaveLength(3);
  });

  it('looks for the head only inside the photo', async () => {
    const calls: string[] = [];
    await cutsOf({ by: 'cut-out', of: 'head', which: 'all' }, finderWith(2, calls));
    for (const call of calls) {
      const [x = -1, y = -1, width = 0, height = 0] = call.split(' ').slice(1).map(Number);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(200);
      expect(y + height).toBeLessThanOrEqual(160);
    }
  });

  it('keeps a cut for the same photo and mask', async () => {
    const calls: string[] = [];
    const memory = new CutMemory();
    const first = await cutsOf({ by: 'cut-out' }, finderWith(0, calls), {}, memory);
    const second = await cutsOf({ by: 'cut-out', tight: false, feather: 2 }, finderWith(0, calls), {}, memory);
    expect(calls).toHaveLength(1);
    expect(second.cut?.image).toBe(first.cut?.image);
  });

  it('stretches an alpha mask of any size over the photo', async () => {
    const large = painted(400, 320, (x) => [0, 0, 0, x < 200 ? 255 : 0]);
    const { cut, codes } = await cutsOf({ by: 'alpha', source: 'mask.png' }, undefined, { 'mask.png': { ...large, hasAlpha: true } });
    expect(codes).toEqual([]);
    expect(cut && [pixelAt(cut.image, 50, 80)[3], pixelAt(cut.image, 150, 80)[3]]).toEqual([255, 0]);
    expect(cut?.bounds.width).toBeCloseTo(100, 0);
  });

  it('tells of an alpha mask without alpha', async () => {
    const { codes } = await cutsOf({ by: 'alpha', source: 'mask.png' }, undefined, { 'mask.png': painted(4, 4, () => [9, 9, 9]) });
    expect(codes).toEqual(['mask.no-alpha']);
  });

  it('gives the same bytes twice', async () => {
    const [a, b] = await Promise.all([cutsOf({ by: 'background' }), cutsOf({ by: 'background' })]);
    expect(a.cut?.image.digest).toBe(b.cut?.image.digest);
    expect(Buffer.from(a.cut?.image.rgba ?? []).equals(Buffer.from(b.cut?.image.rgba ?? [1]))).toBe(true);
  });
});
