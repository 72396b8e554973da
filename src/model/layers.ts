import { z } from 'zod';
import { BLEND_MODES } from './blend.ts';
import { imageMaskSchema, sourceSchema } from './image-mask.ts';
import { lengthMm, marginMm, sizeMm } from './length.ts';
import { outlineSchema } from './outline.ts';
import { colourSchema, hexColour, paintSchema, strokeSchema } from './paint.ts';
import * as special from './special-layers.ts';
import { stitchesFields } from './stitches-layer.ts';
import { textLayerFields } from './text-layer.ts';

export const ANCHORS = ['top-left', 'top', 'top-right', 'left', 'center', 'right', 'bottom-left', 'bottom', 'bottom-right'] as const;

/** Where a layer sits. Everything has a default: no box at all fills the placement's trim area. */
export const boxSchema = z
  .strictObject({
    within: z.enum(['trim', 'bleed', 'safe']).default('trim').describe('The area x, y and the default size refer to'),
    panel: z.string().optional().describe('A panel of the placement ("front", "spine"); x and y then count from its corner'),
    anchor: z.enum(ANCHORS).default('top-left').describe('Which point of the box x and y name'),
    x: lengthMm.optional().describe('Default: where the same point of the area is'),
    y: lengthMm.optional(),
    width: sizeMm.optional().describe('Default: the whole width of the area'),
    height: sizeMm.optional(),
  })
  .meta({ id: 'Box' });
export type BoxInput = z.output<typeof boxSchema>;

const fraction = z.number().min(0).max(1);

const common = {
  id: z.string().max(200).optional().describe('Your name for the layer; findings repeat it'),
  box: boxSchema.prefault({}),
  rotation: z.number().min(-3600).max(3600).default(0).describe('Degrees clockwise about the middle of the box'),
  flip: z.enum(['none', 'horizontal', 'vertical', 'both']).default('none'),
  opacity: fraction.default(1),
  blend: z.enum(BLEND_MODES).default('normal'),
} as const;

const unit = z.number().min(-1).max(1).default(0);

export const adjustmentSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('grey') }),
    z.strictObject({ kind: z.literal('sepia'), amount: fraction.default(1) }),
    z.strictObject({ kind: z.literal('duotone'), shadow: hexColour, highlight: hexColour }),
    z.strictObject({ kind: z.literal('tint'), colour: hexColour, amount: fraction.default(0.5) }),
    z.strictObject({ kind: z.literal('invert') }),
    z.strictObject({ kind: z.literal('remove-white') }).describe('White becomes clear: for halftone and line art on coloured articles'),
    z.strictObject({ kind: z.literal('posterise'), levels: z.int().min(2).max(64).default(4) }),
    z
      .strictObject({
        kind: z.literal('pop-art'),
        colours: z
          .array(hexColour)
          .min(2)
          .max(8)
          .default(['#241a3d', '#d8325f', '#f7a12d', '#fff1cf'])
          .describe('From the darkest parts of the picture to the lightest'),
      })
      .describe('A silk-screen poster in a few flat colours'),
    z.strictObject({ kind: z.literal('threshold'), level: fraction.default(0.5) }),
    z.strictObject({
      kind: z.literal('tone'),
      brightness: unit,
      contrast: unit,
      saturation: unit,
      gamma: z.number().min(0.1).max(10).default(1),
    }),
    z.strictObject({ kind: z.literal('line-art'), detail: fraction.default(0.5) }),
    z.strictObject({
      kind: z.literal('halftone'),
      cell: z.number().min(0.002).max(0.2).default(0.012).describe('Dot pitch as a part of the longer side'),
      angle: z.number().default(22.5),
      colour: hexColour.default('#000000'),
    }),
    z.strictObject({ kind: z.literal('pixelate'), cell: z.number().min(0.002).max(0.5).default(0.02) }),
    z.strictObject({ kind: z.literal('vignette'), amount: fraction.default(0.5) }),
  ])
  .meta({ id: 'ImageAdjustment' });

