import { describe, expect, it } from 'vitest';
import { BLEND_MODES, type BlendMode } from '../../../src/scene/scene.ts';
import { draw, filled, group, pictureOf, pixelAt, placed, rect, solid } from './scenes.ts';

/** W3C Compositing and Blending Level 1, section 10.1, as printed there: straight backdrop cb and source cs, 0..1. */
const formula: Record<BlendMode, (cb: number, cs: number) => number> = {
  normal: (_, cs) => cs,
  multiply: (cb, cs) => cb * cs,
  screen: (cb, cs) => cb + cs - cb * cs,
  overlay: (cb, cs) => formula['hard-light'](cs, cb),
  darken: Math.min,
  lighten: Math.max,
  'color-dodge': (cb, cs) => (cb === 0 ? 0 : cs === 1 ? 1 : Math.min(1, cb / (1 - cs))),
  'color-burn': (cb, cs) => (cb === 1 ? 1 : cs === 0 ? 0 : 1 - Math.min(1, (1 - cb) / cs)),
  'hard-light': (cb, cs) => (cs <= 0.5 ? cb * 2 * cs : formula.screen(cb, 2 * cs - 1)),
  'soft-light': (cb, cs) => {
    const raised = cb <= 0.25 ? ((16 * cb - 12) * cb + 4) * cb : Math.sqrt(cb);
    return cs <= 0.5 ? cb - (1 - 2 * cs) * cb * (1 - cb) : cb + (2 * cs - 1) * (raised - cb);
  },
  difference: (cb, cs) => Math.abs(cb - cs),
  exclusion: (cb, cs) => cb + cs - 2 * cb * cs,
};

const LEVELS = [0, 30, 64, 127, 128, 190, 255];
const side = LEVELS.length;

describe.each(BLEND_MODES)('blend mode %s', (blend) => {
  const columns = pictureOf('columns', side, side, (x) => [LEVELS[x] ?? 0, LEVELS[x] ?? 0, LEVELS[x] ?? 0, 255]);
  const rows = pictureOf('rows', side, side, (_, y) => [LEVELS[y] ?? 0, LEVELS[y] ?? 0, LEVELS[y] ?? 0, 255]);
  const whole = [side, 0, 0, side, 0, 0] as const;

  it('follows its formula for opaque colours', async () => {
    const picture = await draw(side, side, [placed(columns, whole), group([placed(rows, whole)], { blend })], [columns, rows]);
    LEVELS.forEach((source, y) => {
      LEVELS.forEach((backdrop, x) => {
        const expected = Math.round(255 * formula[blend](backdrop / 255, source / 255));
        expect(Math.abs((pixelAt(picture, x, y)[0] ?? 0) - expected)).toBeLessThanOrEqual(1);
      });
    });
  });

  it('follows its formula for half-transparent colours', async () => {
    const [ab, as] = [153 / 255, 102 / 255];
    const nodes = [group([placed(columns, whole)], { opacity: 0.6 }), group([placed(rows, whole)], { opacity: 0.4, blend })];
    const picture = await draw(side, side, nodes, [columns, rows]);
    LEVELS.forEach((source, y) => {
      LEVELS.forEach((backdrop, x) => {
        const [cb, cs] = [backdrop / 255, source / 255];
        const alpha = as + ab - as * ab;
        const mixed = (cs * as * (1 - ab) + cb * ab * (1 - as) + as * ab * formula[blend](cb, cs)) / alpha;
        const [red = 0, , , opacity = 0] = pixelAt(picture, x, y);
        expect(Math.abs(opacity - 255 * alpha)).toBeLessThanOrEqual(1);
        // Premultiplied storage keeps about one part in 190 of the colour here.
        expect(Math.abs(red - 255 * mixed)).toBeLessThanOrEqual(3);
      });
    });
  });
});

