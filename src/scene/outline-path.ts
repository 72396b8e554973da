import { multiply, scaling, translation } from '../geometry/affine.ts';
import { type Path, transformPath } from '../geometry/path.ts';
import { pathFromSvg } from '../geometry/path-text.ts';
import type { Rect } from '../geometry/point.ts';
import { ellipsePath, heartPath, polygonPath, roundedRectPath, starPath } from '../geometry/shapes.ts';
import type { OutlineInput } from '../model/outline.ts';

/**
 * The outline of a figure laid into a box (mm).
 * @throws RangeError when path data cannot be read; its message names the offset
 */
export const outlinePath = (outline: OutlineInput, box: Rect): Path => {
  switch (outline.kind) {
    case 'rect':
      return roundedRectPath(box, outline.radius);
    case 'ellipse':
      return ellipsePath(box);
    case 'polygon':
      return polygonPath(box, outline.sides, outline.rotation);
    case 'star':
      return starPath(box, outline.points, outline.inner);
    case 'heart':
      return heartPath(box);
    case 'path': {
      const path = pathFromSvg(outline.d);
      if (!outline.viewBox) return transformPath(path, translation(box.x, box.y));
      const [x, y, width, height] = outline.viewBox;
      return transformPath(path, multiply(translation(box.x, box.y), scaling(box.width / width, box.height / height), translation(-x, -y)));
    }
  }
};
