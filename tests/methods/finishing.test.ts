import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { contoursOf } from '../../src/geometry/contours.ts';
import { narrowBetween } from '../../src/geometry/narrow-parts.ts';
import { boundsOfPath } from '../../src/geometry/path.ts';
import { areaOfPath } from '../../src/geometry/polygons.ts';
import { findMethod } from '../../src/methods/index.ts';
import type { Made, MakeContext } from '../../src/methods/method.ts';
import { finishPage } from '../../src/methods/paper-print/finishing.ts';
import { paperPrintSettings } from '../../src/methods/paper-print/settings.ts';
import type { DecodedImage } from '../../src/model/resources.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { expectGolden } from '../golden/golden.ts';
import { disc } from '../render/pdf/sample-scenes.ts';
import { at, mean, objectsOf, platesOf, run, withPdf } from '../render/pdf/tools.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';

const method = findMethod('paper-print');
if (!method) throw new Error('expected the method paper-print');

/** A disc of 90 pixels radius, clear around it. */
const round: DecodedImage = (() => {
  const picture = testPicture(200, 200, 'd'.repeat(64));
  for (let i = 0; i < 200 * 200; i += 1) {
    const r = Math.hypot((i % 200) + 0.5 - 100, Math.floor(i / 200) + 0.5 - 100);
    picture.rgba[i * 4 + 3] = Math.round(255 * Math.min(1, Math.max(0, 90.5 - r)));
  }
  return { ...picture, hasAlpha: true };
})();

const context = async (): Promise<MakeContext> => {
  const bytes = new Uint8Array(await readFile(new URL('../../profiles/FOGRA39L_coated.icc', import.meta.url)));
  return {
    articleColour: null,
    picture: () => round,
    profile: (name) => ({ name, digest: '', bytes, conditionId: 'FOGRA39', description: '' }),
    palette: bundledPalette,
    lettering: () => [],
    signal: new AbortController().signal,
  };
};

const sceneOf = async (layers: readonly unknown[]): Promise<Scene> => (await composeLayers({ layers, images: { p: round } })).scene;

const make = async (scene: Scene, settings: object): Promise<Made> =>
  method.make(
    { name: 'front', pages: [scene], settings: method.settings.parse(settings), title: 'Card', date: '2026-03-01T00:00:00Z', label: '' },
    await context(),
  );

const pdf = async (scene: Scene, settings: object): Promise<Uint8Array> => (await make(scene, settings)).files[0]?.data ?? new Uint8Array();

const spot = (name: string) => ({ spot: name, alternate: '#d4af37' });
const rect = (x: number, y: number, width: number, height: number, fill: unknown) => ({
  type: 'shape',
  shape: { kind: 'rect' },
  fill,
  box: { x, y, width, height },
});

const STEPS = [
  ['Blade', 'cut', '/Structural', '/Cutting'],
  ['Face', 'kiss-cut', '/Structural', '/PartialCutting'],
  ['Fold', 'crease', '/Structural', '/Creasing'],
  ['Tear', 'perforation', '/Structural', '/Perforating'],
  ['Gold', 'foil', '/Structural', '/FoilStamping'],
  ['Up', 'emboss', '/Structural', '/Embossing'],
  ['Down', 'deboss', '/Structural', '/Debossing'],
  ['Shine', 'varnish', '/Varnish', undefined],
  ['Weiss', 'white', '/White', undefined],
] as const;