describe('groups', () => {
  const red = solid(1, 0, 0);
  const blue = solid(0, 0, 1);

  it('fade as one: overlaps inside do not show through', async () => {
    const nodes = [group([filled(rect(0, 0, 4, 4), red), filled(rect(2, 0, 4, 4), blue)], { opacity: 0.5 })];
    const picture = await draw(6, 4, nodes);
    expect([pixelAt(picture, 1, 1), pixelAt(picture, 3, 1)]).toEqual([
      [255, 0, 0, 128],
      [0, 0, 255, 128],
    ]);
  });

  it('multiply nested opacities', async () => {
    const nest = (depth: number): ReturnType<typeof group> =>
      group([filled(rect(0, 0, 2, 2), red), ...(depth > 0 ? [nest(depth - 1)] : [filled(rect(0, 0, 1, 1), red)])], { opacity: 0.5 });
    const [, , , single] = pixelAt(
      await draw(2, 2, [group([group([filled(rect(0, 0, 2, 2), red)], { opacity: 0.5 })], { opacity: 0.5 })]),
      0,
      0,
    );
    expect(single).toBe(64);
    const [r, , , deep] = pixelAt(await draw(2, 2, [nest(3)]), 1, 1);
    expect([r, deep]).toEqual([255, 128]);
  });

  it('isolate blending: a mode inside a group does not see what lies below the group', async () => {
    const inner = group([filled(rect(0, 0, 2, 2), red)], { blend: 'multiply' });
    const picture = await draw(2, 2, [filled(rect(0, 0, 2, 2), blue), group([inner])]);
    expect(pixelAt(picture, 0, 0)).toEqual([255, 0, 0, 255]);
  });

  it('clip with soft edges and keep nothing outside', async () => {
    const picture = await draw(6, 6, [group([filled(rect(0, 0, 6, 6), red)], { clip: { path: rect(1, 1, 2.5, 3), fillRule: 'nonzero' } })]);
    expect([0, 1, 2, 3, 4].map((x) => pixelAt(picture, x, 2)[3])).toEqual([0, 255, 255, 128, 0]);
    expect([0, 1, 3, 4].map((y) => pixelAt(picture, 1, y)[3])).toEqual([0, 255, 255, 0]);
  });

  it('show nothing where a mask is black, clear or absent', async () => {
    const mask = pictureOf(
      'mask',
      4,
      1,
      (x) =>
        [[255, 255, 255, 255] as const, [0, 0, 0, 255] as const, [255, 255, 255, 0] as const, [255, 255, 255, 128] as const][x] ?? [
          0, 0, 0, 0,
        ],
    );
    const node = group([filled(rect(0, 0, 6, 1), red)], { mask: placed(mask, [4, 0, 0, 1, 1, 0], { interpolation: 'nearest' }) });
    const picture = await draw(6, 1, [node], [mask]);
    expect([0, 1, 2, 3, 4, 5].map((x) => pixelAt(picture, x, 0)[3])).toEqual([0, 255, 0, 0, 128, 0]);
  });

  it('weigh the colours of a mask by their luminance', async () => {
    const mask = pictureOf('mask', 3, 1, (x) => [x === 0 ? 255 : 0, x === 1 ? 255 : 0, x === 2 ? 255 : 0, 255]);
    const node = group([filled(rect(0, 0, 3, 1), red)], { mask: placed(mask, [3, 0, 0, 1, 0, 0], { interpolation: 'nearest' }) });
    const picture = await draw(3, 1, [node], [mask]);
    expect([0, 1, 2].map((x) => pixelAt(picture, x, 0)[3])).toEqual([54, 182, 18]);
  });

  it('paint in order', async () => {
    const picture = await draw(1, 1, [
      filled(rect(0, 0, 1, 1), red),
      group([filled(rect(0, 0, 1, 1), blue)]),
      filled(rect(0, 0, 1, 1), solid(0, 1, 0)),
    ]);
    expect(pixelAt(picture, 0, 0)).toEqual([0, 255, 0, 255]);
  });
});
