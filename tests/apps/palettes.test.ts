import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openCatalogue } from '../../src/apps/service/catalogue.ts';
import { eventsOf, platen } from '../support/platen-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A library of one good palette and one that has no swatches. */
const library = async (): Promise<string> => {
  const templates = await temporaryFolder();
  await cp(root('templates/palettes/foils'), join(templates, 'palettes/foils'), { recursive: true });
  await mkdir(join(templates, 'palettes/empty'));
  await writeFile(join(templates, 'palettes/empty/palette.json'), '{"id": "empty", "name": "Empty", "kind": "ink", "swatches": []}');
  await writeFile(join(templates, 'palettes/README.md'), '');
  return templates;
};

const catalogueOf = (templatesDir: string) => openCatalogue({ templatesDir, fontsDir: root('fonts'), profilesDir: root('profiles') });

describe('platen palettes', () => {
  test('lists those that ship with Platen, one line each', async () => {
    const { code, out, err } = await platen(['palettes', 'list']);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual(['foils', 'inks', 'threads', 'threads-even', 'vinyls', '']);
    expect(out).toContain('foils         Hot foils (19): Gold, Pale Gold');
  });

  test('shows one as JSON, with finishes, plates and codes', async () => {
    const { code, out } = await platen(['palettes', 'show', 'Threads']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      id: 'threads',
      kind: 'thread',
      swatches: expect.arrayContaining([expect.objectContaining({ code: '1842' })]),
    });
  });

  test('says which palette was meant', async () => {
    const { code, err } = await platen(['palettes', 'show', 'foil']);
    expect(code).toBe(1);
    expect(err).toContain('palette.unknown');
    expect(err).toContain('did you mean "foils"?');
  });

  test('leaves a broken one out and says what is wrong with it', async () => {
    const run = await platen(['palettes', 'list', '--json'], { env: { PLATEN_TEMPLATES_DIR: await library() } });
    expect(run.code).toBe(0);
    expect(eventsOf(run).map((one) => one.id ?? one.palette)).toEqual(['empty', 'foils']);
    expect(eventsOf(run)[0]).toMatchObject({
      event: 'error',
      code: 'input.invalid',
      message: expect.stringContaining('palettes/empty/palette.json'),
    });
  });

  test('finds none in a library that has no folder of them', async () => {
    expect(await platen(['palettes', 'list'], { env: { PLATEN_TEMPLATES_DIR: await temporaryFolder() } })).toMatchObject({
      code: 0,
      out: '',
    });
  });
});

describe('the palettes of the catalogue', () => {
  test('are those of the library, with the colours of their swatches', async () => {
    const catalogue = await catalogueOf(root('templates'));
    try {
      const palettes = await catalogue.palettes();
      expect(palettes.map((one) => one.id)).toEqual(['foils', 'inks', 'threads', 'threads-even', 'vinyls']);
      expect(palettes[0]).toMatchObject({ name: 'Hot foils', kind: 'foil' });
      expect(palettes[0]?.colours[0]).toEqual({ id: 'gold', name: 'Gold', colour: '#c9a04a' });
    } finally {
      await catalogue.close();
    }
  });

  test('are shown without the one that is broken', async () => {
    const catalogue = await catalogueOf(await library());
    try {
      expect((await catalogue.palettes()).map((one) => one.id)).toEqual(['foils']);
    } finally {
      await catalogue.close();
    }
  });
});
