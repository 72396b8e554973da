import { describe, expect, test } from 'vitest';
import type { PixelImage } from '../../../src/render/adjust/pixel-image.ts';
import { flatColours } from '../../../src/render/plates/flat-picture.ts';

const SIZE = 120;

/** A red disc of 30 px with a rim of black that fades out over `rimPx`. */
const disc = (rimPx: number): PixelImage => {
  const rgba = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const away = Math.hypot(x - SIZE / 2, y - SIZE / 2) - 30;
      const alpha = Math.max(0, Math.min(1, 1 - away / rimPx));
      rgba.set([away < 0 ? 230 : 0, 0, 0, Math.round(255 * alpha)], (y * SIZE + x) * 4);
    }
  }
  return { widthPx: SIZE, heightPx: SIZE, rgba };
};

describe('flat pictures', () => {
  test('a smoothed edge is no colour of its own', () => {
    expect(flatColours(disc(2))).toHaveLength(1);
  });

  test('art with a soft shadow is a fade, which the areas beside it must not share', () => {
    expect(flatColours(disc(25))).toBeNull();
  });
});
