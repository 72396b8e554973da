import { z } from 'zod';
import { marginMm, sizeMm } from './length.ts';
import { migrate, type RecordVersion } from './migrate.ts';
import { parseWith } from './parse.ts';
import { textPolicySchema } from './text-policy.ts';

const settings = z.record(z.string(), z.unknown());

const placementRule = z.strictObject({
  width: sizeMm.optional(),
  height: sizeMm.optional(),
  bleed: marginMm.optional(),
  safe: marginMm.optional(),
  settings: z.record(z.string(), settings).default({}).describe('Method id to settings, for this placement only'),
});

const VERSION: RecordVersion = { what: 'shop profile', field: 'version', current: 1, migrations: [] };

/** How one production floor wants its files: the same product can be made by different floors. */
export const shopSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    name: z.string().min(1).max(200),
    methods: z.record(z.string(), settings).default({}).describe('Method id to settings'),
    products: z
      .record(z.string(), z.record(z.string(), placementRule))
      .default({})
      .describe('Product id, placement id: areas and settings that differ on this floor'),
    ticket: z.boolean().default(false).describe('Make a job ticket for every order that does not say'),
    textPolicy: textPolicySchema.optional().describe('What customers may have printed; left out: the bundled word lists for answers'),
  })
  .meta({ id: 'Shop', title: 'Platen shop profile' });

export type Shop = z.output<typeof shopSchema>;

/** The floor that takes every method as it is. */
export const STANDARD_SHOP: Shop = { version: 1, id: 'standard', name: 'Standard', methods: {}, products: {}, ticket: false };

/** Unknown data to a shop profile. @throws InvalidInput with every mistake */
export const parseShop = (input: unknown): Shop => parseWith(shopSchema, migrate(input, VERSION), VERSION.what);
