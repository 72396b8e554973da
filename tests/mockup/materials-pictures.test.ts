import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { compileView, paintMockup, type ZoneTexture } from '../../src/mockup/index.ts';
import { materialTexture, stageMaterials } from '../../src/mockup/materials/material-texture.ts';
import type { MaterialId } from '../../src/model/material.ts';
import type { PixelImage } from '../../src/render/adjust/pixel-image.ts';
import { encodePixels } from '../../src/render/raster/encode-pixels.ts';
import { expectGolden } from '../golden/golden.ts';
import { COLOURS, compiledOf } from './compiled-materials.ts';
import { flatView } from './flat-view.ts';
import { signal, views } from './pictures.ts';

const onBall = async (id: MaterialId, name: keyof typeof COLOURS): Promise<PixelImage> => {
  const { hex, colour } = COLOURS[name];
  const view = flatView(96, 3, 'ball');
  const compiled = await compileView(view, 96);
  const texture = await materialTexture(await stageMaterials(view, compiled), 'body', compiledOf(id, colour), colour, signal);
  return paintMockup(compiled, [], { article: hex, background: '#cfcdc9' }, signal, {
    textures: new Map(texture ? [['body', texture]] : []),
  });
};

/** Pictures side by side, in rows of `columns`. */
const sheetOf = async (pictures: readonly PixelImage[], columns: number): Promise<Uint8Array> => {
  const { widthPx, heightPx } = pictures[0] ?? { widthPx: 1, heightPx: 1 };
  const size = { width: columns * widthPx, height: Math.ceil(pictures.length / columns) * heightPx };
  const parts = pictures.map(({ rgba }, i) => ({
    input: Buffer.from(rgba),
    raw: { width: widthPx, height: heightPx, channels: 4 as const },
    left: (i % columns) * widthPx,
    top: Math.floor(i / columns) * heightPx,
  }));
  return sharp({ create: { ...size, channels: 3, background: '#ffffff' } })
    .composite(parts)
    .png()
    .toBuffer();
};

// Another processor may round the maths differently by one step.
const STEP = { channel: 2, share: 0.001 };

describe('pictures of materials', () => {
  it.each([
    ['cloth', ['heather', 'denim', 'canvas', 'knit', 'mesh', 'suede', 'rubber']],
    ['glossy', ['leather', 'croc', 'patent', 'ceramic', 'wood', 'brushed-metal', 'polished-metal']],
  ] as const)('look as they did: %s', async (name, ids) => {
    const pictures: PixelImage[] = [];
    for (const colour of ['white', 'red', 'black'] as const) for (const id of ids) pictures.push(await onBall(id, colour));
    expectGolden(`mockup/materials-${name}`, await sheetOf(pictures, ids.length), STEP);
  });

  it.each([
    ['crew-tee', 'front', '#b4b6ba', { body: 'heather', sleeves: 'heather', collar: 'heather' }],
    ['tote-bag', 'hanging', '#2b3f63', { body: 'denim' }],
    ['cap-six-panel', 'front', '#8a5a3b', { 'crown-front': 'suede' }],
    ['sneaker', 'side', '#7a3b1d', { quarter: 'croc', toe: 'patent', vamp: 'knit', heel: 'denim', 'heel-tab': 'suede', eyestay: 'patent' }],
  ] as const)('look as they did on %s', async (product, id, hex, materials) => {
    const view = await views.load(product, id);
    const compiled = await compileView(view, 300);
    const stage = await stageMaterials(view, compiled);
    const colour = [1, 3, 5].map((at) => 0.8 * (Number.parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2) as [number, number, number];
    const textures = new Map<string, ZoneTexture>();
    for (const [zone, material] of Object.entries(materials)) {
      const texture = await materialTexture(stage, zone, compiledOf(material, colour), colour, signal);
      if (texture) textures.set(zone, texture);
    }
    expect(textures.size).toBe(Object.keys(materials).length);
    const zones = Object.fromEntries(Object.keys(materials).map((zone) => [zone, hex]));
    const picture = await paintMockup(compiled, [], { zones }, signal, { textures });
    expectGolden(`mockup/materials-${product}`, await encodePixels(picture, { format: 'png' }), STEP);
  });
});
