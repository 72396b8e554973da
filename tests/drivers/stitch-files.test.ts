import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenResources, openFsResources } from '../../src/drivers/resources/fs-resources.ts';
import { checkPicture } from '../../src/drivers/resources/http-sources.ts';
import { fileNameOf } from '../../src/drivers/resources/source.ts';
import { isProblem } from '../../src/model/problem.ts';
import { STITCH_FORMATS, stitchFormatOf } from '../../src/stitch/formats/formats.ts';
import { readStitchFile } from '../../src/stitch/formats/read-stitch-file.ts';
import { readStitches } from '../../src/stitch/formats/read-stitches.ts';
import { SAMPLE } from '../stitch/formats/sample-plans.ts';

const { signal } = new AbortController();
const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const bytesAs = (id: string): Uint8Array => stitchFormatOf(id)?.write(SAMPLE, { name: 'Logo', origin: { x: 0, y: 0 } }) ?? new Uint8Array();

let folder: string;
let library: OpenResources;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-stitch-files-'));
  library = await openFsResources({ templatesDir: at('templates'), fontsDir: at('fonts'), profilesDir: at('profiles'), baseDir: folder });
});
afterAll(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

const read = async (name: string, bytes: Uint8Array, format: string | null = null) => {
  await writeFile(join(folder, name), bytes);
  return library.stitches?.(name, format, signal);
};

describe('machine files of a library', () => {
  it('come out of the sandbox as they are read here', async () => {
    for (const { id, extension } of STITCH_FORMATS) {
      const bytes = bytesAs(id);
      const file = await read(`logo-${id}.${extension}`, bytes);
      expect(file?.plan, id).toEqual(readStitches(bytes, `a.${extension}`).plan);
      expect(file).toMatchObject({ name: expect.any(String), hasColours: !['dst', 'exp'].includes(id) });
    }
  });

  it('are known by a format that is named, and by content before names', async () => {
    expect((await read('no-ending', bytesAs('exp'), 'exp'))?.format).toBe('exp');
    expect((await read('wrong.exp', bytesAs('pes')))?.format).toBe('pes');
    await expect(read('unnamed', bytesAs('exp'))).rejects.toMatchObject({ code: 'stitches.unknown-format' });
    await expect(library.stitches?.('../outside.dst', null, signal)).rejects.toSatisfy(isProblem);
  });

  it('that are hostile end in a Problem, and the next one is read', async () => {
    const dst = bytesAs('dst');
    const vp3 = Uint8Array.from(bytesAs('vp3'));
    vp3.fill(0xff, 60, 200);
    const pes = Uint8Array.from(bytesAs('pes'));
    pes.fill(0xff, 8, 12);
    const jef = Uint8Array.from(bytesAs('jef'));
    jef.fill(0xff, 0x18, 0x20);
    const endless = new Uint8Array(600_000).fill(0x83, 512);
    endless.set(dst.subarray(0, 512));
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['empty.dst', new Uint8Array(0)],
      ['zeros.jef', new Uint8Array(4096)],
      ['cut.dst', dst.subarray(0, 515)],
      ['head.dst', dst.subarray(0, 512)],
      ['lengths.vp3', vp3],
      ['far.pes', pes],
      ['counts.jef', jef],
      ['noise.xxx', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)],
      ['endless.dst', endless],
      ['large.dst', new Uint8Array(17 * 1024 * 1024).fill(32)],
    ];
    for (const [name, bytes] of cases) {
      const outcome = await read(name, bytes)?.then(
        (file) => file,
        (error: unknown) => error,
      );
      if (isProblem(outcome)) expect(outcome.code, name).toMatch(/^stitches\./);
      else expect(outcome, name).toMatchObject({ format: name.split('.')[1] });
    }
    expect((await read('after.pes', bytesAs('pes')))?.format).toBe('pes');
  });

  it('with more stitches than anybody sews are refused before they are drawn', () => {
    const points = new Float64Array(2 * 300_001).map((_, i) => (i % 4) * 0.5);
    const plan = {
      blocks: [{ ...SAMPLE.blocks[0], runs: [{ points, roles: new Uint8Array(300_001), from: 'trim' }] }],
    } as unknown as typeof SAMPLE;
    const bytes = stitchFormatOf('dst')?.write(plan, { name: 'Much' }) ?? new Uint8Array();
    expect(() => readStitchFile(bytes, '', 'a.dst')).toThrow(/at most 300000 stitches/);
  });

  it('may come from elsewhere in every format, EXP by its name', () => {
    for (const id of ['dst', 'pes', 'pes1', 'jef', 'vp3', 'xxx']) expect(checkPicture(bytesAs(id)).length, id).toBeGreaterThan(0);
    expect(() => checkPicture(bytesAs('exp'))).toThrow(/expected a picture/);
    expect(checkPicture(bytesAs('exp'), 'LOGO.EXP').length).toBeGreaterThan(0);
    for (const other of ['plain words', '<html><body>', '\u0080\u0009\u0009\u0009'])
      expect(() => checkPicture(new Uint8Array(Buffer.from(other, 'latin1')), 'logo.exp')).toThrow(/expected a picture/);
    expect(fileNameOf('https://x.example/a/b.exp?name=c.dst')).toBe('b.exp');
    expect(fileNameOf('data:application/octet-stream;base64,TEE6')).toBe('');
  });
});
