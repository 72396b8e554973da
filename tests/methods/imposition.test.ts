import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import type { Made } from '../../src/methods/method.ts';
import { planSheets } from '../../src/methods/paper-print/imposition/plan-sheets.ts';
import { paperPrintSettings } from '../../src/methods/paper-print/settings.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { at, drawnBy, objectsOf, run, withPdf } from '../render/pdf/tools.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers } from '../support/compose-spec.ts';

const method = findMethod('paper-print');
if (!method) throw new Error('expected the method paper-print');

const DPI = 36;

/** Page n has n times 12 levels of red; its top fifth is blue, so that its head is told from its foot. */
const pageScene = async (n: number): Promise<Scene> => {
  const { scene } = await composeLayers({
    layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#0000ff', box: { x: -3, y: -3, width: 106, height: 15 } }],
    background: `#${(n * 12).toString(16).padStart(2, '0')}c000`,
  });
  return scene;
};

const make = async (count: number, imposition: object, settings: object = {}): Promise<Made> => {
  const bytes = new Uint8Array(await readFile(new URL('../../profiles/FOGRA39L_coated.icc', import.meta.url)));
  const pages = await Promise.all(Array.from({ length: count }, (_, n) => pageScene(n)));
  return method.make(
    {
      name: 'job',
      pages,
      settings: method.settings.parse({ colour: 'rgb', imposition, ...settings }),
      title: 'Job',
      date: '2026-03-01T00:00:00Z',
      label: '',
    },
    {
      articleColour: null,
      picture: () => {
        throw new Error('expected no pictures');
      },
      profile: (name) => ({ name, digest: '', bytes, conditionId: 'FOGRA39', description: '' }),
      palette: bundledPalette,
      lettering: () => [],
      signal: new AbortController().signal,
    },
  );
};

const settled = (imposition: object) => {
  const { imposition: one } = paperPrintSettings.parse({ imposition });
  if (!one) throw new Error('expected an imposition');
  return one;
};

/** What a reader sees on every sheet: which page at a place (mm), and whether its head is up. */
const look = async (made: Made): Promise<(sheet: number, x: number, y: number) => Promise<string>> => {
  const data = made.files[1]?.data;
  if (!data) throw new Error('expected a file of sheets');
  const drawn = new Map<number, Awaited<ReturnType<typeof drawnBy>>>();
  return async (sheet, x, y) => {
    const seen = drawn.get(sheet) ?? (await drawnBy('mutool', await pageAlone(data, sheet), DPI));
    drawn.set(sheet, seen);
    const [r = 0, g = 0, b = 0] = at(seen, x, y, DPI);
    if (b > 200 && g > 200) return 'bare';
    return b > 200 ? 'head' : String(Math.round(r / 12));
  };
};

const pageAlone = (bytes: Uint8Array, sheet: number): Promise<Uint8Array> =>
  withPdf(bytes, async (file, folder) => {
    run('qpdf', file, '--pages', file, String(sheet + 1), '--', `${folder}/one.pdf`);
    return new Uint8Array(await readFile(`${folder}/one.pdf`));
  });

