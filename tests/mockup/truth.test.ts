import { describe, expect, it } from 'vitest';
import { type CompiledView, compileView, type MockupLayer, paintMockup } from '../../src/mockup/index.ts';
import type { ShownPlacement } from '../../src/model/view.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import { psnr, readPicture, signal, views } from './pictures.ts';
import { ssim } from './similarity.ts';

type Row = {
  readonly view: string;
  readonly placement: string;
  readonly artwork: string;
  /** Where the truth lies in the picture, px. */
  readonly left: number;
  readonly top: number;
  /** Colour of the article, when it is not white, and what the truth's file is called by then. */
  readonly article?: string;
  readonly called?: string;
  readonly psnr: number;
  readonly ssim: number;
};

/**
 * The truths are path-traced pictures of the same product with the same print really on it (models/README.md, "Truth"): 256 samples a pixel,
 * light denoised by the filter that made the view's maps, print as rendered, in the exposure of the view. What is compared is display bytes,
 * over the pixels that lie whole in the printed zone and, with their neighbours two pixels away, within the trim. Over the middle of the
 * mug alone it is 45 to 47 dB: what is left are the sides, where the warp softens whole tiles, and light that the print colours. On the
 * black shirt (400 samples) bare cloth alone is 52.6 dB and the inside of prints 45 dB: what is left are edges of white on black.
 */
const ROWS: readonly Row[] = [
  { view: 'crew-tee/front', placement: 'front', artwork: 'shirt', left: 320, top: 285, psnr: 40, ssim: 0.99 },
  {
    view: 'crew-tee/front',
    placement: 'front',
    artwork: 'night',
    left: 320,
    top: 285,
    article: '#17171a',
    called: 'black',
    psnr: 40,
    ssim: 0.99,
  },
  { view: 'mug-11oz/handle-right', placement: 'wrap', artwork: 'wrap', left: 130, top: 170, psnr: 40, ssim: 0.99 },
  { view: 'notebook-cover/front', placement: 'cover', artwork: 'cover', left: 280, top: 300, psnr: 40, ssim: 0.99 },
];

const EDGE_PX = 2;
/** How far ink may reach into its neighbours in the path-traced picture. */
const FILTER_PX = 3;
/** How far the brightest and darkest hundredth of black cloth lie apart, of 255: less would be no test. */
const FOLDS = 4;

const fileAt = (name: string): string => new URL(`truth/${name}`, import.meta.url).pathname;

/** Whether a pixel of the picture shows print and nothing else. */
const isPrint = ({ print, zones, widthPx }: CompiledView, shown: ShownPlacement): ((x: number, y: number) => boolean) => {
  const cover = zones.find(({ id }) => id === shown.zone)?.cover;
  return (x, y) => {
    const at = ((y - (print?.y ?? 0)) * (print?.stride ?? 0) + x - (print?.x ?? 0)) * 2;
    const [u, v] = [(print?.mm[at] ?? -1e9) - shown.x, (print?.mm[at + 1] ?? -1e9) - shown.y];
    return cover?.[y * widthPx + x] === 255 && u > 0 && u < shown.width && v > 0 && v < shown.height;
  };
};

const cropOf = ({ rgba, widthPx }: PixelImage, left: number, top: number, size: PixelImage): PixelImage => ({
  ...size,
  rgba: Uint8Array.from(
    { length: size.rgba.length },
    (_, i) => rgba[((top + Math.floor((i >> 2) / size.widthPx)) * widthPx + left + ((i >> 2) % size.widthPx)) * 4 + (i & 3)] ?? 0,
  ),
});

type Compared = {
  readonly ours: PixelImage;
  readonly truth: PixelImage;
  /** Pixels of the truth that are compared, and those of them that no ink covers. */
  readonly counted: ReadonlySet<number>;
  readonly bare: ReadonlySet<number>;
};

const compare = async (row: Row): Promise<Compared> => {
  const [product = '', id = ''] = row.view.split('/');
  const loaded = await views.load(product, id);
  const view = await compileView(loaded, loaded.record.widthPx);
  const shown = view.record.placements.find(({ placement }) => placement === row.placement);
  if (!shown) throw new Error(`expected ${row.placement} among the placements of ${row.view}, got others`);
  const art = await readPicture(fileAt(`artwork-${row.artwork}.png`));
  const region = { x: 0, y: 0, width: shown.width, height: shown.height };
  const layer = { placement: row.placement, appearance: { process: 'ink' as const, ...art, region } };
  const truth = await readPicture(fileAt(`${product}--${id}${row.called ? `--${row.called}` : ''}.webp`));
  const paint = async (layers: readonly MockupLayer[]): Promise<PixelImage> =>
    cropOf(await paintMockup(view, layers, { article: row.article ?? '#ffffff' }, signal), row.left, row.top, truth);
  const [ours, plain] = [await paint([layer]), await paint([])];
  const shows = isPrint(view, shown);
  const counted = new Set<number>();
  for (let y = EDGE_PX; y + EDGE_PX < truth.heightPx; y += 1) {
    for (let x = EDGE_PX; x + EDGE_PX < truth.widthPx; x += 1) {
      const around = [-EDGE_PX, 0, EDGE_PX].flatMap((dy) => [-EDGE_PX, 0, EDGE_PX].map((dx) => [x + dx, y + dy] as const));
      if (around.every(([px, py]) => shows(row.left + px, row.top + py))) counted.add(y * truth.widthPx + x);
    }
  }
  const isInked = (pixel: number): boolean => [0, 1, 2].some((c) => ours.rgba[pixel * 4 + c] !== plain.rgba[pixel * 4 + c]);
  const rows = [-FILTER_PX, 0, FILTER_PX].map((dy) => dy * truth.widthPx);
  const isBare = (pixel: number): boolean => !rows.some((row) => [-FILTER_PX, 0, FILTER_PX].some((dx) => isInked(pixel + row + dx)));
  return { ours, truth, counted, bare: new Set([...counted].filter(isBare)) };
};

/** The mean of red, green and blue that a share of the pixels lies below. */
const brightness = ({ rgba }: PixelImage, pixels: ReadonlySet<number>, share: number): number => {
  const values = [...pixels].map((pixel) => ((rgba[pixel * 4] ?? 0) + (rgba[pixel * 4 + 1] ?? 0) + (rgba[pixel * 4 + 2] ?? 0)) / 3);
  return values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
};

describe('the mockup of print on a product', () => {
  it.each(ROWS)('of $artwork on $view is within $psnr dB and $ssim of the same print path-traced', async (row) => {
    const { ours, truth, counted } = await compare(row);
    const counts = (pixel: number): boolean => counted.has(pixel);
    expect(counted.size).toBeGreaterThan(20_000);
    expect(psnr(ours, truth, counts)).toBeGreaterThan(row.psnr);
    expect(ssim(ours, truth, counts)).toBeGreaterThan(row.ssim);
  });

  it.each(ROWS.filter(({ article }) => article))(
    'of $artwork on $view in $article keeps the shadows and highlights of bare cloth',
    async (row) => {
      const { ours, truth, bare } = await compare(row);
      expect(bare.size).toBeGreaterThan(20_000);
      expect(brightness(truth, bare, 0.99) - brightness(truth, bare, 0.01)).toBeGreaterThan(FOLDS);
      for (const share of [0.01, 0.5, 0.99])
        expect(Math.abs(brightness(ours, bare, share) - brightness(truth, bare, share)), `at ${share}`).toBeLessThan(1.5);
    },
  );
});
