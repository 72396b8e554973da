import { describe, expect, it } from 'vitest';
import type { DecodedImage } from '../../../src/model/resources.ts';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import { BLEND_MODES, type SceneNode } from '../../../src/scene/scene.ts';
import {
  box,
  disc,
  documentOf,
  group,
  line,
  linear,
  lookUp,
  pageOf,
  picture,
  pixels,
  radial,
  sceneOf,
  shape,
  solid,
  stops,
  textLine,
} from './sample-scenes.ts';
import { at, drawnBy, READERS, type Reader, strayPixels, write } from './tools.ts';

const DPI = 60;
const ramp = pixels('ramp', 64, 8, (x) => [x * 4, x * 4, x * 4, 255]);
const soft = pixels('soft', 60, 60, (x, y) => [200, 30, 60, Math.max(0, 255 - Math.hypot(x - 30, y - 30) * 8) | 0]);
const hole = { ...shape(disc(50, 35, 30), solid('#2563eb')), fillRule: 'evenodd' as const };

/** One scene for every kind of node and paint; in RGB, where all three programs do the same arithmetic. */
const CASES: Readonly<Record<string, readonly SceneNode[]>> = {
  'a fill and a stroke': [box(10, 10, 60, 40, solid('#f59e0b'), line(solid('#1e3a8a'), 4))],
  'an even-odd hole': [
    {
      ...hole,
      path: {
        verbs: new Uint8Array([...disc(0, 0, 1).verbs, ...disc(0, 0, 1).verbs]),
        coords: Float64Array.from([...disc(50, 35, 30).coords, ...disc(50, 35, 15).coords]),
      },
    },
  ],
  'round and square ends': [
    shape(disc(20, 20, 10), null, { ...line(solid('#dc2626'), 3), join: 'round', cap: 'round' }),
    {
      ...shape({ verbs: Uint8Array.of(0, 1, 1), coords: Float64Array.of(50, 20, 80, 50, 80, 20) }, null, {
        ...line(solid('#16a34a'), 5),
        cap: 'square',
        join: 'bevel',
      }),
    },
  ],
  'text level and turned': [textLine('OHIO HI', 5, 30, 14, solid('#111827')), textLine('HOI', 30, 65, 12, solid('#be123c'), -25)],
  'a linear gradient': [box(5, 5, 90, 60, linear([5, 5], [95, 65], stops([0, '#ff0000'], [0.3, '#ffff00'], [1, '#0000ff'])))],
  'a hard-edged gradient': [
    box(
      5,
      5,
      90,
      60,
      linear([0, 0], [1, 0], stops([0.2, '#ff0000'], [0.5, '#ffffff'], [0.5, '#000000'], [0.8, '#00ff00']), [90, 0, 0, 60, 5, 5]),
    ),
  ],
  'a radial gradient with a moved focus': [box(5, 5, 90, 60, radial(50, 35, 28, stops([0, '#ffffff'], [1, '#7c3aed']), [42, 28]))],
  'a gradient that fades out': [
    box(0, 0, 100, 70, solid('#22c55e')),
    box(10, 10, 80, 50, linear([10, 0], [90, 0], stops([0, '#000000', 1], [1, '#ffffff', 0]))),
  ],
  'a gradient of one thin colour': [
    box(0, 0, 100, 70, solid('#22c55e')),
    box(10, 10, 80, 50, linear([10, 0], [90, 0], stops([0, '#ff0000', 0.4], [1, '#0000ff', 0.4]))),
  ],
  'a gradient stroke': [box(20, 15, 60, 40, null, line(linear([20, 15], [80, 55], stops([0, '#ff00ff'], [1, '#00aaaa'])), 6))],
  'gradient text': [textLine('HOH', 5, 55, 45, linear([5, 0], [90, 0], stops([0, '#dc2626'], [1, '#2563eb'])))],
  'an opaque group faded as one': [
    group([shape(disc(40, 35, 20), solid('#ef4444')), shape(disc(60, 35, 20), solid('#3b82f6'))], { opacity: 0.5 }),
  ],
  'one faded shape': [box(0, 0, 100, 70, solid('#22c55e')), group([shape(disc(50, 35, 25), solid('#ef4444'))], { opacity: 0.4 })],
  'one faded line': [group([shape(disc(50, 35, 25), null, line(solid('#2563eb'), 8))], { opacity: 0.4 })],
  'a faded shape with a line': [group([shape(disc(50, 35, 25), solid('#ef4444'), line(solid('#2563eb'), 8))], { opacity: 0.4 })],
  'a faded group in a faded group': [
    group(
      [
        box(10, 10, 40, 40, solid('#ef4444')),
        group([box(30, 20, 50, 40, solid('#2563eb')), box(40, 30, 50, 30, solid('#f59e0b'))], { opacity: 0.6 }),
      ],
      {
        opacity: 0.7,
        clip: { path: disc(50, 35, 30), fillRule: 'nonzero' },
      },
    ),
  ],
  'a clip': [group([box(0, 0, 100, 70, solid('#7c3aed'))], { clip: { path: disc(50, 35, 25), fillRule: 'nonzero' } })],
  'a picture mask': [
    box(0, 0, 100, 70, solid('#fde68a')),
    group([box(10, 10, 80, 50, solid('#0f766e'))], { mask: picture(ramp, [60, 0, 0, 50, 20, 10]) }),
  ],
  'a gradient inside a faded group': [
    group([box(10, 10, 80, 50, linear([10, 0], [90, 0], stops([0, '#dc2626'], [1, '#2563eb'])))], { opacity: 0.7 }),
  ],
  'a soft picture over colour': [box(0, 0, 100, 70, solid('#38bdf8')), picture(soft, [40, 10, -10, 40, 35, 10])],
};
const find = lookUp(ramp, soft);
const drawn = async (nodes: readonly SceneNode[], reader: Reader, pixelsOf: (digest: string) => DecodedImage = find) =>
  drawnBy(reader, await write(documentOf([pageOf(nodes)], { colour: { mode: 'rgb' } }), pixelsOf), DPI);

