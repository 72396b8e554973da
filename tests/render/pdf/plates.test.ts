import { describe, expect, it } from 'vitest';
import type { SpotColour } from '../../../src/colour/colour.ts';
import { colourDistance } from '../../../src/colour/delta-e.ts';
import { openTransform } from '../../../src/colour/icc.ts';
import { pageBoxes } from '../../../src/render/pdf/page-boxes.ts';
import { box, CUT, documentOf, FOGRA, group, line, linear, pageOf, sceneOf, solid, stops, textLine } from './sample-scenes.ts';
import { at, mean, platesOf, run, withPdf, write } from './tools.ts';

const DPI = 72;
const PROCESS = ['Black', 'Cyan', 'Magenta', 'Yellow'];

/** The mean ink of a plate, 0..255; NaN for a plate that does not exist. */
const inked = (plates: Awaited<ReturnType<typeof platesOf>>, name: string): number => {
  const plate = plates.get(name);
  return plate ? mean(plate) : Number.NaN;
};

describe('black', () => {
  it('text, lines and fills in sRGB black stand on the black plate alone', async () => {
    const nodes = [
      textLine('HIO', 5, 20, 14, solid('#000000')),
      box(5, 30, 40, 10, solid('#000000')),
      box(50, 30, 40, 10, null, line(solid('#000000'), 2)),
      textLine('HOI', 50, 20, 14, linear([50, 0], [90, 0], stops([0, '#000000', 1], [1, '#000000', 0.2]))),
    ];
    const plates = await platesOf(await write(documentOf([pageOf(nodes)])), DPI);
    expect([...plates.keys()].sort()).toEqual(PROCESS);
    expect(inked(plates, 'Black')).toBeGreaterThan(5);
    for (const ink of ['Cyan', 'Magenta', 'Yellow']) expect(inked(plates, ink)).toBe(0);
  });

  it('greys go through the profile, or onto the black plate when asked, about as dark', async () => {
    const page = pageOf([box(-3, -3, 106, 76, solid('#808080'))]);
    const [four, one] = [
      await platesOf(await write(documentOf([page])), 20),
      await platesOf(
        await write(documentOf([page], { colour: { mode: 'cmyk', profile: FOGRA, intent: 'relative', blackText: 'k100', greys: 'k' } })),
        20,
      ),
    ];
    expect(Math.min(...PROCESS.map((ink) => inked(four, ink)))).toBeGreaterThan(10);
    for (const ink of ['Cyan', 'Magenta', 'Yellow']) expect(inked(one, ink)).toBe(0);
    expect(inked(one, 'Black') / 255).toBeGreaterThan(0.5);
    expect(inked(one, 'Black') / 255).toBeLessThan(0.7);
  });

  it('small text overprints what lies under it and large text knocks it out', async () => {
    const ground = box(-3, -3, 106, 76, solid({ space: 'cmyk', c: 1, m: 0, y: 0, k: 0 }));
    const small = textLine('I', 10, 20, 4.2, solid('#000000'));
    const large = textLine('I', 40, 40, 20, solid('#000000'));
    const plates = await platesOf(await write(documentOf([pageOf([ground, small, large])])), 300);
    const cyan = plates.get('Cyan');
    const black = plates.get('Black');
    // The stem of an I spans 6 % to 18 % of the size, and the sheet begins 3 mm before the trim.
    const inSmall = [3 + 10 + 0.12 * 4.2, 3 + 20 - 1] as const;
    const inLarge = [3 + 40 + 0.12 * 20, 3 + 40 - 5] as const;
    expect(black && at(black, ...inSmall, 300)[0]).toBe(255);
    expect(black && at(black, ...inLarge, 300)[0]).toBe(255);
    expect(cyan && at(cyan, ...inSmall, 300)[0]).toBe(255);
    expect(cyan && at(cyan, ...inLarge, 300)[0]).toBe(0);
  });

  it('white text never overprints', async () => {
    const ground = box(-3, -3, 106, 76, solid({ space: 'cmyk', c: 1, m: 0, y: 0, k: 0 }));
    const plates = await platesOf(await write(documentOf([pageOf([ground, textLine('I', 10, 20, 4.2, solid('#ffffff'))])])), 300);
    const cyan = plates.get('Cyan');
    expect(cyan && at(cyan, 3 + 10 + 0.12 * 4.2, 22, 300)[0]).toBe(0);
  });
});

