import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { STANDARD_SHOP } from '../../src/model/shop.ts';
import { prepare } from '../../src/produce/prepare.ts';
import { produce } from '../../src/produce/produce.ts';
import { type TicketSection, ticketFacts } from '../../src/produce/ticket/ticket-facts.ts';
import { openBundledResources } from '../support/bundled-resources.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let resources: Awaited<ReturnType<typeof openBundledResources>>;
beforeAll(async () => {
  resources = await openBundledResources();
});
afterAll(() => resources.close());

const TEE = {
  product: 'crew-tee',
  variant: { size: 'l', colour: 'navy' },
  order: { reference: 'PL-7 & Co', line: '3', quantity: 12 },
  ticket: true,
  placements: [
    {
      placement: 'front',
      method: 'dtg',
      settings: { dpi: 72 },
      layers: [{ type: 'text', text: 'Read\nme', font: { family: 'Anton' }, size: 120, fill: '#ffffff' }],
    },
  ],
};
const SNEAKER = { product: 'sneaker', components: { laces: '#aa3311', toe: { material: 'patent' } }, ticket: true };

const run = async (
  spec: unknown,
  only?: 'mockup' | 'production',
): Promise<{ manifest: Manifest; files: ReadonlyMap<string, Uint8Array> }> => {
  const sink = openMemorySink();
  const options = { signal: new AbortController().signal, version: 'test', ...(only ? { only } : {}) };
  const manifest = await produce(parseDesignSpec(spec), resources, sink, options);
  return { manifest, files: sink.files() ?? new Map() };
};

const sectionsOf = async (spec: unknown): Promise<ReadonlyMap<string, TicketSection['rows']>> => {
  const parsed = parseDesignSpec(spec);
  const prepared = await prepare(parsed, resources, new AbortController().signal);
  try {
    return new Map(ticketFacts(parsed, prepared, [], []).sections.map(({ title, rows }) => [title, rows]));
  } finally {
    prepared.close();
  }
};

describe('the job ticket', () => {
  it('is a sound PDF whose code reads as the order and its line', async () => {
    const { manifest, files } = await run(TEE, 'production');
    const ticket = manifest.artifacts.find(({ role }) => role === 'ticket');
    expect(ticket).toMatchObject({ name: 'job-ticket.pdf', mediaType: 'application/pdf', pages: 1, widthMm: 210, heightMm: 297 });
    const folder = await temporaryFolder();
    const file = join(folder, 'ticket.pdf');
    await writeFile(file, files.get('job-ticket.pdf') ?? new Uint8Array());
    execFileSync('qpdf', ['--check', file]);
    execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', file, join(folder, 'ticket')]);
    const read = execFileSync('zbarimg', ['--nodbus', '--quiet', '--raw', join(folder, 'ticket.png')], { encoding: 'utf8' });
    expect(read.trim()).toBe('PL-7 & Co/3');
  });

  it('has the same bytes each time, and is made only where order or shop ask for it', async () => {
    const [one, two] = [await run(SNEAKER), await run(SNEAKER)];
    expect(one.files.get('job-ticket.pdf')).toEqual(two.files.get('job-ticket.pdf'));
    expect((await run(SNEAKER, 'mockup')).files.has('job-ticket.pdf')).toBe(false);
    expect((await run({ ...SNEAKER, ticket: undefined }, 'production')).files.has('job-ticket.pdf')).toBe(false);
    const shop = new Proxy(resources, {
      get: (target, name) => {
        const own: unknown = name === 'shop' ? async () => ({ ...STANDARD_SHOP, ticket: true }) : Reflect.get(target, name);
        return typeof own === 'function' ? own.bind(target) : own;
      },
    });
    const sink = openMemorySink();
    const options = { signal: new AbortController().signal, version: 'test', only: 'production' } as const;
    await produce(parseDesignSpec({ ...SNEAKER, ticket: undefined, shop: 'ours' }), shop, sink, options);
    expect(sink.files()?.has('job-ticket.pdf')).toBe(true);
  });

  it('lists every part of an article, chosen or standard', async () => {
    const parts = (await sectionsOf(SNEAKER)).get('Parts') ?? [];
    expect(parts.length).toBeGreaterThan(8);
    expect(parts.find(({ name }) => name === 'Laces')).toEqual({ name: 'Laces', value: '#aa3311', note: 'chosen', swatch: '#aa3311' });
    expect(parts.find(({ name }) => name === 'Toe cap')).toMatchObject({ value: expect.stringContaining('patent'), note: 'chosen' });
    expect(new Set(parts.map(({ note }) => note))).toEqual(new Set(['chosen', 'standard']));
  });

  it('names the choices of the article, the work with its size, and the words to read', async () => {
    const sections = await sectionsOf(TEE);
    expect(sections.get('Article')).toContainEqual(
      expect.objectContaining({ name: 'Colour', value: 'Navy', swatch: expect.stringMatching(/^#/) }),
    );
    expect(sections.get('Work')).toEqual([expect.objectContaining({ name: 'Front', note: '304.8 x 406.4 mm' })]);
    expect(sections.get('Reads')).toEqual([{ name: 'Front', value: 'Read / me', note: '', swatch: null }]);
  });

  it('goes on over pages, with the head on each', async () => {
    const layers = Array.from({ length: 30 }, (_, i) => ({
      ...{ type: 'text', text: `Line ${i}`, font: { family: 'Anton' }, size: 20 },
      box: { x: 10, y: 5 + 12 * i, width: 200, height: 10 },
    }));
    const { manifest } = await run({ ...TEE, placements: [{ ...TEE.placements[0], layers }] }, 'production');
    expect(manifest.artifacts.find(({ role }) => role === 'ticket')?.pages).toBeGreaterThan(1);
    const reads = (await sectionsOf({ ...TEE, placements: [{ ...TEE.placements[0], layers }] })).get('Reads') ?? [];
    expect(reads.map(({ value }) => value).slice(-2)).toEqual(['Line 15', 'and 14 more']);
  });
});
