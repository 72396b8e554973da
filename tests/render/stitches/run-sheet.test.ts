import { beforeAll, describe, expect, it } from 'vitest';
import type { Lettering } from '../../../src/render/lettering.ts';
import { writePdf } from '../../../src/render/pdf/write-pdf.ts';
import { smallestHoop } from '../../../src/render/stitches/hoops.ts';
import { type RunSheet, type RunSheetFacts, runSheet } from '../../../src/render/stitches/run-sheet.ts';
import { runSheetDocument } from '../../../src/render/stitches/run-sheet-document.ts';
import { boundsOfNodes } from '../../../src/scene/bounds.ts';
import { CAPTION_FONT } from '../../../src/scene/layers/code-caption.ts';
import { lineOfText } from '../../../src/scene/layers/line-of-text.ts';
import type { SceneNode } from '../../../src/scene/scene.ts';
import { FontSet } from '../../../src/scene/text/font-set.ts';
import { stitchFacts } from '../../../src/stitch/formats/stitch-facts.ts';
import type { StitchPlan } from '../../../src/stitch/plan.ts';
import { openBundledResources } from '../../support/bundled-resources.ts';
import { satinCurve, thread, threeColourPatch } from '../../support/sample-plans.ts';
import { drawnBy, run, withPdf } from '../pdf/tools.ts';
import { joined, path } from './single-thread.ts';

const { signal } = new AbortController();

const FACTS: RunSheetFacts = {
  title: 'Ranger club patch',
  label: 'Order 2041-3',
  placement: 'Crew tee, left chest',
  date: '2026-03-01',
  fabric: 'knit',
  articleColour: '#17171a',
  notes: ['Two layers of cut-away backing.'],
};

let fonts: FontSet;
beforeAll(async () => {
  const resources = await openBundledResources();
  fonts = await FontSet.open([{ request: CAPTION_FONT, file: await resources.font(CAPTION_FONT) }]);
  await resources.close();
});

const lettering: Lettering = (text, widthMm, heightMm) => lineOfText(text, { widthMm, heightMm }, fonts);
const sheetOf = (plan: StitchPlan, facts: Partial<RunSheetFacts> = {}): Promise<RunSheet> =>
  runSheet(plan, { ...FACTS, ...facts }, lettering, signal);
const textsOf = (nodes: readonly SceneNode[]): readonly string[] => nodes.flatMap((node) => (node.kind === 'glyphs' ? [node.text] : []));