describe('finishing', () => {
  const finishing = STEPS.map(([name, step]) => ({ spot: name, step }));
  const layers = [rect(0, 0, 100, 60, { cmyk: [50, 0, 0, 0] }), ...STEPS.map(([name], i) => rect(5 + 10 * i, 20, 8, 20, spot(name)))];

  test('stands in layers of its own, from white below the art to the knife on top, each with its processing step', async () => {
    const bytes = await pdf(await sceneOf(layers), { finishing });
    const { all } = await objectsOf(bytes);
    const metadata = new Map(all.filter((dict) => dict['/Type'] === '/OCG').map((dict) => [dict['/Name'], dict['/GTS_Metadata']]));
    for (const [name, , group, type] of STEPS) {
      expect(metadata.get(`u:${name}`)).toEqual({ '/GTS_ProcStepsGroup': group, ...(type ? { '/GTS_ProcStepsType': type } : {}) });
    }
    await withPdf(bytes, (file) => {
      expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
      const trace = run('mutool', 'draw', '-F', 'trace', file, '1');
      const order = [...trace.matchAll(/<layer name="([^"]*)"/g)].map(([, name]) => name);
      expect(order).toEqual(['Weiss', 'Print', 'Shine', 'Gold', 'Up', 'Down', 'Fold', 'Tear', 'Face', 'Blade']);
      const tools = trace.split('\n').filter((line) => line.includes('<stroke_path'));
      expect(tools).toHaveLength(4);
      // 0.25 pt is 0.08819 mm, and the page is drawn in mm.
      for (const line of tools) expect(line).toMatch(/linewidth="0?\.08819".*color="1".*op="1"/);
      expect(trace).not.toMatch(/fill_path[^>]*Separation\(DeviceCMYK,(?:Blade|Face|Fold|Tear)\)/);
    });
  });

  test('lies on plates of its own and leaves the print below whole', async () => {
    const plates = await platesOf(await pdf(await sceneOf(layers), { finishing }), 72);
    expect([...plates.keys()].sort()).toEqual(['Black', 'Cyan', 'Magenta', 'Yellow', ...STEPS.map(([name]) => name)].sort());
    const cyan = plates.get('Cyan');
    for (const [i, [name, step]] of STEPS.entries()) {
      const plate = plates.get(name);
      if (!plate || !cyan) throw new Error('expected a plate');
      const middle = [3 + 9 + 10 * i, 3 + 30] as const;
      expect(at(cyan, ...middle, 72)[0], name).toBeGreaterThan(120);
      const isArea = !['cut', 'kiss-cut', 'crease', 'perforation'].includes(step);
      expect(at(plate, ...middle, 72)[0], name).toBe(isArea ? 255 : 0);
      // An area of 8 x 20 mm on a page of 106 x 66 mm, or the line around it.
      const share = (mean(plate) / 255) * 100;
      if (isArea) expect(Math.abs(share - (160 / 6996) * 100)).toBeLessThan(0.25);
      else expect(share).toBeLessThan(0.5);
    }
  });

  test('lays down as much of each ink as it should', async () => {
    const plates = await platesOf(await pdf(await sceneOf(layers), { finishing }), 72);
    expectGolden(
      'methods/paper-print-coverage',
      Object.fromEntries([...plates].sort().map(([name, plate]) => [name, Math.round((mean(plate) / 2.55) * 10) / 10])),
    );
  });

  test('keeps crop marks off its plates', async () => {
    const imposition = { kind: 'n-up', sheet: [140, 100] };
    const { files } = await make(await sceneOf([rect(40, 20, 10, 10, spot('Gold'))]), { finishing, cropMarks: true, imposition });
    const [page, sheet] = await Promise.all(files.map(async ({ data }) => platesOf(data, 72)));
    for (const plates of [page, sheet]) {
      const [gold, black] = [plates?.get('Gold'), plates?.get('Black')];
      if (!gold || !black) throw new Error('expected plates');
      expect(Math.abs(mean(gold) / 255 - 100 / ((gold.width * gold.height) / (72 / 25.4) ** 2))).toBeLessThan(0.0015);
      expect(mean(black)).toBeGreaterThan(0);
    }
  });

  test('keeps the print under foil or takes it away but for the trap', async () => {
    const scene = await sceneOf([rect(0, 0, 100, 60, { cmyk: [100, 0, 0, 0] }), rect(40, 20, 20, 20, spot('Gold'))]);
    const cyan = async (settings: object) => {
      const plate = (await platesOf(await pdf(scene, { finishing, ...settings }), 144)).get('Cyan');
      if (!plate) throw new Error('expected a plate');
      return [39, 40.4, 50].map((x) => at(plate, x + 3, 33, 144)[0]);
    };
    expect(await cyan({})).toEqual([255, 255, 255]);
    expect(await cyan({ foilGround: 'knock-out' })).toEqual([255, 0, 0]);
    expect(await cyan({ foilGround: 'knock-out', foilTrap: 1 })).toEqual([255, 255, 0]);
  });

  test('names no layers and no plates when there is none', async () => {
    const { all } = await objectsOf(await pdf(await sceneOf([rect(0, 0, 50, 50, '#336699')]), {}));
    expect(all.filter((dict) => dict['/Type'] === '/OCG')).toEqual([]);
  });

  test('shines and is pressed on the picture of the sheet', async () => {
    const scene = await sceneOf(layers);
    const request = { region: { x: 0, y: 0, width: 100, height: 60 }, widthPx: 100, heightPx: 60 };
    const looks = await method.appearance(scene, method.settings.parse({ finishing }), request, await context());
    expect(looks.map(({ process }) => process)).toEqual(['paper', 'dye', 'ink', 'dye', 'dye']);
    const [, , foil, up, down] = looks;
    expect([...(foil?.rgba.subarray((30 * 100 + 48) * 4, (30 * 100 + 48) * 4 + 4) ?? [])]).toEqual([212, 175, 55, 255]);
    expect(up?.surface?.height?.[30 * 100 + 58]).toBeCloseTo(0.3, 5);
    expect(down?.surface?.height?.[30 * 100 + 68]).toBeCloseTo(-0.3, 5);
  });
});

