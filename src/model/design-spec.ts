import { z } from 'zod';
import { bookSchema } from './book.ts';
import { componentChoiceSchema } from './component.ts';
import { layerSchema } from './layers.ts';
import { marginMm } from './length.ts';
import { migrate, type RecordVersion } from './migrate.ts';
import { mockupsSchema } from './mockups.ts';
import { paintSchema } from './paint.ts';
import { parseWith } from './parse.ts';

const name = z.string().min(1).max(200);

/** Everything painted in one placement with one decoration method. */
export const placementSpecSchema = z
  .strictObject({
    placement: name.describe('A placement of the product: "front", "wrap", "cover"'),
    method: name.describe('A decoration method that the placement takes: "dtg", "sublimation", "paper-print"'),
    settings: z.record(z.string(), z.unknown()).default({}).describe('Settings of the method; the method’s own schema checks them'),
    background: paintSchema.optional().describe('Painted over the whole bleed area, below all layers'),
    edge: z
      .enum(['strict', 'extend', 'mirror'])
      .default('strict')
      .describe(
        'What to do with pictures and fills that end at the trim: report them, extend their edge colours, or mirror them into the bleed',
      ),
    layers: z.array(layerSchema).max(500).default([]).describe('Of a placement of pages: on every page'),
    book: bookSchema.optional().describe('The pages of a book, for a placement that the product repeats: see docs/books.md'),
  })
  .meta({ id: 'PlacementSpec' });

const VERSION: RecordVersion = { what: 'design spec', field: 'version', current: 1, migrations: [] };

/** The request: one product, its choices, and what is painted where. */
export const designSpecSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    product: name.describe('Product id; `platen products list` shows them'),
    variant: z.record(z.string(), z.string()).default({}).describe('Option id to value id: {"size": "M", "colour": "black"}'),
    pages: z
      .int()
      .min(1)
      .max(2000)
      .optional()
      .describe('Page count of a book or notebook: its spine width follows. Left out, a book has the pages that its text needs'),
    shop: name.default('standard').describe('Shop profile that makes it; `standard` is built in'),
    order: z
      .strictObject({
        reference: z.string().max(200).optional(),
        line: z.string().max(200).optional(),
        quantity: z.int().min(1).max(1_000_000).default(1),
      })
      .optional(),
    design: z
      .strictObject({
        id: name,
        digest: z.string().max(200).optional(),
        held: z.array(name).max(500).optional().describe('Fields whose answers a person of the shop must look at before it is made'),
      })
      .optional()
      .describe('The design it was filled from: set by Platen, and kept in the manifest'),
    title: z.string().max(300).optional().describe('Title in the metadata of PDF files'),
    date: z.iso
      .date()
      .optional()
      .describe('Date written into files (YYYY-MM-DD). Platen never writes the clock’s: the same spec gives the same bytes'),
    placements: z
      .array(placementSpecSchema)
      .max(100)
      .default([])
      .describe('What is printed where; left out, the article is ordered by its components alone'),
    components: z
      .record(name, componentChoiceSchema)
      .default({})
      .describe('Parts of the product: {"handle": "#c2413a", "vamp": {"colour": "cream", "material": "leather"}}'),
    mockups: mockupsSchema.prefault({}),
    proofs: z.boolean().default(false).describe('Also draw each placement on an artboard with cut, bleed, safe and keep-out lines'),
    ticket: z
      .boolean()
      .optional()
      .describe('Also make a job ticket: what to build, what goes where, the files and a code to scan. Left out: as the shop profile says'),
    previewWidth: z.int().min(16).max(4000).default(1000).describe('Width of preview pictures in pixels'),
    autofix: z
      .union([z.boolean(), z.array(z.string().max(100)).max(200)])
      .optional()
      .describe(
        'Which findings may be mended without asking: true for all that can be, or their codes: ["bleed.missing", "text.overflow"]',
      ),
    extraBleed: marginMm.optional().describe('Bleed instead of the product’s, for one order'),
  })
  .refine((spec) => new Set(spec.placements.map((one) => one.placement)).size === spec.placements.length, {
    error: 'expected each placement once (put all its layers into one entry)',
    path: ['placements'],
  })
  .refine((spec) => spec.placements.length > 0 || Object.keys(spec.components).length > 0, {
    error: 'expected something to make: at least one placement, or components of an article without print',
    path: ['placements'],
  })
  .meta({ id: 'DesignSpec', title: 'Platen design spec' });

export type DesignSpec = z.output<typeof designSpecSchema>;
export type PlacementSpec = z.output<typeof placementSpecSchema>;

/** Unknown data to a design spec. @throws InvalidInput with every mistake; Problem `input.version` for a newer file */
export const parseDesignSpec = (input: unknown): DesignSpec => parseWith(designSpecSchema, migrate(input, VERSION), VERSION.what);
