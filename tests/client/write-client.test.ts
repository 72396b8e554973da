import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-types-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the script writes for a document with these schemas and paths. */
const written = async (schemas: object, paths: object = {}): Promise<string> => {
  const file = join(folder, 'document.json');
  await writeFile(file, JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components: { schemas } }));
  return execFileSync(process.execPath, [join(ROOT, 'scripts/write-client.mjs'), '--document', file], { encoding: 'utf8', stdio: 'pipe' });
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const flat = (text: string): string => text.replace(/\s+/g, ' ');

const CASES = [
  ['plain types', { type: 'integer' }, 'number'],
  ['text', { type: 'string', format: 'date' }, 'string'],
  ['bytes', { type: 'string', format: 'binary' }, 'Binary'],
  ['null', { type: 'null' }, 'null'],
  ['anything', {}, 'unknown'],
  ['a constant', { const: 'a' }, "'a'"],
  ['a constant nothing', { const: null }, 'null'],
  ['a list of values', { enum: ['a', 2, true, null] }, "'a' | 2 | true | null"],
  ['a list of types', { type: ['string', 'null'] }, 'string | null'],
  ['a list that may be missing', { type: ['array', 'null'], items: { type: 'string' } }, 'string[] | null'],
  ['a reference', { $ref: '#/components/schemas/Other' }, "components['schemas']['Other']"],
  ['a reference with a name to escape', { $ref: '#/components/schemas/a~1b' }, "components['schemas']['a/b']"],
  ['a choice', { anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  ['the same choice twice', { anyOf: [{ type: 'number' }, { type: 'integer' }] }, 'number'],
  ['a list of choices', { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }] } }, '(string | number)[]'],
  ['places', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
  ['places and more', { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' } }, '[string, ...number[]]'],
  ['an open object', { type: 'object' }, 'Record<string, unknown>'],
  ['an empty object', { type: 'object', additionalProperties: false }, 'Record<string, never>'],
  ['a dictionary', { type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
  [
    'an object',
    { type: 'object', properties: { a: { type: 'string' }, 'b-c': { type: 'number' } }, required: ['a'], additionalProperties: false },
    "{ a: string; 'b-c'?: number; }",
  ],
  [
    'an object with others of any kind',
    { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: {} },
    '{ a?: string; [name: string]: unknown; }',
  ],
  [
    'an object with others of a kind',
    { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'string' } },
    '{ a?: string; } & Record<string, string>',
  ],
  [
    'all of several',
    {
      allOf: [{ $ref: '#/components/schemas/Other' }, { anyOf: [{ const: 1 }, { const: 2 }] }],
      type: 'object',
      properties: { a: { const: 'x' } },
    },
    "components['schemas']['Other'] & (1 | 2) & { a?: 'x'; }",
  ],
] as const;

describe('the types of a schema', () => {
  let text: string;
  beforeAll(async () => {
    text = flat(await written(Object.fromEntries(CASES.map(([name, schema]) => [name, schema]))));
  });

  it.each(CASES)('%s', (name, _, type) => {
    expect(text).toMatch(new RegExp(`[ ;](?:${name}|'${name}'): ${escaped(type)};`));
  });

  it('have what is said of them beside them, and cannot be left by it', async () => {
    const text = await written({
      It: {
        type: 'object',
        description: 'Ends here */ or not\n\nSecond paragraph',
        properties: { a: { type: 'number', default: 3, description: 'How many' } },
      },
    });
    expect(flat(text)).toContain('/** * Ends here *\\/ or not * * Second paragraph */ It: {');
    expect(flat(text)).toContain('/** * How many * * @default 3 */ a?: number;');
  });

  it('refuse references to other documents', async () => {
    await expect(written({ It: { $ref: 'other.json#/It' } })).rejects.toThrow(/expected a reference into #\/components/);
  });
});

describe('the types of a path', () => {
  const problem = { description: 'no', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

  it('tell parameters, bodies, headers and answers', async () => {
    const text = await written(
      {},
      {
        '/things/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          post: {
            summary: 'Do it',
            parameters: [{ name: 'x-how', in: 'header', schema: { type: 'boolean' }, description: 'Which way' }],
            requestBody: { content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } },
            responses: {
              201: {
                description: 'Done',
                headers: { ETag: { schema: { type: 'string' }, description: 'Its version' } },
                content: { 'application/json': { schema: { type: 'number' } } },
              },
              204: { description: 'Nothing' },
              400: problem,
            },
          },
        },
      },
    );
    expect(flat(text)).toContain(
      flat(`export type paths = { '/things/{id}': { /** Do it */ post: {
        parameters: { query?: never; header?: { /** Which way */ 'x-how'?: boolean; }; path: { id: string; }; cookie?: never; };
        requestBody?: { content: { 'image/png': Binary; }; };
        responses: {
          /** Done */ 201: { headers: { /** Its version */ ETag?: string; [name: string]: unknown; }; content: { 'application/json': number; }; };
          /** Nothing */ 204: { headers: { [name: string]: unknown; }; content?: never; };
          400: Refusal; }; }; }; };`),
    );
  });
});
