import { z } from 'zod';
import { lengthMm, marginMm, sizeMm } from './length.ts';
import { migrate, type RecordVersion } from './migrate.ts';
import { hexColour } from './paint.ts';
import { parseWith } from './parse.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: () => 'expected an id of small letters, digits and hyphens' });
const label = z.string().min(1).max(200);
const file = (ending: 'png' | 'webp') =>
  z
    .string()
    .regex(new RegExp(`^[a-z0-9][a-z0-9-]{0,63}\\.${ending}$`), { error: () => `expected the name of a .${ending} file beside this one` });
const pixels = z.int().min(16).max(8000);

const span = z
  .strictObject({ from: lengthMm, to: lengthMm })
  .refine(({ from, to }) => to > from, { error: 'expected a span that ascends', path: ['to'] });

const positions = z.strictObject({
  file: file('png').describe('16-bit RGB: red across, green down, blue above half where a position is valid'),
  step: z.int().min(1).max(8).describe('Picture pixels from one sample to the next'),
  offset: z
    .tuple([z.number().min(0).max(8), z.number().min(0).max(8)])
    .describe('Picture pixel, across and down from 0, that the first sample stands for'),
  u: span.describe('What 0 and 65535 in red mean, mm on the surface'),
  v: span.describe('What 0 and 65535 in green mean, mm on the surface'),
  seam: sizeMm.default(8).describe('Neighbouring samples further apart than this lie on two sides of a fold'),
});

const light = z.strictObject({
  file: file('webp'),
  max: z.number().positive().max(64).describe('Linear light that 255 stands for; stored as 255 * sqrt(light / max)'),
});

const coverage = z.strictObject({
  file: file('webp'),
  zones: z.array(id).min(1).max(3).describe('The zones of its red, green and blue channel'),
});

const maps = z.strictObject({
  positions,
  shade: light.describe('Diffuse light: what a white surface would send back'),
  gloss: light.describe('Reflected light, added on top'),
  zones: z.array(coverage).min(1).max(8),
  grain: z
    .strictObject({ file: file('webp'), max: z.number().positive().max(64), zones: z.array(id).min(1) })
    .optional()
    .describe('Own pattern of wood, leather or cloth: a ratio per channel that multiplies the zone’s colour'),
  normal: z
    .strictObject({ file: file('webp') })
    .optional()
    .describe('Surface directions in camera space (x right, y up, z to the viewer), 255 * (n + 1) / 2, for relief and materials'),
  reflections: z
    .strictObject({ metal: light, matt: light })
    .optional()
    .describe('Square pictures of a metal and a matt white ball that fill them, lit like the product, for foil and relief'),
  surface: positions.optional().describe('As positions, over the whole product: where the texture of a material lies'),
});

const follows = z.union([z.literal('article'), z.literal('scene'), z.literal('own'), z.strictObject({ component: id })]);

const zone = z.strictObject({
  id,
  label,
  colour: hexColour.describe('Unless chosen otherwise; how it looks in plain light'),
  follows: follows.default('own').describe('article: the colour of the variant; scene: the background; own: nothing unless chosen'),
  material: z.enum(['plain', 'metal']).default('plain').describe('metal: its colour tints the reflections and takes no shade'),
});

const shown = z.strictObject({
  placement: id,
  zone: id.describe('The zone it is printed on'),
  x: lengthMm.describe('Left edge of the trim, mm on the surface'),
  y: lengthMm,
  width: sizeMm.describe('Trim size of the pictured article; other sizes are laid in at this width, top edges together'),
  height: sizeMm,
  bleed: marginMm.default(0).describe('How far beyond the trim the surface still shows print: board edges, a sheet under a mat'),
  clip: z
    .strictObject({ x: lengthMm, y: lengthMm, width: sizeMm, height: sizeMm })
    .optional()
    .describe('The part of the surface that can show print, when it is less than the trim'),
});

type RecordMistake = { readonly path: readonly (string | number)[]; readonly expected: string };

