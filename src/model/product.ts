import { z } from 'zod';
import { componentSchema } from './component.ts';
import { lengthMm, marginMm, sizeMm } from './length.ts';
import { materialId } from './material.ts';
import { migrate, type RecordVersion } from './migrate.ts';
import { outlineSchema } from './outline.ts';
import { hexColour } from './paint.ts';
import { parseWith } from './parse.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: () => 'expected an id of small letters, digits and hyphens' });
const label = z.string().min(1).max(200);

const optionValue = z.strictObject({
  id,
  label,
  colour: hexColour.optional().describe('What the article looks like in this choice'),
  material: materialId.optional().describe('What the article is made of in this choice'),
});

const option = z.strictObject({ id, label, values: z.array(optionValue).min(1).max(500), default: id.optional() });

/** A fixed width, or one that follows from the page count (a spine). */
const panelWidth = z.union([
  sizeMm,
  z.strictObject({
    perPage: z.number().positive().max(2).describe('Thickness of one page (half a leaf), mm'),
    plus: marginMm.default(0).describe('Boards, glue and hinge, mm'),
  }),
]);

const panel = z.strictObject({
  id,
  label,
  width: panelWidth,
  fold: z.boolean().default(true).describe('A fold or hinge on its right edge'),
});

const keepOut = z.strictObject({
  id,
  label,
  x: lengthMm,
  y: lengthMm,
  width: sizeMm,
  height: sizeMm,
  shape: outlineSchema.default({ kind: 'rect', radius: 0 }),
});

const sizeRule = z.strictObject({
  when: z.record(z.string(), z.array(z.string()).min(1)).describe('Option id to the values the rule is for'),
  width: sizeMm,
  height: sizeMm,
});

/** A place that a person finds on the article with a ruler: a seam, a hem, a handle. */
const reference = z.strictObject({
  id: id.describe('Placements that are measured from one place share its id: their art may not overlap'),
  label: label.describe('As people on the floor read it: "Collar seam, front middle"'),
  x: lengthMm.optional().describe('From the left of the trim box, negative beside it; left out: its middle, whatever the size'),
  y: lengthMm.describe('From the top of the trim box, negative above it'),
});

/** What cannot be ordered together on one article. */
const conflict = z
  .strictObject({
    placements: z.array(id).min(2).optional().describe('At the most one of them is printed'),
    methods: z.array(id).min(2).optional().describe('At the most one of them is used'),
    reason: label.describe('Why, as the customer reads it: "Both are sewn in one hoop."'),
  })
  .refine(({ placements, methods }) => (placements === undefined) !== (methods === undefined), {
    error: 'expected either placements or methods',
  });

/** Which page counts a binding takes. */
const pageRule = z
  .strictObject({
    min: z.int().min(1).max(2000),
    max: z.int().min(1).max(2000),
    multiple: z.int().min(1).max(64).default(2).describe('Page counts are multiples of this: 2 for leaves, 4 for folded sheets'),
    gutter: marginMm.default(0).describe('Lettering keeps this far from the spine, where pages curve away'),
  })
  .refine(({ min, max, multiple }) => min <= max && min % multiple === 0 && max % multiple === 0, {
    error: 'expected min and max to be multiples of multiple, min first',
  });
export type PageRule = z.output<typeof pageRule>;

const placement = z
  .strictObject({
    id,
    label,
    width: sizeMm.optional().describe('Trim width; leave out when panels give it'),
    height: sizeMm,
    sizes: z.array(sizeRule).default([]).describe('Other sizes for some variants; the first rule that fits wins'),
    panels: z.array(panel).max(20).default([]).describe('Left to right; their widths add up to the trim width'),
    bleed: marginMm.default(0),
    safe: marginMm.default(0),
    shape: outlineSchema.default({ kind: 'rect', radius: 0 }).describe('Finished outline within the trim box'),
    keepOuts: z.array(keepOut).default([]),
    reference: reference.optional().describe('Where it is measured from on the article; left out: from its own trim'),
    pages: pageRule.optional().describe('The placement is a page of a book: it stands as often as the book has pages'),
    methods: z
      .record(id, z.record(z.string(), z.unknown()))
      .refine((methods) => Object.keys(methods).length > 0, { error: 'expected at least one decoration method' })
      .describe('Decoration methods it takes, each with settings that differ from the method’s own'),
  })
  .refine((one) => one.width !== undefined || one.panels.length > 0, {
    error: 'expected a width, or panels that give it',
    path: ['width'],
  });

type RecordMistake = { readonly path: readonly (string | number)[]; readonly expected: string };

const listed = (ids: readonly string[]): string => `one of ${ids.map((one) => `"${one}"`).join(', ')}`;

