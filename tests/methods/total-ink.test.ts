import { describe, expect, test } from 'vitest';
import { heaviestInk, heaviestSquare, totalInkFindings } from '../../src/methods/checks/total-ink.ts';
import type { PdfColour } from '../../src/render/pdf/document.ts';
import { pageBoxes } from '../../src/render/pdf/page-boxes.ts';
import type { SceneNode } from '../../src/scene/scene.ts';
import {
  box,
  CUT,
  documentOf,
  FOGRA,
  group,
  linear,
  lookUp,
  picture,
  pixels,
  sceneOf,
  solid,
  stops,
  textLine,
} from '../render/pdf/sample-scenes.ts';
import { platesOf, write } from '../render/pdf/tools.ts';

const COLOUR: Extract<PdfColour, { mode: 'cmyk' }> = {
  mode: 'cmyk',
  profile: FOGRA,
  intent: 'relative',
  blackText: 'k100',
  images: 'cmyk',
};
const photo = pixels('p', 60, 40, (x, y) => [x * 2, y * 2, 30, 255]);
const half = pixels('h', 40, 40, (x) => [20, 10, 5, x * 6]);
const cmyk = (c: number, m: number, y: number, k: number) => solid({ space: 'cmyk', c, m, y, k });

const ours = (nodes: readonly SceneNode[], colour = COLOUR) =>
  heaviestInk(sceneOf(nodes), colour, { picture: lookUp(photo, half), signal: new AbortController().signal });

/** The same from the plates that Ghostscript makes of our PDF. */
const ghostscripts = async (nodes: readonly SceneNode[], dpi = 72): Promise<number> => {
  const scene = sceneOf(nodes);
  const bytes = await write(
    documentOf([{ scene, boxes: pageBoxes(scene.area, 0), marks: null, mirror: false }], { colour: COLOUR }),
    lookUp(photo, half),
  );
  const plates = await platesOf(bytes, dpi);
  const inks = ['Cyan', 'Magenta', 'Yellow', 'Black'].map((name) => plates.get(name));
  const [first] = inks;
  if (!first) throw new Error('expected plates');
  const data = new Uint16Array(first.width * first.height);
  for (const ink of inks) if (ink) for (let i = 0; i < data.length; i += 1) data[i] = (data[i] ?? 0) + (ink.data[i * ink.channels] ?? 0);
  return heaviestSquare({ widthPx: first.width, heightPx: first.height, data }, Math.round((15 / 25.4) * dpi)).percent;
};

describe('ink over a square of 15 mm', () => {
  test.each<{ what: string; nodes: readonly SceneNode[]; dpi?: number }>([
    { what: 'inks as they are given', nodes: [box(10, 10, 40, 40, cmyk(0.9, 0.8, 0.7, 1))] },
    { what: 'colours that are converted', nodes: [box(10, 10, 40, 40, solid('#1a0f2e'))] },
    { what: 'black of lines', nodes: [box(10, 10, 40, 40, solid('#000000')), textLine('HIO', 60, 30, 10, solid('#000000'))] },
    // Ghostscript inks every pixel that a shape touches: small ones need fine pixels.
    { what: 'a patch smaller than the square', nodes: [box(10, 10, 8, 10, cmyk(1, 1, 1, 1))], dpi: 432 },
    { what: 'a fade', nodes: [box(-3, -3, 106, 76, linear([0, 0], [100, 0], stops([0, '#ffffff', 1], [1, '#102030', 1])))] },
    { what: 'a picture', nodes: [picture(photo, [60, 0, 0, 40, 10, 10])] },
    { what: 'a picture that fades over a ground', nodes: [box(0, 0, 100, 70, cmyk(0.5, 0, 0, 0)), picture(half, [60, 0, 0, 40, 10, 10])] },
    {
      what: 'blended groups',
      nodes: [
        box(0, 0, 100, 70, cmyk(0.5, 0.4, 0, 0)),
        group([box(10, 10, 40, 40, cmyk(0, 0, 0.9, 0.3))], { opacity: 0.5, blend: 'multiply' }),
      ],
    },
    { what: 'a spot ink that knocks out', nodes: [box(-3, -3, 106, 76, cmyk(1, 1, 0, 0)), box(-3, -3, 106, 76, solid(CUT))] },
  ])('of $what is what Ghostscript separates, within 3 %', async ({ nodes, dpi }) => {
    const { percent } = await ours(nodes);
    expect(Math.abs(percent - (await ghostscripts(nodes, dpi)))).toBeLessThan(3);
  });

  test('is found where it lies', async () => {
    const { percent, at } = await ours([box(0, 0, 100, 70, cmyk(0.2, 0.2, 0.2, 0)), box(60, 20, 20, 20, cmyk(1, 1, 1, 0.5))]);
    expect(percent).toBeCloseTo(350, 0);
    expect(Math.hypot(at.x - 70, at.y - 30)).toBeLessThan(5);
  });

  test('of a page smaller than the square is that of the page', () => {
    const data = new Uint16Array(10 * 6).fill(510);
    expect(heaviestSquare({ widthPx: 10, heightPx: 6, data }, 43)).toMatchObject({ percent: 200, x: 5, y: 3 });
  });

  test('is told above the limit, and not at it', () => {
    expect(totalInkFindings({ percent: 342.4, at: { x: 10.2, y: 20 } }, 320, '')).toMatchObject([
      { severity: 'warning', code: 'ink.total-area', measured: 342, required: 320, unit: '%' },
    ]);
    expect(totalInkFindings({ percent: 320.4, at: { x: 0, y: 0 } }, 320, '')).toEqual([]);
  });

  test('is lower once converted colours are held to less', async () => {
    const nodes = [box(10, 10, 40, 40, solid('#05040a'))];
    const [free, held] = [await ours(nodes), await ours(nodes, { ...COLOUR, maxInk: 2.4 })];
    expect(held.percent).toBeLessThan(241);
    expect(free.percent).toBeGreaterThan(260);
  });
});
