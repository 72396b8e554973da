import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Blob, Face, Font, Variation } from 'harfbuzzjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FontLibrary, openFontLibrary } from '../../src/drivers/resources/font-library.ts';
import { faceFor } from '../../src/drivers/resources/font-match.ts';
import { isProblem, type Problem } from '../../src/model/problem.ts';

const FONTS = fileURLToPath(new URL('../../fonts/', import.meta.url));

const problemOf = async (work: Promise<unknown>): Promise<Problem> => {
  const outcome: unknown = await work.then(
    () => 'no problem',
    (error: unknown) => error,
  );
  if (!isProblem(outcome)) throw new Error(`expected a Problem, got ${String(outcome)}`);
  return outcome;
};

describe('a font library', () => {
  let library: FontLibrary;
  beforeAll(async () => {
    library = await openFontLibrary(FONTS);
  });
  const digestOf = (file: string): string => library.list().find((face) => face.file === file)?.sha256 ?? 'not listed';

  it('finds a family whatever its case and spacing', async () => {
    for (const family of ['Open Sans', 'open sans', 'OpenSans', ' OPEN-SANS ']) {
      const found = await library.find({ family, weight: 400, italic: false });
      expect(found).toMatchObject({ family: 'Open Sans', digest: digestOf('open-sans/OpenSans-Regular.ttf') });
    }
  });

  it('hands over the bytes that were indexed', async () => {
    const found = await library.find({ family: 'Lora', weight: 700, italic: true });
    expect(found.digest).toBe(digestOf('lora/Lora-BoldItalic.ttf'));
    expect(Buffer.from(await readFile(join(FONTS, 'lora/Lora-BoldItalic.ttf'))).equals(found.bytes)).toBe(true);
  });

  it('reads a file once for equal requests', async () => {
    const request = { family: 'Rye', weight: 400, italic: false };
    expect(await library.find(request)).toBe(await library.find(request));
  });

  it('takes the nearest weight of the same family', async () => {
    const at = async (weight: number): Promise<string> => (await library.find({ family: 'Open Sans', weight, italic: false })).digest;
    const [regular, bold] = [digestOf('open-sans/OpenSans-Regular.ttf'), digestOf('open-sans/OpenSans-Bold.ttf')];
    expect(await Promise.all([100, 400, 500, 501, 600, 900].map(at))).toEqual([regular, regular, regular, bold, bold, bold]);
  });

  it('serves every weight of a variable axis from one file that really varies', async () => {
    const files = await Promise.all([100, 450, 900].map((weight) => library.find({ family: 'Inter', weight, italic: false })));
    expect(new Set(files.map((file) => file.digest))).toEqual(new Set([digestOf('inter/Inter-Variable.ttf')]));
    const font = new Font(new Face(new Blob(new Uint8Array(files[0]?.bytes ?? []))));
    const glyph = font.nominalGlyph(0x48) ?? 0;
    const outlines = [100, 450, 900].map((weight) => {
      font.setVariations([new Variation('wght', weight)]);
      return font.glyphToPath(glyph);
    });
    expect(new Set(outlines).size).toBe(3);
  });

  it('never slants an upright face to stand in for an italic', async () => {
    const problem = await problemOf(library.find({ family: 'bebas neue', weight: 400, italic: true }));
    expect(problem.code).toBe('font.style-missing');
    expect(problem.message).toBe('expected an italic style for the font "Bebas Neue", got only 400');
    const garamond = await library.find({ family: 'EB Garamond', weight: 700, italic: true });
    expect(garamond.digest).toBe(digestOf('eb-garamond/EBGaramond-Italic.ttf'));
  });

  it('names the styles that exist when one is missing', async () => {
    const problem = await problemOf(library.find({ family: 'Oswald', weight: 700, italic: true }));
    expect(problem.message).toMatch(/got only 400, 700$/);
    expect(problem.hint).toMatch(/^use the upright style of "Oswald"/);
  });

  it('answers a misspelt family with what was probably meant, and never with another font', async () => {
    const hintFor = async (family: string): Promise<string> => {
      const problem = await problemOf(library.find({ family, weight: 400, italic: false }));
      expect(problem.code).toBe('font.unknown');
      expect(problem.message).toContain(`"${family}"`);
      return problem.hint ?? '';
    };
    expect(await hintFor('Playfiar Display')).toMatch(/^did you mean "Playfair Display"\? families: /);
    expect(await hintFor('Playfair')).toMatch(/^did you mean "Playfair Display"\?/);
    expect(await hintFor('Twemoji')).toMatch(/^did you mean "Twemoji Mozilla"\?/);
    expect(await hintFor('Zapfino')).toMatch(/^families: Abril Fatface, .*Twemoji Mozilla$/);
    expect(await hintFor('')).toMatch(/^families: /);
  });
});