describe('colour', () => {
  it('reaches the plates as the profile says, for fills, strokes and letters alike', async () => {
    const toPress = await openTransform('srgb', FOGRA.bytes, 'relative', { blackPointCompensation: true });
    const wanted = toPress.colour([0x33 / 255, 0x66 / 255, 0x99 / 255]).map((v) => Math.round(v * 255));
    toPress.dispose();
    const nodes = [
      box(10, 10, 20, 20, solid('#336699')),
      box(40, 10, 20, 20, null, line(solid('#336699'), 8)),
      textLine('I', 70, 40, 40, solid('#336699')),
    ];
    const plates = await platesOf(await write(documentOf([pageOf(nodes)])), DPI);
    for (const [x, y] of [
      [23, 23],
      [43, 23],
      [3 + 70 + 0.12 * 40, 3 + 30],
    ] as const) {
      const inks = ['Cyan', 'Magenta', 'Yellow', 'Black'].map((ink) => {
        const plate = plates.get(ink);
        return (plate && at(plate, x, y, DPI)[0]) ?? Number.NaN;
      });
      inks.forEach((v, i) => {
        expect(Math.abs(v - (wanted[i] ?? Number.NaN))).toBeLessThanOrEqual(1);
      });
    }
  });

  it('of a grey on the black plate alone looks as dark as the grey', async () => {
    const colour = { mode: 'cmyk', profile: FOGRA, intent: 'relative', blackText: 'k100', greys: 'k' } as const;
    const plates = await platesOf(await write(documentOf([pageOf([box(-3, -3, 106, 76, solid('#808080'))])], { colour })), 20);
    const toScreen = await openTransform(FOGRA.bytes, 'srgb', 'relative', { blackPointCompensation: true });
    const [r = 0, g = 0, b = 0] = toScreen.colour([0, 0, 0, inked(plates, 'Black') / 255]);
    toScreen.dispose();
    expect(colourDistance({ space: 'srgb', r, g, b }, { space: 'srgb', r: 128 / 255, g: 128 / 255, b: 128 / 255 })).toBeLessThan(3);
  });
});

describe('spot inks', () => {
  const WHITE_INK: SpotColour = { space: 'spot', name: 'White (2 hits)', tint: 0.5, alternate: { space: 'srgb', r: 0.9, g: 0.9, b: 1 } };

  it('have plates of their own, by their exact names and tints', async () => {
    const nodes = [box(10, 10, 40, 20, solid(WHITE_INK)), box(2, 2, 96, 66, null, line(solid(CUT), 1))];
    const bytes = await write(documentOf([pageOf(nodes)]));
    const plates = await platesOf(bytes, DPI);
    expect([...plates.keys()].sort()).toEqual([...PROCESS, 'CutContour', 'White (2 hits)'].sort());
    const white = plates.get('White (2 hits)');
    expect(white && at(white, 3 + 20, 3 + 20, DPI)[0]).toBeCloseTo(128, -0.5);
    for (const ink of PROCESS) expect(inked(plates, ink)).toBe(0);
  });

  it('fade as tints of one plate when every stop is that ink', async () => {
    const fade = { kind: 'linear' as const, from: { x: 0, y: 0 }, to: { x: 100, y: 0 }, transform: [1, 0, 0, 1, 0, 0] as const };
    const inks = [0, 1].map((tint) => ({ offset: tint, colour: { ...CUT, tint }, opacity: 1 }));
    const plates = await platesOf(await write(documentOf([pageOf([box(0, 0, 100, 70, { ...fade, stops: inks })])])), DPI);
    const cut = plates.get('CutContour');
    const along = [10, 50, 90].map((x) => (cut && at(cut, 3 + x, 30, DPI)[0]) ?? Number.NaN);
    expect(along[0]).toBeLessThan(40);
    expect(Math.abs((along[1] ?? 0) - 128)).toBeLessThan(8);
    expect(along[2]).toBeGreaterThan(215);
    for (const ink of PROCESS) expect(inked(plates, ink)).toBe(0);
  });

  it('overprint when listed, so that the art under a cut line stays whole', async () => {
    const ground = box(-3, -3, 106, 76, solid({ space: 'cmyk', c: 0, m: 0, y: 1, k: 0 }));
    const cutLine = box(10, 10, 80, 50, null, line(solid(CUT), 2));
    const page = pageOf([ground, cutLine]);
    const yellowUnder = async (spots: readonly string[]): Promise<number | undefined> => {
      const plates = await platesOf(await write(documentOf([page], { overprint: { spots } })), DPI);
      expect(inked(plates, 'CutContour')).toBeGreaterThan(0);
      const yellow = plates.get('Yellow');
      return yellow && at(yellow, 3 + 10, 3 + 30, DPI)[0];
    };
    expect(await yellowUnder(['CutContour'])).toBe(255);
    expect(await yellowUnder([])).toBe(0);
  });
});

describe("printer's marks", () => {
  const scene = sceneOf([group([box(-3, -3, 106, 76, solid(CUT))])]);
  const marks = { crop: true, registration: true, slug: null };
  const page = { scene, boxes: pageBoxes(scene.area, 10), marks, mirror: false };

  it('stand on every plate, spot inks included, and never inside the bleed', async () => {
    const plates = await platesOf(await write(documentOf([page])), 300);
    expect(plates.size).toBe(5);
    for (const plate of plates.values()) {
      // The upper left vertical crop mark at x = trim, 4 to 9 mm above it.
      const row = [-1, 0, 1].map((dx) => at(plate, 13 + dx * 0.05, 13 - 6, 300)[0] ?? 0);
      expect(Math.max(...row)).toBe(255);
    }
    const black = plates.get('Black');
    const bare = await platesOf(await write(documentOf([{ ...page, marks: null }])), 300);
    expect(inked(bare, 'Black')).toBe(0);
    let inside = 0;
    for (let x = 10.2; x < 115.8; x += 0.1) for (let y = 10.2; y < 85.8; y += 0.5) inside += (black && at(black, x, y, 300)[0]) ?? 1;
    expect(inside).toBe(0);
  });

  it('are vectors of a quarter point', async () => {
    const trace = await withPdf(await write(documentOf([page])), (file) => run('mutool', 'draw', '-q', '-F', 'trace', file, '1'));
    expect(trace).toMatch(/stroke_path linewidth="0?\.08819" /);
    expect(trace).toContain('Separation(DeviceCMYK,All)');
  });
});
