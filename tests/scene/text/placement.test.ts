import { describe, expect, it } from 'vitest';
import { boundsOfPath, transformPath } from '../../../src/geometry/path.ts';
import { unionOf } from '../../../src/geometry/point.ts';
import { codesOf, fontOf, layOut } from './bundled-fonts.ts';

const glyphs = (layout: ReturnType<typeof layOut>) => layout.nodes.flatMap((node) => (node.kind === 'glyphs' ? node.glyphs : []));
const turn = ([a, b]: readonly number[]): number => (Math.atan2(b ?? 0, a ?? 0) * 180) / Math.PI;

describe('circles and arcs', () => {
  const ring = (side: 'top' | 'bottom', more: object = {}) =>
    layOut({ text: 'HOOOH', size: 6, font: fontOf('sans', 700), placement: { kind: 'circle', side, radius: 20, ...more } }, 60, 60);

  it('stands letters on the circle and turns the ends against each other', () => {
    const placed = glyphs(ring('top'));
    const [first, last] = [placed[0], placed.at(-1)];
    expect(turn(first?.at ?? [])).toBeCloseTo(-turn(last?.at ?? []), 6);
    expect(turn(first?.at ?? [])).toBeLessThan(-20);
    expect(turn(placed[2]?.at ?? [])).toBeCloseTo(0, 6);
    for (const { at, outline } of placed) {
      // The foot of the letter, at the middle of its advance, is on the circle; its corners stay close.
      const bounds = boundsOfPath(outline);
      const x = (bounds?.x ?? 0) + (bounds?.width ?? 0) / 2;
      const foot = { x: at[0] * x + at[4] - 30, y: at[1] * x + at[5] - 30 };
      expect(Math.hypot(foot.x, foot.y)).toBeCloseTo(20, 1);
    }
  });

  it('keeps top and bottom text in one ring of equal width and equal angle', () => {
    const [top, bottom] = [ring('top').ink, ring('bottom').ink];
    expect(top?.y).toBeCloseTo(60 - (bottom?.y ?? 0) - (bottom?.height ?? 0), 0);
    expect(top?.x).toBeCloseTo(bottom?.x ?? 0, 0);
  });

  it('reads bottom text upright, from left to right', () => {
    const placed = glyphs(ring('bottom'));
    expect(placed[0]?.at[4]).toBeLessThan(placed.at(-1)?.at[4] ?? 0);
    expect(turn(placed[0]?.at ?? [])).toBeGreaterThan(20);
    expect(turn(placed[2]?.at ?? [])).toBeCloseTo(0, 6);
  });

  it('turns the whole text clockwise by the angle', () => {
    expect(turn(glyphs(ring('top', { angle: 90 }))[2]?.at ?? [])).toBeCloseTo(90, 6);
    expect(turn(glyphs(ring('bottom', { angle: 90 }))[2]?.at ?? [])).toBeCloseTo(90, 6);
  });

  it('reports text longer than the circle', () => {
    const layout = layOut({ text: 'far too long for so small a circle', size: 6, placement: { kind: 'circle', radius: 8 } }, 60, 60);
    expect(codesOf(layout)).toEqual(['text.overflow']);
  });

  it('reaches the given sag over the width of the box', () => {
    const dots = layOut({ text: '- - - - - - - - - - - - - - - - - - - - - - -', size: 6, placement: { kind: 'arc', sag: 10 } }, 80, 40);
    const flat = layOut({ text: '- - - - - - - - - - - - - - - - - - - - - - -', size: 6 }, 80, 40);
    const ratio = (dots.ink?.width ?? 0) / 80;
    expect((dots.ink?.height ?? 0) - (flat.ink?.height ?? 0)).toBeGreaterThan(10 * ratio * ratio * 0.8);
    expect(dots.ink?.height).toBeLessThan(13);
  });

  it('bends joined scripts and only turns others', () => {
    const placement = { kind: 'arc', radius: 30 } as const;
    expect(layOut({ text: 'محمد', font: fontOf('arabic'), placement }).nodes.map(({ kind }) => kind)).toEqual(['path']);
    expect(layOut({ text: 'Tom', placement }).nodes.map(({ kind }) => kind)).toEqual(['glyphs']);
    expect(layOut({ text: 'Tom', placement: { ...placement, bend: 'always' } }).nodes.map(({ kind }) => kind)).toEqual(['path']);
  });
});