/** How one photo is shown in a frame: shared by image layers and collage cells. */
const photo = {
  source: sourceSchema,
  fit: z.enum(['cover', 'contain', 'stretch']).default('cover'),
  focus: z
    .strictObject({ x: fraction.default(0.5), y: fraction.default(0.5) })
    .prefault({})
    .describe('The point of the picture that stays in sight when it is cropped: 0,0 top left, 1,1 bottom right'),
  crop: z
    .strictObject({ x: fraction, y: fraction, width: fraction.positive(), height: fraction.positive() })
    .refine((c) => c.x + c.width <= 1.000001 && c.y + c.height <= 1.000001, { error: 'expected a crop inside the picture' })
    .optional()
    .describe('Part of the picture to use, as fractions of its upright size'),
  turn: z
    .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
    .default(0)
    .describe('Quarter turn of the picture in its frame'),
  adjust: z.array(adjustmentSchema).max(8).default([]),
} as const;

const textLayer = z.strictObject({ type: z.literal('text'), ...common, ...textLayerFields });

const imageLayer = z.strictObject({
  type: z.literal('image'),
  ...common,
  ...photo,
  mask: imageMaskSchema.optional(),
  interpolation: z.enum(['smooth', 'nearest']).default('smooth'),
});

const svgLayer = z.strictObject({
  type: z.literal('svg'),
  ...common,
  source: sourceSchema,
  fit: z.enum(['contain', 'cover', 'stretch']).default('contain'),
  recolour: z.record(hexColour, colourSchema).default({}).describe('Replaces colours of the drawing, exact matches only'),
});

const shapeLayer = z.strictObject({
  type: z.literal('shape'),
  ...common,
  shape: outlineSchema,
  fill: paintSchema.optional(),
  stroke: strokeSchema.optional(),
});

/** Layers that lay themselves out. */
const specialLayers = [
  z.strictObject({ type: z.literal('monogram'), ...common, ...special.monogramFields }),
  z.strictObject({ type: z.literal('name-number'), ...common, ...special.nameNumberFields }),
  z.strictObject({ type: z.literal('calendar'), ...common, ...special.calendarFields }),
  z.strictObject({ type: z.literal('coordinates'), ...common, ...special.coordinatesFields }),
  z.strictObject({ type: z.literal('song-player'), ...common, ...special.songPlayerFields }),
  z.strictObject({ type: z.literal('word-cloud'), ...common, ...special.wordCloudFields }),
  z.strictObject({ type: z.literal('list'), ...common, ...special.listFields }),
  z.strictObject({ type: z.literal('signature'), ...common, ...special.signatureFields }),
  z.strictObject({ type: z.literal('handwriting'), ...common, ...special.handwritingFields }),
] as const;

export const SYMBOLOGIES = ['qr', 'data-matrix', 'ean-13', 'ean-8', 'upc-a', 'code-128'] as const;

const codeLayer = z.strictObject({
  type: z.literal('code'),
  ...common,
  symbology: z.enum(SYMBOLOGIES),
  value: z.string().min(1).max(2000),
  level: z.enum(['L', 'M', 'Q', 'H']).default('M').describe('QR error correction'),
  colour: colourSchema.default('#000000'),
  background: colourSchema.optional(),
  quietZone: z.boolean().default(true).describe('Keep the clear space readers need inside the box'),
  caption: z.boolean().default(false).describe('Print the digits below EAN, UPC and Code 128'),
});

const stitchesLayer = z.strictObject({ type: z.literal('stitches'), ...common, ...stitchesFields });

/** A photo in a collage; where it sits follows from the layout. */
const collagePhoto = z.strictObject(photo, {
  // Masks are what customers' programs send along: told apart from other slips.
  error: ({ code, keys }) =>
    code === 'unrecognized_keys' && Array.isArray(keys) && keys.includes('mask')
      ? 'expected no mask for a photo of a collage, whose frames are plain; image layers take masks'
      : undefined,
});

const collageLayout = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('grid'), columns: z.int().min(1).max(40), rows: z.int().min(1).max(40) }),
  z.strictObject({
    kind: z.literal('rows'),
    rows: z.array(z.array(z.number().positive()).min(1).max(40)).min(1).max(40).describe('Relative widths of the photos, row by row'),
    heights: z.array(z.number().positive()).optional().describe('Relative heights of the rows'),
  }),
  z.strictObject({
    kind: z.literal('free'),
    frames: z
      .array(
        z.strictObject({
          x: fraction,
          y: fraction,
          width: fraction.positive(),
          height: fraction.positive(),
          rotation: z.number().default(0),
        }),
      )
      .min(1)
      .max(200)
      .describe('Frames as fractions of the box, in paint order'),
  }),
]);

