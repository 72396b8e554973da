import { pathOfPolylines } from '../../../src/geometry/flatten.ts';
import type { Path } from '../../../src/geometry/path.ts';
import { strokeOutline } from '../../../src/geometry/stroke.ts';
import { areaOfRungs } from '../../../src/stitch/columns/split-region.ts';
import { FABRICS } from '../../../src/stitch/fabric.ts';
import type { DigitizeOptions, SewPart, StitchRegion } from '../../../src/stitch/region.ts';

const [fabric] = FABRICS;
if (!fabric) throw new Error('expected a fabric');

export const OPTIONS: DigitizeOptions = {
  fabric,
  satinFromMm: 1,
  satinToMm: 7,
  splitSatinMm: 12,
  fillStitchMm: 4,
  runStitchMm: 2.5,
  minStitchMm: 0.5,
  order: 'nearest',
  puff: false,
};

export const regionOf = (path: Path, more: Partial<StitchRegion> = {}): StitchRegion => ({
  path,
  thread: { colour: '#000000', name: 'Black', code: '', maker: '', weight: 40 },
  pointers: [],
  label: '',
  stitch: 'auto',
  angleDeg: null,
  ...more,
});

/** What a part covers: the area between rails, the fill, the line at its width, no thinner than thread. */
export const coverOf = (part: SewPart): Path => {
  switch (part.kind) {
    case 'fill':
      return part.path;
    case 'run':
      return strokeOutline(pathOfPolylines([{ points: part.points, closed: false }]), {
        widthMm: Math.max(0.4, part.widthMm * 1.05),
        cap: 'round',
        join: 'round',
        miterLimit: 4,
      });
    case 'satin':
      return areaOfRungs(
        Array.from(part.left.subarray(0, part.left.length / 2), (_, i) => ({
          left: { x: part.left[2 * i] ?? 0, y: part.left[2 * i + 1] ?? 0 },
          right: { x: part.right[2 * i] ?? 0, y: part.right[2 * i + 1] ?? 0 },
        })),
        part.closed,
      );
  }
};
