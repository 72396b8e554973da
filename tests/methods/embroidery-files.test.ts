import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { embroidery } from '../../src/methods/embroidery/index.ts';
import { embroiderySettings } from '../../src/methods/embroidery/settings.ts';
import type { MadeFile } from '../../src/methods/method.ts';
import { needleBox } from '../../src/render/stitches/needle-box.ts';
import { readInf } from '../../src/stitch/formats/inf.ts';
import { readStitches } from '../../src/stitch/formats/read-stitches.ts';
import { stitchFacts } from '../../src/stitch/formats/stitch-facts.ts';
import type { StitchPlan } from '../../src/stitch/plan.ts';
import { expectGolden } from '../golden/golden.ts';
import { run, withPdf } from '../render/pdf/tools.ts';
import { satinCurve, threeColourPatch } from '../support/sample-plans.ts';
import {
  bar,
  contextFor,
  disc,
  fileOf,
  jsonOf,
  madeFrom,
  madeWith,
  planOf,
  sceneOf,
  sewnFile,
  thread,
  words,
} from './support/embroidery.ts';

/** A badge of three threads: a disc, a bar over it, a word beside them. */
const BADGE = [disc(10, 10, 26, thread('royal')), bar(8, 20, 30, 5, thread('gold')), words('ROVER', thread('red'))];

/** Settings for nothing but the plan beside the machine files. */
const PLAN = { sheets: ['plan'] };

/** Reads DST by its records alone: balanced ternary steps of 0.1 mm, y up. */
const needleOfDst = (bytes: Uint8Array) => {
  const weights = [
    [1, -1, 9, -9, 0, 0, 0, 0],
    [3, -3, 27, -27, 0, 0, 0, 0],
    [0, 0, 81, -81, 0, 0, 0, 0],
  ];
  const holes: { readonly x: number; readonly y: number }[] = [];
  let [x, y, changes] = [0, 0, 0];
  const sum = (record: readonly number[], mirror: boolean): number =>
    record.reduce(
      (all, byte, i) => all + (weights[i] ?? []).reduce((part, w, bit) => part + ((byte >> (mirror ? 7 - bit : bit)) & 1) * w, 0),
      0,
    );
  for (let at = 512; at + 2 < bytes.length; at += 3) {
    const record = [...bytes.subarray(at, at + 3)];
    const last = record[2] ?? 0;
    if (last === 0xf3) return { holes, changes };
    if ((last & 0xc3) === 0xc3) changes += 1;
    const flags = [record[0] ?? 0, record[1] ?? 0, last & 0x3c];
    x += sum(flags, false) / 10;
    y -= sum([flags[0] ?? 0, flags[1] ?? 0, flags[2] ?? 0], true) / 10;
    if ((last & 0xc3) === 0x03) holes.push({ x, y });
  }
  throw new Error('expected an end mark, got none');
};

const widthOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
const countOf = ({ blocks }: StitchPlan): number =>
  blocks.flatMap(({ runs }) => runs).reduce((sum, { points }) => sum + points.length / 2, 0);

