import type { Layer } from 'ag-psd';
import { describe, expect, it } from 'vitest';
import { decodeView } from '../../../src/intake/decode-view.ts';
import { importPsd, type PsdImport } from '../../../src/intake/psd/import-psd.ts';
import { renderMockup } from '../../../src/mockup/index.ts';
import { flatComposite, onQuad, psnr, type Step } from './flat-composite.ts';
import { type Paint, paint, pictureLayer, psdBytes, smartLayer } from './make-psd.ts';

const SIZE = 360;
const CONTENT = { width: 400, height: 300 };
const QUAD = [80, 70, 290, 95, 275, 285, 95, 250];
const OPTIONS = { id: 'my-box', name: 'My box', placement: 'lid', widthMm: 200 };

const signal = new AbortController().signal;

const wood: Paint = (x, y) => {
  const v = 150 + 30 * Math.sin(y / 9 + Math.sin(x / 40));
  return [v + 40, v + 10, v - 40, 255];
};
/** Greys, colours and soft slopes, in the content's own pixels. */
const design: Paint = (x, y) => {
  const cell = Math.floor(x / 50) + Math.floor(y / 50);
  if (cell % 3 === 0) return [128, 128, 128, 255];
  return cell % 3 === 1 ? [230 - y / 3, 90 + x / 4, 60, 255] : [245, 240, 40 + x / 3, 255];
};
const shadow: Paint = (x, y) => {
  const v = 255 - 150 * Math.exp(-(((x - 120) / 60) ** 2)) - 40 * (y / SIZE);
  return [v, v, v, 255];
};
const highlight: Paint = (x, y) => {
  const v = 110 * Math.exp(-(((x - y / 4 - 190) / 26) ** 2));
  return [v, v, v, 255];
};
const strap: Paint = (x, y) => (Math.abs(y - x / 3 - 120) < 14 ? [40, 60, 110, 255] : [0, 0, 0, 0]);

const base = pictureLayer('Wood', SIZE, SIZE, wood);
const smart = smartLayer('Your design', { width: SIZE, height: SIZE }, QUAD, CONTENT);
const layer = (name: string, at: Paint, more: Layer): Layer => pictureLayer(name, SIZE, SIZE, at, more);

/** The mockup with `design` on it, RGB bytes, and without anything. */
const shotOf = async (
  { view, files }: PsdImport,
  printed = true,
  process: 'ink' | 'dye' = 'ink',
  article?: string,
): Promise<Uint8Array> => {
  const maps = new Map([...files].map(([path, data]) => [path.slice(path.lastIndexOf('/') + 1), data]));
  const decoded = await decodeView(view, maps);
  const [first] = view.placements;
  const { width, height, data } = paint(CONTENT.width, CONTENT.height, design);
  const region = { x: 0, y: 0, width: first?.width ?? 0, height: first?.height ?? 0 };
  const appearance = { region, widthPx: width, heightPx: height, rgba: new Uint8Array(data), process };
  const layers = printed ? [{ placement: first?.placement ?? '', appearance }] : [];
  const { rgba } = await renderMockup(decoded, layers, { article }, { widthPx: view.widthPx }, signal);
  return rgba.filter((_, i) => i % 4 !== 3);
};

const onPrint: Step = { mode: 'normal', at: onQuad(QUAD, CONTENT.width, CONTENT.height, design) };

const maskLayer = (at: Paint): NonNullable<Layer['mask']> => ({
  left: 0,
  top: 0,
  right: SIZE,
  bottom: SIZE,
  defaultColor: 0,
  imageData: paint(SIZE, SIZE, (x, y) => {
    const [v] = at(x, y);
    return [v, v, v, 255];
  }),
});

const withAlpha = ([r, g, b, a]: readonly number[], keep: boolean): readonly [number, number, number, number] => [
  r ?? 0,
  g ?? 0,
  b ?? 0,
  keep ? (a ?? 0) : 0,
];

const compare = async (layers: Layer[], steps: readonly Step[]): Promise<{ printed: number; bare: number; found: PsdImport }> => {
  const found = await importPsd(psdBytes(SIZE, SIZE, layers), OPTIONS);
  const withPrint = flatComposite(SIZE, SIZE, steps);
  const without = flatComposite(
    SIZE,
    SIZE,
    steps.filter((step) => step !== onPrint),
    1,
  );
  return { printed: psnr(await shotOf(found), withPrint), bare: psnr(await shotOf(found, false), without), found };
};

