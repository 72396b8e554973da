import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  appearanceRequestFor,
  type CompiledView,
  compileView,
  type MockupChoices,
  type MockupLayer,
  paintMockup,
} from '../../src/mockup/index.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import type { Appearance } from '../../src/render/appearance.ts';
import { BARE_METAL, BLIND, BURNT_WOOD, DYE, FOIL, INK, OXIDE, PAPER, THREAD, UV_GLOSS, UV_INK, VINYL } from '../../src/render/finishes.ts';
import { encodePixels } from '../../src/render/raster/encode-pixels.ts';
import { expectGolden } from '../golden/golden.ts';
import { psnr, signal, views } from './pictures.ts';
import { type Make, markOf, monogram, padded, raised, sunk, turned } from './surfaces.ts';

const compiled = new Map<string, Promise<CompiledView>>();
const viewOf = (name: string, widthPx: number): Promise<CompiledView> => {
  const [product = '', id = ''] = name.split('/');
  const key = `${name} ${widthPx}`;
  const view = compiled.get(key) ?? views.load(product, id).then((one) => compileView(one, widthPx));
  compiled.set(key, view);
  return view;
};

const GOLD = [240, 205, 133] as const;
const SILVER = [240, 240, 243] as const;
const CLEAR = [255, 255, 255] as const;

const foil = (colour: Make['colour'] = GOLD): Make => ({ process: 'ink', colour, finish: FOIL, height: sunk(0.18, 0.3) });
const blind = (mm: number): Make => ({ process: 'dye', colour: CLEAR, finish: BLIND, height: sunk(mm, 0.35) });
const thread = (colour: Make['colour']): Make => ({ process: 'ink', colour, finish: THREAD, height: padded(0.5, 0.9), strands: 0.42 });

type Mark = { readonly size: number; readonly across?: number; readonly turn?: boolean };

const layerOn = (view: CompiledView, placement: string, make: Make, { size, across = 0.5, turn = false }: Mark): MockupLayer => {
  const request = appearanceRequestFor(view, placement);
  const { x, y, width, height } = request.region;
  const [cx, cy] = [x + width * across, y + height / 2];
  const outline = monogram(cx, cy, size);
  return { placement, appearance: markOf(request, turn ? turned(outline, cx, cy) : outline, { cx, cy, radius: size }, make) };
};

const book = await viewOf('notebook-cover/lying', 640);
const cap = await viewOf('cap-six-panel/front', 800);
const onBook = (make: Make, mark: Mark = { size: 80, across: 0.76 }): MockupLayer => layerOn(book, 'cover', make, mark);
const cover = (colour: string): MockupChoices => ({ zones: { cover: colour } });
const paintBook = (layers: readonly MockupLayer[], choices: MockupChoices): Promise<PixelImage> =>
  paintMockup(book, layers, choices, signal);

/** Pixels that a layer on the notebook changes by more than `least`. */
const changedBy = (a: PixelImage, b: PixelImage, least = 6): readonly number[] => {
  const changed: number[] = [];
  for (let i = 0; i < a.rgba.length; i += 4) {
    const differs = (c: number): boolean => Math.abs((a.rgba[i + c] ?? 0) - (b.rgba[i + c] ?? 0)) > least;
    if (differs(0) || differs(1) || differs(2)) changed.push(i >> 2);
  }
  return changed;
};

const lightness = ({ rgba }: PixelImage, pixel: number): number => rgba[pixel * 4 + 1] ?? 0;
const spreadOf = (picture: PixelImage, pixels: readonly number[]): readonly [number, number] => {
  const sorted = pixels.map((pixel) => lightness(picture, pixel)).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [at(0.05), at(0.97)];
};

const crop = ({ widthPx, rgba }: PixelImage, [left, top]: readonly [number, number], size = 200): PixelImage => {
  const out = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1)
    out.set(rgba.subarray(((top + y) * widthPx + left) * 4, ((top + y) * widthPx + left + size) * 4), y * size * 4);
  return { widthPx: size, heightPx: size, rgba: out };
};

