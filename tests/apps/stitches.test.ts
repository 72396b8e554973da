import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/apps/cli/program.ts';
import { stitchFormatOf } from '../../src/stitch/formats/formats.ts';
import { readStitches } from '../../src/stitch/formats/read-stitches.ts';
import { SAMPLE, shapeOf } from '../stitch/formats/sample-plans.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-stitches-'));
  await writeFile(join(folder, 'logo.vp3'), stitchFormatOf('vp3')?.write(SAMPLE, { name: 'Logo', origin: { x: 0, y: 0 } }) ?? '');
  await writeFile(join(folder, 'plan.json'), stitchFormatOf('json')?.write(SAMPLE, { name: 'Logo' }) ?? '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `platen stitches …` in this process, in the folder. */
const stitches = async (...words: readonly string[]) => {
  const [out, err] = [new PassThrough(), new PassThrough()];
  let code = -1;
  const environment = { out, err, stdin: new PassThrough(), env: {}, cwd: folder, signal: new AbortController().signal };
  const program = buildProgram(environment, (result) => {
    code = result;
  });
  await program.parseAsync(['stitches', ...words], { from: 'user' });
  return { code, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
};

const written = async (name: string) => readStitches(await readFile(join(folder, name)), name);

describe('platen stitches info', () => {
  test('says size, counts and threads', async () => {
    const { code, out, err } = await stitches('info', 'logo.vp3');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'VP3 "Logo": 55.0 x 19.0 mm, 17 stitches',
      '  1 colour change, 1 stop, 1 trim, 2 uncut ways',
      '  from the start: 20.0 mm left, 35.0 right, 9.0 up, 10.0 down',
      expect.stringMatching(/^ {2}about [\d.]+ min and 0\.\d m of upper thread$/),
      expect.stringMatching(/^ {4}1 {2}#c8102e {2}Spool 1147 Red {2}9 stitches, 0\.\d m, then a stop$/),
      expect.stringMatching(/^ {4}2 {2}#c8102e {2}Spool 1147 Red {2}3 stitches, 0\.\d m$/),
      expect.stringMatching(/^ {4}3 {2}#0057b7 {2}Spool 1076 Blue {2}5 stitches, 0\.\d m$/),
      '',
    ]);
  });

  test('gives the same as JSON', async () => {
    const { out } = await stitches('info', 'logo.vp3', '--json');
    expect(JSON.parse(out)).toMatchObject({ event: 'stitches', format: 'vp3', stitches: 17, trims: 1, blocks: [{}, {}, {}] });
  });

  test('fails with what was expected for a file that is none, and for one that is not there', async () => {
    await writeFile(join(folder, 'cut.vp3'), (await readFile(join(folder, 'logo.vp3'))).subarray(0, 200));
    const cut = await stitches('info', 'cut.vp3');
    expect({ code: cut.code, out: cut.out }).toEqual({ code: 1, out: '' });
    expect(cut.err).toMatch(/error stitches\.truncated: expected /);
    expect((await stitches('info', 'none.dst')).code).toBe(2);
    expect((await stitches('info', '.')).code).toBe(2);
  });
});

describe('platen stitches convert', () => {
  test.each(['dst', 'pes', 'jef', 'xxx', 'json'])('to %s keeps every stitch', async (ending) => {
    const { code, out } = await stitches('convert', 'logo.vp3', '-o', `a.${ending}`);
    expect({ code, out: out.trim() }).toEqual({ code: 0, out: join(folder, `a.${ending}`) });
    const { plan } = await written(`a.${ending}`);
    const runs = (from: typeof plan) => shapeOf(from).map((block) => block.runs);
    expect(runs(plan)).toEqual(runs(SAMPLE));
  });

  test('to EXP puts the colours beside it and finds them again', async () => {
    const { code, err } = await stitches('convert', 'logo.vp3', '-o', 'b.exp');
    expect(code).toBe(0);
    expect(err).toMatch(/INF file beside it/);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['b.exp', 'b.inf']));
    const info = await stitches('info', 'b.exp');
    expect(info.out).toMatch(/3 {2}#0057b7 {2}Blue/);
    expect(info.err).toBe('');
  });

  test('puts a plan in the middle of the hoop, and takes a format and a name', async () => {
    await stitches('convert', 'plan.json', '-o', 'c.pes', '--format', 'pes1', '--name', 'Crest', '--quiet');
    expect((await readFile(join(folder, 'c.pes'))).subarray(0, 8).toString()).toBe('#PES0001');
    expect((await written('c.pes')).name).toBe('Crest');
    await stitches('convert', 'plan.json', '-o', 'c.dst');
    expect((await stitches('info', 'c.dst')).out).toMatch(/27\.\d mm left, 27\.\d right, 9\.\d up, 9\.\d down/);
  });

  test('refuses an ending it does not know, and leaves nothing half written', async () => {
    const before = await readdir(folder);
    const { code, err } = await stitches('convert', 'logo.vp3', '-o', 'a.hus');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/expected an output that ends in a stitch format/) });
    expect((await stitches('convert', 'logo.vp3', '-o', 'no/where/a.dst')).code).not.toBe(0);
    expect(await readdir(folder)).toEqual(before);
  });
});
