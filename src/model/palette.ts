import { z } from 'zod';
import { migrate, type RecordVersion } from './migrate.ts';
import { hexColour, isReservedPlate } from './paint.ts';
import { parseWith } from './parse.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: () => 'expected an id of small letters, digits and hyphens' });

export const PALETTE_KINDS = ['foil', 'vinyl', 'ink', 'thread'] as const;

/** How the material sends light back, beside its colour. */
export const SWATCH_FINISHES = ['metallic', 'gloss', 'matt', 'glitter', 'holographic', 'blind'] as const;

/** One material that a shop has on the shelf. */
export const swatchSchema = z.strictObject({
  id,
  name: z.string().min(1).max(100).describe('As customers and production staff read it'),
  code: z.string().min(1).max(40).optional().describe('Order code of the supplier'),
  colour: hexColour.describe('As it looks under white light, head-on for foils'),
  finish: z.enum(SWATCH_FINISHES).optional(),
  plate: z.string().min(1).max(127).optional().describe('Name of its plate in files; left out, the name'),
});
export type Swatch = z.output<typeof swatchSchema>;

/** The name of a swatch's plate, foil or colour stop in files. */
export const plateOf = ({ plate, name }: Swatch): string => plate ?? name;

const plateMistake = (plate: string, seen: ReadonlySet<string>): string | null => {
  if (isReservedPlate(plate)) return `expected a plate name other than those that PDF reserves, got "${plate}": give the swatch a plate`;
  return seen.has(plate.toLowerCase()) ? 'expected a plate name that no swatch before has' : null;
};

const VERSION: RecordVersion = { what: 'palette', field: 'version', current: 1, migrations: [] };

/** Materials of one kind to choose from: foils, vinyls, inks, threads. Data: shops bring their own. */
export const paletteSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    id,
    name: z.string().min(1).max(200),
    kind: z.enum(PALETTE_KINDS),
    source: z.string().max(500).optional().describe('Where the colours were taken from'),
    swatches: z.array(swatchSchema).min(1).max(2000),
  })
  .refine(({ swatches }) => new Set(swatches.map((one) => one.id)).size === swatches.length, {
    path: ['swatches'],
    error: 'expected every id once',
  })
  .superRefine(({ swatches }, context) => {
    const seen = new Set<string>();
    for (const [i, swatch] of swatches.entries()) {
      const plate = plateOf(swatch);
      const mistake = plateMistake(plate, seen);
      if (mistake)
        context.addIssue({ code: 'custom', path: ['swatches', i, swatch.plate === undefined ? 'name' : 'plate'], message: mistake });
      seen.add(plate.toLowerCase());
    }
  })
  .meta({ id: 'Palette', title: 'Platen palette' });

export type Palette = z.output<typeof paletteSchema>;

/** Unknown data to a palette. @throws InvalidInput with every mistake */
export const parsePalette = (input: unknown): Palette => parseWith(paletteSchema, migrate(input, VERSION), VERSION.what);