describe('a decoration with a surface', () => {
  const cases: readonly (readonly [string, string, string, Make, Mark, MockupChoices, number])[] = [
    ['foil', 'notebook-cover/lying', 'cover', foil(), { size: 70, across: 0.76 }, cover('#22304d'), 900],
    ['silver-foil', 'photo-book-210/standing', 'cover', foil(SILVER), { size: 70, across: 0.76 }, cover('#17171a'), 900],
    ['blind-black', 'notebook-cover/lying', 'cover', blind(0.4), { size: 70, across: 0.76 }, cover('#17171a'), 900],
    ['blind-white', 'notebook-cover/lying', 'cover', blind(0.4), { size: 70, across: 0.76 }, cover('#f4f1ea'), 900],
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
      'notebook-cover/lying',
      'cover',
      { process: 'dye', colour: CLEAR, finish: UV_GLOSS, height: raised(0.03, 0.2) },
      { size: 70, across: 0.76 },
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
      'laser-on-card',
      'poster-a3/framed',
      'front',
      { process: 'dye', colour: [110, 72, 48], finish: BURNT_WOOD, height: sunk(0.3, 0.3) },
      { size: 120 },
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

  it('gives the same bytes each time', async () => {
    const sha = async (): Promise<string> =>
      createHash('sha256')
        .update((await paintBook([onBook(foil()), onBook(blind(0.3))], cover('#703a22'))).rgba)
        .digest('hex');
    expect(await sha()).toBe(await sha());
  });

  it('is painted the same in bands as in one go', async () => {
    const layers = [onBook(foil()), onBook(thread([200, 30, 40]), { size: 40, across: 0.7 })];
    const whole = await paintBook(layers, cover('#703a22'));
    const banded = { ...whole, rgba: new Uint8Array(whole.rgba.length) };
    for (let row = 0; row < whole.heightPx; row += 137)
      await paintMockup(book, layers, cover('#703a22'), signal, { repaint: { picture: banded, fromRow: row, toRow: row + 137 } });
    expect(Buffer.compare(banded.rgba, whole.rgba)).toBe(0);
  });

  it('changes nothing outside the zone it is on, and leaves a cut-out its outline', async () => {
    const layers = [onBook(foil(), { size: 230, across: 0.76 })];
    const zone = book.zones.find(({ id }) => id === 'cover')?.cover ?? new Uint8Array();
    for (const background of ['#ffffff', 'transparent']) {
      const choices = { ...cover('#703a22'), background };
      const [bare, marked] = [await paintBook([], choices), await paintBook(layers, choices)];
      const changed = changedBy(bare, marked, 0);
      expect(changed.length).toBeGreaterThan(1000);
      expect(changed.every((pixel) => (zone[pixel] ?? 0) > 0)).toBe(true);
      expect(marked.rgba.some((v, i) => (i & 3) === 3 && Math.abs(v - (bare.rgba[i] ?? 0)) > 1)).toBe(false);
    }
  });
});

describe('a finish that changes nothing', () => {
  it.each([
    ['dye', DYE],
    ['paper', PAPER],
  ] as const)('looks like flat %s', async (process, finish) => {
    const layer = onBook({ process, colour: [180, 60, 70], finish });
    const { surface, ...flat } = layer.appearance;
    expect(surface?.finish).toBe(finish);
    const [with_, without] = [
      await paintBook([layer], cover('#d8c9a0')),
      await paintBook([{ ...layer, appearance: flat }], cover('#d8c9a0')),
    ];
    expect(changedBy(with_, without, 1)).toEqual([]);
  });
});

describe('foil', () => {
  it('has light and dark parts, and the colour of the film', async () => {
    const bare = await paintBook([], cover('#22304d'));
    const [gold, silver] = [await paintBook([onBook(foil())], cover('#22304d')), await paintBook([onBook(foil(SILVER))], cover('#22304d'))];
    const marked = changedBy(gold, bare, 30);
    const [dark, light] = spreadOf(gold, marked);
    expect(light - dark).toBeGreaterThan(60);
    const warmth = ({ rgba }: PixelImage): number =>
      marked.reduce((sum, pixel) => sum + (rgba[pixel * 4] ?? 0) - (rgba[pixel * 4 + 2] ?? 0), 0) / marked.length;
    expect(warmth(gold)).toBeGreaterThan(40);
    expect(Math.abs(warmth(silver))).toBeLessThan(12);
  });

  it('stays foil when the mark is turned', async () => {
    const bare = await paintBook([], cover('#22304d'));
    const spreads = await Promise.all(
      [false, true].map(async (turn) => {
        const picture = await paintBook([onBook(foil(), { size: 70, across: 0.76, turn })], cover('#22304d'));
        return spreadOf(picture, changedBy(picture, bare, 30));
      }),
    );
    const [straight = [0, 0], quarter = [0, 0]] = spreads;
    expect(Math.abs(straight[0] - quarter[0])).toBeLessThan(25);
    expect(Math.abs(straight[1] - quarter[1])).toBeLessThan(25);
  });

  it('looks the same on black and on white: nothing below shines through', async () => {
    const [onBlack, onWhite] = [await paintBook([onBook(foil())], cover('#000000')), await paintBook([onBook(foil())], cover('#ffffff'))];
    const bare = await paintBook([], cover('#000000'));
    const marked = new Set(changedBy(onBlack, bare, 40));
    const inside = new Set(
      [...marked].filter((pixel) => [-3, 3, -3 * book.widthPx, 3 * book.widthPx].every((step) => marked.has(pixel + step))),
    );
    expect(inside.size).toBeGreaterThan(300);
    expect(psnr(onBlack, onWhite, (pixel) => inside.has(pixel))).toBeGreaterThan(30);
  });
});

describe('a blind stamp', () => {
  it('of no depth changes nothing', async () => {
    const [bare, level] = [await paintBook([], cover('#703a22')), await paintBook([onBook(blind(0))], cover('#703a22'))];
    expect(changedBy(bare, level, 1)).toEqual([]);
  });

  it.each(['#17171a', '#703a22', '#f4f1ea'])('is seen on %s', async (colour) => {
    const [bare, stamped] = [await paintBook([], cover(colour)), await paintBook([onBook(blind(0.35))], cover(colour))];
    expect(changedBy(bare, stamped, 5).length).toBeGreaterThan(900);
  });
});

describe('varnish', () => {
  it('lets the colour below through and shows on black too', async () => {
    const varnish: Make = { process: 'dye', colour: CLEAR, finish: UV_GLOSS, height: raised(0.03, 0.2) };
    for (const colour of ['#17171a', '#b3202c']) {
      const [bare, coated] = [await paintBook([], cover(colour)), await paintBook([onBook(varnish)], cover(colour))];
      expect(changedBy(bare, coated, 4).length).toBeGreaterThan(500);
      expect(psnr(bare, coated)).toBeGreaterThan(30);
    }
  });
});

describe('thread', () => {
  const paintCap = (layers: readonly MockupLayer[], article: string): Promise<PixelImage> => paintMockup(cap, layers, { article }, signal);
  const stitched = layerOn(cap, 'front', thread([225, 225, 220]), { size: 46 });

  it('shadows the cloth around it', async () => {
    const [bare, sewn] = [await paintCap([], '#e8e8e8'), await paintCap([stitched], '#e8e8e8')];
    const darker = changedBy(bare, sewn, 12).filter((pixel) => lightness(sewn, pixel) < lightness(bare, pixel));
    expect(darker.length).toBeGreaterThan(200);
  });

  it('glints by the way it runs', async () => {
    const along = stitched.appearance.surface?.direction ?? new Uint8Array();
    const across: Appearance = {
      ...stitched.appearance,
      surface: { finish: THREAD, direction: along.map((v) => (v + 128) % 255) },
    };
    const same: Appearance = { ...stitched.appearance, surface: { finish: THREAD, direction: along } };
    const [one, other] = [
      await paintCap([{ ...stitched, appearance: same }], '#1d2b4a'),
      await paintCap([{ ...stitched, appearance: across }], '#1d2b4a'),
    ];
    expect(changedBy(one, other, 10).length).toBeGreaterThan(1000);
  });
});

describe('print on metal', () => {
  const steel = { ...cap, record: { ...cap.record, zones: cap.record.zones.map((zone) => ({ ...zone, material: 'metal' as const })) } };
  it.each([
    ['flat ink', { process: 'ink', colour: [200, 30, 40], finish: UV_INK } as const],
    ['an oxide', { process: 'ink', colour: [60, 56, 52], finish: OXIDE } as const],
    ['bare metal', { process: 'ink', colour: [225, 225, 222], finish: BARE_METAL, height: sunk(0.05, 0.1) } as const],
  ])('shows %s in its own light', async (name, make) => {
    const layer = layerOn(steel, 'front', make, { size: 46 });
    const { surface, ...flat } = layer.appearance;
    const shown = name === 'flat ink' ? { ...layer, appearance: flat } : layer;
    expect(surface).toBeDefined();
    const [bare, marked] = [
      await paintMockup(steel, [], { article: '#c9c8c5' }, signal),
      await paintMockup(steel, [shown], { article: '#c9c8c5' }, signal),
    ];
    const changed = changedBy(bare, marked, 8);
    expect(changed.length).toBeGreaterThan(1000);
    if (name === 'flat ink') {
      const reddish = changed.filter((pixel) => (marked.rgba[pixel * 4] ?? 0) > (marked.rgba[pixel * 4 + 1] ?? 0) + 40);
      expect(reddish.length).toBeGreaterThan(changed.length * 0.6);
    }
  });
});
