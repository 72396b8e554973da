import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type MockupChoices, type MockupLayer, paintMockup } from '../../src/mockup/index.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import type { Appearance } from '../../src/render/appearance.ts';
import { BARE_METAL, BLIND, DYE, FOIL, OXIDE, PAPER, THREAD, UV_GLOSS, UV_INK } from '../../src/render/finishes.ts';
import { psnr, signal } from './pictures.ts';
import { blind, CLEAR, changedBy, foil, layerOn, type Make, type Mark, raised, SILVER, sunk, thread, viewOf } from './surfaces.ts';

const book = await viewOf('notebook-cover/front', 640);
const cap = await viewOf('cap-six-panel/front', 800);
const onBook = (make: Make, mark: Mark = { size: 80, across: 0.76 }): MockupLayer => layerOn(book, 'cover', make, mark);
const cover = (colour: string): MockupChoices => ({ zones: { cover: colour } });
const paintBook = (layers: readonly MockupLayer[], choices: MockupChoices): Promise<PixelImage> =>
  paintMockup(book, layers, choices, signal);

const lightness = ({ rgba }: PixelImage, pixel: number): number => rgba[pixel * 4 + 1] ?? 0;
const spreadOf = (picture: PixelImage, pixels: readonly number[]): readonly [number, number] => {
  const sorted = pixels.map((pixel) => lightness(picture, pixel)).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [at(0.05), at(0.97)];
};

describe('a decoration with a surface', () => {
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

  it('has no seams where its filters change', async () => {
    const flat = onBook({ ...thread([200, 60, 60]), strands: 1.2 }, { size: 900, across: 0.76 });
    const filled = flat.appearance.rgba.map((v, i) => ((i & 3) === 3 ? 255 : v === 0 ? 120 : v));
    const picture = await paintBook([{ ...flat, appearance: { ...flat.appearance, rgba: filled } }], {});
    const zone = book.zones.find(({ id }) => id === 'cover')?.cover ?? new Uint8Array();
    const [atTile, elsewhere] = [
      [0, 0],
      [0, 0],
    ];
    for (let pixel = 1; pixel < zone.length; pixel += 1) {
      if (zone[pixel] !== 255 || zone[pixel - 1] !== 255) continue;
      const sum = (pixel % book.widthPx) % 16 === 0 ? atTile : elsewhere;
      sum[0] = (sum[0] ?? 0) + Math.abs(lightness(picture, pixel) - lightness(picture, pixel - 1));
      sum[1] = (sum[1] ?? 0) + 1;
    }
    const mean = ([total = 0, count = 0]: readonly number[]): number => total / count;
    expect(mean(elsewhere)).toBeGreaterThan(0.5);
    expect(mean(atTile)).toBeLessThan(mean(elsewhere) * 1.15);
  });

  it('stays within the light of its surroundings whatever its form', async () => {
    const wild = onBook(foil(SILVER), { size: 200, across: 0.76 });
    const height = wild.appearance.rgba.reduce(
      (heights, _, i) => {
        if ((i & 3) === 0) heights[i >> 2] = ((i * 7919) % 211) / 2 - 50;
        return heights;
      },
      new Float32Array(wild.appearance.rgba.length / 4),
    );
    for (const finish of [FOIL, BLIND, THREAD, UV_GLOSS, BARE_METAL]) {
      const surface = { finish, height, direction: new Uint8Array(height.length).map((_, i) => (i * 31) % 256) };
      const picture = await paintBook([{ ...wild, appearance: { ...wild.appearance, surface } }], cover('#ffffff'));
      // What is no number ends as pure black, which no metal and no white leather shows.
      const zone = book.zones.find(({ id }) => id === 'cover')?.cover ?? new Uint8Array();
      const black = zone.filter((share, pixel) => share === 255 && lightness(picture, pixel) === 0).length;
      expect(black).toBeLessThan(zone.length * 0.0005);
    }
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

  it('follows the curve of an article whose directions are known', async () => {
    const ball = await viewOf('soccer-ball/front', 600);
    const maps = ball.surfaces();
    expect(maps?.normals).not.toBeNull();
    const facing = { ...ball, surfaces: () => maps && { ...maps, normals: null } };
    const layer = layerOn(ball, 'front', foil(SILVER), { size: 40 });
    const [bare, curved, flat] = [
      await paintMockup(ball, [], { article: '#17171a' }, signal),
      await paintMockup(ball, [layer], { article: '#17171a' }, signal),
      await paintMockup(facing, [layer], { article: '#17171a' }, signal),
    ];
    const marked = changedBy(flat, bare, 30);
    expect(marked.length).toBeGreaterThan(300);
    const range = (picture: PixelImage): number => {
      const [dark, light] = spreadOf(picture, marked);
      return light - dark;
    };
    expect(range(curved)).toBeGreaterThan(range(flat) * 1.1);
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
