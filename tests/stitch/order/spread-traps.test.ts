import { describe, expect, it } from 'vitest';
import { type Path, PathBuilder } from '../../../src/geometry/path.ts';
import { areaOfPath, intersectPaths, subtractPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { digitize } from '../../../src/stitch/digitize.ts';
import { type Grown, spreadTraps } from '../../../src/stitch/order/spread-traps.ts';
import { measureQuality } from '../../../src/stitch/quality/measure-quality.ts';

import { options, region } from './hand-work.ts';

const MIDDLE = 36;

const place = (radius: number, angle: number): readonly [number, number] => [
  MIDDLE + radius * Math.cos(angle),
  MIDDLE + radius * Math.sin(angle),
];

const wedge = (...corners: readonly (readonly [number, number])[]): Path => {
  const path = new PathBuilder().moveTo(MIDDLE, MIDDLE);
  for (const [x, y] of corners) path.lineTo(x, y);
  return path.close().finish();
};

/** The halves of the rays of a compass rose, light and dark in turn. */
const compassRose = (rays: number) =>
  Array.from({ length: rays }, (_, i) => {
    const [angle, half] = [(2 * Math.PI * i) / rays, Math.PI / rays];
    const tip = place(i % 2 ? 24 : 36, angle);
    return [region(wedge(tip, place(8, angle - half)), '#1d3557'), region(wedge(tip, place(8, angle + half)), '#a8dadc')];
  }).flat();

describe('areas of one thread beneath later colours', () => {
  const grown = (angle: number): Grown => {
    const visible = wedge(place(10, angle - 0.1), place(10, angle + 0.1));
    return { visible, path: ellipsePath({ x: MIDDLE - 2, y: MIDDLE - 2, width: 4, height: 4 }) };
  };

  it('lie only once where many would lie on one place', () => {
    const pieces = Array.from({ length: 6 }, (_, i) => grown(i));
    const [first, ...others] = spreadTraps(
      pieces,
      pieces.map((_, i) => pieces.flatMap((_, j) => (i === j ? [] : [j]))),
    );
    expect(first).toBe(pieces[0]?.path);
    others.forEach((path, i) => {
      const piece = pieces[i + 1];
      expect(areaOfPath(intersectPaths(path, first ?? path))).toBeLessThan(
        areaOfPath(intersectPaths(piece?.visible ?? path, first ?? path)) + 0.1,
      );
      expect(areaOfPath(subtractPaths(piece?.visible ?? path, path))).toBeLessThan(0.01);
    });
  });

  it('stay as they are where two meet', () => {
    const pieces = [grown(0), grown(1)];
    expect(spreadTraps(pieces, [[1], [0]])).toEqual(pieces.map(({ path }) => path));
  });

  it('crowd no point in which the rays of a compass rose meet', () => {
    const regions = compassRose(8);
    const { penetrationsMax, layerDensityMax, gaps } = measureQuality(digitize(regions, options()).plan, regions, options());
    expect(penetrationsMax).toBeLessThanOrEqual(13);
    expect(layerDensityMax).toBeLessThanOrEqual(14);
    expect(gaps).toBe(0);
  });
});
