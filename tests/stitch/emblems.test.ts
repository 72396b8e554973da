import { describe, expect, test } from 'vitest';
import { hexOf } from '../../src/colour/colour.ts';
import { boundsOfPath, transformPath } from '../../src/geometry/path.ts';
import { type Rect, rectOf, unionOf } from '../../src/geometry/point.ts';
import { screenColour } from '../../src/render/raster/screen-colour.ts';
import { stitchRegions } from '../../src/render/stitches/stitch-regions.ts';
import { digitize } from '../../src/stitch/digitize.ts';
import { measureQuality } from '../../src/stitch/quality/measure-quality.ts';
import type { StitchRegion } from '../../src/stitch/region.ts';
import { composeLayers } from '../support/compose-spec.ts';
import { options } from './order/hand-work.ts';

const SIZE_MM = 60;

/** A colour glyph as areas of thread, its longer side 60 mm. */
const emblem = async (glyph: string): Promise<readonly StitchRegion[]> => {
  const { scene } = await composeLayers({
    layers: [{ type: 'text', text: glyph, font: { family: 'Twemoji Mozilla' }, size: 20, box: { x: 0, y: 0, width: 100, height: 60 } }],
  });
  const { regions } = stitchRegions(scene, {
    threadOf: (colour) => {
      const hex = hexOf(screenColour(colour));
      return { colour: hex, name: hex, code: '', maker: '', weight: 40 };
    },
  });
  const box = regions.reduce<Rect | null>((sum, { path }) => unionOf(sum, boundsOfPath(path)), null) ?? rectOf(0, 0, 1, 1);
  const scale = SIZE_MM / Math.max(box.width, box.height);
  return regions.map((one) => ({ ...one, path: transformPath(one.path, [scale, 0, 0, scale, -scale * box.x, -scale * box.y]) }));
};

describe('emblems of many colours, as people draw them', () => {
  test.each([...'🌲🌻🎯🎹👑⚽🦊🚲🐼⚓'])('%s is sewn without a gap, a float or a stitch too short or too long', async (glyph) => {
    const regions = await emblem(glyph);
    const { plan } = digitize(regions, options());
    const figures = measureQuality(plan, regions, options());
    expect(figures).toMatchObject({ gaps: 0, floats: 0, tinyStitches: 0, longStitches: 0, underlaid: 1 });
    expect(figures.rightColourOnTop).toBeGreaterThan(0.995);
    expect(figures.coverage).toBeGreaterThan(0.999);
    expect(figures.exposedMm2).toBeLessThan(0.2);
    expect(figures.layerDensityP99).toBeLessThan(9);
    expect(figures.penetrationsMax).toBeLessThanOrEqual(14);
    expect(figures.shortShare).toBeLessThan(0.02);
    expect(figures.overshootShare).toBeLessThan(0.003);
    expect(figures.travelHidden).toBeGreaterThan(0.97);
  });
});
