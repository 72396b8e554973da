import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/model/digest.ts';
import { eventsOf, platen } from '../support/platen-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SPEC = {
  product: 'crew-tee',
  variant: { size: 'm', colour: 'white' },
  placements: [
    {
      placement: 'left-chest',
      method: 'dtg',
      settings: { dpi: 100 },
      layers: [{ type: 'text', text: 'Ada', font: { family: 'Pacifico' }, size: 20 }],
    },
  ],
};

const inFolder = async (spec: unknown): Promise<{ folder: string; file: string }> => {
  const folder = await temporaryFolder();
  const file = join(folder, 'spec.json');
  await writeFile(file, typeof spec === 'string' ? spec : JSON.stringify(spec, null, 2));
  return { folder, file };
};

const digests = async (folder: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all((await readdir(folder)).sort().map(async (name) => [name, sha256(await readFile(join(folder, name)))])),
  );

describe('platen render', () => {
  test('writes files and the manifest that names them, and prints the folder', async () => {
    const { folder } = await inFolder(SPEC);
    const run = await platen(['render', 'spec.json', '--out', 'made'], { cwd: folder });
    expect(run).toMatchObject({ code: 0, out: `${join(folder, 'made')}\n` });
    const manifest = JSON.parse(await readFile(join(folder, 'made', 'manifest.json'), 'utf8'));
    const made = await digests(join(folder, 'made'));
    expect(manifest.status).toBe('made');
    expect(manifest.artifacts.map((one: { name: string }) => one.name).sort()).toEqual(
      Object.keys(made).filter((name) => name !== 'manifest.json'),
    );
    for (const { name, sha256: digest } of manifest.artifacts) expect(made[name]).toBe(digest);
    expect(await readdir(folder)).toEqual(['made', 'spec.json']);
  });

  test('fills the design that an order names, and points into the order for wrong answers', async () => {
    const order = { design: 'initials-tag', answers: { initials: 'KW', style: 'plain', foil: 'silver' } };
    const { folder } = await inFolder(order);
    const run = await platen(['render', 'spec.json', '--out', 'made', '--only', 'production'], { cwd: folder });
    expect(run.code).toBe(0);
    const manifest = JSON.parse(await readFile(join(folder, 'made', 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ status: 'made', product: 'luggage-tag' });
    const wrong = await inFolder({ design: 'initials-tag', answers: { initials: 'TOOLONG', foil: 'tartan' } });
    const refused = await platen(['check', 'spec.json'], { cwd: wrong.folder });
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/spec\.json:4:\d+ .*\/answers\/initials/);
    expect(refused.err).toMatch(/\/answers\/foil/);
  });

  test('tells what of an order of a design is left out or not used', async () => {
    const answers = { place: 'Os\u202Elo', contry: 'Norway', latitude: 59.9, longitude: 10.7 };
    const { folder } = await inFolder({ design: 'city-poster', answers });
    const run = await platen(['check', 'spec.json'], { cwd: folder });
    expect(run.code).toBe(0);
    expect(run.err).toMatch(/spec\.json:\d+:\d+ \/answers\/place\n {2}warning answer\.characters/);
    expect(run.err).toMatch(/spec\.json:\d+:\d+ \/answers\/contry\n {2}info answer\.unknown/);
    expect(run.err).not.toContain('no findings');
    const json = eventsOf(await platen(['check', 'spec.json', '--json'], { cwd: folder }));
    expect(json.filter(({ event }) => event === 'finding')).toHaveLength(2);
    expect(json.at(-1)).toMatchObject({ event: 'done', findings: 2, errors: 0 });
  });

  test('makes the same bytes in another process, folder, time zone and language', async () => {
    const here = await inFolder(SPEC);
    const there = await inFolder(SPEC);
    const deep = join(there.folder, 'a', 'b');
    await mkdir(deep, { recursive: true });
    await platen(['render', here.file, '--out', join(here.folder, 'one')], { cwd: here.folder });
    await platen(['render', there.file, '--out', join(there.folder, 'two')], {
      cwd: deep,
      env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    });
    const one = await digests(join(here.folder, 'one'));
    expect(Object.keys(one).length).toBeGreaterThan(2);
    expect(await digests(join(there.folder, 'two'))).toEqual(one);
  });

  test('reads standard input, and says everything as events with --json', async () => {
    const folder = await temporaryFolder();
    const run = await platen(['render', '-', '--out', 'o', '--json'], { cwd: folder, input: JSON.stringify(SPEC) });
    expect(run).toMatchObject({ code: 0, err: '' });
    const events = eventsOf(run);
    const names = events.filter((one) => one.event === 'artifact').map((one) => one.name);
    expect(names).toEqual(['left-chest-dtg.png', 'left-chest-preview.png', 'mockup-chest.jpg', 'mockup-front.jpg']);
    expect(events.at(-1)).toMatchObject({ event: 'done', status: 'made', artifacts: 4 });
  });

  test('with --only production makes no preview, and a rerun removes what it no longer makes', async () => {
    const { folder } = await inFolder(SPEC);
    await platen(['render', 'spec.json', '--out', 'o'], { cwd: folder });
    await writeFile(join(folder, 'o', 'mine.txt'), 'not ours');
    await platen(['render', 'spec.json', '--out', 'o', '--only', 'production'], { cwd: folder });
    expect((await readdir(join(folder, 'o'))).sort()).toEqual(['left-chest-dtg.png', 'manifest.json', 'mine.txt']);
  });

  test('refuses art with error findings, makes nothing but the manifest that says why, and exits 1', async () => {
    const { folder } = await inFolder({ ...SPEC, placements: [{ ...SPEC.placements[0], layers: [] }] });
    const run = await platen(['render', 'spec.json', '--out', 'o'], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.err).toContain('spec.json:8:5 /placements/0');
    expect(run.err).toContain('error art.blank');
    expect(await readdir(join(folder, 'o'))).toEqual(['manifest.json']);
    expect(JSON.parse(await readFile(join(folder, 'o', 'manifest.json'), 'utf8'))).toMatchObject({ status: 'refused', artifacts: [] });
    expect(run.err).toContain('or use --force');
    const forced = await platen(['render', 'spec.json', '--out', 'f', '--force'], { cwd: folder });
    expect(forced.code).toBe(0);
  });

  test('does not advise force to whoever forced it already', async () => {
    const stops = ['#ff0000', '#0000ff'].map((colour, offset) => ({ offset, colour }));
    const fade = {
      type: 'shape',
      shape: { kind: 'rect' },
      fill: { linear: { stops } },
      box: { x: 0, y: 0, width: '50mm', height: '50mm' },
    };
    const [first] = SPEC.placements;
    const { folder } = await inFolder({ ...SPEC, placements: [{ ...first, method: 'vinyl', settings: {}, layers: [fade] }] });
    const run = await platen(['render', 'spec.json', '--out', 'o', '--force', '--only', 'production'], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.err).toContain('not even by force');
    expect(run.err).toContain('Direct to garment ("dtg")');
    expect(run.err).not.toContain('use --force');
  });

  test('writes the spec anew with everything mended that can be', async () => {
    const layer = { ...SPEC.placements[0]?.layers[0], text: 'a little long', size: 30 };
    const { folder } = await inFolder({ ...SPEC, placements: [{ ...SPEC.placements[0], layers: [layer] }] });
    const run = await platen(['check', 'spec.json', '--fix', 'fixed.json'], { cwd: folder });
    expect(run.err).toContain('mended text.overflow at /placements/0/layers/0');
    const fixed = JSON.parse(await readFile(join(folder, 'fixed.json'), 'utf8'));
    expect(fixed.placements[0].layers[0]).toEqual({ ...layer, fit: { mode: 'shrink' } });
    expect((await platen(['check', 'fixed.json'], { cwd: folder })).out).not.toContain('text.overflow');
    const nowhere = await platen(['check', 'spec.json', '--fix', 'no/such/fixed.json'], { cwd: folder });
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('output.unwritable')]);
  });

  test('into a place that cannot be a folder says so, with an event, and never shows a stack', async () => {
    const { folder } = await inFolder(SPEC);
    await writeFile(join(folder, 'taken'), 'a file');
    const run = await platen(['render', 'spec.json', '--out', 'taken/inside', '--json'], { cwd: folder });
    expect(run).toMatchObject({ code: 1, err: '' });
    expect(eventsOf(run).at(-1)).toMatchObject({ event: 'error', code: 'output.unwritable' });
    expect((await readdir(folder)).sort()).toEqual(['spec.json', 'taken']);
    const nowhere = await platen(['render', 'spec.json', '--out', '/proc/orders/1', '--json'], { cwd: folder });
    expect(eventsOf(nowhere).at(-1)).toMatchObject({ event: 'error', code: 'output.unwritable' });
  });

  test('writes into folders with spaces and letters of any script', async () => {
    const { folder } = await inFolder(SPEC);
    const run = await platen(['render', 'spec.json', '--out', 'two words/für 漢'], { cwd: folder });
    expect(run.code).toBe(0);
    expect(await readdir(join(folder, 'two words', 'für 漢'))).toContain('manifest.json');
  });

  test('leaves nothing that looks complete when it is killed in the middle', async () => {
    const { folder } = await inFolder({ ...SPEC, placements: [{ ...SPEC.placements[0], settings: { dpi: 1200 } }] });
    const run = await platen(['render', 'spec.json', '--out', 'o', '--json'], {
      cwd: folder,
      killOn: { text: '"checked"', signal: 'SIGKILL' },
    });
    expect(run.code).not.toBe(0);
    const left = await readdir(folder);
    expect(left.includes('o') ? await readdir(join(folder, 'o')) : []).not.toContain('manifest.json');
  });

  test('cleans up after itself when it is interrupted', async () => {
    const { folder } = await inFolder({ ...SPEC, placements: [{ ...SPEC.placements[0], settings: { dpi: 1200 } }] });
    const run = await platen(['render', 'spec.json', '--out', 'o', '--json'], {
      cwd: folder,
      killOn: { text: '"checked"', signal: 'SIGINT' },
    });
    expect(run.code).toBe(130);
    expect(await readdir(folder)).toEqual(['spec.json']);
  });
});

