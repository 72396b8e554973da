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
const shotOf = async ({ view, files }: PsdImport, printed = true, process: 'ink' | 'dye' = 'ink'): Promise<Uint8Array> => {
  const maps = new Map([...files].map(([path, data]) => [path.slice(path.lastIndexOf('/') + 1), data]));
  const decoded = await decodeView(view, maps);
  const [first] = view.placements;
  const { width, height, data } = paint(CONTENT.width, CONTENT.height, design);
  const region = { x: 0, y: 0, width: first?.width ?? 0, height: first?.height ?? 0 };
  const appearance = { region, widthPx: width, heightPx: height, rgba: new Uint8Array(data), process };
  const layers = printed ? [{ placement: first?.placement ?? '', appearance }] : [];
  const { rgba } = await renderMockup(decoded, layers, {}, { widthPx: view.widthPx }, signal);
  return rgba.filter((_, i) => i % 4 !== 3);
};

const onPrint: Step = { mode: 'normal', at: onQuad(QUAD, CONTENT.width, CONTENT.height, design) };

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
    expect(printed).toBeGreaterThan(30);
    expect(bare).toBeGreaterThan(40);
  });
});
