import { z } from 'zod';
import { findMethod, METHODS } from '../../../methods/index.ts';
import { digestOf } from '../../../model/digest.ts';
import { isProblem } from '../../../model/problem.ts';
import { productSchema } from '../../../model/product.ts';
import { etagOf, noneMatchHits } from '../http/etag.ts';
import { json, type Reply } from '../http/reply.ts';
import { notFound } from '../problems/http-problem.ts';
import { type Call, type Conversation, type Route, route } from '../route.ts';
import { conditionalHeaders, plainText } from '../schemas/fields.ts';
import { productSpecSchema } from './product-spec-schema.ts';

const TAG = 'Catalogue';
/** Font families have spaces in their names. */
const params = z.strictObject({ id: plainText(100) });
const answerHeaders = { ETag: 'Version of the answer' } as const;
const jsonSchema = z.record(z.string(), z.unknown()).meta({ id: 'JsonSchema', description: 'JSON Schema, 2020-12' });

type Conditional = Pick<Call<unknown, unknown, z.output<typeof conditionalHeaders>, unknown>, 'headers'>;

/** The catalogue changes when the operator changes it: a minute's age is fine, and after it a tag is enough. */
const cached = (value: unknown, { headers }: Conditional): Reply => {
  const etag = etagOf(digestOf(value).slice(0, 32));
  const facts = { ETag: etag, 'Cache-Control': 'private, max-age=60', Vary: 'Origin, Authorization' };
  return noneMatchHits(headers['if-none-match'], etag) ? { status: 304, headers: facts } : json(200, value, facts);
};

type Read = (conversation: Conversation, id: string) => Promise<unknown>;

/** A catalogue route: same access, same caching. `path` with {id} shows one entry, without it the list. */
const shows = (facts: { id: string; path: string; summary: string; description?: string; schema: z.ZodType; read: Read }): Route => {
  const { schema, read, ...rest } = facts;
  const common = {
    ...rest,
    method: 'get',
    tag: TAG,
    access: ['read', 'preview'],
    rate: 'read',
    headers: conditionalHeaders,
    answers: { 200: { description: 'As of now', schema, headers: answerHeaders }, 304: { description: 'As you have it' } },
  } as const;
  return facts.path.includes('{id}')
    ? route({
        ...common,
        params,
        problems: ['entry.unknown'],
        handle: async (call) => cached(await orUnknown(() => read(call, call.params.id)), call),
      })
    : route({ ...common, handle: async (call) => cached(await read(call, ''), call) });
};

/** What is not in the library is not in the catalogue, whatever words the library has for it. */
const orUnknown = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (isProblem(error) && error.code.endsWith('.unknown')) throw notFound('entry.unknown', 'entry');
    throw error;
  }
};

const found = <T>(entry: T | undefined): T => {
  if (entry === undefined) throw notFound('entry.unknown', 'entry');
  return entry;
};

const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });

const productSummary = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    placements: z.array(z.strictObject({ id: z.string(), label: z.string(), methods: z.array(z.string()) })),
    views: z.array(z.string()),
  })
  .meta({ id: 'ProductSummary' });

const readProduct: Read = async ({ parts: { library } }, productId) => ({
  ...(await library.resources.product(productId)),
  views: await library.resources.views(productId),
});

const readProducts: Read = async ({ parts: { library, log } }) => {
  const items: unknown[] = [];
  for (const productId of await library.productIds()) {
    try {
      const { name, description, placements } = await library.resources.product(productId);
      items.push({
        id: productId,
        name,
        description,
        placements: placements.map((one) => ({ id: one.id, label: one.label, methods: Object.keys(one.methods) })),
        views: await library.resources.views(productId),
      });
    } catch (error) {
      // One broken folder must not hide the others.
      if (!isProblem(error)) throw error;
      log.warn({ product: productId, code: error.code }, 'left a product out of the catalogue');
    }
  }
  return { items };
};

const methodSummary = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    available: z.boolean().describe('false: named by products, not made yet'),
  })
  .meta({ id: 'MethodSummary' });

const methods = () => METHODS.map(({ id: methodId, title, summary }) => ({ id: methodId, title, summary, available: true }));

