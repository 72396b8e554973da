import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { eventsOf, platen } from '../support/platen-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PEN = fileURLToPath(new URL('../../templates/products/pen', import.meta.url));

/** A library of one good product, one folder without a record, and what a desktop leaves lying about. */
const library = async () => {
  const templates = await temporaryFolder();
  const products = join(templates, 'products');
  await cp(PEN, join(products, 'pen'), { recursive: true });
  await mkdir(join(products, 'hoodie'));
  await writeFile(join(products, '.DS_Store'), '');
  await writeFile(join(products, 'README.md'), '');
  return { products, env: { PLATEN_TEMPLATES_DIR: templates } };
};

const NO_RECORD = 'expected the file products/hoodie/product.json for the product "hoodie", got none';

describe('a library with a product folder that has no record', () => {
  test('is listed with the file that is missing, and nothing said of what is no folder', async () => {
    const { env } = await library();
    const { code, out, err } = await platen(['products', 'list'], { env });
    expect([code, out.split('\n')[0], err]).toEqual([0, expect.stringMatching(/^pen {2}/), `left out hoodie: ${NO_RECORD}\n`]);
    const [event] = eventsOf(await platen(['products', 'list', '--json'], { env }));
    expect(event).toMatchObject({ event: 'error', code: 'product.no-record', product: 'hoodie', message: NO_RECORD });
  });

  test('says so wherever that product is asked for, and shows others without a word of it', async () => {
    const { env } = await library();
    const spec = JSON.stringify({ product: 'hoodie', placements: [{ placement: 'front', method: 'dtg', layers: [] }] });
    for (const run of [await platen(['products', 'show', 'hoodie'], { env }), await platen(['check', '-'], { env, input: spec })])
      expect([run.code, run.err]).toEqual([1, expect.stringContaining(`product.no-record: ${NO_RECORD}`)]);
    expect(await platen(['products', 'show', 'pen'], { env })).toMatchObject({ code: 0, err: '' });
    expect((await platen(['products', 'show', 'penn'], { env })).err).toContain('did you mean "pen"?');
  });

  test('makes doctor name every product that is not in order, also those whose pictures do not fit', async () => {
    const { env, products } = await library();
    await cp(PEN, join(products, 'stift'), { recursive: true });
    const { code, out } = await platen(['doctor', '--deep'], { env });
    const [line = ''] = out.split('\n').filter((one) => one.startsWith('BAD'));
    expect(code).toBe(1);
    expect(line).toContain('hoodie/product.json');
    expect(line).toContain('stift: expected');
    expect(line).not.toContain('README');
  });
});
