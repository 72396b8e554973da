import { describe, expect, it } from 'vitest';
import { type MockupChoices, paintMockup } from '../../src/mockup/index.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import { BARE_METAL, BURNT_WOOD, INK, UV_GLOSS, UV_INK, VINYL } from '../../src/render/finishes.ts';
import { encodePixels } from '../../src/render/raster/encode-pixels.ts';
import { expectGolden } from '../golden/golden.ts';
import { signal } from './pictures.ts';
import { blind, CLEAR, changedBy, foil, layerOn, type Make, type Mark, raised, SILVER, sunk, thread, viewOf } from './surfaces.ts';

const cover = (colour: string): MockupChoices => ({ zones: { cover: colour } });

const crop = ({ widthPx, rgba }: PixelImage, [left, top]: readonly [number, number], size = 200): PixelImage => {
  const out = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1)
    out.set(rgba.subarray(((top + y) * widthPx + left) * 4, ((top + y) * widthPx + left + size) * 4), y * size * 4);
  return { widthPx: size, heightPx: size, rgba: out };
};

describe('a decoration with a surface', () => {
  const cases: readonly (readonly [string, string, string, Make, Mark, MockupChoices, number])[] = [
    ['foil', 'notebook-cover/close-up', 'cover', foil(), { size: 30, across: 0.76 }, cover('#22304d'), 900],
    ['foil-on-leather', 'luggage-tag/front-smooth', 'front', foil(), { size: 24 }, { article: '#5a2330' }, 900],
    ['foil-on-croc', 'luggage-tag/front-croc', 'front', foil(), { size: 24 }, { article: '#17171a' }, 900],
    ['silver-foil', 'photo-book-210/standing', 'cover', foil(SILVER), { size: 70, across: 0.76 }, cover('#17171a'), 900],
    ['blind-black', 'luggage-tag/front-smooth', 'front', blind(0.4), { size: 24 }, { article: '#17171a' }, 900],
    ['blind-white', 'notebook-cover/close-up', 'cover', blind(0.4), { size: 30, across: 0.76 }, cover('#f4f1ea'), 900],
    ['thread', 'cap-six-panel/front', 'front', thread([226, 178, 54]), { size: 44 }, { article: '#1d2b4a' }, 900],
    [
      'vinyl',
      'team-jersey/back',
      'back',
      { process: 'ink', colour: CLEAR, finish: VINYL, height: raised(0.1) },
      { size: 130 },
      { article: '#b3202c' },
      900,
    ],
    [
      'varnish',
      'notebook-cover/close-up',
      'cover',
      { process: 'dye', colour: CLEAR, finish: UV_GLOSS, height: raised(0.03, 0.2) },
      { size: 30, across: 0.76 },
      cover('#23315e'),
      900,
    ],
    [
      'ink',
      'crew-tee/front',
      'front',
      { process: 'ink', colour: [200, 30, 40], finish: INK, height: raised(0.06, 0.15) },
      { size: 120 },
      { article: '#17171a' },
      900,
    ],
    [
      'uv-ink',
      'phone-case/back',
      'wrap',
      { process: 'ink', colour: [40, 90, 200], finish: UV_INK, height: raised(0.08) },
      { size: 40 },
      {},
      900,
    ],
    [
      'bare-metal',
      'pen/whole',
      'barrel',
      { process: 'ink', colour: [225, 225, 222], finish: BARE_METAL, height: sunk(0.04, 0.08) },
      { size: 5 },
      {},
      1400,
    ],
    ['thread-on-leather', 'ball-glove/back', 'strap', thread([235, 235, 230]), { size: 18 }, {}, 1200],
    ['foil-on-plastic', 'phone-case/back', 'wrap', foil(), { size: 40 }, { article: '#17171a' }, 900],
    [
      'burnt-wood',
      'cutting-board/engraving',
      'front',
      { process: 'dye', colour: [110, 72, 48], finish: BURNT_WOOD, height: sunk(0.3, 0.3) },
      { size: 40 },
      {},
      900,
    ],
  ];

  it.each(cases)('looks as before: %s', async (name, where, placement, make, mark, choices, widthPx) => {
    const view = await viewOf(where, widthPx);
    const layer = layerOn(view, placement, make, mark);
    const bare = await paintMockup(view, [], choices, signal);
    const picture = await paintMockup(view, [layer], choices, signal);
    const changed = changedBy(picture, bare, 3);
    expect(changed.length).toBeGreaterThan(300);
    // The crop lies about the middle of what the mark changes.
    const middle = changed[changed.length >> 1] ?? 0;
    const columns = changed.map((pixel) => pixel % widthPx).sort((a, b) => a - b);
    const left = Math.max(0, (columns[columns.length >> 1] ?? 0) - 100);
    const at = [Math.min(widthPx - 200, left), Math.min(picture.heightPx - 200, Math.max(0, Math.floor(middle / widthPx) - 100))] as const;
    const png = await encodePixels(crop(picture, at), { format: 'png' });
    // Another processor may round the resized maps differently by one step.
    expectGolden(`mockup/surface-${name}`, png, { channel: 3, share: 0.002 });
  });
});
