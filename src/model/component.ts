import { z } from 'zod';
import { materialId } from './material.ts';
import { hexColour } from './paint.ts';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const id = z.string().regex(ID, { error: () => 'expected an id of small letters, digits and hyphens' });
const label = z.string().min(1).max(200);

const EXPECTED_COLOUR = 'expected "#rrggbb", or the id of one of the colours of the component';
const colourChoice = z
  .string({ error: () => EXPECTED_COLOUR })
  .regex(/^(?:#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[a-z0-9][a-z0-9-]{0,63})$/, { error: () => EXPECTED_COLOUR });

const componentColour = z.strictObject({ id, label, colour: hexColour });

export type ComponentColour = z.output<typeof componentColour>;

/** "#abc" as "#aabbcc", so that two ways to write a colour are one. */
const longHex = (hex: string): string => (hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex).toLowerCase();

/** "#rrggbb" of a colour or a colour's id among `colours` (any colour when there is no list); null when it is not one of them. */
export const colourOf = (colours: readonly ComponentColour[] | undefined, choice: string): string | null => {
  if (!colours) return choice.startsWith('#') ? choice : null;
  const wanted = longHex(choice);
  return colours.find(({ id: own, colour }) => own === choice || longHex(colour) === wanted)?.colour ?? null;
};

/** A part of a product whose colour or material a customer may choose: sole, laces, handle. */
export const componentSchema = z
  .strictObject({
    id: id.describe('As the zones of the views name it: by their id, or by the component they follow'),
    label,
    colours: z
      .array(componentColour)
      .max(500)
      .optional()
      .describe('The colours to choose from. Left out: any colour; empty: its colour cannot be chosen'),
    materials: z.array(materialId).max(50).default([]).describe('The materials to choose from; empty: it stays as pictured'),
    pictured: materialId.optional().describe('What the pictures show it made of: choosing that lays nothing on'),
    default: z
      .strictObject({ colour: colourChoice.optional(), material: materialId.optional() })
      .default({})
      .describe('What it looks like when nothing is chosen; left out: as pictured'),
  })
  .refine(({ colours = [] }) => new Set(colours.map((one) => one.id)).size === colours.length, {
    error: 'expected each colour once',
    path: ['colours'],
  })
  .refine(({ colours, default: own }) => own.colour === undefined || colourOf(colours, own.colour) !== null, {
    error: 'expected one of the colours of the component',
    path: ['default', 'colour'],
  })
  .refine(
    ({ materials, pictured, default: { material } }) => material === undefined || material === pictured || materials.includes(material),
    { error: 'expected one of the materials of the component', path: ['default', 'material'] },
  )
  .meta({ id: 'Component' });

export type Component = z.output<typeof componentSchema>;

/** What an order says about one component: a colour, or an object with colour and material. */
export const componentChoiceSchema = z.union(
  [
    colourChoice,
    z
      .strictObject({
        colour: colourChoice.optional().describe('"#rrggbb", or the id of one of the product’s colours for it'),
        material: z.string().min(1).max(64).optional().describe('One of the product’s materials for it'),
      })
      .refine(({ colour, material }) => colour !== undefined || material !== undefined, { error: 'expected a colour or a material' }),
  ],
  { error: () => 'expected a colour ("#rrggbb" or a colour’s id), or {"colour": …, "material": …}' },
);

export type ComponentChoice = { readonly colour?: string | undefined; readonly material?: string | undefined };

/** The short form, a bare colour, as the long one. */
export const componentChoiceOf = (input: z.output<typeof componentChoiceSchema>): ComponentChoice =>
  typeof input === 'string' ? { colour: input } : input;
