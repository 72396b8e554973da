import { describe, expect, it } from 'vitest';
import { boundsOfPath } from '../../../src/geometry/path.ts';
import type { DecodedImage } from '../../../src/model/resources.ts';
import { solidRegions } from '../../../src/render/solid/solid-regions.ts';
import { traceScene } from '../../../src/render/trace/trace-scene.ts';
import type { RasterNode } from '../../../src/scene/scene.ts';
import { sheetScene } from '../../../src/scene/sheet-scene.ts';
import { photo, svgPixels } from './pictures.ts';

const decoded = (digest: string, pixels: Awaited<ReturnType<typeof svgPixels>>): DecodedImage => ({
  digest,
  ...pixels,
  hasAlpha: true,
  jpeg: null,
  warnings: [],
});

const raster = (image: DecodedImage, over: Partial<RasterNode> = {}): RasterNode => ({
  kind: 'raster',
  pointer: '/placements/0/layers/0',
  image: { digest: image.digest, widthPx: image.widthPx, heightPx: image.heightPx, hasAlpha: true },
  source: { x: 0, y: 0, width: image.widthPx, height: image.heightPx },
  at: [50, 0, 0, 50, 10, 20],
  adjust: [],
  interpolation: 'smooth',
  ...over,
});

describe('traceScene', () => {
  it('puts the areas where the picture was, crops and adjustments counted', async () => {
    const logo = decoded('logo', await svgPixels('<rect x="20" y="40" width="60" height="20" fill="#c8102e"/>', 400));
    const boxes = (node: RasterNode) => {
      const { scene, pictures } = traceScene(sheetScene([node], 100, 100), () => logo);
      expect(pictures).toHaveLength(1);
      return solidRegions(scene, { knockOut: false }).regions.map(({ colour, path }) => ({ colour, box: boundsOfPath(path) }));
    };
    const [whole] = boxes(raster(logo));
    expect(whole?.box?.x).toBeCloseTo(20, 0);
    expect(whole?.box?.y).toBeCloseTo(40, 0);
    expect(whole?.box?.width).toBeCloseTo(30, 0);
    const [cropped] = boxes(raster(logo, { source: { x: 0, y: 100.5, width: 200, height: 200 } }));
    expect(cropped?.box?.x).toBeCloseTo(30, 0);
    expect((cropped?.box?.x ?? 0) + (cropped?.box?.width ?? 0)).toBeCloseTo(60, 0);
    expect(cropped?.box?.y).toBeCloseTo(20 + ((160 - 100.5) / 200) * 50, 0);
    const [grey] = boxes(raster(logo, { adjust: [{ kind: 'grey' }] }));
    expect(grey?.colour).toMatchObject({ space: 'srgb' });
    if (grey?.colour.space === 'srgb') expect(grey.colour.r).toBeCloseTo(grey.colour.b, 2);
  });

  it('leaves photos where they are and says so', async () => {
    const dog = decoded('dog', await photo('02-pet-tee/photos/dog.jpg', 200));
    const { scene, pictures } = traceScene(sheetScene([raster(dog)], 100, 100), () => dog);
    expect(scene.nodes[0]?.kind).toBe('raster');
    expect(pictures).toMatchObject([{ pointer: '/placements/0/layers/0', trace: { kind: 'refused', reason: 'photo' } }]);
  });

  it('stops when it is told to', async () => {
    const logo = decoded('logo', await svgPixels('', 10));
    expect(() => traceScene(sheetScene([raster(logo)], 100, 100), () => logo, {}, AbortSignal.abort())).toThrow(/abort/i);
  });
});
