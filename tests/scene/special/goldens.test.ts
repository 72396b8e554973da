import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { renderPixels } from '../../../src/render/raster/render-pixels.ts';
import { sceneToJson } from '../../../src/scene/scene-json.ts';
import { expectGolden } from '../../golden/golden.ts';
import { composeLayers } from '../../support/compose-spec.ts';
import { SAMPLES } from './samples.ts';

/** Kept as data, one of each kind; what has hundreds of letters is kept as a picture alone. */
const AS_DATA = [
  'monogram-circle',
  'monogram-interlocking',
  'name-number-radial',
  'calendar-plain',
  'coordinates',
  'song-player-wide',
  'list',
  'signature-pen',
];

const noPictures = (): never => {
  throw new Error('these samples have no pictures');
};

const picture = async (layer: object, ground = '#ffffff'): Promise<Uint8Array> => {
  const { scene } = await composeLayers({ layers: [layer] });
  const size = { widthPx: 250, heightPx: 150 };
  const request = { ...size, region: { x: 0, y: 0, width: 100, height: 60 }, background: null, mirror: false };
  const { rgba } = await renderPixels(scene, request, noPictures, new AbortController().signal);
  const raw = { width: size.widthPx, height: size.heightPx, channels: 4 } as const;
  return sharp(Buffer.from(rgba), { raw }).flatten({ background: ground }).png({ palette: false, compressionLevel: 9 }).toBuffer();
};

describe('layers that lay themselves out look as they did', () => {
  test.each(SAMPLES)('$name', async ({ name, ground, layer }) => {
    expectGolden(`special/${name}`, await picture(layer, ground));
  });

  test.each(AS_DATA)('%s, as data', async (name) => {
    const sample = SAMPLES.find((one) => one.name === name);
    const { scene, findings } = await composeLayers({ layers: [sample?.layer] });
    expect(findings).toEqual([]);
    expectGolden(`special/${name}-scene`, JSON.parse(sceneToJson(scene)));
  });

  test('word clouds, as places', async () => {
    const layer = { type: 'word-cloud', words: ['oak', 'elm', 'ash', 'yew'], font: { family: 'Oswald' }, gap: 1 };
    const { scene } = await composeLayers({ layers: [layer] });
    expectGolden('special/word-cloud-scene', JSON.parse(sceneToJson(scene)));
  });

  test('handwriting, as strokes', async () => {
    const layer = { type: 'handwriting', text: 'hello', size: 20, wildness: 0.6 };
    const { scene } = await composeLayers({ layers: [layer] });
    expectGolden('special/handwriting-scene', JSON.parse(sceneToJson(scene)));
  });
});
