import { type Affine, about, applyToPoint, rotation, scaling } from '../../geometry/affine.ts';
import { eggPath } from '../../geometry/egg.ts';
import { type Path, PathBuilder, transformPath } from '../../geometry/path.ts';
import { pathFromSvg } from '../../geometry/path-text.ts';
import { rectOf } from '../../geometry/point.ts';
import type { ImageMask } from '../../model/image-mask.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';

/** Masks whose outline needs no pixels. */
export type DrawnMask = Extract<ImageMask, { by: 'path' | 'oval' }>;

/** The outline of a drawn mask in pixels of its picture. @throws Problem `mask.path-invalid` */
export const maskOutline = (mask: DrawnMask, { widthPx, heightPx }: DecodedImage, pointer: string): Path => {
  const toPixels = scaling(widthPx, heightPx);
  if (mask.by === 'oval') {
    const [width, height] = [mask.width * widthPx, mask.height * heightPx];
    const centre = { x: mask.x * widthPx, y: mask.y * heightPx };
    const egg = eggPath(rectOf(centre.x - width / 2, centre.y - height / 2, width, height), mask.chin);
    return transformPath(egg, about(centre, rotation(mask.turn)));
  }
  if (mask.points) return polygonOf(mask.points, toPixels);
  try {
    return transformPath(pathFromSvg(mask.d ?? ''), toPixels);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('mask.path-invalid', error.message, { pointer: `${pointer}/d`, cause: error });
  }
};

const polygonOf = (points: readonly (readonly [number, number])[], map: Affine): Path => {
  const out = new PathBuilder();
  points.forEach(([x, y], i) => {
    const at = applyToPoint(map, { x, y });
    if (i === 0) out.moveTo(at.x, at.y);
    else out.lineTo(at.x, at.y);
  });
  return out.close().finish();
};
