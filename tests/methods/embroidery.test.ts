import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { digitizeOptions } from '../../src/methods/embroidery/digitizing.ts';
import { estimatedStitches } from '../../src/methods/embroidery/estimate.ts';
import { embroidery } from '../../src/methods/embroidery/index.ts';
import { embroiderySettings } from '../../src/methods/embroidery/settings.ts';
import { threadArt } from '../../src/methods/embroidery/thread-art.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { DecodedImage } from '../../src/model/resources.ts';
import { THREAD } from '../../src/render/finishes.ts';
import { optionsForThread } from '../../src/stitch/thread-options.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { testPicture } from '../support/compose-spec.ts';
import { threeColourPatch } from '../support/sample-plans.ts';
import {
  bar,
  check,
  contextFor,
  disc,
  jsonOf,
  madeFrom,
  madeWith,
  planOf,
  sceneOf,
  sewnFile,
  thread,
  words,
} from './support/embroidery.ts';

const RED = thread('red');
const of = (findings: readonly Finding[], code: string): readonly Finding[] => findings.filter((one) => one.code === code);

/** A flat logo: a square with a smaller one in it, without smoothing. */
const logo = (digest = 'c'.repeat(64)): DecodedImage => {
  const side = 120;
  const rgba = new Uint8Array(side * side * 4);
  for (let i = 0; i < side * side; i += 1) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const inside = x > 40 && x < 80 && y > 40 && y < 80;
    rgba.set(inside ? [255, 204, 0, 255] : [0, 83, 151, 255], i * 4);
  }
  return { digest, widthPx: side, heightPx: side, hasAlpha: false, rgba, jpeg: null, warnings: [] };
};
const image = { type: 'image', source: 'p0', fit: 'stretch', box: { x: 20, y: 10, width: 30, height: 30 } };

