import { describe, expect, it } from 'vitest';
import { type BackgroundOptions, backgroundMatte } from '../../../src/scene/masks/background-matte.ts';
import { cutPicture } from '../../../src/scene/masks/cut-picture.ts';
import { smallPicture } from '../../../src/scene/masks/small-picture.ts';
import { painted, pixelAt } from './support.ts';

const OPTIONS: BackgroundOptions = { colour: null, tolerance: 0.1, holes: false };
const RED = [200, 30, 40] as const;

/** A disc of 60 px in the middle of 160 x 120 px, on a ground whose light changes from corner to corner. */
const inDisc = (x: number, y: number): boolean => Math.hypot(x - 80, y - 60) < 40;
const ground = (x: number, y: number): readonly [number, number, number] => [190 + x / 4, 200 + y / 4, 215];
const disc = painted(160, 120, (x, y) => (inDisc(x, y) ? RED : ground(x, y)));

describe('backgroundMatte', () => {
  it('leaves the subject whole and takes a ground of changing light away', () => {
    const { alpha, edgeShare } = backgroundMatte(smallPicture(disc, 1600), OPTIONS);
    const at = (x: number, y: number): number => alpha.values[y * 160 + x] ?? -1;
    expect([at(80, 60), at(50, 60), at(80, 95)]).toEqual([1, 1, 1]);
    expect([at(0, 0), at(159, 119), at(30, 60), at(80, 10)]).toEqual([0, 0, 0, 0]);
    expect(edgeShare).toBe(1);
  });

  it('gives pixels of the outline the part that they have of the subject', () => {
    const { alpha } = backgroundMatte(smallPicture(disc, 1600), OPTIONS);
    let [most, soft] = [0, 0];
    for (let y = 0; y < 120; y += 1) {
      for (let x = 0; x < 160; x += 1) {
        let inside = 0;
        for (let s = 0; s < 16; s += 1) inside += inDisc(x + ((s % 4) + 0.5) / 4, y + (Math.floor(s / 4) + 0.5) / 4) ? 1 / 16 : 0;
        const got = alpha.values[y * 160 + x] ?? 0;
        if (inside > 0 && inside < 1) soft += 1;
        most = Math.max(most, Math.abs(got - inside));
      }
    }
    expect(soft).toBeGreaterThan(150);
    expect(most).toBeLessThan(0.12);
  });

  it('takes the colour of the ground out of the outline', () => {
    const { alpha, backdrop } = backgroundMatte(smallPicture(disc, 1600), OPTIONS);
    const cut = cutPicture(disc, alpha, backdrop, 'test');
    const image = cut?.image ?? disc;
    let seen = 0;
    for (let y = 0; y < 120; y += 1) {
      for (let x = 0; x < 160; x += 1) {
        const [r = 0, g = 0, b = 0, a = 0] = pixelAt(image, x, y);
        if (a < 60 || a > 245) continue;
        seen += 1;
        expect(Math.max(Math.abs(r - RED[0]), Math.abs(g - RED[1]), Math.abs(b - RED[2]))).toBeLessThan(45);
      }
    }
    expect(seen).toBeGreaterThan(80);
    expect(image.hasAlpha).toBe(true);
    expect(image.digest).not.toBe(disc.digest);
    expect(cut?.bounds.x).toBeGreaterThan(38);
    expect(cut?.bounds.width).toBeLessThan(83);
  });

  it('keeps what the subject encloses, and opens it when asked', () => {
    const ring = painted(160, 120, (x, y) => (inDisc(x, y) && Math.hypot(x - 80, y - 60) > 18 ? RED : ground(x, y)));
    const middle = (holes: boolean): number =>
      backgroundMatte(smallPicture(ring, 1600), { ...OPTIONS, holes }).alpha.values[60 * 160 + 80] ?? -1;
    expect(middle(false)).toBe(1);
    expect(middle(true)).toBe(0);
  });

  it('sees that a picture has no plain ground', () => {
    const noise = painted(80, 80, (x, y) => [
      (Math.floor(x / 7) * 97) % 256,
      (Math.floor(y / 7) * 61) % 256,
      (Math.floor(x / 7 + y / 9) * 131) % 256,
    ]);
    expect(backgroundMatte(smallPicture(noise, 1600), OPTIONS).edgeShare).toBeLessThan(0.3);
  });

  it('drops dust and keeps to a colour that is given', () => {
    const dusty = painted(160, 120, (x, y) => (inDisc(x, y) || Math.hypot(x - 15, y - 15) < 2 ? RED : [255, 255, 255]));
    const { alpha } = backgroundMatte(smallPicture(dusty, 1600), { ...OPTIONS, colour: [1, 1, 1] });
    expect(alpha.values[15 * 160 + 15]).toBe(0);
    expect(alpha.values[60 * 160 + 80]).toBe(1);
    const other = backgroundMatte(smallPicture(dusty, 1600), { ...OPTIONS, colour: [0, 0, 1] });
    expect(other.edgeShare).toBe(0);
  });

  it('leaves nothing of a picture that is all ground', () => {
    const { alpha, backdrop } = backgroundMatte(
      smallPicture(
        painted(40, 30, () => [240, 240, 240]),
        1600,
      ),
      OPTIONS,
    );
    expect(
      cutPicture(
        painted(40, 30, () => [240, 240, 240]),
        alpha,
        backdrop,
        'test',
      ),
    ).toBeNull();
  });
});