describe('three programs draw the same page', () => {
  it.each(Object.entries(CASES))('%s', async (_, nodes) => {
    const [poppler, mupdf, ghostscript] = [await drawn(nodes, 'pdftoppm'), await drawn(nodes, 'mutool'), await drawn(nodes, 'gs')];
    const painted = poppler.data.some((v) => v < 250);
    expect(painted).toBe(true);
    const counts = [strayPixels(mupdf, poppler, 12), strayPixels(ghostscript, poppler, 12), strayPixels(poppler, mupdf, 12)];
    const allowed = (poppler.width * poppler.height) / 300;
    expect(Math.max(...counts), `stray pixels ${counts.join(', ')}`).toBeLessThan(allowed);
  });
});

describe('our own raster draws the page as the PDF shows it', () => {
  it.each(Object.entries(CASES))('%s', async (_, nodes) => {
    const page = await drawn(nodes, 'pdftoppm');
    const { x, y } = pageOf([]).boxes.media;
    const region = { x, y, width: (page.width / DPI) * 25.4, height: (page.height / DPI) * 25.4 };
    const request = { widthPx: page.width, heightPx: page.height, region, background: '#ffffff', mirror: false };
    const { rgba } = await renderPixels(sceneOf(nodes), request, find, new AbortController().signal);
    const data = Buffer.from(rgba.filter((_value, i) => i % 4 !== 3));
    const ours = { width: page.width, height: page.height, channels: 3, data };
    const counts = [strayPixels(ours, page, 12), strayPixels(page, ours, 12)];
    expect(Math.max(...counts), `stray pixels ${counts.join(', ')}`).toBeLessThan((page.width * page.height) / 300);
  });
});

describe('blending', () => {
  /** W3C Compositing and Blending, level 1, on separate channels, for an opaque source over an opaque backdrop. */
  const expected: Readonly<Record<string, (b: number, s: number) => number>> = {
    normal: (_, s) => s,
    multiply: (b, s) => b * s,
    screen: (b, s) => b + s - b * s,
    overlay: (b, s) => (b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)),
    darken: Math.min,
    lighten: Math.max,
    'color-dodge': (b, s) => (b === 0 ? 0 : s === 1 ? 1 : Math.min(1, b / (1 - s))),
    'color-burn': (b, s) => (b === 1 ? 1 : s === 0 ? 0 : 1 - Math.min(1, (1 - b) / s)),
    'hard-light': (b, s) => (s <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)),
    'soft-light': (b, s) => {
      const d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
      return s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (d - b);
    },
    difference: (b, s) => Math.abs(b - s),
    exclusion: (b, s) => b + s - 2 * b * s,
  };

  it('knows every mode of a scene', () => expect(Object.keys(expected).sort()).toEqual([...BLEND_MODES].sort()));

  it.each(BLEND_MODES)('%s follows its formula in every reader', async (blend) => {
    const [under, over] = [
      [0x33, 0x99, 0xcc],
      [0xcc, 0x66, 0x40],
    ] as const;
    const nodes = [box(0, 0, 100, 70, solid('#3399cc')), group([box(20, 20, 40, 30, solid('#cc6640'))], { blend })];
    for (const reader of READERS) {
      const pixel = at(await drawn(nodes, reader), 3 + 40, 3 + 35, DPI);
      pixel.forEach((v, i) => {
        const wanted = (expected[blend]?.((under[i] ?? 0) / 255, (over[i] ?? 0) / 255) ?? Number.NaN) * 255;
        expect(Math.abs(v - wanted), `${reader} channel ${i}: ${v} for ${wanted.toFixed(1)}`).toBeLessThanOrEqual(3);
      });
    }
  });
});

describe('a mirrored page', () => {
  it('is the page seen from behind, with readable marks', async () => {
    const nodes = [box(0, 0, 30, 70, solid('#ff0000'))];
    const bytes = await write(documentOf([pageOf(nodes, { mirror: true })], { colour: { mode: 'rgb' } }));
    const page = await drawnBy('mutool', bytes, DPI);
    expect(at(page, 3 + 15, 30, DPI)).toEqual([255, 255, 255]);
    expect(at(page, 3 + 85, 30, DPI)).toEqual([255, 0, 0]);
  });
});

describe('what lies beyond the bleed', () => {
  it('is not painted from a scene, and is from the extra nodes', async () => {
    const wide = [box(-50, 20, 300, 10, solid('#ff0000'))];
    const boxes = { ...pageOf([]).boxes, media: { x: -13, y: -13, width: 126, height: 96 } };
    const art = await drawnBy('mutool', await write(documentOf([pageOf(wide, { boxes })], { colour: { mode: 'rgb' } })), DPI);
    const extra = await drawnBy('mutool', await write(documentOf([pageOf([], { boxes, extra: wide })], { colour: { mode: 'rgb' } })), DPI);
    expect(at(art, 5, 13 + 25, DPI)).toEqual([255, 255, 255]);
    expect(at(art, 11, 13 + 25, DPI)).toEqual([255, 0, 0]);
    expect(at(extra, 5, 13 + 25, DPI)).toEqual([255, 0, 0]);
  });
});