describe('the check of an embroidery', () => {
  test('has nothing to say of bold art in threads of the shop', async () => {
    expect(await check([disc(10, 5, 30, RED), words('ROVER', thread('navy'), 16)], {}, {}, '#ffffff')).toEqual([]);
  });

  test('refuses photos, and says what would work', async () => {
    const [photo] = of(await check([image], {}, { pictures: [testPicture(200, 120, 'c'.repeat(64))] }), 'art.not-solid');
    expect(photo).toMatchObject({ severity: 'error', pointer: '/placements/0/layers/0', measured: 'picture' });
    for (const way of ['15 even colours', 'dtf', 'patch']) expect(photo?.hint).toContain(way);
    const fade = { linear: { stops: ['#cc3333', '#333366'].map((colour, offset) => ({ offset, colour })) } };
    const [refused] = of(await check([bar(10, 10, 30, 20, fade)]), 'art.not-solid');
    expect(refused).toMatchObject({ severity: 'error', measured: 'gradient' });
    expect(refused?.hint).toContain('dtf');
  });

  test('takes flat pictures, by the threads of their colours', async () => {
    const pictures = [logo()];
    expect(of(await check([image], {}, { pictures }), 'art.not-solid')).toEqual([]);
    expect(of(await check([image], { maxColours: 1 }, { pictures }), 'colours.too-many')).toMatchObject([{ measured: 2, required: 1 }]);
  });

  test('tells of colours that no thread comes near, once for a layer', async () => {
    const far = of(await check([bar(5, 5, 30, 10, '#00ffcc'), bar(5, 30, 30, 10, '#cd3434')]), 'colour.far');
    expect(far).toMatchObject([{ severity: 'warning', pointer: '/placements/0/layers/0', unit: 'dE00' }]);
    expect(far[0]?.hint).toMatch(/"swatch": "[a-z-]+", "palette": "threads"/);
    expect(of(await check([bar(5, 5, 30, 10, '#00ffcc')], { farColourDe: 60 }), 'colour.far')).toEqual([]);
  });

  test('counts threads against needles, those of machine files too', async () => {
    const art = [bar(5, 5, 30, 10, RED)];
    const after = [sewnFile(threeColourPatch(), 20, 0)];
    expect(of(await check(art, { maxColours: 3 }, { after }), 'colours.too-many')).toMatchObject([{ measured: 4, required: 3 }]);
    expect(of(await check(art, { maxColours: 4 }, { after }), 'colours.too-many')).toEqual([]);
  });

  test('offers finer thread for small letters, and takes them when it is used', async () => {
    const small = [words('HARBOUR', RED, 5.6)];
    const [finding] = of(await check(small), 'text.small');
    expect(finding).toMatchObject({ severity: 'warning', required: 5 });
    expect(finding?.hint).toContain('{ "weight": "60" }');
    expect(of(await check(small, { weight: '60' }), 'text.small')).toEqual([]);
    const [tiny] = of(await check([words('HARBOUR', RED, 3.4)]), 'text.small');
    expect(tiny?.severity).toBe('error');
    expect(tiny?.hint).toMatch(/"weight": "(60|75)"/);
  });

  test('tells of thin lines, narrow gaps and small pieces as warnings', async () => {
    expect(of(await check([bar(5, 5, 30, 0.4, RED)]), 'stroke.thin')).toMatchObject([
      { severity: 'warning', measured: 0.4, required: 0.7 },
    ]);
    expect(of(await check([bar(5, 5, 30, 0.4, RED)], { minLineMm: 0.3 }), 'stroke.thin')).toEqual([]);
    expect(of(await check([bar(5, 5, 30, 4, RED), bar(5, 9.3, 30, 4, RED)]), 'gap.narrow')).toMatchObject([
      { severity: 'warning', measured: 0.3 },
    ]);
    expect(of(await check([bar(5, 5, 30, 4, RED), disc(50, 20, 0.6, RED)]), 'piece.small')).toMatchObject([
      { severity: 'warning', measured: 0.6 },
    ]);
  });

  test('says of thin lines what becomes of them, over foam as well', async () => {
    const thin = [bar(5, 5, 40, 0.5, RED)];
    expect(of(await check(thin), 'stroke.thin')[0]?.hint).toContain('single line of thread');
    expect(of(await check([bar(5, 5, 40, 2, RED)], { puff: true }), 'stroke.thin')[0]?.hint).toContain('foam flat');
  });

  test('names the largest field when no hoop holds the design', async () => {
    const wide = [bar(5, 5, 90, 30, RED)];
    expect(of(await check(wide, { hoop: '60x80' }), 'hoop.too-small')).toMatchObject([
      { severity: 'error', measured: '90 x 30', required: '60 x 80', pointer: '/placements/0' },
    ]);
    expect(of(await check(wide, { hoop: '40x100' }), 'hoop.too-small')).toEqual([]);
    expect(of(await check(wide, { fabric: 'cap', capFrame: '80x50' }), 'hoop.too-small')).toHaveLength(1);
  });

  test('tells of thread in the colour of the cloth', async () => {
    expect(of(await check([disc(10, 5, 30, RED)], {}, {}, '#c93333'), 'contrast.low')).toMatchObject([{ severity: 'error' }]);
    expect(of(await check([disc(10, 5, 30, RED)], {}, {}, '#b03a3a'), 'contrast.low')).toMatchObject([{ severity: 'warning' }]);
  });

  test('finds no pieces and gaps in the seams between colours of a traced picture', async () => {
    // Smoothed edges with the noise of JPEG: neighbours share an outline of curves.
    const art =
      '<circle cx="140" cy="150" r="100" fill="#333366"/><circle cx="140" cy="150" r="60" fill="#fff"/><path d="M95 190V110h20v60h40v20z"/>';
    const drawn = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">${art}</svg>`);
    const jpeg = await sharp(drawn).flatten({ background: '#fff' }).jpeg({ quality: 35 }).toBuffer();
    const { data, info } = await sharp(jpeg).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const picture = { ...logo('e'.repeat(64)), widthPx: info.width, heightPx: info.height, rgba: new Uint8Array(data) };
    const found = await check([{ ...image, box: { x: 5, y: 5, width: 80, height: 60 } }], {}, { pictures: [picture] });
    expect(found.filter(({ code }) => code === 'piece.small' || code === 'gap.narrow')).toEqual([]);
  });

  test('tells once of a machine file that reaches out of the area, and never that it is cut off', async () => {
    const found = await check([bar(80, 60, 40, 10, RED)], {}, { after: [sewnFile(threeColourPatch(), 85, 40)] });
    expect(of(found, 'stitches.outside')).toMatchObject([{ severity: 'error', pointer: '/placements/0/layers/9' }]);
    // The bar is art: it is cut off, and told so.
    expect(of(found, 'art.clipped').map(({ pointer }) => pointer)).toEqual(['/placements/0/layers/0']);
  });

  test('counts the stitches of machine files exactly', async () => {
    const after = [sewnFile(threeColourPatch(), 20, 0)];
    expect(of(await check([], { maxStitches: 100 }, { after }), 'stitch.too-many')).toMatchObject([{ severity: 'error', required: 100 }]);
  });
});

