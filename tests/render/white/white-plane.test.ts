import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { atOnce } from '../../../src/model/steps.ts';
import { insideDistances } from '../../../src/render/white/inside-distance.ts';
import { localWidths } from '../../../src/render/white/local-width.ts';
import { type WhiteOptions, whitePlane } from '../../../src/render/white/white-plane.ts';

const DPI = 300;
const MM = DPI / 25.4;
const OPTIONS: WhiteOptions = { choke: { bold: 1, photo: 0.3, text: 0.2 }, cutoff: 0.05 };

/** Art of one colour drawn by another program, lengths in mm. */
const drawn = (
  widthMm: number,
  heightMm: number,
  colour: string,
  draw: (pen: ReturnType<ReturnType<typeof createCanvas>['getContext']>) => void,
) => {
  const canvas = createCanvas(Math.round(widthMm * MM), Math.round(heightMm * MM));
  const pen = canvas.getContext('2d');
  pen.scale(MM, MM);
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  draw(pen);
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
  return { widthPx: width, heightPx: height, rgba: new Uint8Array(data.buffer) };
};

const alphaOf = (rgba: Uint8Array): Uint8Array => Uint8Array.from({ length: rgba.length / 4 }, (_, i) => rgba[i * 4 + 3] ?? 0);

/** Distance to the nearest uncovered pixel by looking at all of them within reach. */
const bruteForce = (alpha: Uint8Array, widthPx: number, heightPx: number, cutoff: number, reach: number): number[] =>
  Array.from(alpha, (own, i) => {
    if (own <= cutoff) return 0;
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)];
    let best = reach * reach;
    for (let v = y - reach; v <= y + reach; v += 1) {
      for (let u = x - reach; u <= x + reach; u += 1) {
        const outside = u < 0 || v < 0 || u >= widthPx || v >= heightPx || (alpha[v * widthPx + u] ?? 0) <= cutoff;
        if (outside) best = Math.min(best, (u - x) ** 2 + (v - y) ** 2);
      }
    }
    return best;
  });

describe('distances inside art', () => {
  test.each([14, 20])('are those that every pair of pixels gives, up to %i px', (reach) => {
    const art = drawn(12, 8, '#204080', (pen) => {
      pen.arc(3, 4, 2.6, 0, 7);
      pen.fill();
      pen.fillRect(6.2, 0, 5.8, 3);
      pen.lineWidth = 0.3;
      pen.strokeRect(6.5, 4, 4, 3);
    });
    const alpha = alphaOf(art.rgba);
    const { squares } = atOnce(insideDistances(alpha, art.widthPx, art.heightPx, 12, reach));
    expect([...squares]).toEqual(bruteForce(alpha, art.widthPx, art.heightPx, 12, reach));
    expect(Math.max(...squares)).toBe(reach * reach);
  });
});

describe('widths of parts', () => {
  test('know bar, hairline and corner', () => {
    const art = drawn(60, 40, '#000', (pen) => {
      pen.fillRect(2, 2, 30, 12);
      pen.fillRect(32, 7, 20, 0.6);
      pen.fillRect(2, 20, 50, 3);
    });
    const { widthPx, heightPx } = art;
    const widths = atOnce(localWidths(atOnce(insideDistances(alphaOf(art.rgba), widthPx, heightPx, 12, 14)), 20 * MM));
    const at = (x: number, y: number): number =>
      (widths.widths[Math.floor((y * MM) / widths.cell) * widths.columns + Math.floor((x * MM) / widths.cell)] ?? 0) / MM;
    for (const [x, y] of [
      [15, 8],
      [15, 2.3],
      [2.5, 2.5],
      [31.5, 13.5],
    ] as const)
      expect(Math.abs(at(x, y) - 12), `bar at ${x}, ${y}: ${at(x, y)}`).toBeLessThan(1);
    expect(Math.abs(at(45, 7.3) - 0.6)).toBeLessThan(0.2);
    expect(Math.abs(at(20, 21.5) - 3)).toBeLessThan(0.4);
    expect(at(56, 30)).toBe(0);
  });
});

describe('white under art', () => {
  /** Where white begins, from the left edge of what is painted there, mm. */
  const drawnBack = (art: ReturnType<typeof drawn>, yMm: number, options = OPTIONS): number => {
    const white = whitePlane(art, DPI, options);
    const row = Math.round(yMm * MM);
    const from = (data: Uint8Array): number => {
      const line = data.subarray(row * art.widthPx, (row + 1) * art.widthPx);
      const first = line.findIndex((value) => value > 0);
      return first < 0 ? Number.POSITIVE_INFINITY : first + 1 - (line[first] ?? 0) / 255;
    };
    return (from(white.data) - from(alphaOf(art.rgba))) / MM;
  };
  const bar = (widthMm: number, colour = '#c01020') => drawn(widthMm + 4, 30, colour, (pen) => pen.fillRect(2, 2, widthMm, 26));
  const PX = 1 / MM;

  test.each([
    [24, 1],
    [10, 0.5],
    [4, 0.2],
    [1, 0.15],
    [0.6, 0.09],
    [0.36, 0.054],
  ])('draws back from a bar of %f mm by %f mm', (width, expected) => {
    expect(Math.abs(drawnBack(bar(width), 15) - expected)).toBeLessThan(0.75 * PX);
  });

  test('never leaves a stroke without white', () => {
    for (const width of [0.17, 0.25, 0.36, 0.5, 0.8]) {
      const art = drawn(20, 20, '#c01020', (pen) => {
        pen.lineWidth = width;
        pen.beginPath();
        pen.moveTo(3, 2);
        pen.lineTo(16, 18);
        pen.stroke();
      });
      const { data } = whitePlane(art, DPI, OPTIONS);
      for (let y = Math.round(4 * MM); y < 16 * MM; y += 1) {
        const line = data.subarray(y * art.widthPx, (y + 1) * art.widthPx);
        expect(Math.max(...line), `width ${width}, row ${y}`).toBeGreaterThan(60);
      }
    }
  });

  test('keeps white art whole and draws back under off-white', () => {
    expect(drawnBack(bar(24, '#ffffff'), 15)).toBe(0);
    expect(drawnBack(bar(24, '#f4f4f4'), 15)).toBeGreaterThan(0.9);
  });

  test('holds back in pictures', () => {
    const photos = [{ x: 0, y: 0, width: 28 * MM, height: 30 * MM }];
    expect(Math.abs(drawnBack(bar(24), 15, { ...OPTIONS, photos }) - 0.3)).toBeLessThan(0.75 * PX);
  });

  test('takes as much white as there is cover, and none under a breath', () => {
    const art = drawn(40, 10, '#c01020', (pen) => {
      const fade = pen.createLinearGradient(0, 0, 40, 0);
      fade.addColorStop(0, '#c01020ff');
      fade.addColorStop(1, '#c0102000');
      pen.fillStyle = fade;
      pen.fillRect(0, 0, 40, 10);
    });
    const { data } = whitePlane(art, DPI, OPTIONS);
    const alpha = alphaOf(art.rgba);
    const row = Math.round(5 * MM) * art.widthPx;
    for (const x of [5, 15, 25, 33]) expect(data[row + Math.round(x * MM)]).toBe(alpha[row + Math.round(x * MM)]);
    expect(data[row + Math.round(39 * MM)]).toBe(0);
  });
});
