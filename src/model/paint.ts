import { z } from 'zod';
import { type Colour, colourFromHex } from '../colour/colour.ts';
import { marginMm, sizeMm } from './length.ts';
import { Problem } from './problem.ts';

const EXPECTED_HEX = 'expected a colour as "#rrggbb" or "#rgb"';

/** `#rgb` or `#rrggbb`, kept as text. */
export const hexColour = z
  .string({ error: () => EXPECTED_HEX })
  .regex(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, { error: () => EXPECTED_HEX })
  .meta({ id: 'HexColour', description: 'A colour on screen: "#rrggbb" or "#rgb"' });

const percent = z.number().min(0).max(100);
const fraction = z.number().min(0).max(1);

const cmykColour = z.strictObject({
  cmyk: z.tuple([percent, percent, percent, percent]).describe('Ink amounts in per cent: cyan, magenta, yellow, black'),
});

/** PDF gives these names a meaning of their own: `None` marks no plate, `All` marks every one, the others are the process plates. */
const RESERVED_PLATES: readonly string[] = ['none', 'all', 'cyan', 'magenta', 'yellow', 'black'];

/** Whether PDF would take a plate of this name for another one. */
export const isReservedPlate = (name: string): boolean => RESERVED_PLATES.includes(name.trim().toLowerCase());

const spotColour = z.strictObject({
  spot: z
    .string()
    .min(1)
    .max(127)
    .refine((name) => !isReservedPlate(name), {
      error: 'expected a plate name other than None, All, Cyan, Magenta, Yellow and Black, which PDF reserves',
    })
    .describe('Plate name, exactly as the press or cutter expects it'),
  tint: percent.default(100).describe('Per cent of the solid colour'),
  alternate: z.union([hexColour, cmykColour]).describe('What a screen shows for the solid colour'),
});

const libraryId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: () => 'expected an id of small letters, digits and hyphens' });

/** Material on the shelf of the shop: a foil, an ink, a vinyl, a thread. */
const swatchColour = z.strictObject({
  swatch: libraryId.describe('A swatch of the palette: "gold"'),
  palette: libraryId.describe('A palette of the library: "foils"; `platen palettes list` shows them'),
  tint: percent.default(100).describe('Per cent of the solid colour'),
});
export type SwatchInput = z.output<typeof swatchColour>;

/** The words for an input that no kind of colour fits: about swatches when it means one. */
const expectedOf =
  (usual: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    typeof input === 'object' && input !== null && ('swatch' in input || 'palette' in input)
      ? 'expected a swatch as {"swatch": id, "palette": id}, with a "tint" of 0 to 100 per cent or without'
      : usual;

/** Text for the screen colour, `{cmyk}` for exact inks, `{spot}` for a named plate, `{swatch}` for a material of a palette. */
export const colourSchema = z
  .union([hexColour, cmykColour, spotColour, swatchColour], {
    error: expectedOf(
      'expected a colour: "#rrggbb", {"cmyk": [c, m, y, k]} in per cent, {"spot": name, "alternate": colour} or {"swatch": id, "palette": id}',
    ),
  })
  .meta({ id: 'Colour' });
export type ColourInput = z.output<typeof colourSchema>;

const stop = z.strictObject({ offset: fraction, colour: colourSchema, opacity: fraction.default(1) });
const stops = z
  .array(stop)
  .min(2)
  .max(32)
  .refine((list) => list.every((one, i) => i === 0 || one.offset >= (list[i - 1]?.offset ?? 0)), { error: 'expected offsets that ascend' });

export const linearGradient = z.strictObject({
  linear: z.strictObject({ angle: z.number().default(0).describe('Degrees clockwise; 0 runs left to right across the box'), stops }),
});
export const radialGradient = z.strictObject({
  radial: z.strictObject({
    x: fraction.default(0.5),
    y: fraction.default(0.5),
    radius: z.number().min(0.001).max(100).default(0.5),
    stops,
  }),
});

/** A colour, or a gradient laid over the layer's box. */
export const paintSchema = z
  .union([hexColour, cmykColour, spotColour, swatchColour, linearGradient, radialGradient], {
    error: expectedOf(
      'expected a colour ("#rrggbb", {"cmyk": …}, {"spot": …}, {"swatch": …, "palette": …}) or a gradient ({"linear": …}, {"radial": …})',
    ),
  })
  .meta({ id: 'Paint' });
export type PaintInput = z.output<typeof paintSchema>;

export const strokeSchema = z
  .strictObject({
    paint: paintSchema,
    width: sizeMm,
    cap: z.enum(['butt', 'round', 'square']).default('butt'),
    join: z.enum(['miter', 'round', 'bevel']).default('miter'),
    dash: z
      .array(marginMm)
      .min(2)
      .max(16)
      .refine((lengths) => lengths.reduce((sum, one) => sum + one, 0) >= 0.1, {
        error: 'expected dashes and gaps of 0.1 mm or more in all',
      })
      .optional()
      .describe('Lengths of dashes and gaps in turn'),
  })
  .meta({ id: 'Stroke' });
export type StrokeInput = z.output<typeof strokeSchema>;

/**
 * The colour a validated input stands for.
 * @throws Problem `swatch.unresolved` for a swatch: its colour is in a palette, which resolving a spec puts in its place
 */
export const colourOf = (input: ColourInput): Colour => {
  if (typeof input === 'string') return colourFromHex(input) ?? { space: 'srgb', r: 0, g: 0, b: 0 };
  if ('cmyk' in input) {
    const [c, m, y, k] = input.cmyk;
    return { space: 'cmyk', c: c / 100, m: m / 100, y: y / 100, k: k / 100 };
  }
  if ('swatch' in input)
    throw new Problem('swatch.unresolved', `expected a colour whose palette is loaded, got "${input.swatch}" of "${input.palette}"`);
  const alternate = colourOf(input.alternate);
  if (alternate.space === 'spot') return alternate;
  return { space: 'spot', name: input.spot, tint: input.tint / 100, alternate };
};
