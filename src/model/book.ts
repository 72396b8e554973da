import { z } from 'zod';
import { type Layer, layerSchema } from './layers.ts';
import { marginMm, sizeMm } from './length.ts';
import { paintSchema } from './paint.ts';
import { textLayerFields } from './text-layer.ts';

const name = z.string().min(1).max(100);
const layers = z.array(layerSchema).max(500).default([]);

const { font, size, leading, fill, tracking, features, axes, direction } = textLayerFields;

/** The fields of a style, all open: what a style leaves out it has of `body`, and `body` of the defaults. */
const styleSchema = z
  .strictObject({
    font: font.optional(),
    size: size.unwrap().optional(),
    leading: leading.unwrap().optional(),
    fill: fill.unwrap().optional(),
    tracking: tracking.unwrap().optional(),
    features: features.unwrap().optional(),
    axes: axes.unwrap().optional(),
    direction: direction.unwrap().optional(),
    case: z.enum(['none', 'upper', 'lower', 'title']).optional(),
    align: z.enum(['start', 'center', 'end', 'justify']).optional(),
    indent: marginMm.optional().describe('Of the first line; the paragraph after a heading, a picture or a break has none'),
    before: marginMm.optional().describe('Clear space above, not at the head of a frame'),
    after: marginMm.optional(),
    hyphens: z.boolean().optional().describe('Whether words may be divided'),
    dropCap: z
      .strictObject({
        lines: z.int().min(2).max(6).default(2),
        font: font.optional(),
        fill: fill.unwrap().optional(),
        gap: marginMm.default(1),
      })
      .optional()
      .describe('Of paragraphs that ask for one'),
    keepNext: z.boolean().optional().describe('Never the last thing in a frame; headings are so anyway'),
    keepTogether: z.boolean().optional().describe('All lines in one frame'),
  })
  .meta({ id: 'BookStyle' });

const inlineRun = z.strictObject({
  text: z.string().max(10_000),
  italic: z.boolean().default(false),
  bold: z.boolean().default(false),
  fill: fill.unwrap().optional(),
  font: font.optional(),
});

/** Marks are members, not signs in the text: whatever a customer types is printed as it is. */
const inlineSchema = z
  .union([
    z.string().max(20_000),
    z
      .array(z.union([z.string().max(10_000), inlineRun]))
      .min(1)
      .max(200),
  ])
  .describe('A text, or pieces of it in reading order: ["She said ", {"text": "no", "italic": true}, "."]');
export type BookInline = z.output<typeof inlineSchema>;

const paragraphFields = {
  type: z.literal('paragraph'),
  text: inlineSchema,
  style: name.default('body'),
  dropCap: z.boolean().default(false),
  indent: z.boolean().optional().describe('Whether the first line is indented; default: unless it opens a passage'),
} as const;

const paragraphBlock = z.strictObject(paragraphFields);

const blockSchema = z
  .union([
    inlineSchema.transform((text) => paragraphBlock.parse({ type: 'paragraph', text })),
    z.discriminatedUnion('type', [
      paragraphBlock,
      z.strictObject({
        type: z.literal('heading'),
        text: inlineSchema,
        style: name.default('heading'),
        running: z.string().max(300).optional().describe('What running heads say instead; "" for none'),
      }),
      z.strictObject({
        type: z.literal('picture'),
        height: sizeMm,
        layers: layers.describe('Boxes refer to the picture, which is as wide as the frame'),
        before: marginMm.default(0),
        after: marginMm.default(0),
      }),
      z.strictObject({ type: z.literal('space'), height: sizeMm }),
      z.strictObject({ type: z.literal('break') }).describe('What follows begins in the next frame'),
    ]),
  ])
  .meta({ id: 'BookBlock' });
export type BookBlock = z.output<typeof blockSchema>;

/** A frame by its margins from the trim: inner is the side of the spine, so facing pages mirror each other. */
const frameSchema = z
  .strictObject({
    page: z.enum(['left', 'right']).optional().describe('Of a spread: the page that it stands on'),
    top: marginMm,
    bottom: marginMm,
    inner: marginMm,
    outer: marginMm,
  })
  .meta({ id: 'BookFrame' });
export type BookFrame = z.output<typeof frameSchema>;

const line = {
  font: font.optional(),
  size: size.unwrap().optional().describe('Default: three quarters of the body'),
  fill: fill.unwrap().optional(),
} as const;
const lineAlign = z.enum(['outer', 'inner', 'center']);