describe('contours', () => {
  const contours = async (scene: Scene, settings: object) => {
    const { finishes } = await finishPage(scene, paperPrintSettings.parse(settings), await context());
    return new Map(finishes.map(({ name, step, lines }) => [`${name} ${step}`, lines.map(({ path }) => path)]));
  };

  test('follow the finished outline unless it is a rectangle', async () => {
    const scene = await sceneOf([rect(0, 0, 50, 50, '#336699')]);
    expect((await contours(scene, {})).size).toBe(0);
    const trim = disc(50, 30, 25);
    const discs = await contours({ ...scene, area: { ...scene.area, trim } }, {});
    expect(discs.get('CutContour cut')).toEqual([trim]);
    expect((await contours(scene, { cutContour: 'trim', cutName: 'Thru-cut' })).has('Thru-cut cut')).toBe(true);
  });

  test('grow around drawn art and cut-out pictures alike, true to 0.1 mm', async () => {
    const layers = [
      { type: 'shape', shape: { kind: 'ellipse' }, fill: '#336699', box: { x: 60, y: 10, width: 20, height: 20 } },
      { type: 'image', source: 'p', fit: 'stretch', box: { x: 10, y: 10, width: 20, height: 20 } },
    ];
    const [path] = (await contours(await sceneOf(layers), { kissContour: 'art' })).get('KissCut kiss-cut') ?? [];
    if (!path) throw new Error('expected a contour');
    const radii = contoursOf(path).map((ring) => Math.sqrt(areaOfPath(ring) / Math.PI));
    // Discs of 10 mm and of 9 mm (90 of 100 pixels), and 2 mm around them.
    expect(radii.sort().map((radius) => Math.round(radius * 10) / 10)).toEqual([11, 12]);
    expect(path.verbs.length).toBeLessThan(130);
  });

  test('join pieces that would lie nearer than the gap, and keep the gap between others', async () => {
    const dots = (gap: number) =>
      [0, 1].map((i) => ({
        type: 'shape',
        shape: { kind: 'ellipse' },
        fill: '#336699',
        box: { x: 10 + i * (20 + gap), y: 10, width: 20, height: 20 },
      }));
    const rings = async (gap: number) =>
      contoursOf((await contours(await sceneOf(dots(gap)), { kissContour: 'art' })).get('KissCut kiss-cut')?.[0] ?? disc(0, 0, 1));
    expect(await rings(5.5)).toHaveLength(1);
    const [one, two] = await rings(6.5);
    expect(one && two && narrowBetween(one, two, 2)).toEqual([]);
  });

  test('have no holes, and leave a background out', async () => {
    const ring = {
      type: 'shape',
      shape: { kind: 'ellipse' },
      stroke: { paint: '#336699', width: 2 },
      box: { x: 20, y: 10, width: 40, height: 40 },
    };
    const [path] =
      (await contours(await sceneOf([rect(-3, -3, 106, 66, '#ffeecc'), ring]), { cutContour: 'art' })).get('CutContour cut') ?? [];
    if (!path) throw new Error('expected a contour');
    expect(contoursOf(path)).toHaveLength(1);
    expect(boundsOfPath(path)?.width).toBeCloseTo(46, 1);
  });

  test('keep the through cut outside the kiss cut around the same art', async () => {
    const found = await contours(await sceneOf([rect(40, 20, 20, 20, '#336699')]), { kissContour: 'art', cutContour: 'art' });
    const width = (key: string) => boundsOfPath(found.get(key)?.[0] ?? disc(0, 0, 0))?.width;
    expect([width('KissCut kiss-cut'), width('CutContour cut')].map((mm) => Math.round((mm ?? 0) * 10) / 10)).toEqual([24, 30]);
  });

  test('of pictures that come too near to the cut through are told once they are traced', async () => {
    const picture = (x: number) => ({ type: 'image', source: 'p', fit: 'stretch', box: { x, y: 10, width: 20, height: 20 } });
    const codes = async (x: number) =>
      (await make(await sceneOf([picture(x)]), { kissContour: 'art', cutContour: 'trim', colour: 'rgb' })).findings;
    expect(await codes(10)).toEqual([]);
    expect(await codes(2)).toMatchObject([{ severity: 'warning', code: 'cut.kiss-near-cut', measured: 1, required: 3 }]);
  });
});

test('white lies under the art of clear stock', async () => {
  const bytes = await pdf(await sceneOf([rect(20, 20, 20, 20, { cmyk: [100, 0, 0, 0] })]), { white: 'under-choked', whiteName: 'Blanc' });
  const plates = await platesOf(bytes, 72);
  const [white, cyan] = [plates.get('Blanc'), plates.get('Cyan')];
  if (!white || !cyan) throw new Error('expected plates');
  expect([at(white, 33, 33, 72)[0], at(cyan, 33, 33, 72)[0], at(white, 50, 33, 72)[0]]).toEqual([255, 255, 0]);
});

test('a spot colour that looks different on another page is told once the pages meet', async () => {
  const ink = (alternate: string) => rect(10, 10, 20, 20, { spot: 'Reflex Blue', alternate });
  const pages = [await sceneOf([ink('#001489')]), await sceneOf([ink('#0a1e8c')])];
  const work = { name: 'card', settings: method.settings.parse({}), title: 'Card', date: '2026-03-01T00:00:00Z', label: '' };
  const { findings } = await method.make({ ...work, pages }, await context());
  expect(findings).toMatchObject([{ severity: 'warning', code: 'spot.alternates-differ', measured: 'Reflex Blue' }]);
  const [first] = pages;
  const same = await method.make({ ...work, pages: first ? [first, first] : [] }, await context());
  expect(same.findings).toEqual([]);
});
