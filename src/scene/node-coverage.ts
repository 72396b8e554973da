import { applyToPoint, determinant, invert } from '../geometry/affine.ts';
import { LINE, type Path } from '../geometry/path.ts';
import type { Point } from '../geometry/point.ts';
import { pathContainsPoint } from '../geometry/polygons.ts';
import type { SceneNode } from './scene.ts';

/** Which points a node paints; a box is a rectangle or picture, turned or not. */
export type Coverage = { readonly covers: (point: Point) => boolean; readonly isBox: boolean };

/** Outlines with more steps are drawings: asking them point by point would cost more than the answer is worth. */
const MAX_STEPS = 64;

/** What a filled outline or a picture covers; null for nodes that are judged by their bounds. */
export const coverageOf = (node: SceneNode): Coverage | null => {
  if (node.kind === 'raster') {
    if (determinant(node.at) === 0) return null;
    const toUnit = invert(node.at);
    const covers = (point: Point): boolean => {
      const { x, y } = applyToPoint(toUnit, point);
      return x >= 0 && y >= 0 && x <= 1 && y <= 1;
    };
    return { covers, isBox: true };
  }
  if (node.kind !== 'path' || !node.fill || node.path.verbs.length > MAX_STEPS) return null;
  return { covers: (point) => pathContainsPoint(node.path, point, node.fillRule), isBox: isQuadrangle(node.path) };
};

const isQuadrangle = ({ verbs }: Path): boolean =>
  verbs.length <= 6 && verbs.subarray(1, 4).every((verb) => verb === LINE) && verbs.length >= 4;
