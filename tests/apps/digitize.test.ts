import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/apps/cli/program.ts';
import { readStitches } from '../../src/stitch/formats/read-stitches.ts';
import { stitchFacts } from '../../src/stitch/formats/stitch-facts.ts';

const example = (path: string): string => fileURLToPath(new URL(`../../examples/${path}`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-digitize-'));
  await copyFile(example('assets/art/crown.svg'), join(folder, 'crown.svg'));
  await sharp(example('assets/art/crown.svg'), { density: 200 }).resize({ width: 200 }).png().toFile(join(folder, 'crown.png'));
  await sharp(example('02-pet-tee/photos/dog.jpg')).resize({ width: 200 }).jpeg().toFile(join(folder, 'dog.jpg'));
  await writeFile(join(folder, 'text.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text x="1" y="8">A</text></svg>');
  await writeFile(join(folder, 'words.svg'), 'words');
  await sharp({ create: { width: 1, height: 1, channels: 3, background: '#c33' } })
    .png()
    .toFile(join(folder, 'one.png'));
  await writeFile(join(folder, 'clear.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>');
  const fade = '<linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>';
  await writeFile(
    join(folder, 'fade.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs>${fade}</defs><rect width="9" height="9" fill="url(#g)"/></svg>`,
  );
  const blend = '<rect width="9" height="9" fill="#f00" style="mix-blend-mode:multiply"/>';
  await writeFile(join(folder, 'blend.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${blend}</svg>`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `platen …` in this process, in the folder. */
const platen = async (...words: readonly string[]) => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  let code = -1;
  const environment = { out, err, stdin: new PassThrough(), env: {}, cwd: folder, signal: new AbortController().signal };
  const program = buildProgram(environment, (result) => {
    code = result;
  });
  await program.parseAsync(words, { from: 'user' }).catch((error: { exitCode?: number }) => {
    code = error.exitCode ?? 99;
  });
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
};

const planOf = async (name: string) => readStitches(await readFile(join(folder, name)), name).plan;

describe('platen digitize', () => {
  test('sews a drawing into every format at the size asked for, with picture, way and sheet', async () => {
    const endings = ['dst', 'pes', 'jef', 'exp', 'vp3', 'xxx', 'json'];
    const outputs = endings.flatMap((ending) => ['-o', `crown.${ending}`]);
    const { code, err } = await platen(
      'digitize',
      'crown.svg',
      '--size',
      '60x50',
      ...outputs,
      '--preview',
      'c.png',
      '--svg',
      'c.svg',
      '--sheet',
      'c.pdf',
    );
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringMatching(/stitches on woven[\s\S]*1951 Gold[\s\S]*hoop|hoop[\s\S]*1951 Gold/),
    });
    for (const ending of endings) {
      const { widthMm, heightMm, stitches } = stitchFacts(await planOf(`crown.${ending}`));
      expect(widthMm, ending).toBeGreaterThan(58);
      expect(widthMm, ending).toBeLessThan(61.5);
      expect(heightMm).toBeLessThan(51);
      expect(stitches).toBeGreaterThan(1000);
    }
    const picture = await sharp(join(folder, 'c.png')).metadata();
    expect(picture).toMatchObject({ format: 'png', density: 300 });
    expect(picture.width).toBeGreaterThan(700);
    expect((await readFile(join(folder, 'c.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await readdir(folder)).toContain('crown.inf');
  }, 30_000);

  test('sews text in a font of the library, in lines, and gives the same bytes twice', async () => {
    const words = ['digitize', 'Sea\\nhouse', '--size', '50x40', '--font', 'Pacifico', '--colour', '#1a2a80', '--json'];
    const first = await platen(...words, '-o', 'a.dst');
    expect(first.code).toBe(0);
    const [facts] = first.out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(facts).toMatchObject({ event: 'stitches', fabric: 'woven', blocks: [{ thread: { name: 'Navy' } }] });
    await platen(...words, '-o', 'b.dst', '--quiet', '--name', 'Sea\\nhouse');
    expect(stitchFacts(await planOf('a.dst'))).toEqual(stitchFacts(await planOf('b.dst')));
  });

  test('reports what the stitches are worth, and where to look, in the hoop that was named', async () => {
    const words = ['digitize', 'crown.svg', '--size', '60x50', '-o', 'r.dst', '--report', 'r.json', '--hoop', '65x60', '--quiet'];
    expect((await platen(...words)).code).toBe(0);
    const report = JSON.parse(await readFile(join(folder, 'r.json'), 'utf8'));
    expect(report).toMatchObject({
      facts: { hoop: '65 x 60 mm', stitches: stitchFacts(await planOf('r.dst')).stitches },
      findings: expect.arrayContaining([expect.objectContaining({ code: 'digitize.flattened' })]),
      leftOut: [],
    });
    expect(report.quality.coverage).toBeGreaterThan(0.98);
    expect(report.quality.rightColourOnTop).toBeGreaterThan(0.98);
    expect(report.facts.blocks.length).toBe(report.quality.colourChanges + 1);
    await platen('digitize', 'crown.svg', '--size', '5x5', '-o', 'tiny.dst', '--report', 'tiny.json', '--quiet');
    const [remark] = JSON.parse(await readFile(join(folder, 'tiny.json'), 'utf8')).remarks;
    expect(remark).toMatchObject({ code: expect.stringMatching(/^stitch\./), at: { x: expect.any(Number), y: expect.any(Number) } });
  });

  test('tells colours that no thread comes near', async () => {
    const { err } = await platen('digitize', 'Hi', '--size', '20x15', '--colour', '#ff0000', '-o', 'red.dst');
    expect(err).toContain('warning colour.far: no thread comes near #ff0000: it is sewn in Orange (#e25c27)');
    expect((await platen('digitize', 'Hi', '--size', '20x15', '--colour', '#cc3333', '-o', 'red.dst')).err).not.toContain('colour.far');
  });

  test('sews what is see-through in the plain colours it shows on the cloth', async () => {
    const art = '<circle cx="9" cy="9" r="8" fill="#f00" fill-opacity=".5"/><circle cx="18" cy="9" r="8" fill="#00f" opacity=".5"/>';
    await writeFile(join(folder, 'clear-two.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 27 18">${art}</svg>`);
    const words = ['digitize', 'clear-two.svg', '--size', '54x36', '--threads', 'none'];
    const { err } = await platen(...words, '-o', 'w.json');
    expect(err).toContain('warning digitize.flattened: what is see-through is sewn in the plain colours it shows on #ffffff');
    const coloursOf = async (name: string) => new Set((await planOf(name)).blocks.map(({ thread }) => thread.colour));
    expect(await coloursOf('w.json')).toEqual(new Set(['#ff8080', '#8080ff', '#8040c0']));
    await platen(...words, '-o', 'k.json', '--cloth', '#000000');
    expect(await coloursOf('k.json')).toEqual(new Set(['#800000', '#000080', '#400080']));
  });

  test('sews a fade in its mean colour', async () => {
    const { err } = await platen('digitize', 'fade.svg', '--size', '20x20', '--threads', 'none', '-o', 'fade.json');
    expect(err).toContain('warning digitize.flattened: each fade of colours is sewn in one plain colour');
    expect((await planOf('fade.json')).blocks.map(({ thread }) => thread.colour)).toEqual(['#800080']);
  });

  test('traces a flat picture, and takes colours together', async () => {
    expect((await platen('digitize', 'crown.png', '--size', '60x50', '-o', 'p.json')).code).toBe(0);
    const traced = await planOf('p.json');
    expect(new Set(traced.blocks.map(({ thread }) => thread.name))).toEqual(new Set(['Gold', 'Aqua', 'Old Gold', 'Red']));
    expect((await platen('digitize', 'crown.png', '--size', '60x50', '--colours', '2', '-o', 'q.json')).code).toBe(0);
    expect(new Set((await planOf('q.json')).blocks.map(({ thread }) => thread.name)).size).toBe(2);
  });

  test('takes threads of any colour, of a file, and finer ones', async () => {
    await platen('digitize', 'crown.svg', '--size', '60x50', '--threads', 'none', '--weight', '60', '-o', 'n.json');
    const own = await planOf('n.json');
    expect(own.blocks.every(({ thread }) => thread.weight === 60 && thread.name === thread.colour)).toBe(true);
    const palette = { id: 'mine', name: 'Mine', kind: 'thread', swatches: [{ id: 'ink', name: 'Ink', code: '7', colour: '#101020' }] };
    await writeFile(join(folder, 'mine.json'), JSON.stringify(palette));
    await platen('digitize', 'crown.svg', '--size', '60x50', '--threads', 'mine.json', '-o', 'm.json');
    expect((await planOf('m.json')).blocks.map(({ thread }) => thread.code)).toEqual(['7']);
  });

  test.each([
    ['a photo', ['dog.jpg'], 1, /error digitize\.photo: .*%/],
    ['a blend of colours', ['blend.svg'], 1, /error svg\.unsupported/],
    ['nothing to see', ['clear.svg'], 1, /error digitize\.empty/],
    ['no such file', ['none.svg'], 2, /error file\.unreadable/],
    ['empty text', ['  '], 2, /got an empty text/],
    ['no words at all', [''], 2, /got an empty text/],
    [
      'letters that the font lacks, naming fonts that have them',
      ['日本'],
      1,
      /^error text\.glyph-missing.*\n +--font ".*" or --font "Noto Sans JP"/,
    ],
    ['scripts that no font has together', ['日本 שלום'], 1, /No font of the library has all of these letters/],
    ['emoji', ['😀'], 1, /Emoji are pictures/],
    ['text in a drawing, without a place in a spec', ['text.svg'], 1, /^error svg\.unsupported: .*<text>/],
    ['words in a file that should be a drawing', ['words.svg'], 1, /^error svg\.format: .*\n +Give a drawing \(SVG\)/],
    ['a picture of one pixel', ['one.png'], 1, /error digitize\.empty: .*several pixels/],
    ['a font nobody has', ['Hi', '--font', 'Nowhere Sans'], 1, /Nowhere Sans/],
    ['more threads than needles', ['crown.svg', '--needles', '2'], 1, /error digitize\.too-many-colours: .*--colours 2/s],
    [
      'a design larger than the hoop',
      ['crown.svg', '--hoop', '50x50', '--report', 'never.json'],
      1,
      /^error digitize\.hoop: expected a design that the hoop of 50 x 50 mm holds, got \d+\.\d x \d+\.\d mm of stitches/,
    ],
    ['a report in the place of a machine file', ['Hi', '--report', 'never.dst'], 2, /"never\.dst" twice/],
    ['a palette of foils', ['crown.svg', '--threads', 'foils'], 2, /palette of threads/],
    ['parts too small for any needle', ['crown.svg', '--size', '0.3x0.3'], 1, /error digitize\.nothing-sewn/],
    ['a file it cannot read, rather than sew its name', ['logo.ai'], 2, /got no readable file: logo\.ai\n.*--text/],
    ['one of several files in a folder that is none', ['Hi', '-o', 'none/b.dst'], 1, /error output\.unwritable: .*b\.dst, got: no folder/],
    ['a file in the place of a folder', ['Hi', '--preview', '.'], 1, /error output\.unwritable: .*a folder of that name/],
    ['a picture that is no PNG', ['Hi', '--preview', 'sewn.JPG'], 2, /ends in \.png, got "sewn\.JPG"/],
    ['two files of one name', ['Hi', '--sheet', 'never.dst'], 2, /"never\.dst" twice/],
    ['colours in the place of the picture', ['Hi', '-o', 'x.exp', '--preview', 'x.inf'], 2, /"x\.inf" twice/],
    ['to write over the art', ['crown.png', '--preview', 'crown.png'], 2, /what it is made from, got "crown\.png"/],
    ['a size that is none', ['crown.svg', '--size', '80'], 2, /80x40/],
  ] as const)('refuses %s and writes nothing', async (_, words, expected, message) => {
    const before = await readdir(folder);
    const { code, err } = await platen('digitize', '--size', '60x50', '-o', 'never.dst', ...words);
    expect({ code, err }).toEqual({ code: expected, err: expect.stringMatching(message) });
    expect(await readdir(folder)).toEqual(before);
  });

  test('tells of letters too small for the thread, by its weight', async () => {
    const told = async (...words: readonly string[]) => (await platen('digitize', 'Ada', '-o', 's.dst', ...words)).err;
    expect(await told('--size', '9x4')).toMatch(/warning text\.small: .*needs 5 mm|warning text\.small: .*needs 3\.5 mm/);
    expect(await told('--size', '90x40')).not.toContain('text.small');
    const small = ['--size', '20x3'];
    expect([await told(...small), await told(...small, '--weight', '75')].map((err) => err.includes('text.small'))).toEqual([true, false]);
  });

  test('finds nothing amiss in the seams of a traced logo', async () => {
    const art =
      '<circle cx="140" cy="150" r="100" fill="#333366"/><circle cx="140" cy="150" r="60" fill="#fff"/><path d="M95 190V110h20v60h40v20z"/>';
    await sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">${art}</svg>`))
      .flatten({ background: '#fff' })
      .jpeg({ quality: 35 })
      .toFile(join(folder, 'seams.jpg'));
    const { code, err } = await platen('digitize', 'seams.jpg', '--size', '80x60', '-o', 'seams.dst');
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('stitch.skipped') });
  });

  test('refuses an ending that no machine knows', async () => {
    expect((await platen('digitize', 'crown.svg', '--size', '60x50', '-o', 'a.hus')).code).toBe(2);
    expect(await readdir(folder)).not.toContain('a.hus');
  });
});

describe('platen stitches view', () => {
  test('draws every format that can be read', async () => {
    await platen(
      'digitize',
      'Hi',
      '--size',
      '20x15',
      '-o',
      'v.dst',
      '-o',
      'v.pes',
      '-o',
      'v.jef',
      '-o',
      'v.exp',
      '-o',
      'v.vp3',
      '-o',
      'v.xxx',
      '-o',
      'v.json',
    );
    const sizes = new Set<string>();
    for (const ending of ['dst', 'pes', 'jef', 'exp', 'vp3', 'xxx', 'json']) {
      const { code, out } = await platen('stitches', 'view', `v.${ending}`, '-o', `${ending}.png`, '--dpi', '150', '--cloth', '#dddddd');
      expect({ code, out }).toEqual({ code: 0, out: `${ending}.png\n` });
      const { width, height, density } = await sharp(join(folder, `${ending}.png`)).metadata();
      sizes.add(`${width} ${height}`);
      expect(density).toBe(150);
    }
    // The plan itself is not on the lattice of machines.
    expect(sizes.size).toBeLessThanOrEqual(2);
  }, 20_000);

  test('leaves art of the same name alone', async () => {
    const art = await readFile(join(folder, 'crown.png'));
    await copyFile(join(folder, 'v.dst'), join(folder, 'crown.dst'));
    expect((await platen('stitches', 'view', 'crown.dst')).out).toBe('crown-stitches.png\n');
    expect(await readFile(join(folder, 'crown.png'))).toEqual(art);
  });

  test('says when colours beside an EXP file are more than it sews', async () => {
    const exp = await readFile(join(folder, 'crown.exp'));
    await writeFile(join(folder, 'cut.exp'), exp.subarray(0, 400));
    await copyFile(join(folder, 'crown.inf'), join(folder, 'cut.inf'));
    expect((await platen('stitches', 'info', 'crown.exp')).err).not.toContain('cut-off');
    expect((await platen('stitches', 'info', 'cut.exp')).err).toMatch(/warning stitches\.cut-off: .*may have been cut off/);
  });

  test('draws the way of the needle, and refuses what is no machine file', async () => {
    expect((await platen('stitches', 'view', 'v.dst', '--svg')).out).toBe('v-path.svg\n');
    expect(await readFile(join(folder, 'v-path.svg'), 'utf8')).toMatch(/^<svg .*<polyline/s);
    expect((await platen('stitches', 'view', 'v.dst', '-o', 'v.dst')).code).toBe(2);
    await writeFile(join(folder, 'junk.dst'), 'LA:junk');
    const before = await readdir(folder);
    expect((await platen('stitches', 'view', 'junk.dst', '-o', 'junk.png')).code).toBe(1);
    expect((await platen('stitches', 'view', 'v.dst', '-o', 'big.png', '--dpi', '1200000')).code).toBe(2);
    expect(await readdir(folder)).toEqual(before);
  });
});
