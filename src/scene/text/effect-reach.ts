import type { Rect } from '../../geometry/point.ts';
import type { TextFields } from '../../model/text-layer.ts';

/** How far effects reach beyond the letters, in mm: outlines all around, a shadow to its side. */
export const effectReach = ({ outlines, shadow }: Pick<TextFields, 'outlines' | 'shadow'>) => {
  const grown = outlines.reduce((sum, { side, width }) => (side === 'outside' ? sum + width : sum), 0);
  const around = Math.max(grown, ...outlines.map(({ side, width }) => (side === 'centre' ? width / 2 : 0)));
  if (shadow === undefined) return { left: around, right: around, top: around, bottom: around };
  const shade = grown + shadow.grow;
  return {
    left: Math.max(around, shade - shadow.dx),
    right: Math.max(around, shade + shadow.dx),
    top: Math.max(around, shade - shadow.dy),
    bottom: Math.max(around, shade + shadow.dy),
  };
};

/** The box of letters with their effects around them. */
export const withEffects = (ink: Rect, layer: TextFields): Rect => {
  const { left, top, right, bottom } = effectReach(layer);
  return { x: ink.x - left, y: ink.y - top, width: ink.width + left + right, height: ink.height + top + bottom };
};

/** The part of a box that letters may use so that their effects stay inside it; never without area. */
export const insideEffects = (box: Rect, layer: TextFields): Rect => {
  const { left, top, right, bottom } = effectReach(layer);
  const [width, height] = [Math.max(box.width / 10, box.width - left - right), Math.max(box.height / 10, box.height - top - bottom)];
  return { x: box.x + left, y: box.y + top, width, height };
};