describe('a stapled booklet', () => {
  const booklet = { kind: 'booklet', sheet: [230, 90], creepPerSheetMm: 0.5 };

  test('has the pages of eight where folding needs them, as a reader sees the file', async () => {
    const made = await make(8, booklet);
    expect(made.files.map(({ name, pages, widthMm }) => [name, pages, widthMm])).toEqual([
      ['job.pdf', 8, 100],
      ['job-sheets.pdf', 4, 230],
    ]);
    const seen = await look(made);
    const sides: string[] = [];
    for (let side = 0; side < 4; side += 1) sides.push(`${await seen(side, 65, 50)}|${await seen(side, 165, 50)}`);
    expect(sides).toEqual(['7|0', '1|6', '5|2', '3|4']);
    expect([await seen(0, 65, 20), await seen(3, 165, 20)]).toEqual(['head', 'head']);
  });

  test('read leaf by leaf gives the pages in order, for any number of them', () => {
    for (const count of [1, 4, 5, 12, 32, 33]) {
      const plans = planSheets(count, { widthMm: 100, heightMm: 60, bleedMm: 3 }, settled(booklet));
      const total = Math.ceil(count / 4) * 4;
      expect(plans).toHaveLength(total / 2);
      const [fronts, backs] = [plans.filter(({ side }) => side === 'front'), plans.filter(({ side }) => side === 'back')];
      // The stack opened from its first leaf: right half of each front and the left half behind it, then back out again.
      const inwards = fronts.flatMap((front, i) => [front.pages[1], backs[i]?.pages[0]]);
      const outwards = fronts.map((front, i) => [backs[i]?.pages[1], front.pages[0]]).reverse();
      const order = [...inwards, ...outwards.flat()].map((placed) => placed?.page ?? null);
      expect(order).toEqual(Array.from({ length: total }, (_, n) => (n < count ? n : null)));
    }
  });

  test('moves the pages of inner sheets towards the fold, and cuts them there', async () => {
    const plans = planSheets(12, { widthMm: 100, heightMm: 60, bleedMm: 3 }, settled(booklet));
    const innermost = plans.at(-1);
    expect(innermost?.pages.map(({ trim }) => trim.x)).toEqual([115 - 100 + 1, 115 - 1]);
    expect(innermost?.pages.map(({ reach }) => [reach.left, reach.right])).toEqual([
      [3, -1],
      [-1, 3],
    ]);
    expect(plans[0]?.pages.map(({ trim }) => trim.x)).toEqual([15, 115]);
    const seen = await look(await make(12, booklet));
    // Both pages meet at the fold and neither reaches over it.
    expect([await seen(5, 113, 50), await seen(5, 117, 50)]).toEqual(['5', '6']);
  });

  test('tells blank pages, creep beyond the safe margin, and pages that cannot be imposed', async () => {
    expect((await make(6, booklet)).findings).toMatchObject([
      { severity: 'warning', code: 'imposition.pages-added', measured: 6, required: 8 },
    ]);
    // The pages move by a sheet less than there are.
    expect((await make(8, { ...booklet, creepPerSheetMm: 1.9 })).findings).toEqual([]);
    const [told, ...more] = (await make(20, { ...booklet, creepPerSheetMm: 2 })).findings;
    expect(told).toMatchObject({ code: 'imposition.creep', measured: 8 });
    expect(Number(told?.required)).toBeLessThan(8);
    expect(more).toEqual([]);
  });
});