const collageLayer = z.strictObject({
  type: z.literal('collage'),
  ...common,
  layout: collageLayout,
  photos: z.array(collagePhoto).min(1).max(400),
  gutter: marginMm.default(2),
  margin: marginMm.default(0),
  radius: marginMm.default(0).describe('Corner radius of every frame'),
  background: paintSchema.optional(),
  border: strokeSchema.optional().describe('Drawn inside every frame'),
});

export const ARRANGEMENTS = ['grid', 'brick', 'half-drop', 'mirror', 'rotated', 'scatter'] as const;

type Common = z.output<z.ZodObject<typeof common>>;

const scatterSchema = z
  .strictObject({
    seed: z.int().min(0).max(999_999_999).default(1).describe('The same number gives the same places, on every machine'),
    size: z
      .tuple([z.number().min(0.05).max(10), z.number().min(0.05).max(10)])
      .refine(([least, most]) => least <= most, { error: 'expected the smaller size first' })
      .default([0.8, 1.15])
      .describe('Smallest and largest copy, as a part of the size the motif has'),
    turn: z.number().min(0).max(180).default(25).describe('Copies are turned by at most so many degrees either way'),
    most: z
      .array(z.int().min(0).max(500))
      .max(500)
      .optional()
      .describe('Copies of each motif in a tile at most, in the order of the layers'),
  })
  .meta({ id: 'Scatter' });
export type Scatter = z.output<typeof scatterSchema>;

/** Recursive by hand: a group or a pattern holds layers. */
export type GroupLayer = Common & {
  readonly type: 'group';
  readonly layers: readonly Layer[];
  readonly clip?: z.output<typeof outlineSchema> | undefined;
};
export type PatternLayer = Common & {
  readonly type: 'pattern';
  readonly layers: readonly Layer[];
  readonly tile: { readonly width: number; readonly height: number };
  readonly gap: number;
  readonly arrangement: (typeof ARRANGEMENTS)[number];
  readonly angle: number;
  readonly seamless: boolean;
  readonly scatter?: Scatter | undefined;
  readonly clip?: z.output<typeof outlineSchema> | undefined;
};
export type TextLayer = z.output<typeof textLayer>;
export type ImageLayer = z.output<typeof imageLayer>;
export type SvgLayer = z.output<typeof svgLayer>;
export type ShapeLayer = z.output<typeof shapeLayer>;
export type CodeLayer = z.output<typeof codeLayer>;
export type StitchesLayer = z.output<typeof stitchesLayer>;
export type CollageLayer = z.output<typeof collageLayer>;
export type Layer =
  | StitchesLayer
  | TextLayer
  | ImageLayer
  | SvgLayer
  | ShapeLayer
  | CodeLayer
  | CollageLayer
  | GroupLayer
  | PatternLayer
  | z.output<(typeof specialLayers)[number]>;
export type LayerCommon = Common;
export type PhotoInput = z.output<z.ZodObject<typeof photo>>;
export type CollageLayout = z.output<typeof collageLayout>;

const childLayers = z
  .array(z.lazy(() => layerSchema))
  .min(1)
  .max(500);

const groupLayer = z.strictObject({
  type: z.literal('group'),
  ...common,
  layers: childLayers.describe('Their boxes refer to this group’s box'),
  clip: outlineSchema.optional(),
});

const patternLayer = z.strictObject({
  type: z.literal('pattern'),
  ...common,
  layers: childLayers.describe('One tile; boxes refer to the tile. With "scatter" every layer is a motif of its own'),
  tile: z.strictObject({ width: sizeMm, height: sizeMm }),
  gap: marginMm.default(0).describe('Clear space between tiles'),
  arrangement: z.enum(ARRANGEMENTS).default('grid'),
  angle: z.number().min(-360).max(360).default(0).describe('Turns the whole lattice, degrees clockwise'),
  seamless: z.boolean().default(false).describe('Adjusts the tile so that a whole number fits and the edges meet when repeated'),
  scatter: scatterSchema.optional().describe('How the motifs of a "scatter" are strewn; "gap" is the least room between them'),
  clip: outlineSchema.optional(),
});

/** One thing in a placement. */
export const layerSchema: z.ZodType<Layer> = z
  .discriminatedUnion('type', [
    textLayer,
    imageLayer,
    svgLayer,
    shapeLayer,
    codeLayer,
    stitchesLayer,
    collageLayer,
    groupLayer,
    patternLayer,
    ...specialLayers,
  ])
  .meta({ id: 'Layer' });