describe('a damaged font library', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'platen-fonts-'));
    await cp(join(FONTS, 'graduate'), join(dir, 'graduate'), { recursive: true });
    const { faces } = JSON.parse(await readFile(join(FONTS, 'index.json'), 'utf8')) as { faces: { family: string }[] };
    const kept = faces.filter((face) => face.family === 'Graduate');
    await writeFile(join(dir, 'index.json'), JSON.stringify({ version: 1, faces: kept }));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const request = { family: 'Graduate', weight: 400, italic: false };
  const file = 'graduate/Graduate-Regular.ttf';

  it('refuses a file that is not the one indexed, and takes it again once restored', async () => {
    const library = await openFontLibrary(dir);
    await appendFile(join(dir, file), 'x');
    const problem = await problemOf(library.find(request));
    expect(problem.code).toBe('font.corrupt');
    expect(problem.message).toContain(file);
    await cp(join(FONTS, file), join(dir, file));
    expect((await library.find(request)).family).toBe('Graduate');
  });

  it('says which file is missing', async () => {
    await rm(join(dir, file));
    const problem = await problemOf((await openFontLibrary(dir)).find(request));
    expect(problem).toMatchObject({ code: 'font.corrupt', message: expect.stringContaining(file) });
  });

  it('rejects an absent, broken or outward-pointing index', async () => {
    const outward = (await readFile(join(dir, 'index.json'), 'utf8')).replace(file, '../secret/Graduate-Regular.ttf');
    expect(outward).toContain('../secret');
    for (const text of [undefined, '{', '{"version":2,"faces":[]}', outward]) {
      if (text === undefined) await rm(join(dir, 'index.json'));
      else await writeFile(join(dir, 'index.json'), text);
      expect(await problemOf(openFontLibrary(dir))).toMatchObject({ code: 'font.index-unreadable' });
    }
  });
});

describe('choosing a face', () => {
  const face = (weight: number, italic = false) => ({ family: 'F', style: '', weight, italic, axes: [] });
  const pick = (wanted: number, ...weights: number[]): number =>
    faceFor(
      { family: 'F', weight: wanted, italic: false },
      weights.map((weight) => face(weight)),
    ).weight;

  it('prefers lighter faces below 400, heavier ones above 500, and the band up to 500 between', () => {
    expect(pick(300, 200, 350)).toBe(200);
    expect(pick(300, 350, 400)).toBe(350);
    expect(pick(600, 500, 900)).toBe(900);
    expect(pick(600, 100, 500)).toBe(500);
    expect(pick(400, 350, 500)).toBe(500);
    expect(pick(450, 400, 600)).toBe(400);
    expect(pick(500, 700, 600)).toBe(600);
    expect(pick(400, 300, 600)).toBe(300);
  });

  it('takes an axis that holds the weight before any fixed face near it', () => {
    const variable = { ...face(400), axes: [{ tag: 'wght', min: 300, max: 600 }] };
    expect(faceFor({ family: 'F', weight: 590, italic: false }, [face(595), variable])).toBe(variable);
    expect(faceFor({ family: 'F', weight: 700, italic: false }, [face(900), variable])).toMatchObject({ weight: 900 });
  });
});