const fontFamily = z
  .strictObject({
    family: z.string(),
    faces: z.array(
      z.strictObject({
        weight: z.union([z.number(), z.array(z.number())]).describe('One, or the least and the most'),
        italic: z.boolean(),
      }),
    ),
    licence: z.string().optional(),
    scripts: z.array(z.string()).optional(),
  })
  .meta({ id: 'FontFamily' });

const palette = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    colours: z.array(z.strictObject({ id: z.string(), name: z.string(), colour: z.string() })),
  })
  .meta({ id: 'Palette' });

const designSummary = z
  .strictObject({ id: z.string(), name: z.string(), product: z.string(), digest: z.string() })
  .meta({ id: 'DesignSummary' });

const designById: Read = ({ parts }, designId) => parts.designs.get(designId);

export const CATALOGUE_ROUTES: readonly Route[] = [
  shows({ id: 'listProducts', path: '/v1/products', summary: 'List products', schema: listOf(productSummary), read: readProducts }),
  shows({
    id: 'getProduct',
    path: '/v1/products/{id}',
    summary: 'Look at a product',
    description: 'Its options, components and placements with their sizes, and its mockup views.',
    schema: productSchema.extend({ views: z.array(z.string()) }).meta({ id: 'ProductWithViews' }),
    read: readProduct,
  }),
  shows({
    id: 'getProductSchema',
    path: '/v1/products/{id}/schema',
    summary: 'JSON Schema of specs for a product',
    description: 'The schema of design specs, narrowed to the choices of this product.',
    schema: jsonSchema,
    read: async ({ parts }, productId) => productSpecSchema(await parts.library.resources.product(productId)),
  }),
  shows({
    id: 'listMethods',
    path: '/v1/methods',
    summary: 'List decoration methods',
    schema: listOf(methodSummary),
    read: async () => ({ items: methods() }),
  }),
  shows({
    id: 'getMethod',
    path: '/v1/methods/{id}',
    summary: 'Look at a decoration method',
    schema: methodSummary,
    read: async (_, methodId) => found(methods().find((one) => one.id === methodId)),
  }),
  shows({
    id: 'getMethodSchema',
    path: '/v1/methods/{id}/schema',
    summary: 'JSON Schema of the settings of a method',
    schema: jsonSchema,
    read: async (_, methodId) => z.toJSONSchema(found(findMethod(methodId)).settings, { io: 'input', unrepresentable: 'any' }),
  }),
  shows({
    id: 'listFonts',
    path: '/v1/fonts',
    summary: 'List font families',
    schema: listOf(fontFamily),
    read: async ({ parts }) => ({ items: await parts.library.fonts() }),
  }),
  shows({
    id: 'getFont',
    path: '/v1/fonts/{id}',
    summary: 'Look at a font family',
    schema: fontFamily,
    read: async ({ parts }, family) =>
      found((await parts.library.fonts()).find((one) => one.family.toLowerCase() === family.toLowerCase())),
  }),
  shows({
    id: 'listPalettes',
    path: '/v1/palettes',
    summary: 'List palettes',
    description: 'Threads, foils, inks and vinyls.',
    schema: listOf(palette),
    read: async ({ parts }) => ({ items: await parts.library.palettes() }),
  }),
  shows({
    id: 'getPalette',
    path: '/v1/palettes/{id}',
    summary: 'Look at a palette',
    schema: palette,
    read: async ({ parts }, paletteId) => found((await parts.library.palettes()).find((one) => one.id === paletteId)),
  }),
  shows({
    id: 'listDesigns',
    path: '/v1/designs',
    summary: 'List designs',
    schema: listOf(designSummary),
    read: async ({ parts }) => ({ items: await parts.designs.list() }),
  }),
  shows({
    id: 'getDesign',
    path: '/v1/designs/{id}',
    summary: 'Look at a design',
    schema: designSummary.extend({ design: z.unknown() }).meta({ id: 'Design' }),
    read: designById,
  }),
  shows({
    id: 'getDesignSchema',
    path: '/v1/designs/{id}/schema',
    summary: 'JSON Schema of the answers to a design',
    schema: jsonSchema,
    read: ({ parts }, designId) => parts.designs.answersSchema(designId),
  }),
];