const repeated = (ids: readonly string[], at: (index: number) => readonly (string | number)[], what: string): readonly RecordMistake[] =>
  ids.flatMap((one, i) => (ids.indexOf(one) === i ? [] : [{ path: at(i), expected: `an id no ${what} before has` }]));

type Options = readonly z.output<typeof option>[];

const optionMistakes = (options: Options): readonly RecordMistake[] =>
  options.flatMap(({ values, default: usual }, i) => {
    const ids = values.map((one) => one.id);
    return [
      ...repeated(ids, (j) => ['options', i, 'values', j, 'id'], 'value'),
      ...(usual === undefined || ids.includes(usual) ? [] : [{ path: ['options', i, 'default'], expected: listed(ids) }]),
    ];
  });

/** A size for a choice that nobody can make would never come about. */
const sizeMistakes = (sizes: z.output<typeof placement>['sizes'], options: Options, at: readonly (string | number)[]) =>
  sizes.flatMap(({ when }, i) =>
    Object.entries(when).flatMap(([id, values]): readonly RecordMistake[] => {
      const path = [...at, 'sizes', i, 'when', id];
      const chosen = options.find((one) => one.id === id);
      if (!chosen) return [{ path, expected: `an option of the product: ${listed(options.map((one) => one.id))}` }];
      const known = chosen.values.map((one) => one.id);
      return values.flatMap((value, j) => (known.includes(value) ? [] : [{ path: [...path, j], expected: listed(known) }]));
    }),
  );

/** What the parts of a record say of each other: ids are unique, and what is named exists. */
const recordMistakes = (record: {
  readonly options: Options;
  readonly placements: readonly z.output<typeof placement>[];
  readonly documents: readonly { readonly id: string; readonly placements: readonly string[] }[];
  readonly conflicts: readonly { readonly placements?: readonly string[] | undefined }[];
}): readonly RecordMistake[] => {
  const { options, placements, documents, conflicts } = record;
  const printable = placements.map((one) => one.id);
  return [
    ...repeated(
      options.map((one) => one.id),
      (i) => ['options', i, 'id'],
      'option',
    ),
    ...optionMistakes(options),
    ...repeated(printable, (i) => ['placements', i, 'id'], 'placement'),
    ...placements.flatMap(({ sizes, panels, keepOuts }, i) => [
      ...sizeMistakes(sizes, options, ['placements', i]),
      ...repeated(
        panels.map((one) => one.id),
        (j) => ['placements', i, 'panels', j, 'id'],
        'panel',
      ),
      ...repeated(
        keepOuts.map((one) => one.id),
        (j) => ['placements', i, 'keepOuts', j, 'id'],
        'keep-out',
      ),
    ]),
    ...repeated(
      documents.map((one) => one.id),
      (i) => ['documents', i, 'id'],
      'document',
    ),
    ...conflicts.flatMap(({ placements: ids = [] }, i) =>
      ids.flatMap((one, j) => (printable.includes(one) ? [] : [{ path: ['conflicts', i, 'placements', j], expected: listed(printable) }])),
    ),
    ...documents.flatMap(({ placements: pages }, i) =>
      pages.flatMap((page, j): readonly RecordMistake[] => {
        const path = ['documents', i, 'placements', j];
        if (!printable.includes(page)) return [{ path, expected: listed(printable) }];
        return pages.indexOf(page) === j ? [] : [{ path, expected: 'each placement once' }];
      }),
    ),
  ];
};

const VERSION: RecordVersion = { what: 'product', field: 'version', current: 1, migrations: [] };

/** A base article as data: its choices and its print areas. */
export const productSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1).default(1),
    id,
    name: label,
    description: z.string().max(2000).default(''),
    options: z.array(option).max(20).default([]),
    components: z
      .array(componentSchema)
      .max(60)
      .refine((all) => new Set(all.map((one) => one.id)).size === all.length, { error: 'expected each component once' })
      .default([])
      .describe('Parts whose colour or material can be chosen; without them, the parts that the views name and any colour'),
    placements: z.array(placement).min(1).max(100),
    documents: z
      .array(z.strictObject({ id, label, placements: z.array(id).min(1) }))
      .default([])
      .describe('Placements that belong in one file, page by page (the two sides of a card)'),
    conflicts: z
      .array(conflict)
      .max(100)
      .default([])
      .describe('What cannot be ordered together, beside what no floor can do on any article'),
  })
  .superRefine((record, context) => {
    for (const { path, expected } of recordMistakes(record))
      context.addIssue({ code: 'custom', path: [...path], message: `expected ${expected}` });
  })
  .meta({ id: 'Product', title: 'Platen product' });

export type Product = z.output<typeof productSchema>;
export type ProductPlacement = Product['placements'][number];

/** Unknown data to a product. @throws InvalidInput with every mistake */
export const parseProduct = (input: unknown): Product => parseWith(productSchema, migrate(input, VERSION), VERSION.what);
