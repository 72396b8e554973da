import { z } from 'zod';

/** RFC 9457 with our members. */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('Where the kind of problem is described'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('This very problem: "expected X for Y, got Z"'),
    code: z.string().describe('Stable; what programs compare'),
    requestId: z.string().describe('As in X-Request-Id; tell it to who runs the service'),
    pointer: z.string().optional().describe('JSON pointer into the body'),
    hint: z.string().optional(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().optional().describe('JSON pointer into the body'),
          parameter: z.string().optional(),
          header: z.string().optional(),
          message: z.string(),
          hint: z.string().optional(),
        }),
      )
      .optional()
      .describe('Every mistake at once'),
  })
  .meta({ id: 'Problem' });
