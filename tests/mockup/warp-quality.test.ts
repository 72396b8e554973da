import { describe, expect, it } from 'vitest';
import { appearanceRequestFor, type CompiledView, calibrationGrid, compileView, paintMockup } from '../../src/mockup/index.ts';
import type { Appearance, AppearanceRequest } from '../../src/render/appearance.ts';
import { psnr, signal, views } from './pictures.ts';

const SIZE = 96;
const TAPS = 8;
/** Pixels over which the engine spreads its taps. */
const REACH = 1.5;

const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const toByte = (light: number, knee: number): number => {
  const held = light <= knee ? light : knee + (1 - knee) * (1 - Math.exp(-(light - knee) / (1 - knee)));
  return Math.round(255 * Math.min(1, held <= 0.0031308 ? held * 12.92 : 1.055 * held ** (1 / 2.4) - 0.055));
};

/** Linear red, green, blue of opaque art between its pixels; null outside it. */
const artAt = ({ rgba, widthPx, heightPx }: Appearance, x: number, y: number): readonly number[] | null => {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left + 1 >= widthPx || top + 1 >= heightPx) return null;
  const [fx, fy] = [x - left, y - top];
  return [0, 1, 2].map((c) => {
    const at = (dx: number, dy: number): number => toLinear((rgba[((top + dy) * widthPx + left + dx) * 4 + c] ?? 0) / 255);
    return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy;
  });
};

/** Straight-line position on the surface between pixel centres of the print map. */
const positionAt = ({ print }: CompiledView, x: number, y: number): readonly [number, number] => {
  const [column, row] = [x - (print?.x ?? 0), y - (print?.y ?? 0)];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const at = (dx: number, dy: number, axis: number): number => print?.mm[((top + dy) * (print.stride ?? 0) + left + dx) * 2 + axis] ?? 0;
  const between = (axis: number): number => {
    const [fx, fy] = [column - left, row - top];
    return (at(0, 0, axis) * (1 - fx) + at(1, 0, axis) * fx) * (1 - fy) + (at(0, 1, axis) * (1 - fx) + at(1, 1, axis) * fx) * fy;
  };
  return [between(0), between(1)];
};

/** One pixel of art lit by the view, from 64 samples; null where one of them leaves the art. */
const exactPixel = (view: CompiledView, art: Appearance, x: number, y: number): readonly number[] | null => {
  const [shown] = view.record.placements;
  if (!shown) return null;
  const sum = [0, 0, 0];
  for (let tap = 0; tap < TAPS * TAPS; tap += 1) {
    const offset = (i: number): number => ((i + 0.5) / TAPS - 0.5) * REACH;
    const [u, v] = positionAt(view, x + offset(tap % TAPS), y + offset(Math.floor(tap / TAPS)));
    const seen = artAt(art, ((u - shown.x) / shown.width) * art.widthPx - 0.5, ((v - shown.y) / shown.height) * art.heightPx - 0.5);
    if (!seen) return null;
    for (const c of [0, 1, 2]) sum[c] = (sum[c] ?? 0) + (seen[c] ?? 0);
  }
  const pixel = y * view.widthPx + x;
  const [shade, gloss] = [(view.shade[pixel] ?? 0) * view.shadeScale, (view.gloss[pixel] ?? 0) * view.glossScale];
  return sum.map((light) => toByte((light / TAPS ** 2) * view.record.white * shade + gloss, view.record.knee));
};

/** A plain design: discs of 15 mm on a colour that changes slowly, nothing clear. */
const discs = (request: AppearanceRequest): Appearance => {
  const { widthPx, heightPx, region } = request;
  const rgba = new Uint8Array(widthPx * heightPx * 4).fill(255);
  for (let pixel = 0; pixel < widthPx * heightPx; pixel += 1) {
    const x = (((pixel % widthPx) + 0.5) / widthPx) * region.width;
    const y = ((Math.floor(pixel / widthPx) + 0.5) / heightPx) * region.height;
    const isDisc = Math.hypot((x % 40) - 20, (y % 40) - 20) < 15;
    rgba.set(isDisc ? [200, 60, 50] : [40 + Math.round((120 * x) / region.width), 90, 110], pixel * 4);
  }
  return { process: 'ink', ...request, rgba };
};

describe('the warp', () => {
  it.each([
    ['crew-tee', 'front', 'discs', 50, 500, 300],
    ['mug-11oz', 'handle-right', 'discs', 50, 380, 400],
    ['photo-book-210', 'standing', 'discs', 50, 400, 400],
    ['poster-a3', 'framed-close', 'discs', 50, 420, 240],
    // Nothing but edges, along the rows and columns of the picture: the hardest there is for four taps.
    ['crew-tee', 'front', 'the calibration grid', 47, 440, 400],
  ] as const)('of %s/%s with %s is within %d dB of 64 samples a pixel', async (product, id, design, least, left, top) => {
    const view = await compileView(await views.load(product, id), 1000);
    const [shown] = view.record.placements;
    const placement = shown?.placement ?? '';
    const request = appearanceRequestFor(view, placement, { widthMm: shown?.width ?? 0, heightMm: shown?.height ?? 0 });
    const trim = { ...request, region: { x: 0, y: 0, width: shown?.width ?? 0, height: shown?.height ?? 0 } };
    const art = design === 'discs' ? discs(trim) : calibrationGrid(trim);
    const picture = await paintMockup(view, [{ placement, appearance: art }], {}, signal);
    const cover = view.zones.find((zone) => zone.id === shown?.zone)?.cover ?? new Uint8Array();
    const exact = Uint8Array.from(picture.rgba);
    const compared = new Set<number>();
    for (let y = top; y < top + SIZE; y += 1) {
      for (let x = left; x < left + SIZE; x += 1) {
        const pixel = y * view.widthPx + x;
        const seen = cover[pixel] === 255 ? exactPixel(view, art, x, y) : null;
        if (!seen) continue;
        exact.set(seen, pixel * 4);
        compared.add(pixel);
      }
    }
    expect(compared.size).toBeGreaterThan(SIZE * SIZE * 0.9);
    expect(psnr(picture, { ...picture, rgba: exact }, (pixel) => compared.has(pixel))).toBeGreaterThan(least);
  });
});
