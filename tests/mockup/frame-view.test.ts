import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { frameView } from '../../src/mockup/frame-view.ts';
import { compileView } from '../../src/mockup/index.ts';
import type { ProductView } from '../../src/model/view.ts';
import { views } from './pictures.ts';

let view: ProductView;
let small: ProductView;
beforeAll(async () => {
  view = await views.load('crew-tee', 'front');
  const { record, positions } = view;
  const plane = new Uint8Array(100 * 100).fill(255);
  const coverage = new Map(record.zones.map(({ id }) => [id, id === record.background ? plane : new Uint8Array(100 * 100)]));
  small = {
    ...view,
    record: { ...record, widthPx: 100, heightPx: 100 },
    positions: { widthPx: 50, heightPx: 50, mm: positions.mm.slice(0, 5000) },
    shade: plane,
    gloss: plane,
    coverage,
    grain: null,
    normal: null,
    surface: null,
  };
});

const planeAt = ({ record, shade }: ProductView, x: number, y: number): number => shade[y * record.widthPx + x] ?? 0;

describe('a view in a picture of other proportions', () => {
  test('has its proportions to a pixel, around the view or within it', () => {
    const side = fc.integer({ min: 64, max: 4000 });
    const size = fc.tuple(side, side, fc.constantFrom('contain' as const, 'cover' as const));
    fc.assert(
      fc.property(
        size.filter(([w, h]) => w <= 4 * h && h <= 4 * w),
        ([widthPx, heightPx, fit]) => {
          const { widthPx: width, heightPx: height } = frameView(small, { widthPx, heightPx, fit }).record;
          expect(Math.abs(width - (height * widthPx) / heightPx)).toBeLessThan(Math.max(1, widthPx / heightPx));
          expect(fit === 'contain' ? Math.min(width, height) : Math.max(width, height)).toBe(100);
        },
      ),
    );
  });

  test('is just as large as asked for', async () => {
    const framed = frameView(small, { widthPx: 373, heightPx: 395, fit: 'cover' });
    expect(await compileView(framed, 373, 395)).toMatchObject({ widthPx: 373, heightPx: 395 });
  });

  test('that contains it keeps every pixel of it, and lies beside it as background', () => {
    const wide = frameView(view, { widthPx: 2000, heightPx: 1000, fit: 'contain' });
    const shift = (wide.record.widthPx - view.record.widthPx) / 2;
    expect(wide.record).toMatchObject({ widthPx: 2000, heightPx: 1000 });
    for (const [x, y] of [
      [0, 0],
      [500, 500],
      [999, 999],
      [3, 700],
    ] as const)
      expect(planeAt(wide, x + shift, y)).toBe(planeAt(view, x, y));
    const ground = wide.coverage.get(view.record.background) ?? new Uint8Array();
    expect([ground[10], ground[500 * 2000 + 1990]]).toEqual([255, 255]);
    const placed = [...wide.coverage.values()].reduce((sum, plane) => sum + (plane[500 * 2000 + 1000] ?? 0), 0);
    expect(placed).toBe(255);
  });

  test('goes on beyond the edge without a line', () => {
    const wide = frameView(view, { widthPx: 2000, heightPx: 1000, fit: 'contain' });
    const step = (x: number): number => {
      let sum = 0;
      for (let y = 0; y < 1000; y += 1) sum += Math.abs(planeAt(wide, x, y) - planeAt(wide, x - 1, y));
      return sum / 1000;
    };
    // Columns 500 and 1500 are where the view begins and ends.
    for (const edge of [500, 1500]) expect(step(edge)).toBeLessThan(0.6);
  });

  test('that it covers shows the middle of the product', () => {
    const tall = frameView(view, { widthPx: 500, heightPx: 1000, fit: 'cover' });
    expect(tall.record).toMatchObject({ widthPx: 500, heightPx: 1000 });
    const ground = tall.coverage.get(view.record.background) ?? new Uint8Array();
    expect(ground[500 * 500 + 250]).toBe(0);
  });

  test('prints where it printed before', async () => {
    const [plain, wide] = [
      await compileView(view, 500),
      await compileView(frameView(view, { widthPx: 1000, heightPx: 500, fit: 'contain' }), 1000),
    ];
    const at = ({ print }: typeof plain, x: number, y: number): readonly number[] => {
      const i = ((y - (print?.y ?? 0)) * (print?.stride ?? 0) + x - (print?.x ?? 0)) * 2;
      return [print?.mm[i] ?? 0, print?.mm[i + 1] ?? 0];
    };
    const [before, after] = [at(plain, 250, 220), at(wide, 500, 220)];
    expect(after[0]).toBeCloseTo(before[0] ?? 0, 2);
    expect(after[1]).toBeCloseTo(before[1] ?? 0, 2);
  });
});