describe('platen check', () => {
  test('is quiet and content with good art', async () => {
    const { folder } = await inFolder(SPEC);
    expect(await platen(['check', 'spec.json', '--quiet'], { cwd: folder })).toEqual({ code: 0, out: '', err: '' });
  });

  test('reports every unknown thing at once, with its place in the file and the nearest name', async () => {
    const bad = {
      ...SPEC,
      product: 'crew-te',
      placements: [
        {
          ...SPEC.placements[0],
          layers: [
            { type: 'text', text: 'x', font: { family: 'Pacifco' } },
            { type: 'image', source: 'gone.jpg' },
          ],
        },
      ],
    };
    const { folder } = await inFolder(bad);
    const run = await platen(['check', 'spec.json'], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/spec\.json:2:14 \/product\n {2}error product\.unknown/);
    expect(run.err).toContain('did you mean "Pacifico"');
    expect(run.err).toContain('did you mean "crew-tee"');
    expect(run.err).toContain('gone.jpg');
  });
});

describe('wrong usage exits 2 and says what is wrong', () => {
  test.each([
    ['an unknown command', ['rendr', 'x'], /Did you mean render/],
    ['an unknown flag', ['render', 'x', '--ot', 'y'], /Did you mean --out/],
    ['a missing spec', ['render'], /missing required argument 'spec'/],
    ['a spec that is not there', ['check', 'nowhere.json'], /no such file: nowhere\.json/],
    ['a folder for a spec', ['check', '.'], /a folder: \./],
    ['a width that is no number', ['preview', 'x', '-o', 'y', '--width', 'wide'], /whole number from 16 to 4000, got "wide"/],
    ['an unknown role', ['render', 'x', '--only', 'mokup'], /Allowed choices are production, preview, mockup/],
  ])('%s', async (_name, args, message) => {
    const run = await platen(args, { cwd: await temporaryFolder() });
    expect(run.code).toBe(2);
    expect(run.err).toMatch(message);
  });

  test.each([
    ['bad JSON, with line and column', '{\n  "product": "crew-tee",\n  "placements": [,]\n}', /line 3, column 18/],
    ['a key given twice', '{"product": "a", "product": "b"}', /product/],
    ['bytes that are no UTF-8', '\u0000', /json/],
    ['an empty file', '', /line 1/],
  ])('a spec of %s is refused with its place', async (_name, text, message) => {
    const { folder } = await inFolder(text);
    const run = await platen(['check', 'spec.json'], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(message);
  });
});

describe('lists', () => {
  test.each([
    ['products', 'crew-tee'],
    ['fonts', 'Pacifico'],
    ['methods', 'dtg'],
  ])('platen %s lists and shows %s', async (what, id) => {
    const list = await platen([what, 'list', '--json']);
    expect(list.code).toBe(0);
    expect(eventsOf(list).length).toBeGreaterThan(2);
    const one = await platen([what, 'show', id.toUpperCase()]);
    expect(one.code).toBe(0);
    expect(JSON.stringify(JSON.parse(one.out))).toContain(id);
    const wrong = await platen([what, 'show', `${id}x`]);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain(`did you mean "${id}"`);
  });

  test('platen products check finds what a schema cannot', async () => {
    const folder = join(await temporaryFolder(), 'box');
    await mkdir(folder);
    const placement = { id: 'lid', label: 'Lid', width: 10, height: 10, methods: { dtgg: {}, dtg: { dpi: -1 } } };
    await writeFile(
      join(folder, 'product.json'),
      JSON.stringify({ id: 'boxx', name: 'Box', placements: [placement, { ...placement, id: 'base', methods: { dtg: {} } }] }),
    );
    const run = await platen(['products', 'check', folder, '--json']);
    expect(run.code).toBe(1);
    const [error] = eventsOf(run);
    expect(error?.errors).toMatchObject([
      { pointer: '/id', expected: 'the name of the folder ("box")' },
      { pointer: '/placements/0/methods/dtgg' },
      { pointer: '/placements/0/methods/dtg/dpi' },
    ]);
  });

  test('platen products list names the methods of each placement', async () => {
    const { out } = await platen(['products', 'list']);
    expect(out).toMatch(/^mug-11oz .*wrap \(sublimation\)/m);
    expect(out).toMatch(/^hoodie .*embroidery/m);
  });

  test('platen doctor finds nothing wrong here', async () => {
    const run = await platen(['doctor', '--json'], { cwd: fileURLToPath(new URL('../..', import.meta.url)) });
    expect(eventsOf(run).filter((one) => one.ok !== true)).toEqual([]);
    expect(run.code).toBe(0);
  });
});