describe('paths', () => {
  it('sets text on a straight path exactly like straight text', () => {
    const onPath = layOut({ text: 'Straight', size: 8, align: 'left', placement: { kind: 'path', d: 'M0 20 H80' } });
    const plain = layOut({ text: 'Straight', size: 8, align: 'left' });
    expect(glyphs(onPath).map(({ at }) => at[4])).toEqual(glyphs(plain).map(({ at }) => at[4]));
    expect(new Set(glyphs(onPath).map(({ at }) => at[5]))).toEqual(new Set([20]));
  });

  it('anchors by align, or where along says', () => {
    const middle = (more: object) => {
      const { ink } = layOut({ text: 'HH', size: 6, placement: { kind: 'path', d: 'M0 20 H80', ...more } });
      return (ink?.x ?? 0) + (ink?.width ?? 0) / 2;
    };
    expect(middle({})).toBeCloseTo(40, 1);
    expect(middle({ along: 0.25 })).toBeCloseTo(20, 1);
  });

  it('turns unusable path data into a finding', () => {
    const layout = layOut({ text: 'x', placement: { kind: 'path', d: 'M0 0 Q oops' } });
    expect(layout.findings).toMatchObject([{ severity: 'error', code: 'text.path-invalid', pointer: '/layers/0/placement' }]);
    expect(layout.nodes).toEqual([]);
  });

  it('swings a wave both ways about the middle', () => {
    const { ink } = layOut({
      text: '- - - - - - - - - - - - - - - - - - - - - - - - - - - - ',
      size: 6,
      placement: { kind: 'wave', amplitude: 6, waves: 1 },
    });
    expect(ink?.height).toBeGreaterThan(10);
    expect((ink?.y ?? 0) + (ink?.height ?? 0) / 2).toBeGreaterThan(17);
    expect((ink?.y ?? 0) + (ink?.height ?? 0) / 2).toBeLessThan(23);
  });
});

