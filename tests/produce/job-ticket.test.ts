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

  it('is a page of HTML too, which says the same, runs nothing and loads nothing', async () => {
    const nasty = { ...TEE, title: '<script>alert(1)</script>', order: { ...TEE.order, line: '"><img src=x>' } };
    const { manifest, files } = await run(nasty, 'production');
    const html = new TextDecoder().decode(files.get('job-ticket.html'));
    expect(manifest.artifacts.filter(({ role }) => role === 'ticket').map(({ mediaType }) => mediaType)).toEqual([
      'application/pdf',
      'text/html',
    ]);
    expect(html).not.toMatch(/<script|<img src=x|(?:src|href|url)\s*[=(]\s*["']?(?!data:)[a-z]+:/i);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain("default-src 'none'");
    for (const word of ['Navy', 'Read / me', '304.8 x 406.4 mm', '12 x', 'front-dtg.png']) expect(html).toContain(word);
    for (const { name, sha256, role } of manifest.artifacts)
      if (role === 'production') expect(html).toContain(`${name}<code>sha256 ${sha256}`);
    expect(html.match(/<tr>/g)?.length).toBe(html.match(/<\/tr>/g)?.length);
  });

  it('says where the art goes, from a place that a ruler finds', async () => {
    const at = async (x: number, y: number, placement = 'front') => {
      const layers = [{ type: 'shape', shape: { kind: 'rect' }, fill: '#ffffff', box: { x, y, width: 80, height: 40 } }];
      const rows = (await sectionsOf({ ...TEE, placements: [{ ...TEE.placements[0], placement, layers }] })).get('Work') ?? [];
      return rows[1];
    };
    // The front is 304.8 mm wide and begins 76 mm below the collar.
    expect(await at(112.4, 24)).toMatchObject({
      value: 'art 80 x 40 mm, middle in line, upper edge 100 mm below',
      note: 'from Collar seam, front middle',
    });
    expect(await at(100, 24)).toMatchObject({ value: 'art 80 x 40 mm, middle 12.4 mm to the left, upper edge 100 mm below' });
    expect(await at(11, 24, 'left-chest')).toMatchObject({ value: 'art 80 x 40 mm, middle 100 mm to the right, upper edge 100 mm below' });
    // The hem of the sleeve lies 114 mm below the top of the area.
    expect(await at(10.8, 34, 'left-sleeve')).toMatchObject({
      value: 'art 80 x 40 mm, middle in line, lower edge 40 mm above',
      note: 'from Hem of the left sleeve, middle',
    });
  });

  it.each([
    ['heat-transfer', 'Vinyl, cut and pressed on', 'Vinyl Navy'],
    ['sign', 'Vinyl, cut and stuck on', 'Vinyl Navy'],
    ['twill', 'Twill, cut and sewn on', 'Twill Navy'],
  ])('says which cut material it is: %s', async (kind, title, plate) => {
    const fill = { swatch: 'navy', palette: 'vinyls' };
    const layers = [{ type: 'shape', shape: { kind: 'rect' }, fill, box: { x: 20, y: 20, width: 80, height: 60 } }];
    const spec = {
      ...TEE,
      variant: { size: 'l', colour: 'white' },
      placements: [{ placement: 'front', method: 'vinyl', settings: { kind }, layers }],
    };
    const { files } = await run(spec, 'production');
    const html = new TextDecoder().decode(files.get('job-ticket.html'));
    expect(html).toContain(title);
    expect(html).toContain(plate);
    expect(html).not.toContain(kind === 'twill' ? 'Vinyl' : 'Twill');
    expect(new TextDecoder().decode(files.get('front-vinyl-assembly.svg'))).toContain(plate);
  });

  it('lists the work in the order in which it is done, and what is fetched for it', async () => {
    const box = { x: 10, y: 10, width: 60, height: 40 };
    const spec = {
      ...TEE,
      placements: [
        {
          placement: 'left-chest',
          method: 'embroidery',
          layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: { swatch: 'gold', palette: 'threads' }, box }],
        },
        {
          placement: 'back',
          method: 'vinyl',
          layers: [{ type: 'shape', shape: { kind: 'ellipse' }, fill: { swatch: 'red', palette: 'vinyls' }, box }],
        },
        {
          placement: 'right-sleeve',
          method: 'dtg',
          settings: { dpi: 72 },
          layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#ffffff', box }],
        },
      ],
    };
    const { files } = await run(spec, 'production');
    const html = new TextDecoder().decode(files.get('job-ticket.html'));
    const cells = [...html.matchAll(/<tr><th>(.*?)<\/th><td>(.*?)<\/td><td>(.*?)<\/td><\/tr>/g)].map(([, ...row]) =>
      row.map((cell) => cell.replace(/<i style="background:(#\w+)"><\/i>/, '$1 ')),
    );
    const named = (name: string) => cells.filter(([first]) => first === name).map(([, ...rest]) => rest);
    expect(named('1. Right sleeve')).toMatchObject([['Direct to garment', expect.anything()]]);
    expect(named('2. Left chest')).toMatchObject([['Embroidery', expect.anything()]]);
    expect(named('3. Back')).toHaveLength(1);
    expect(named('Left chest')).toMatchObject([['#ffcc00 1. Gold', expect.stringMatching(/^1951, \d+ stitches$/)]]);
    expect(named('Back')).toMatchObject([[expect.stringMatching(/^#\w{6} Red$/), 'Vinyl Red']]);
    expect(named('Right sleeve')).toMatchObject([['full colour, mixed by the printer', '']]);
  });

  it('names the screens of a press from what was made', async () => {
    const layers = [
      { type: 'shape', shape: { kind: 'rect' }, fill: { swatch: 'yellow', palette: 'inks' }, box: { x: 10, y: 10, width: 60, height: 40 } },
    ];
    const spec = { ...TEE, placements: [{ placement: 'back', method: 'screen-print', settings: { dpi: 150 }, layers }] };
    const html = new TextDecoder().decode((await run(spec, 'production')).files.get('job-ticket.html'));
    expect(html).toMatch(/1\. UNDERBASE<\/td><td>ink White, \d+ %, mesh \d+ a cm/);
    expect(html).toContain('2. Ink Yellow');
  });

  it('names the plates that the finished file has', async () => {
    const star = {
      type: 'shape',
      shape: { kind: 'ellipse' },
      fill: { spot: 'Foil Gold', alternate: '#c9a04a' },
      box: { x: 20, y: 20, width: 30, height: 30 },
    };
    const settings = { kissContour: 'art', white: 'under', finishing: [{ spot: 'Foil Gold', step: 'foil' }] };
    const spec = {
      product: 'sticker-sheet',
      ticket: true,
      placements: [{ placement: 'sheet', method: 'paper-print', settings, layers: [{ ...star, fill: '#204060' }, star] }],
    };
    const html = new TextDecoder().decode((await run(spec, 'production')).files.get('job-ticket.html'));
    const rows = [...html.matchAll(/<\/i>([^<]*)<\/td><td>([^<]*)</g)].map(([, name, note]) => `${name}: ${note}`);
    expect(rows).toEqual(
      expect.arrayContaining(['White: white, under', 'Foil Gold: foil', 'KissCut: kiss cut, art', 'CutContour: plate of its own']),
    );
    expect(html).toContain('full colour, mixed by the printer');
  });

  it('tells nobody where pictures came from', async () => {
    const parsed = parseDesignSpec(TEE);
    const prepared = await prepare(parsed, resources, new AbortController().signal);
    try {
      const message =
        'expected a picture, got nothing from https://cdn.example/a.png?token=secret and /srv/shop/orders/7.png, data:image/png;base64,AAAA.';
      const findings = [{ severity: 'warning', code: 'image.repaired', pointer: '', message }] as const;
      const said = ticketFacts(parsed, prepared, [], findings).sections.find(({ title }) => title === 'Findings')?.rows[0]?.value;
      expect(said).toBe('expected a picture, got nothing from the source and the file, the source');
    } finally {
      prepared.close();
    }
  });

  it('has the same bytes each time, and is made only where order or shop ask for it', async () => {
    const [one, two] = [await run(SNEAKER), await run(SNEAKER)];
    expect(one.files.get('job-ticket.html')).toEqual(two.files.get('job-ticket.html'));
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
    expect(sections.get('Work')?.[0]).toMatchObject({ name: 'Front', note: 'area 304.8 x 406.4 mm' });
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
