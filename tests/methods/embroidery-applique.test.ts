import { describe, expect, it } from 'vitest';
import { rectOf } from '../../src/geometry/point.ts';
import { embroidery } from '../../src/methods/embroidery/index.ts';
import { embroiderySettings } from '../../src/methods/embroidery/settings.ts';
import { stitchFacts } from '../../src/stitch/formats/stitch-facts.ts';
import { drawnBy } from '../render/pdf/tools.ts';
import { linesOfDxf, readDxf } from '../support/read-dxf.ts';
import { bar, check, contextFor, disc, fileOf, madeFrom, madeWith, planOf, sceneOf, thread } from './support/embroidery.ts';

/** A white disc on a navy plate, and a red bar beside it. */
const BADGE = [bar(10, 10, 60, 50, thread('navy')), disc(25, 20, 30, thread('white')), bar(75, 10, 15, 12, thread('red'))];
const NAVY = { applique: { colours: ['navy'] }, sheets: ['plan', 'run-sheet'] };

describe('appliqué', () => {
  it('halts for the cloth and for the scissors, and sews the other colours as ever', async () => {
    const { blocks } = planOf(await madeFrom(BADGE, NAVY));
    const told = blocks.map(({ note, stopAfter }) => `${note}${stopAfter ? ', stop' : ''}`);
    // The bar touches no cloth and comes first, the disc lies on the patch.
    expect(told).toEqual(['', 'Appliqué: lay the patch, stop', 'Appliqué: trim the patch, stop', 'Appliqué: border', '']);
    expect(new Set(blocks.slice(1, 4).map(({ thread: { name } }) => name)).size).toBe(1);
  });

  it('takes threads by their colour too, or all of them', async () => {
    const patches = async (colours: unknown): Promise<number> => {
      const { blocks } = planOf(await madeFrom(BADGE, { applique: { colours }, sheets: ['plan'] }));
      return new Set(blocks.filter(({ note }) => note.startsWith('Appliqué')).map(({ thread: { name } }) => name)).size;
    };
    expect(await patches(['#1d2844'])).toBe(1);
    expect(await patches('all')).toBe(3);
    await expect(patches(['no-such-thread'])).rejects.toThrow('swatch');
  });

  it('is cut from files at true size that lie as the patches lie', async () => {
    const files = await madeFrom(BADGE, { applique: { colours: ['navy', 'red'] }, sheets: [] });
    const svg = fileOf(files, 'front-patches.svg');
    expect(svg).toMatchObject({ role: 'production', mirrored: false, widthMm: 90, heightMm: 60 });
    expect(new TextDecoder().decode(svg.data)).toContain('width="90mm"');
    const lines = linesOfDxf(readDxf(fileOf(files, 'front-patches.dxf').data));
    expect(new Set(lines.map(({ layer }) => layer)).size).toBe(2);
    const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
    expect([Math.min(...xs), Math.max(...xs)].map(Math.round)).toEqual([5, 85]);
    expect([...(await madeFrom(BADGE, { sheets: [] })).keys()].filter((name) => name.includes('patches'))).toEqual([]);
  });

  it('takes far fewer stitches than filling, by estimate as by count', async () => {
    const plate = [bar(10, 10, 60, 50, thread('navy'))];
    const applique = { colours: 'all' };
    const { stitches } = stitchFacts(planOf(await madeFrom(plate, { applique, sheets: ['plan'] })));
    const limits = { applique, maxStitches: Math.round(stitches / 1.6) };
    const told = (await check(plate, limits)).find(({ code }) => code === 'stitch.too-many');
    expect(Number(told?.measured)).toBeGreaterThan(stitches * 0.8);
    expect(Number(told?.measured)).toBeLessThan(stitches * 1.2);
    expect((await check(plate, { maxStitches: stitches })).map(({ code }) => code)).toContain('stitch.too-many');
    expect((await check(plate, { applique, maxStitches: stitches })).map(({ code }) => code)).not.toContain('stitch.too-many');
  });

  it('tells of areas too small for cloth before anything is made: they are sewn as thread', async () => {
    const art = [bar(10, 10, 5, 30, thread('navy')), bar(30, 10, 40, 40, thread('navy'))];
    const told = await check(art, NAVY);
    expect(told.filter(({ code }) => code.startsWith('patch.'))).toMatchObject([{ code: 'patch.small', severity: 'warning' }]);
    expect(told.find(({ code }) => code === 'patch.small')?.pointer).toBe('/placements/0/layers/0');
    expect((await check(art, { ...NAVY, applique: { colours: ['red'] } })).map(({ code }) => code)).not.toContain('patch.small');
    const { findings, files } = await madeWith(art.slice(0, 1), NAVY);
    expect(findings.map(({ code }) => code)).not.toContain('patch.small');
    expect(files.map(({ name }) => name)).not.toContain('front-patches.svg');
  });

  it('asks of areas without a border for room within their tack-down alone', async () => {
    const small = async (mm: number, border: string) =>
      (await check([bar(10, 10, mm, 30, thread('navy'))], { applique: { colours: 'all', border } })).find(
        ({ code }) => code === 'patch.small',
      );
    expect(await small(5, 'none')).toBeUndefined();
    expect(await small(3.5, 'none')).toMatchObject({ required: 4, measured: expect.closeTo(3.5, 1) });
    expect((await small(3.5, 'none'))?.hint).not.toContain('widthMm');
    expect(await small(5, 'satin')).toMatchObject({ required: 7.6, measured: expect.closeTo(5, 1) });
  });

  it('counts areas too small for cloth as thread, and cuts none for them', async () => {
    const art = [0, 1, 2, 3, 4, 5].map((i) => bar(10 + 12 * i, 30, 6, 40, thread('navy')));
    const counted = async (settings: object): Promise<number> => {
      const told = (await check(art, { maxStitches: 100, ...settings })).find(({ code }) => code === 'stitch.too-many');
      return Number(told?.measured);
    };
    expect(await counted({ applique: { colours: 'all' } })).toBe(await counted({}));
    const both = [bar(10, 10, 60, 50, thread('navy')), bar(75, 10, 5, 12, thread('navy'))];
    const lines = linesOfDxf(readDxf(fileOf(await madeFrom(both, { ...NAVY, sheets: [] }), 'front-patches.dxf').data));
    expect(lines.length).toBe(1);
  });

  it('gives way to foam, and says so', async () => {
    const plate = [bar(10, 10, 60, 8, thread('navy'))];
    const told = await check(plate, { ...NAVY, puff: true });
    expect(told.filter(({ code }) => code.startsWith('patch.'))).toMatchObject([
      { code: 'patch.foam', severity: 'warning', pointer: '/placements/0' },
    ]);
    expect((await check(plate, { puff: true })).map(({ code }) => code)).not.toContain('patch.foam');
    expect((await check(plate, NAVY)).map(({ code }) => code)).not.toContain('patch.foam');
  });

  it('shows the cloth beneath the stitches, which stand on it', async () => {
    const scene = await sceneOf(BADGE);
    const request = { region: rectOf(0, 0, 100, 80), widthPx: 400, heightPx: 320 };
    const [line, cloth, stitches, ...more] = await embroidery.appearance(scene, embroiderySettings.parse(NAVY), request, contextFor());
    expect(more).toEqual([]);
    // Beneath the cloth is the line that shows its place, and what was sewn before.
    expect(line?.rgba[4 * (16 * 4 * 400 + 82 * 4) + 3]).toBe(255);
    // Within the navy border, clear of the disc: cloth alone.
    const bare = 4 * (56 * 4 * 400 + 16 * 4);
    expect([cloth?.rgba[bare + 3], stitches?.rgba[bare + 3]]).toEqual([255, 0]);
    const sewn = 40 * 4 * 400 + 40 * 4;
    expect(stitches?.rgba[4 * sewn + 3]).toBe(255);
    expect(stitches?.surface?.height?.[sewn] ?? 0).toBeGreaterThan(cloth?.surface?.height?.[sewn] ?? 1);
    expect(cloth?.rgba[4 * (15 * 4 * 400 + 80 * 4) + 3]).toBe(0);
  });

  it('is on the run sheet with its cloth', async () => {
    const files = await madeFrom([bar(10, 10, 60, 50, thread('navy'))], { ...NAVY, sheets: ['run-sheet'] }, { lettering: true });
    const pdf = fileOf(files, 'front-run-sheet.pdf').data;
    const { data, width, channels } = await drawnBy('pdftoppm', pdf, 50.8);
    // The middle of the picture lies at 105 mm across and 38 + 4 + 25 mm down: cloth, where bare stitches would show the article.
    const at = (Math.round(67 * 2) * width + Math.round(105 * 2)) * channels;
    const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const cloth = Number.parseInt(thread('navy').alternate.slice(1), 16);
    expect(Math.max(Math.abs(r - (cloth >> 16)), Math.abs(g - ((cloth >> 8) & 255)), Math.abs(b - (cloth & 255)))).toBeLessThan(3);
  });

  it('lies on what was sewn before it was laid: cloth on cloth hides the border beneath', async () => {
    const scene = await sceneOf([bar(10, 10, 60, 50, thread('navy')), disc(50, 20, 30, thread('white'))]);
    const request = { region: rectOf(0, 0, 100, 80), widthPx: 400, heightPx: 320 };
    const looks = await embroidery.appearance(scene, embroiderySettings.parse({ applique: {} }), request, contextFor());
    expect(looks).toHaveLength(5);
    // On the right edge of the plate, in the middle of the disc: the upper cloth covers the navy border.
    const at = 35 * 4 * 400 + 69 * 4;
    const [, , border, cloth, above] = looks.map(({ rgba, surface }) => ({ cover: rgba[4 * at + 3], mm: surface?.height?.[at] ?? 0 }));
    expect([border?.cover, cloth?.cover, above?.cover]).toEqual([255, 255, 0]);
    const [lower, upper] = [looks[1], looks[3]].map((look) => look?.surface?.height?.[35 * 4 * 400 + 60 * 4] ?? 0);
    expect(upper).toBeGreaterThan(lower ?? 1);
  });
});
