import { z } from 'zod';

export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** A change of the spec that mends a finding without asking anybody: each place set to a value. */
export const autofixSchema = z
  .strictObject({
    title: z.string().describe('What it does, in words a designer reads'),
    set: z
      .array(z.strictObject({ pointer: z.string().describe('JSON pointer into the design spec'), value: z.unknown() }))
      .min(1)
      .readonly(),
  })
  .meta({ id: 'Autofix' });

export const findingSchema = z.strictObject({
  severity: z.enum(SEVERITIES).describe('error: not made; warning: made, look at it; info: for the record'),
  code: z.string().describe('Stable, dotted: "text.overflow"'),
  pointer: z.string().describe('JSON pointer into the design spec'),
  message: z.string().describe('What is wrong, in words a designer reads'),
  hint: z.string().optional().describe('What would mend it'),
  measured: z.union([z.number(), z.string()]).optional(),
  required: z.union([z.number(), z.string()]).optional(),
  unit: z.string().optional().describe('Unit of measured and required: mm, dpi, %'),
  autofix: autofixSchema.optional().describe('Where it can be mended safely; a spec accepts it by naming the code in "autofix"'),
});

/** One preflight result. `pointer` is a JSON pointer into the design spec; `measured` and `required` share `unit`. */
export type Finding = {
  readonly severity: (typeof SEVERITIES)[number];
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly measured?: number | string | undefined;
  readonly required?: number | string | undefined;
  readonly unit?: string | undefined;
  readonly autofix?: Autofix | undefined;
};

export type Autofix = z.output<typeof autofixSchema>;

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some((finding) => finding.severity === 'error');

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** Errors first, then by place and code: the same order whatever order the checks ran in. */
export const sortFindings = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] ||
      (a.pointer < b.pointer ? -1 : a.pointer > b.pointer ? 1 : a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
