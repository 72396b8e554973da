import type { RenderedPixels } from '../raster/render-pixels.ts';

/**
 * Gives clear pixels beside covered ones the colour of these, in place; they stay clear. Readers that scale colours and cover one by one, as those of
 * PDF pictures with a soft mask do, then show no dark rim.
 */
export const spreadColours = ({ widthPx, heightPx, rgba }: RenderedPixels): void => {
  // A row at a time from what was covered before: colours go one pixel far.
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 4) {
      if (rgba[at + 3] !== 0) continue;
      const from =
        x > 0 && rgba[at - 1] !== 0
          ? at - 4
          : x + 1 < widthPx && rgba[at + 7] !== 0
            ? at + 4
            : y > 0 && rgba[at + 3 - widthPx * 4] !== 0
              ? at - widthPx * 4
              : y + 1 < heightPx && rgba[at + 3 + widthPx * 4] !== 0
                ? at + widthPx * 4
                : -1;
      if (from >= 0) rgba.copyWithin(at, from, from + 3);
    }
  }
};