/** What the parts of a record say of each other: each zone has one channel or is the background, and what is named exists. */
const recordMistakes = (record: {
  readonly background: string;
  readonly zones: readonly { readonly id: string }[];
  readonly maps: z.output<typeof maps>;
  readonly placements: readonly z.output<typeof shown>[];
}): readonly RecordMistake[] => {
  const ids = record.zones.map((one) => one.id);
  const known = `one of ${ids.map((one) => `"${one}"`).join(', ')}`;
  const channels = record.maps.zones.flatMap(({ zones }, i) => zones.map((name, j) => ({ name, path: ['maps', 'zones', i, 'zones', j] })));
  const names = channels.map(({ name }) => name);
  const printed = record.placements.map(({ placement }) => placement);
  const unknown = (name: string, path: readonly (string | number)[]): readonly RecordMistake[] =>
    ids.includes(name) ? [] : [{ path, expected: known }];
  return [
    ...unknown(record.background, ['background']),
    ...channels.flatMap(({ name, path }, i) => [
      ...unknown(name, path),
      ...(name === record.background ? [{ path, expected: 'another zone than the background, which gets what the others leave' }] : []),
      ...(names.indexOf(name) === i ? [] : [{ path, expected: 'a zone that no channel before has' }]),
    ]),
    ...ids.flatMap((name, i) => [
      ...(ids.indexOf(name) === i ? [] : [{ path: ['zones', i, 'id'], expected: 'an id no zone before has' }]),
      ...(names.includes(name) || name === record.background
        ? []
        : [{ path: ['zones', i, 'id'], expected: 'a zone that is the background, or has a channel in a zone file' }]),
    ]),
    ...(record.maps.grain?.zones ?? []).flatMap((name, i) => unknown(name, ['maps', 'grain', 'zones', i])),
    ...record.placements.flatMap(({ placement, zone: on }, i) => [
      ...unknown(on, ['placements', i, 'zone']),
      ...(printed.indexOf(placement) === i ? [] : [{ path: ['placements', i, 'placement'], expected: 'each placement once' }]),
    ]),
  ];
};

const VERSION: RecordVersion = { what: 'view', field: 'version', current: 1, migrations: [] };

/** One mockup picture of a product as data: what each map file means, which zones and placements it shows. */
export const viewSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    id,
    label,
    widthPx: pixels,
    heightPx: pixels,
    maps,
    when: z
      .record(id, z.array(id).min(1))
      .default({})
      .describe('Option id to the values whose article it pictures; a variant with another value is not shown by it'),
    background: id.describe('The zone behind the product: it covers what the zone files leave over'),
    zones: z.array(zone).min(2).max(24),
    placements: z.array(shown).min(1).max(20),
    white: z.number().positive().max(1).default(0.8).describe('Share of the light that paper white and #ffffff send back'),
    knee: z.number().positive().max(1).default(0.8).describe('Linear light above which highlights are rolled off'),
    pxPerMm: z.strictObject({ min: z.number().positive(), median: z.number().positive() }).describe('Picture scale over the placements'),
    base: file('webp').optional().describe('The product without print'),
    thumb: file('webp').optional(),
    source: z.string().max(300).default('').describe('What made it'),
  })
  .superRefine((record, context) => {
    for (const { path, expected } of recordMistakes(record))
      context.addIssue({ code: 'custom', path: [...path], message: `expected ${expected}` });
  })
  .meta({ id: 'View', title: 'Platen view' });

export type View = z.output<typeof viewSchema>;
export type ViewZone = View['zones'][number];
export type ShownPlacement = View['placements'][number];

/** Unknown data to a view. @throws InvalidInput with every mistake */
export const parseView = (input: unknown): View => parseWith(viewSchema, migrate(input, VERSION), VERSION.what);

/** Surface positions in mm, `NO_POSITION` where the picture shows nothing printable. Sample (i, j) stands for pixel (i, j) * step + offset. */
export type PositionMap = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Row-major pairs u, v. */
  readonly mm: Float32Array;
};

export const NO_POSITION = 1e9;

/** A picture of a ball that fills it, RGB, 255 * sqrt(light / max). */
export type Probe = { readonly sizePx: number; readonly rgb: Uint8Array; readonly max: number };

/** A view with its maps decoded, all of the picture's size but the positions, row-major, one byte (three for grain) per pixel. */
export type ProductView = {
  readonly record: View;
  readonly positions: PositionMap;
  readonly shade: Uint8Array;
  readonly gloss: Uint8Array;
  /** Zone id to coverage, 255 = whole pixel. Every zone of the record is there; they add up to 255. */
  readonly coverage: ReadonlyMap<string, Uint8Array>;
  /** RGB. */
  readonly grain: Uint8Array | null;
  /** RGB, camera space. */
  readonly normal: Uint8Array | null;
  readonly reflections: { readonly metal: Probe; readonly matt: Probe } | null;
  readonly surface: PositionMap | null;
  /** Lower-case hex sha256 over the record and every map file. */
  readonly digest: string;
};
