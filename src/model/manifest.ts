import { z } from 'zod';
import { findingSchema } from './finding.ts';

const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('sha256, lower-case hex');

/** `production` the floor runs it; `preview` flat picture; `mockup` on the product; `ticket` and `report` are for people. */
export const ARTIFACT_ROLES = ['production', 'mockup', 'preview', 'ticket', 'report'] as const;

export const artifactSchema = z
  .strictObject({
    name: z.string().describe('File name, unique in the manifest'),
    role: z.enum(ARTIFACT_ROLES),
    mediaType: z.string(),
    bytes: z.int().nonnegative(),
    sha256: digest,
    placement: z.string().optional(),
    view: z.string().optional(),
    method: z.string().optional(),
    widthMm: z.number().optional(),
    heightMm: z.number().optional(),
    bleedMm: z.number().optional(),
    widthPx: z.int().optional(),
    heightPx: z.int().optional(),
    dpi: z.number().optional(),
    pages: z.int().optional(),
    mirrored: z.boolean().optional(),
  })
  .meta({ id: 'Artifact' });

/** One file of a job: what it is for, its size on the article and in pixels, and the digest of its bytes. */
export type Artifact = z.output<typeof artifactSchema>;

/** What a run made of what: written last, so a folder with a manifest is complete. */
export const manifestSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    platen: z.string().describe('Version of Platen that made it'),
    status: z.enum(['made', 'refused']).describe('refused: findings of severity error; no production file was made'),
    specDigest: digest,
    product: z.string(),
    shop: z.string(),
    design: z
      .strictObject({ id: z.string(), digest: z.string().optional(), held: z.array(z.string()).optional() })
      .optional()
      .describe('The design the spec was filled from'),
    order: z.strictObject({ reference: z.string().optional(), line: z.string().optional(), quantity: z.int() }).optional(),
    inputs: z.array(
      z.strictObject({
        kind: z.enum(['product', 'shop', 'font', 'image', 'drawing', 'stitches', 'profile', 'view', 'palette', 'model']),
        name: z.string(),
        sha256: digest,
      }),
    ),
    artifacts: z.array(artifactSchema),
    findings: z.array(findingSchema),
  })
  .meta({ id: 'Manifest', title: 'Platen manifest' });
export type Manifest = z.output<typeof manifestSchema>;
