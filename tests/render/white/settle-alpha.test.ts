import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { knockOut } from '../../../src/render/white/knock-out.ts';
import { type FadeOptions, settleAlpha } from '../../../src/render/white/settle-alpha.ts';
import { spreadColours } from '../../../src/render/white/spread-colours.ts';

const DPI = 300;
const MM = DPI / 25.4;
const OPTIONS: FadeOptions = { fades: 'halftone', cutoff: 0.05, screen: { lpi: 35, angle: 22.5, dot: 'round' } };

const drawn = (draw: (pen: ReturnType<ReturnType<typeof createCanvas>['getContext']>) => void) => {
  const canvas = createCanvas(Math.round(40 * MM), Math.round(20 * MM));
  const pen = canvas.getContext('2d');
  pen.scale(MM, MM);
  draw(pen);
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return { widthPx: width, heightPx: height, rgba: new Uint8Array(data.buffer) };
};

const fade = () =>
  drawn((pen) => {
    const paint = pen.createLinearGradient(0, 0, 40, 0);
    paint.addColorStop(0, '#2040c0ff');
    paint.addColorStop(1, '#2040c000');
    pen.fillStyle = paint;
    pen.fillRect(0, 0, 40, 20);
  });

const disc = () =>
  drawn((pen) => {
    pen.fillStyle = '#2040c0';
    pen.arc(20, 10, 8, 0, 7);
    pen.fill();
  });

const alphas = (rgba: Uint8Array): readonly number[] => Array.from({ length: rgba.length / 4 }, (_, i) => rgba[i * 4 + 3] ?? 0);

describe('fades', () => {
  test.each(['halftone', 'solid'] as const)('leave no half clear pixel as %s', (fades) => {
    const art = fade();
    settleAlpha(art, DPI, { ...OPTIONS, fades });
    expect(new Set(alphas(art.rgba))).toEqual(new Set([0, 255]));
  });

  test('cover as much in dots as they did before', () => {
    const art = fade();
    const before = alphas(art.rgba);
    settleAlpha(art, DPI, OPTIONS);
    const after = alphas(art.rgba);
    for (const x of [5, 10, 20, 30]) {
      const mean = (values: readonly number[]): number => {
        let sum = 0;
        let count = 0;
        for (let y = 0; y < art.heightPx; y += 1) {
          for (let k = Math.round((x - 1.5) * MM); k < (x + 1.5) * MM; k += 1, count += 1) sum += values[y * art.widthPx + k] ?? 0;
        }
        return sum / count / 255;
      };
      expect(Math.abs(mean(after) - mean(before)), `at ${x} mm`).toBeLessThan(0.02);
    }
  });

  test('are counted, edges are not', () => {
    const soft = settleAlpha(fade(), DPI, { ...OPTIONS, fades: 'keep' });
    expect(soft.soft / soft.covered).toBeGreaterThan(0.9);
    const sharp = settleAlpha(disc(), DPI, { ...OPTIONS, fades: 'keep' });
    expect(sharp.soft).toBe(0);
    expect(Math.abs(sharp.covered - Math.PI * (8 * MM) ** 2)).toBeLessThan(1000);
  });

  test('stay as they are when they may, but for the faintest', () => {
    const art = fade();
    const before = alphas(art.rgba);
    settleAlpha(art, DPI, { ...OPTIONS, fades: 'keep' });
    expect(alphas(art.rgba)).toEqual(before.map((alpha) => (alpha <= 12 ? 0 : alpha)));
  });
});

test('edges of shapes become sharp where they were half covered, without dots', () => {
  const art = disc();
  const before = alphas(art.rgba);
  settleAlpha(art, DPI, OPTIONS);
  expect(alphas(art.rgba)).toEqual(before.map((alpha) => (alpha >= 128 ? 255 : 0)));
});

test('art of the colour of the article goes, other art stays, and what lies between fades', () => {
  const rgba = Uint8Array.of(0, 0, 0, 255, 20, 4, 0, 200, 60, 60, 60, 255, 255, 0, 0, 128);
  knockOut({ widthPx: 4, heightPx: 1, rgba }, { colour: '#000000', same: 20, other: 100 });
  expect([...rgba]).toEqual([0, 0, 0, 0, 20, 4, 0, 0, 60, 60, 60, 128, 255, 0, 0, 128]);
});

test('clear pixels beside art take its colour and stay clear, others stay as they are', () => {
  const [ink, none] = [
    [200, 10, 20, 255],
    [0, 0, 0, 0],
  ];
  const pixels = { widthPx: 3, heightPx: 2, rgba: Uint8Array.from([...ink, ...none, ...none, ...none, ...none, ...none]) };
  spreadColours(pixels);
  expect([...pixels.rgba]).toEqual([...ink, 200, 10, 20, 0, ...none, 200, 10, 20, 0, ...none, ...none]);
});