describe('a layered mockup as a product', () => {
  it('puts the same design where and how the layers do: shadow, highlight and strap', async () => {
    const { printed, bare, found } = await compare(
      [
        base,
        smart,
        layer('Shadow', shadow, { blendMode: 'multiply' }),
        layer('Shine', highlight, { blendMode: 'screen' }),
        layer('Strap', strap, {}),
      ],
      [
        { mode: 'normal', at: wood },
        onPrint,
        { mode: 'multiply', at: shadow },
        { mode: 'screen', at: highlight },
        { mode: 'normal', at: strap },
      ],
    );
    expect(found.notes).toEqual([]);
    expect(printed).toBeGreaterThan(37);
    expect(bare).toBeGreaterThan(50);
  });

  it('keeps to a clipping shape, a mask and a half-transparent group', async () => {
    const disc: Paint = (x, y) => [240, 240, 235, Math.hypot(x - 185, y - 180) < 85 ? 255 : 0];
    const half: Paint = (x) => [x < 180 ? 255 : 0, 0, 0, 255];
    const clipped = smartLayer('Your design', { width: SIZE, height: SIZE }, QUAD, CONTENT, { clipping: true });
    const group: Layer = { name: 'Group', opacity: 0.9, blendMode: 'normal', children: [layer('Disc', disc, {}), clipped] };
    const shade: Layer = { ...layer('Shadow', shadow, { blendMode: 'multiply' }), mask: maskLayer(half) };
    const inDisc: Step = {
      ...onPrint,
      opacity: 0.9,
      at: (x, y) => {
        const [r, g, b, a] = onPrint.at(x, y);
        return [r, g, b, disc(Math.round(x), Math.round(y))[3] === 0 ? 0 : a];
      },
    };
    // The disc below print is hidden by it, so its own share is what the group's opacity leaves of the background.
    const hidden: Step = {
      mode: 'normal',
      opacity: 0.9,
      at: (x, y) => withAlpha(disc(Math.round(x), Math.round(y)), inDisc.at(x, y)[3] === 0),
    };
    const masked: Paint = (x, y) => (Math.round(x) < 180 ? shadow(x, y) : [255, 255, 255, 255]);
    const steps: readonly Step[] = [{ mode: 'normal', at: wood }, hidden, inDisc, { mode: 'multiply', at: masked }];
    const found = await importPsd(psdBytes(SIZE, SIZE, [base, group, shade]), OPTIONS);
    expect(found.notes).toEqual([]);
    expect(psnr(await shotOf(found), flatComposite(SIZE, SIZE, steps))).toBeGreaterThan(30);
  });

  it('lets a design that multiplies colour the surface, as dye does', async () => {
    const dyed = smartLayer('Wrap', { width: SIZE, height: SIZE }, QUAD, CONTENT, { blendMode: 'multiply' });
    const found = await importPsd(psdBytes(SIZE, SIZE, [base, dyed, layer('Shadow', shadow, { blendMode: 'multiply' })]), OPTIONS);
    expect(Object.keys(found.product.placements[0]?.methods ?? {})).toEqual(['sublimation']);
    const steps: readonly Step[] = [
      { mode: 'normal', at: wood },
      { ...onPrint, mode: 'multiply' },
      { mode: 'multiply', at: shadow },
    ];
    expect(psnr(await shotOf(found, true, 'dye'), flatComposite(SIZE, SIZE, steps))).toBeGreaterThan(30);
  });

  it('makes a smaller view of a picture that is too large', async () => {
    const bytes = psdBytes(SIZE, SIZE, [base, smart]);
    const found = await importPsd(bytes, { ...OPTIONS, maxSidePx: 200 });
    expect(found.view).toMatchObject({ widthPx: 180, heightPx: 180 });
    expect(found.notes.map(({ code }) => code)).toEqual(['psd.reduced']);
    const large = flatComposite(SIZE, SIZE, [{ mode: 'normal', at: wood }, onPrint], 2);
    const small = Uint8Array.from({ length: 180 * 180 * 3 }, (_, i) => {
      const [x, y, c] = [Math.floor(i / 3) % 180, Math.floor(i / 540), i % 3];
      const at = (dx: number, dy: number): number => large[((2 * y + dy) * SIZE + 2 * x + dx) * 3 + c] ?? 0;
      return (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
    });
    expect(psnr(await shotOf(found), small)).toBeGreaterThan(28);
  });

  it('recolours what a layer named colour paints, below the print too', async () => {
    const left: Paint = (x) => [x < 300 ? 255 : 0, 0, 0, 255];
    const tint = (r: number, g: number, b: number): Layer => ({
      name: 'Box colour',
      left: 0,
      top: 0,
      right: 0,
      bottom: 0,
      vectorFill: { type: 'color', color: { r, g, b } },
      mask: maskLayer(left),
    });
    const layers = [base, tint(200, 60, 50), smart, layer('Shadow', shadow, { blendMode: 'multiply' })];
    const found = await importPsd(psdBytes(SIZE, SIZE, layers), OPTIONS);
    expect(found.view.zones.map(({ id, follows, colour }) => [id, follows, colour])).toEqual([
      ['lid', 'article', '#c83c32'],
      ['colour', 'article', '#c83c32'],
      ['product', 'own', '#ffffff'],
      ['background', 'scene', '#ffffff'],
    ]);
    const flat = (colour: readonly [number, number, number]): Uint8Array => {
      const at: Paint = (x) => [...colour, Math.round(x) < 300 ? 255 : 0];
      return flatComposite(
        SIZE,
        SIZE,
        [
          { mode: 'normal', at: wood },
          { mode: 'normal', at },
          { mode: 'multiply', at: shadow },
        ],
        1,
      );
    };
    expect(psnr(await shotOf(found, false), flat([200, 60, 50]))).toBeGreaterThan(38);
    for (const [article, colour] of [
      ['#2850a0', [40, 80, 160]],
      ['#f0f0f0', [240, 240, 240]],
    ] as const)
      expect(psnr(await shotOf(found, false, 'ink', article), flat(colour)), article).toBeGreaterThan(32);
  });
});

describe('where print lies', () => {
  const bend = (s: number): number => 30 * 4 * s * (1 - s);
  /** Cubic control points of a sheet whose rows sag: straight across, a parabola down. */
  const points = [0, 1, 2, 3].flatMap((row) => [0, 1, 2, 3].map((k) => ({ x: k * 60, y: row * 40 + (k === 1 || k === 2 ? 40 : 0) })));
  const px = (value: number) => ({ value, units: 'Pixels' as const });
  const warp = {
    style: 'custom' as const,
    value: 0,
    perspective: 0,
    perspectiveOther: 0,
    rotate: 'horizontal' as const,
    bounds: { left: px(0), top: px(0), right: px(180), bottom: px(120) },
    uOrder: 4,
    vOrder: 4,
    customEnvelopeWarp: { meshPoints: points },
  };
  /** Around the bent sheet, which is 30 px higher than the flat one. */
  const square = [90, 90, 270, 90, 270, 240, 90, 240];

  it('follows a bent mesh', async () => {
    const bent = smartLayer('Your design', { width: SIZE, height: SIZE }, square, { width: 180, height: 120 }, {}, { warp });
    const found = await importPsd(psdBytes(SIZE, SIZE, [base, bent]), { ...OPTIONS, widthMm: 180 });
    expect(found.notes).toEqual([]);
    const maps = new Map([...found.files].map(([path, data]) => [path.slice(path.lastIndexOf('/') + 1), data]));
    const { positions } = await decodeView(found.view, maps);
    for (const [u, v] of [
      [20, 20],
      [90, 60],
      [150, 100],
    ] as const) {
      const [x, y] = [Math.floor(90 + u), Math.floor(90 + v + bend(u / 180))];
      const at = (y * positions.widthPx + x) * 2;
      const [mmX = 0, mmY = 0] = [positions.mm[at], positions.mm[at + 1]];
      expect(Math.hypot(mmX - (x + 0.5 - 90), mmY - (y + 0.5 - 90 - bend((x + 0.5 - 90) / 180)))).toBeLessThan(0.1);
    }
  });

  it('gives every smart object a place of its own', async () => {
    const other = smartLayer('Back side!', { width: SIZE, height: SIZE }, [300, 300, 350, 300, 350, 350, 300, 350], {
      width: 100,
      height: 100,
    });
    const { product, view, notes } = await importPsd(psdBytes(SIZE, SIZE, [base, smart, other]), OPTIONS);
    expect(product.placements.map(({ id, width, height }) => [id, width, height])).toEqual([
      ['lid', 200, 150],
      ['back-side', 50, 50],
    ]);
    expect(view.placements.map(({ x }) => x)).toEqual([0, 300]);
    expect(notes.map(({ code, layer: name }) => `${code} ${name}`)).toEqual(['psd.size-shared Back side!']);
  });
});
