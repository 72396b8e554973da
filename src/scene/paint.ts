import { IDENTITY, rotation } from '../geometry/affine.ts';
import { centreOf, type Rect } from '../geometry/point.ts';
import { colourOf, type PaintInput, type StrokeInput } from '../model/paint.ts';
import type { Paint, Stroke } from './scene.ts';

/** A spec's paint laid over a box: gradients run edge to edge of the box at their angle. */
export const paintOf = (input: PaintInput, box: Rect): Paint => {
  if (typeof input === 'object' && 'linear' in input) {
    const { angle, stops } = input.linear;
    const [cos, sin] = rotation(angle);
    const centre = centreOf(box);
    const reach = (Math.abs(cos) * box.width + Math.abs(sin) * box.height) / 2;
    return {
      kind: 'linear',
      from: { x: centre.x - cos * reach, y: centre.y - sin * reach },
      to: { x: centre.x + cos * reach, y: centre.y + sin * reach },
      transform: IDENTITY,
      stops: stops.map(({ offset, colour, opacity }) => ({ offset, colour: colourOf(colour), opacity })),
    };
  }
  if (typeof input === 'object' && 'radial' in input) {
    const { x, y, radius, stops } = input.radial;
    return {
      kind: 'radial',
      centre: { x, y },
      focus: { x, y },
      radius,
      transform: [box.width, 0, 0, box.height, box.x, box.y],
      stops: stops.map(({ offset, colour, opacity }) => ({ offset, colour: colourOf(colour), opacity })),
    };
  }
  return { kind: 'solid', colour: colourOf(input) };
};

export const strokeOf = (input: StrokeInput, box: Rect): Stroke => ({
  paint: paintOf(input.paint, box),
  widthMm: input.width,
  cap: input.cap,
  join: input.join,
  miterLimit: 4,
});
