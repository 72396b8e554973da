import { z } from 'zod';
import { colourSchema } from './paint.ts';

/** Stitches come closer or farther apart by so much and no more: beyond it a design is to be digitised anew. */
export const SCALE_LIMITS = { least: 0.9, most: 1.1 } as const;

const swatchId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: () => 'expected a swatch id of small letters, digits and hyphens' });

/** The fields of a layer of finished stitches beside those every layer has. */
export const stitchesFields = {
  source: z
    .string()
    .min(1)
    .max(20_000_000)
    .describe(
      'A DST, PES, PEC, JEF, EXP, VP3 or XXX file: a path beside the spec, an upload, an address or a data: URL. It is sewn stitch by stitch as it is',
    ),
  format: z
    .enum(['dst', 'pes', 'pec', 'jef', 'exp', 'vp3', 'xxx'])
    .optional()
    .describe('Only where neither the bytes nor the ending of the name say it: EXP in a data: URL'),
  threads: z
    .array(z.union([colourSchema, swatchId]))
    .max(256)
    .optional()
    .describe('Threads in the order of sewing: colours, or ids of the palette of the method. Left out, or too few: as the file says'),
  scale: z
    .number()
    .min(SCALE_LIMITS.least)
    .max(SCALE_LIMITS.most)
    .default(1)
    .describe('1 is true size; stitches come apart or together by it, so 0.9 to 1.1'),
} as const;