const masterSchema = z
  .strictObject({
    background: paintSchema.optional(),
    layers: layers.describe('On every page of this master, below what the pages hold'),
    left: layers.describe('On its left pages'),
    right: layers.describe('On its right pages'),
    frames: z.array(frameSchema).min(1).max(8).optional().describe('Where text stands, in reading order; default: inside the safe margin'),
    folio: z
      .strictObject({
        ...line,
        align: lineAlign.default('outer'),
        margin: marginMm.optional().describe('From the side of the trim; default: as the frame'),
        bottom: marginMm.default(12).describe('From the lower edge to the baseline'),
        before: z.string().max(20).default(''),
        after: z.string().max(20).default(''),
      })
      .optional()
      .describe('The number of the page'),
    head: z
      .strictObject({
        ...line,
        align: lineAlign.default('center'),
        margin: marginMm.optional(),
        top: marginMm.default(14).describe('From the upper edge to the baseline'),
        left: z.string().max(300).default(''),
        right: z.string().max(300).default(''),
        chapter: z.enum(['left', 'right', 'both', 'none']).default('none').describe('Pages whose head is the heading in force'),
      })
      .optional()
      .describe('A running head'),
  })
  .meta({ id: 'BookMaster' });
export type BookMaster = z.output<typeof masterSchema>;

const sectionSchema = z
  .strictObject({
    id: z.string().max(200).optional().describe('Your name for it; pages of no text can be sections too'),
    start: z.enum(['next', 'left', 'right']).default('next').describe('Side of its first page; a blank page is left before it if need be'),
    spread: z.boolean().default(false).describe('Two facing pages as one sheet: layers count from the left one and run across the fold'),
    master: name.optional().describe('Of its first page or spread; default: the master "page" if there is one'),
    nextMaster: name.optional().describe('Master of the pages that its text needs beyond; default: the same'),
    background: paintSchema.optional(),
    layers: layers.describe('On its first page or spread alone'),
    frames: z.array(frameSchema).max(8).optional().describe('Instead of those of the master, on the first page or spread'),
    valign: z.enum(['top', 'middle', 'bottom']).default('top').describe('Of its text in the frames'),
    text: z.array(blockSchema).max(5000).default([]),
    overflow: z
      .enum(['pages', 'report'])
      .default('pages')
      .describe('Text that does not fit: goes on over more pages, or is an error with how much it is too long'),
    shrinkTo: z.number().min(0.5).max(1).default(1).describe('How far the type may shrink to avoid that overflow: 0.9 is to nine tenths'),
    numbered: z.boolean().default(true).describe('false leaves folio and running head out on its pages'),
  })
  .meta({ id: 'BookSection' });
export type BookSection = z.output<typeof sectionSchema>;

/** The inner pages of a book: what stands on them, and text that flows from frame to frame. */
export const bookSchema = z
  .strictObject({
    language: textLayerFields.locale.unwrap().default('en').describe('Language of the text: divides words and chooses letter forms'),
    binding: z.enum(['left', 'right']).default('left').describe('right: pages run from right to left, as in Arabic and Hebrew books'),
    styles: z.record(name, styleSchema).default({}).describe('By name; "body" and "heading" are those of blocks that name none'),
    masters: z.record(name, masterSchema).default({}),
    sections: z.array(sectionSchema).min(1).max(2000),
    blank: name.optional().describe('Master of pages that are left blank; default: bare paper'),
    orphans: z.int().min(1).max(10).default(2).describe('Lines of a paragraph that stay together at the foot of a frame'),
    widows: z.int().min(1).max(10).default(2).describe('Lines of a paragraph that stay together at the head of a frame'),
  })
  .superRefine(({ masters, styles, sections, blank }, context) => {
    const known = (id: string | undefined, list: object, path: (string | number)[], what: string): void => {
      if (id === undefined || Object.hasOwn(list, id)) return;
      const ids = Object.keys(list);
      context.addIssue({ code: 'custom', path, message: `expected ${what} of the book (${ids.join(', ') || 'it has none'})` });
    };
    known(blank, masters, ['blank'], 'a master');
    for (const [i, section] of sections.entries()) {
      known(section.master, masters, ['sections', i, 'master'], 'a master');
      known(section.nextMaster, masters, ['sections', i, 'nextMaster'], 'a master');
      for (const [j, block] of section.text.entries()) {
        if (block.type !== 'paragraph' && block.type !== 'heading') continue;
        if (block.style !== 'body' && block.style !== 'heading') known(block.style, styles, ['sections', i, 'text', j, 'style'], 'a style');
      }
    }
  })
  .meta({ id: 'Book' });

export type Book = z.output<typeof bookSchema>;
export type BookStyle = z.output<typeof styleSchema>;

export type BookLayers = { readonly layers: readonly Layer[]; readonly pointer: string };

/** Every list of layers in a book with its JSON pointer. */
export const layersOfBook = (book: Book, pointer: string): readonly BookLayers[] => [
  ...Object.entries(book.masters).flatMap(([id, master]) => {
    const at = `${pointer}/masters/${id.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return (['layers', 'left', 'right'] as const).map((side) => ({ layers: master[side], pointer: `${at}/${side}` }));
  }),
  ...book.sections.flatMap((section, i) => [
    { layers: section.layers, pointer: `${pointer}/sections/${i}/layers` },
    ...section.text.flatMap((block, j) =>
      block.type === 'picture' ? [{ layers: block.layers, pointer: `${pointer}/sections/${i}/text/${j}/layers` }] : [],
    ),
  ]),
];