describe('a run sheet', () => {
  it('lists the colours in sewing order with code, name, stitches and the figures of the whole', async () => {
    const { pages } = await sheetOf(threeColourPatch());
    expect(pages).toHaveLength(1);
    const texts = textsOf(pages[0] ?? []);
    for (const text of [FACTS.title, FACTS.date, '1043', 'Navy', 'Old gold', '59.0 x 59.0 mm', '60 x 60 mm']) expect(texts).toContain(text);
    const facts = stitchFacts(threeColourPatch());
    for (const count of [facts.stitches, ...facts.blocks.map(({ stitches }) => stitches)]) expect(texts).toContain(`${count}`);
    expect(texts.indexOf('Navy')).toBeLessThan(texts.indexOf('Old gold'));
    expect(texts).toContain('Two layers of cut-away backing.');
  });

  it('shows the design at its true size, smaller only when it must', async () => {
    const raster = (sheet: RunSheet) => sheet.pages[0]?.find((node) => node.kind === 'raster');
    expect(raster(await sheetOf(threeColourPatch()))?.at[0]).toBeCloseTo(67, 1);
    const large = await sheetOf(joined(path([0, 0, 400, 0], thread('#102030', 'Ink', '9')), path([0, 0, 0, 300])));
    expect(raster(large)?.at[0]).toBeLessThanOrEqual(180);
    expect(raster(large)?.at[3]).toBeLessThanOrEqual(112.01);
    expect(textsOf(large.pages[0] ?? []).some((text) => text.includes('% of true size'))).toBe(true);
  });

  it('keeps all of it on the paper and goes on on more pages', async () => {
    const many = joined(
      ...Array.from({ length: 36 }, (_, i) => path([i, 0, i, 9], thread('#204060', `A thread with a very long name, ${i}`, `${1000 + i}`))),
    );
    const { pages, widthMm, heightMm } = await sheetOf(many, { notes: ['N'.repeat(300)] });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(textsOf).filter((text) => text.startsWith('A thread with'))).toHaveLength(36);
    for (const nodes of pages) {
      const box = boundsOfNodes(nodes);
      expect(box?.x).toBeGreaterThan(10);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(widthMm - 10);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(heightMm - 10);
    }
  });

  it('is a file that other programs read, with the cross where the needle starts', async () => {
    const sheet = await sheetOf(satinCurve());
    const document = runSheetDocument(sheet, { title: FACTS.title, date: '2026-03-01T12:00:00Z' });
    const bytes = await writePdf(document, () => sheet.picture, signal);
    await withPdf(bytes, (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
      expect(run('pdfinfo', file)).toMatch(/Pages:\s+1\b/);
    });
    const raster = sheet.pages[0]?.find((node) => node.kind === 'raster');
    const [, , , , left = 0, top = 0] = raster?.at ?? [];
    const points = satinCurve().blocks[0]?.runs[0]?.points ?? new Float64Array();
    const [xs, ys] = [0, 1].map((odd) => points.filter((_, i) => i % 2 === odd));
    const start = { x: left + (points[0] ?? 0) - (Math.min(...(xs ?? [])) - 4), y: top + (points[1] ?? 0) - (Math.min(...(ys ?? [])) - 4) };
    const { data, width, channels } = await drawnBy('pdftoppm', bytes, 254);
    // Red is on the thread too, but nowhere as pure as the cross; white lies beside it.
    const at = (Math.round(start.y * 10) * width + Math.round(start.x * 10)) * channels;
    expect(data[at] ?? 0).toBeGreaterThan(200);
    expect(data[at + 1] ?? 0).toBeLessThan(60);
    const beside = (Math.round((start.y + 2) * 10) * width + Math.round((start.x + 0.4) * 10)) * channels;
    expect(data[beside + 1] ?? 0).toBeGreaterThan(200);
  });

  it('names the smallest hoop that holds the design, either way round', () => {
    expect(smallestHoop(90, 40)?.name).toBe('100 x 100 mm');
    expect(smallestHoop(170, 120)?.name).toBe('130 x 180 mm');
    expect(smallestHoop(600, 20)).toBeNull();
    expect(smallestHoop(50, 50, [{ name: 'Cap frame', widthMm: 130, heightMm: 60 }])?.name).toBe('Cap frame');
  });

  it('says in black on the block where the machine halts, and why', async () => {
    const plan = {
      blocks: threeColourPatch().blocks.map((block, i) => (i === 0 ? { ...block, stopAfter: true, note: 'Lay the cloth' } : block)),
    };
    const texts = textsOf((await sheetOf(plan)).pages[0] ?? []);
    expect(texts.filter((text) => text.includes('STOP'))).toEqual(['then STOP: Lay the cloth']);
    expect(texts).toContain('3, 1 change');
    expect(texts.some((text) => text.endsWith(', 1 stop'))).toBe(true);
  });

  it('counts cones, not blocks, and one of a kind in the singular', async () => {
    const [first, second] = [path([0, 0, 9, 0]), path([0, 3, 9, 3])];
    expect(textsOf((await sheetOf(joined(first, second))).pages[0] ?? [])).toEqual(expect.arrayContaining(['1, 1 change']));
    expect(textsOf((await sheetOf(joined(first, path([0, 3, 9, 3], thread('#102030', 'Ink', '9'))))).pages[0] ?? [])).toContain(
      '2, 1 change',
    );
  });

  it('lists the files for the machine with their whole digests, all on one page with their title', async () => {
    const files = Array.from({ length: 9 }, (_, i) => ({ name: `front-${i}.dst`, sha256: `${i}`.repeat(64) }));
    for (const count of [3, 8, 12, 16]) {
      const notes = Array.from({ length: count }, (_, i) => `Note ${i}`);
      const { pages } = await sheetOf(threeColourPatch(), { files, notes });
      const texts = pages.map(textsOf);
      for (const { name, sha256 } of files) expect(texts.flat()).toEqual(expect.arrayContaining([name, sha256]));
      const titled = texts.findIndex((page) => page.some((text) => text.startsWith('Files')));
      expect(texts[titled]).toContain('front-0.dst');
      if (pages.length > 1) expect(texts.map((page, i) => page.includes(`page ${i + 1} of ${pages.length}`))).not.toContain(false);
    }
  });

  it('shows the picture that is given to it in place of the bare stitches', async () => {
    const views: number[] = [];
    const { picture } = await sheetOf(threeColourPatch(), {
      picture: async ({ widthPx, heightPx, background }) => {
        expect(background).toBe('#17171a');
        views.push(widthPx);
        return { widthPx, heightPx, rgba: new Uint8Array(widthPx * heightPx * 4).fill(77) };
      },
    });
    expect([views, picture.rgba[40]]).toEqual([[picture.widthPx], 77]);
  });

  it('is the same each time', async () => {
    const [a, b] = [await sheetOf(satinCurve()), await sheetOf(satinCurve())];
    expect(a).toEqual(b);
  });

  it('can be made of a plan of nothing', async () => {
    const { pages } = await sheetOf({ blocks: [] }, { articleColour: null, notes: [] });
    expect(textsOf(pages[0] ?? [])).toContain('0');
  });
});
