import { z } from 'zod';
import { marginMm } from './length.ts';

const number = z.number().min(-1e6).max(1e6);

/** A closed figure that fills a box: a shape layer, a clip, a photo mask, the trim of a sticker. */
export const outlineSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('rect'), radius: marginMm.default(0).describe('Corner radius') }),
    z.strictObject({ kind: z.literal('ellipse') }),
    z.strictObject({ kind: z.literal('polygon'), sides: z.int().min(3).max(60).default(6), rotation: z.number().default(0) }),
    z.strictObject({
      kind: z.literal('star'),
      points: z.int().min(3).max(60).default(5),
      inner: z.number().min(0.05).max(0.95).default(0.5).describe('Inner radius as a part of the outer one'),
    }),
    z.strictObject({ kind: z.literal('heart') }),
    z.strictObject({
      kind: z.literal('path'),
      d: z.string().min(1).max(200_000).describe('SVG path data'),
      viewBox: z
        .tuple([number, number, number.positive(), number.positive()])
        .optional()
        .describe('x, y, width, height of the path data, stretched onto the box; without it, d is in mm from the box corner'),
    }),
  ])
  .meta({ id: 'Outline' });
export type OutlineInput = z.output<typeof outlineSchema>;