describe('vertical text', () => {
  const japanese = { font: fontOf('japanese'), size: 8, placement: { kind: 'vertical' } } as const;

  it('sets ideographs upright below each other', () => {
    const placed = glyphs(layOut({ text: '東京都', ...japanese }, 40, 60));
    expect(placed.map(({ at }) => turn(at))).toEqual([0, 0, 0]);
    expect(new Set(placed.map(({ at }) => at[4])).size).toBe(1);
    expect((placed[1]?.at[5] ?? 0) - (placed[0]?.at[5] ?? 0)).toBeCloseTo(8, 2);
  });

  it('keeps every ideograph inside its own square, so that sideways digits find room', () => {
    const placed = glyphs(layOut({ text: '国8国', ...japanese, valign: 'top' }, 40, 60));
    const boxes = placed.map(({ outline, at }) => boundsOfPath(transformPath(outline, at)));
    const [first, digit, last] = boxes;
    expect(first?.y).toBeGreaterThan(0);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThan(digit?.y ?? 0);
    expect((digit?.y ?? 0) + (digit?.height ?? 0)).toBeLessThan(last?.y ?? 0);
    for (const box of boxes) expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(20, 0);
  });

  it('uses the vertical forms of brackets and the long-vowel bar', () => {
    const [vertical, horizontal] = [japanese, { ...japanese, placement: { kind: 'straight' } as const }].map((layer) =>
      glyphs(layOut({ text: '「ー」', ...layer }, 60, 60)).map(({ glyph }) => glyph),
    );
    expect(vertical).toHaveLength(3);
    vertical?.forEach((glyph, i) => {
      expect(glyph).not.toBe(horizontal?.[i]);
    });
  });

  it('lays Latin letters sideways, or stacks them when asked', () => {
    const sideways = glyphs(layOut({ text: 'AB', ...japanese }, 40, 60));
    expect(sideways.map(({ at }) => turn(at))).toEqual([90, 90]);
    const stacked = glyphs(
      layOut({ text: 'AB', font: fontOf('sans'), size: 8, placement: { kind: 'vertical', latin: 'stacked' } }, 40, 60),
    );
    expect(stacked.map(({ at }) => turn(at))).toEqual([0, 0]);
    expect(stacked[1]?.at[5]).toBeGreaterThan((stacked[0]?.at[5] ?? 0) + 5);
  });

  it('runs columns from right to left, or the other way when asked', () => {
    const xs = (columns: 'right-to-left' | 'left-to-right') =>
      glyphs(layOut({ text: '東\n京', font: fontOf('japanese'), size: 8, placement: { kind: 'vertical', columns } }, 40, 60)).map(
        ({ at }) => at[4],
      );
    const [rtl, ltr] = [xs('right-to-left'), xs('left-to-right')];
    expect(rtl[0]).toBeGreaterThan(rtl[1] ?? 0);
    expect(ltr[0]).toBeLessThan(ltr[1] ?? 0);
  });

  it('breaks columns to the height of the box', () => {
    const layout = layOut({ text: '東京都千代田区', ...japanese, fit: { mode: 'wrap' } }, 60, 33);
    expect([codesOf(layout), layout.lines]).toEqual([[], 2]);
  });
});

describe('envelopes', () => {
  const shapes = ['arch', 'vertical-arch', 'bulge', 'flag', 'perspective'] as const;

  it('fills the box exactly when stretched', () => {
    for (const shape of shapes) {
      for (const amount of [-0.8, 0, 0.5, 1]) {
        const { ink, nodes, findings } = layOut({ text: 'TIGERS', size: 10, placement: { kind: 'envelope', shape, amount } });
        const bounds = nodes.reduce<ReturnType<typeof boundsOfPath>>(
          (box, node) => (node.kind === 'path' ? unionOf(box, boundsOfPath(node.path)) : box),
          null,
        );
        expect(findings).toEqual([]);
        for (const box of [ink, bounds]) {
          expect(box?.x).toBeCloseTo(0, 1);
          expect(box?.y).toBeCloseTo(0, 1);
          expect(box?.width).toBeCloseTo(80, 1);
          expect(box?.height).toBeCloseTo(40, 1);
        }
      }
    }
  });

  it('leaves room for outlines', () => {
    const { ink } = layOut({
      text: 'TIGERS',
      size: 10,
      outlines: [{ width: 2, colour: '#ff0000' }],
      placement: { kind: 'envelope', shape: 'arch' },
    });
    expect(ink?.width).toBeCloseTo(80, 1);
  });

  it('keeps letters within the room of the flat text when not stretched', () => {
    for (const shape of shapes) {
      const flat = layOut({ text: 'TIGERS', size: 10 }).ink;
      const { ink } = layOut({ text: 'TIGERS', size: 10, placement: { kind: 'envelope', shape, stretch: false } });
      expect(ink?.width).toBeLessThan((flat?.width ?? 0) + 0.05);
      expect(ink?.height).toBeLessThan((flat?.height ?? 0) + 0.05);
    }
  });

  it('keeps the sides of a vertical arch upright', () => {
    const { nodes } = layOut({ text: 'I', size: 10, placement: { kind: 'envelope', shape: 'vertical-arch', amount: 0.5 } });
    const xs = nodes.flatMap((node) => (node.kind === 'path' ? [...node.path.coords].filter((_, i) => i % 2 === 0) : []));
    expect(Math.min(...xs)).toBeCloseTo(0, 2);
    expect(xs.filter((x) => x < 0.01).length).toBeGreaterThan(1);
  });
});