describe('the files of an embroidery', () => {
  test('are the machine files asked for, a run sheet, a picture, the path, the plan and its quality', async () => {
    const files = await madeFrom(BADGE, { formats: ['xxx', 'exp', 'dst', 'pes', 'pes1', 'jef', 'vp3'] });
    expect([...files.keys()]).toEqual([
      'front.dst',
      'front.pes',
      'front-v1.pes',
      'front.jef',
      'front.exp',
      'front.inf',
      'front.vp3',
      'front.xxx',
      'front-run-sheet.pdf',
      'front-stitches.png',
      'front-path.svg',
      'front-plan.json',
      'front-quality.json',
    ]);
    const plan = planOf(files);
    for (const name of ['front.dst', 'front.pes', 'front-v1.pes', 'front.jef', 'front.exp', 'front.vp3', 'front.xxx']) {
      const facts = stitchFacts(readStitches(fileOf(files, name).data, name).plan);
      const own = stitchFacts(plan);
      expect(Math.abs(facts.widthMm - own.widthMm), name).toBeLessThan(0.2);
      expect(facts.changes, name).toBe(2);
      expect(files.get(name)?.widthMm, name).toBeCloseTo(own.widthMm, 3);
    }
    expect(readInf(fileOf(files, 'front.inf').data).map(({ name }) => name)).toEqual(plan.blocks.map((block) => block.thread.name));
  });

  test('say the same in DST as a reader of its records finds, stitch by stitch', async () => {
    const files = await madeFrom(BADGE, PLAN);
    const { holes, changes } = needleOfDst(fileOf(files, 'front.dst').data);
    const plan = planOf(files);
    expect(changes).toBe(plan.blocks.length - 1);
    expect(holes.length).toBe(countOf(plan));
    const { widthMm, heightMm } = stitchFacts(plan);
    expect(widthOf(holes.map(({ x }) => x))).toBeCloseTo(widthMm, 0);
    expect(widthOf(holes.map(({ y }) => y))).toBeCloseTo(heightMm, 0);
    // The needle is where the art is: the first block is a disc of 26 mm in the upper left, seen from the middle of the design.
    const blocks = plan.blocks.map(({ thread: { name }, runs }) => ({
      name,
      xs: runs.flatMap(({ points }) => [...points].filter((_, i) => i % 2 === 0)),
    }));
    expect(widthOf(blocks.find(({ name }) => name === 'Royal')?.xs ?? [])).toBeGreaterThan(25.5);
    expect(widthOf(blocks.find(({ name }) => name === 'Royal')?.xs ?? [])).toBeLessThan(27);
  });

  test('keep the colours in the order of sewing, with their codes, on the run sheet and in PES', async () => {
    const files = await madeFrom(BADGE, { sheets: ['run-sheet', 'plan', 'quality'] }, { lettering: true });
    const plan = planOf(files);
    const names = plan.blocks.map((block) => block.thread.name);
    expect(names.indexOf('Royal')).toBeLessThan(names.indexOf('Gold'));
    expect(readStitches(fileOf(files, 'front.pes').data).plan.blocks.map((block) => block.thread.name)).toEqual(names);
    expect(jsonOf(files, 'front-quality.json')).toMatchObject({
      placement: 'front',
      facts: {
        stitches: countOf(plan),
        hoop: { name: '100 x 100 mm' },
        colours: plan.blocks.map((block) => ({ code: block.thread.code })),
      },
      fabric: { id: 'woven' },
      quality: { floats: 0 },
    });
    const page = fileOf(files, 'front-run-sheet.pdf');
    expect(page).toMatchObject({ role: 'production', pages: 1, widthMm: 210, heightMm: 297 });
  });

  test('are named once, however often they are asked for', async () => {
    const files = await madeWith([bar(5, 5, 20, 5, thread('red'))], { formats: ['dst', 'dst'], sheets: ['plan', 'plan'] });
    expect(files.files.map(({ name }) => name)).toEqual(['front.dst', 'front-plan.json']);
  });

  test('show the sewn design at true size', async () => {
    const files = await madeFrom(BADGE, { pictureDpi: 150, sheets: ['picture', 'path'] });
    const picture = fileOf(files, 'front-stitches.png');
    const { data, info } = await sharp(picture.data).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([picture.widthPx, picture.heightPx]);
    const at = (x: number, y: number): readonly number[] => [
      ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
    ];
    expect(at(1, 1)).toEqual([0xe4, 0xd8, 0xc0]);
    const path = new TextDecoder().decode(fileOf(files, 'front-path.svg').data);
    expect(path.match(/<g id="colour-/g)).toHaveLength(3);
  });

  test('are the same bytes whether pictures were asked for before or not', async () => {
    const [scene, other] = [await sceneOf(BADGE), await sceneOf(BADGE)];
    const settings = embroiderySettings.parse({ sheets: ['plan'] });
    await embroidery.appearance(
      scene,
      settings,
      { region: { x: 0, y: 0, width: 50, height: 50 }, widthPx: 50, heightPx: 50 },
      contextFor(),
    );
    const work = { name: 'front', settings, title: 'Badge', date: '2026-03-01T00:00:00Z', label: 'A-1' };
    const made = await Promise.all([scene, other].map((page) => embroidery.make({ ...work, pages: [page] }, contextFor())));
    const bytes = (files: readonly MadeFile[]) => files.map(({ name, data }) => [name, Buffer.from(data).toString('hex')]);
    expect(bytes(made[1]?.files ?? [])).toEqual(bytes(made[0]?.files ?? []));
    const yellow = await embroidery.make({ ...work, pages: [scene], settings: { ...settings, thread: 'gold' } }, contextFor());
    expect(bytes(yellow.files)).not.toEqual(bytes(made[0]?.files ?? []));
  });

  test('have a run sheet that other readers take', async () => {
    const files = await madeFrom([words('MIRA', thread('navy'))], { sheets: ['run-sheet'] }, { lettering: true });
    await withPdf(fileOf(files, 'front-run-sheet.pdf').data, (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
      expect(run('pdfimages', '-list', file).trim().split('\n')).toHaveLength(3);
    });
  });
});

describe('finished machine files among the layers', () => {
  const patch = threeColourPatch();

  test('are sewn stitch by stitch, where they were placed, after the art below them', async () => {
    const files = await madeFrom([disc(60, 20, 20, thread('kelly-green'))], PLAN, { after: [sewnFile(patch, 12, 9)] });
    const plan = planOf(files);
    expect(plan.blocks[0]?.thread.name).toBe('Kelly Green');
    const placed = plan.blocks.slice(1).flatMap(({ runs }) => runs.flatMap(({ points }) => [...points]));
    const own = patch.blocks.flatMap(({ runs }) => runs.flatMap(({ points }) => [...points]));
    expect(placed).toHaveLength(own.length);
    for (let i = 0; i < own.length; i += 97) expect(placed[i]).toBeCloseTo((own[i] ?? 0) + (i % 2 === 0 ? 12 : 9), 2);
  });

  test('are sewn in the nearest threads of the shop, or in those that are named', async () => {
    const near = planOf(await madeFrom([], PLAN, { after: [sewnFile(patch, 0, 0)] }));
    expect(near.blocks.map((block) => block.thread.name)).toEqual(['Navy', 'Gold', 'White']);
    const named = planOf(await madeFrom([], PLAN, { after: [sewnFile(patch, 0, 0, ['red', 'white'])] }));
    expect(named.blocks.map((block) => block.thread.name)).toEqual(['Red', 'White']);
    await expect(madeFrom([], PLAN, { after: [sewnFile(patch, 0, 0, ['mauve'])] })).rejects.toMatchObject({ code: 'swatch.unknown' });
  });

  test('go on without a change where the thread stays', async () => {
    const plan = planOf(await madeFrom([disc(60, 20, 20, thread('red'))], PLAN, { after: [sewnFile(satinCurve(), 5, 5)] }));
    expect(plan.blocks.map((block) => block.thread.name)).toEqual(['Red']);
  });

  test('look as they are sewn', async () => {
    const scene = await sceneOf([], [sewnFile(patch, 18, 0)]);
    const { x, y } = needleBox(patch) ?? { x: 0, y: 0 };
    const request = { region: { x: x + 16, y: y - 2, width: 64, height: 64 }, widthPx: 256, heightPx: 256 };
    const [look] = await embroidery.appearance(scene, embroiderySettings.parse({}), request, contextFor());
    if (!look) throw new Error('expected a picture, got none');
    const picture = sharp(look.rgba, { raw: { width: 256, height: 256, channels: 4 } }).flatten({ background: '#26324a' });
    await expectGolden('methods/embroidery-file', new Uint8Array(await picture.png().toBuffer()));
  });
});
