import { boundsOfPath, type Path } from '../../geometry/path.ts';
import { centreOf, type Point } from '../../geometry/point.ts';
import { areaOfPath, offsetPath, subtractPaths } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import { islandsOf } from './under-layers.ts';
import type { VinylLayer } from './vinyl-layers.ts';

/**
 * A circle leaves cot(a/2) - (pi - a)/2 of its square of a corner of angle a: this much at 60 degrees. Squarer corners are what block letters
 * are made of, and are cut and sewn every day; points sharper than this fray, lift and take the needle twice at one place.
 */
const LEAST_SHARE = 0.685;
/** Straight edges come back from the circle with hairs on them, mm. */
const ROUNDING_MM = 0.01;
/** What a circle leaves of a corner is small; larger parts are strokes too thin for it, which are told of elsewhere. */
const MOST_RADII = 3;

/** Points of contours that are cut through, too sharp for the blade and for wear (`corner.tight`): one finding for a layer. */
export const checkCorners = (layers: readonly VinylLayer[], radiusMm: number): readonly Finding[] => {
  if (radiusMm === 0) return [];
  return layers.flatMap(({ path, pointers, swatch }): readonly Finding[] => {
    const corners = pointsOf(path, radiusMm);
    const [first] = corners;
    if (!first) return [];
    const where = `${Math.round(first.x)}, ${Math.round(first.y)} mm`;
    return [
      {
        severity: 'warning',
        code: 'corner.tight',
        pointer: pointers[0] ?? '',
        message: `${corners.length === 1 ? '1 corner' : `${corners.length} corners`} of "${swatch.name}" ${corners.length === 1 ? 'runs' : 'run'} to a point tighter than ${radiusMm} mm, the first at ${where}.`,
        hint: 'Round the points of the art, use a font without spikes, or allow tighter ones with "minRadiusMm".',
        measured: corners.length,
        required: 0,
        unit: 'corners',
      },
    ];
  });
};

/** Corners that stick out: what a round brush of the radius cannot reach from inside. Notches are held by the cloth around them. */
const pointsOf = (path: Path, radiusMm: number): readonly Point[] =>
  cornersIn(subtractPaths(path, offsetPath(offsetPath(path, -radiusMm), radiusMm + ROUNDING_MM)), radiusMm);

const cornersIn = (left: Path, radiusMm: number): readonly Point[] =>
  islandsOf(left).flatMap((island) => {
    const box = boundsOfPath(island);
    const isCorner = box && Math.max(box.width, box.height) < MOST_RADII * radiusMm;
    return isCorner && areaOfPath(island) > LEAST_SHARE * radiusMm ** 2 ? [centreOf(box)] : [];
  });