describe('the estimate of stitches', () => {
  test.each([
    ['a disc', [disc(20, 3, 30, RED)]],
    ['a word', [words('STIR', RED, 18)]],
    ['a script', [words('Mi', RED, 34, { font: { family: 'Pacifico' }, box: { x: 5, y: 5, width: 90, height: 50 } })]],
    ['a bar', [bar(5, 5, 90, 9, RED)]],
  ])('meets the count of %s within a quarter', async (_, layers) => {
    const settings = embroiderySettings.parse({});
    const { art } = threadArt(await sceneOf(layers), settings, bundledPalette('threads'), () => testPicture(4, 4));
    const paths = art.regions.map(({ path }) => path);
    const estimate = estimatedStitches(paths, digitizeOptions(settings));
    const report = jsonOf(await madeFrom(layers, { sheets: ['quality'] }), 'front-quality.json');
    const stitches = Number(Object(Object(report).facts).stitches);
    expect(estimate / stitches).toBeGreaterThan(0.75);
    expect(estimate / stitches).toBeLessThan(1.25);
  });
});

describe('embroidery', () => {
  test('sews flat pictures in their places', async () => {
    const plan = planOf(await madeFrom([image], { sheets: ['plan'] }, { pictures: [logo()] }));
    const spans = plan.blocks.map(({ thread: { name }, runs }) => {
      const xs = runs.flatMap(({ points }) => [...points].filter((_, i) => i % 2 === 0));
      return { name, from: Math.min(...xs), to: Math.max(...xs) };
    });
    const royal = spans.find(({ name }) => name === 'Royal');
    const gold = spans.find(({ name }) => name === 'Gold');
    expect(royal?.from).toBeGreaterThan(19);
    expect(royal?.to).toBeLessThan(51);
    expect(gold?.from).toBeGreaterThan(29);
    expect(gold?.to).toBeLessThan(41.5);
  });

  test('tells what is too small for a stitch, at its layer', async () => {
    const { findings } = await madeWith([bar(5, 5, 30, 6, RED), disc(60, 30, 0.3, thread('navy'))], { sheets: [] });
    expect(of(findings, 'stitch.skipped')).toMatchObject([{ severity: 'warning', pointer: '/placements/0/layers/1' }]);
  });

  test('tells of more stitches than are covered when it has counted them', async () => {
    const { findings } = await madeWith([bar(5, 5, 30, 6, RED)], { sheets: [], maxStitches: 100 });
    expect(of(findings, 'stitch.too-many')).toMatchObject([{ severity: 'warning', required: 100, pointer: '/placements/0' }]);
  });

  test('spaces rows as asked, and closer for finer thread when nobody asks', () => {
    const pitches = (settings: object) => {
      const parsed = embroiderySettings.parse(settings);
      const { fabric } = optionsForThread(digitizeOptions(parsed), { weight: parsed.weight === '60' ? 60 : 40 });
      return [fabric.fillPitchMm, fabric.satinPitchMm].map((mm) => Math.round(mm * 1000) / 1000);
    };
    expect(pitches({})).toEqual([0.35, 0.4]);
    expect(pitches({ weight: '60', fillPitchMm: 0.5, satinPitchMm: 0.45 })).toEqual([0.5, 0.45]);
    expect(pitches({ weight: '60' })[0]).toBeLessThan(0.3);
  });

  test('sews caps from the middle in a cap frame', async () => {
    expect(digitizeOptions(embroiderySettings.parse({ fabric: 'cap' })).order).toBe('cap');
    expect(digitizeOptions(embroiderySettings.parse({ fabric: 'cap', order: 'nearest' })).order).toBe('nearest');
    const report = jsonOf(await madeFrom([bar(5, 5, 30, 6, RED)], { fabric: 'cap', sheets: ['quality'] }), 'front-quality.json');
    expect(report).toMatchObject({ facts: { hoop: { name: 'Cap frame' } }, order: 'cap' });
  });

  test('shows thread where the art is, raised and lit by its course, and nothing beside it', async () => {
    const request = { region: { x: 0, y: 0, width: 100, height: 60 }, widthPx: 400, heightPx: 240 };
    const [look, ...more] = await embroidery.appearance(
      await sceneOf([bar(20, 10, 40, 30, RED)]),
      embroiderySettings.parse({}),
      request,
      contextFor(),
    );
    expect(more).toEqual([]);
    expect(look?.surface?.finish).toBe(THREAD);
    const at = (x: number, y: number): number => 4 * y * 400 + 4 * x;
    const [inside, outside] = [at(40, 25), at(75, 25)];
    expect(look?.rgba[inside * 4 + 3]).toBe(255);
    expect(look?.surface?.height?.[inside]).toBeGreaterThan(0.15);
    expect(look?.rgba[outside * 4 + 3]).toBe(0);
    expect(look?.surface?.height?.[outside]).toBe(0);
  });

  test('halts to lay foam, and stands as high as it', async () => {
    const layers = [bar(20, 10, 40, 6, RED)];
    const plan = planOf(await madeFrom(layers, { puff: true, sheets: ['plan'] }));
    expect(plan.blocks.map(({ stopAfter }) => stopAfter)).toEqual([true, false]);
    const request = { region: { x: 0, y: 0, width: 100, height: 60 }, widthPx: 400, heightPx: 240 };
    const looks = await Promise.all(
      [true, false].map(async (puff) =>
        embroidery.appearance(await sceneOf(layers), embroiderySettings.parse({ puff }), request, contextFor()),
      ),
    );
    const [raised = 0, flat = 0] = looks.map(([look]) => look?.surface?.height?.[52 * 400 + 160] ?? 0);
    expect(raised - flat).toBeGreaterThan(1);
    const { findings } = await madeWith([bar(20, 10, 40, 2, RED)], { puff: true, sheets: [] });
    expect(of(findings, 'stitch.thin')).toMatchObject([{ severity: 'warning', required: 3 }]);
    expect(of(await check([words('FOAM', RED, 20)], { puff: true }), 'text.small')).toMatchObject([{ required: 19 }]);
  });

  test('stops within the next piece of work when it is told to', async () => {
    const stop = new AbortController();
    const making = embroidery.appearance(
      await sceneOf([bar(20, 10, 40, 30, RED)]),
      embroiderySettings.parse({}),
      { region: { x: 0, y: 0, width: 100, height: 60 }, widthPx: 400, heightPx: 240 },
      { ...contextFor(), signal: stop.signal },
    );
    stop.abort(new Error('enough'));
    await expect(making).rejects.toThrow('enough');
  });
});