describe('sheets that are cut', () => {
  test('n-up holds the pages in rows from the top left, as many as fit', async () => {
    const made = await make(5, { kind: 'n-up', sheet: [240, 150] });
    expect(made.files[1]).toMatchObject({ pages: 2, widthMm: 240, heightMm: 150, bleedMm: 0 });
    const seen = await look(made);
    const places = [
      [60, 45],
      [170, 45],
      [60, 110],
      [170, 110],
    ] as const;
    const sheets = await Promise.all([0, 1].map((sheet) => Promise.all(places.map(([x, y]) => seen(sheet, x, y)))));
    expect(sheets).toEqual([
      ['0', '1', '2', '3'],
      ['4', 'bare', 'bare', 'bare'],
    ]);
  });

  test('turn the pages by a quarter when more fit so', async () => {
    const seen = await look(await make(1, { kind: 'step-repeat', sheet: [150, 240] }));
    // Turned clockwise, heads lie to the right.
    expect([await seen(0, 30, 60), await seen(0, 68, 60)]).toEqual(['0', 'head']);
    const plan = planSheets(
      1,
      { widthMm: 100, heightMm: 60, bleedMm: 3 },
      settled({ kind: 'step-repeat', sheet: [150, 240], turn: false }),
    );
    expect(plan[0]?.pages.length).toBeLessThan(4);
  });

  test('step and repeat fills a sheet with each page, and stores it once', async () => {
    const made = await make(2, { kind: 'step-repeat', sheet: [350, 500], gap: 4 });
    const plan = planSheets(2, { widthMm: 100, heightMm: 60, bleedMm: 3 }, settled({ kind: 'step-repeat', sheet: [350, 500], gap: 4 }));
    expect(plan.map(({ pages }) => [pages.length, new Set(pages.map(({ page }) => page)).size])).toEqual([
      [21, 1],
      [21, 1],
    ]);
    const { all } = await objectsOf(made.files[1]?.data ?? new Uint8Array());
    expect(all.filter((dict) => dict['/Subtype'] === '/Form')).toHaveLength(2);
  });

  test('cut and stack gives the pages in order once the piles are laid on one another', () => {
    const plans = planSheets(10, { widthMm: 100, heightMm: 60, bleedMm: 3 }, settled({ kind: 'cut-stack', sheet: [240, 150] }));
    expect(plans).toHaveLength(3);
    const piles = [0, 1, 2, 3].map((cell) => plans.map(({ pages }) => pages[cell]?.page).filter((page) => page !== undefined));
    expect(piles.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('keep half the gap of bleed between neighbours and all of it outside', () => {
    const [plan] = planSheets(4, { widthMm: 100, heightMm: 60, bleedMm: 3 }, settled({ kind: 'n-up', sheet: [240, 150], gap: 2 }));
    expect(plan?.pages[0]?.reach).toEqual({ left: 3, top: 3, right: 1, bottom: 1 });
    expect(plan?.pages[3]?.reach).toEqual({ left: 1, top: 1, right: 3, bottom: 3 });
  });

  test.each([
    ['long-edge', [240, 150], 'level'],
    ['short-edge', [240, 150], 'upright'],
    ['long-edge', [150, 240], 'upright'],
  ] as const)('have backs behind their fronts when turned over the %s of %s mm', (backs, sheet, axis) => {
    const plans = planSheets(7, { widthMm: 100, heightMm: 60, bleedMm: 3 }, settled({ kind: 'n-up', sheet, backs }));
    const [front, back] = plans;
    if (!front || !back) throw new Error('expected two sides');
    expect([front.side, back.side, back.sheet]).toEqual(['front', 'back', 0]);
    const [width, height] = sheet;
    for (const { page, trim, turn } of front.pages) {
      const own = {
        x: axis === 'upright' ? width - trim.x - trim.width : trim.x,
        y: axis === 'level' ? height - trim.y - trim.height : trim.y,
      };
      const behind = back.pages.find((one) => Math.hypot(one.trim.x - own.x, one.trim.y - own.y) < 1e-6);
      expect(behind?.page).toBe((page ?? 0) + 1 < 7 ? (page ?? 0) + 1 : null);
      // The head of the leaf on the front, as it lies seen from the back.
      const seen = axis === 'upright' ? (360 - turn) % 360 : (540 - turn) % 360;
      expect(behind?.turn).toBe(seen);
    }
  });

  test('have crop marks at every trim edge, outside the bleed', async () => {
    const made = await make(4, { kind: 'n-up', sheet: [240, 150] });
    const seen = await drawnBy('mutool', made.files[1]?.data ?? new Uint8Array(), 144);
    const dark = (x: number, y: number): boolean =>
      [-0.1, 0, 0.1].some((by) => (at(seen, x + by, y, 144)[0] ?? 255) < 160 && (at(seen, x + by, y, 144)[2] ?? 255) < 160);
    // Two columns of 100 mm with 6 mm between, in the middle of 240; two rows of 60 in 150.
    expect([17, 117, 123, 223].map((x) => dark(x, 7))).toEqual([true, true, true, true]);
    expect([60, 120, 170].map((x) => dark(x, 7))).toEqual([false, false, false]);
  });
});

test('a page larger than the sheet is told before anything is made', async () => {
  const scene = await pageScene(1);
  const facts = {
    articleColour: null,
    pointer: '/placements/0',
    picture: () => Promise.reject(new Error('none')) as never,
    palette: bundledPalette,
  };
  const codes = (imposition: object) =>
    method.check(scene, method.settings.parse({ imposition }), facts).map(({ severity, code }) => `${severity} ${code}`);
  expect(codes({ kind: 'n-up', sheet: [90, 90] })).toEqual(['error imposition.too-small']);
  expect(codes({ kind: 'booklet', sheet: [210, 90] })).toEqual(['error imposition.too-small']);
  expect(codes({ kind: 'n-up', sheet: [240, 150] })).toEqual([]);
});
