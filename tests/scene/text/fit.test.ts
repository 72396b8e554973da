import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf, fontOf, layOut } from './bundled-fonts.ts';

const NAMES = ['Jim', 'Amélie', 'Wolfgang Müller', 'Ågot Øy', 'jfgyq', 'AVATAR', 'E', 'fjord 👍', 'Łódź-Wschód'];
const anyName = fc.constantFrom(...NAMES);
const anyFont = fc.constantFrom('sans', 'serif', 'script').map((family) => fontOf(family as 'sans' | 'serif' | 'script'));
const side = fc.integer({ min: 8, max: 120 });
const SLACK = 0.0011;

const isInside = (ink: { x: number; y: number; width: number; height: number } | null, width: number, height: number): boolean =>
  ink !== null && ink.x >= -SLACK && ink.y >= -SLACK && ink.x + ink.width <= width + SLACK && ink.y + ink.height <= height + SLACK;

describe('shrinking', () => {
  it('keeps all ink inside the box, whatever name, font, box, edge and effects', () => {
    const effects = fc.constantFrom({}, { outlines: [{ width: 0.5, colour: '#ff0000' }] }, { shadow: { dx: 1, dy: 0.5 } });
    fc.assert(
      fc.property(
        anyName,
        anyFont,
        side,
        side,
        fc.constantFrom('font', 'cap', 'ink'),
        fc.constantFrom('left', 'center', 'right'),
        effects,
        (text, font, w, h, edge, align, more) => {
          const layout = layOut(
            { text, font, size: 200, fit: { mode: 'shrink', minSize: 0.2 }, edge, align, ...more } as Parameters<typeof layOut>[0],
            w,
            h,
          );
          expect(codesOf(layout)).toEqual([]);
          expect([layout.ink, isInside(layout.ink, w, h)]).toEqual([layout.ink, true]);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('keeps wrapped text inside the box', () => {
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 2, maxLength: 12 }), anyFont, side, side, (words, font, w, h) => {
        const layout = layOut({ text: words.join(' '), font, size: 60, fit: { mode: 'wrap-shrink', minSize: 0.1, balance: true } }, w, h);
        expect(isInside(layout.ink, w, h)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('never chooses a smaller size for a larger box', () => {
    // Wrapped swashes are left out: another break can put a longer descender on the last line, and that may cost a step.
    const setting = fc.oneof(
      fc.tuple(anyFont, fc.constant('shrink' as const)),
      fc.tuple(fc.constantFrom(fontOf('sans'), fontOf('serif')), fc.constant('wrap-shrink' as const)),
    );
    fc.assert(
      fc.property(anyName, setting, side, side, fc.integer({ min: 0, max: 40 }), (name, [font, mode], w, h, more) => {
        const sizeIn = (width: number, height: number): number =>
          layOut({ text: `${name} ${name}`, font, size: 80, fit: { mode, minSize: 1 } }, width, height).sizeMm;
        expect(sizeIn(w + more, h)).toBeGreaterThanOrEqual(sizeIn(w, h));
        expect(sizeIn(w, h + more)).toBeGreaterThanOrEqual(sizeIn(w, h));
      }),
      { numRuns: 80 },
    );
  });

  it('fits justified lines whose letters overhang', () => {
    const text = 'jolly jumps over the jf the jolly jumps of jf over jolly jf';
    const layout = layOut({ text, font: fontOf('serif'), size: 6, align: 'justify', fit: { mode: 'wrap-shrink' } }, 50, 60);
    expect([codesOf(layout), layout.sizeMm]).toEqual([[], 6]);
    expect(isInside(layout.ink, 50, 60)).toBe(true);
  });

  it('fills the box as well as the ladder of sizes allows', () => {
    const layout = layOut({ text: 'Hamburg', size: 100, fit: { mode: 'shrink', minSize: 1 }, edge: 'ink' }, 60, 40);
    expect(layout.ink?.width).toBeGreaterThan(59);
  });

  it('grows short text to maxSize and stops there', () => {
    expect(layOut({ text: 'I', size: 5, fit: { mode: 'shrink', maxSize: 12 } }).sizeMm).toBe(12);
  });

  it('sets text at its own size when that fits', () => {
    expect(layOut({ text: 'Hello', size: 5, fit: { mode: 'shrink' } }).sizeMm).toBe(5);
  });

  it('keeps text on an arc inside the box', () => {
    for (const side of ['top', 'bottom'] as const) {
      const layout = layOut({
        text: 'SHRINK ME ONTO THIS ARC',
        size: 30,
        fit: { mode: 'shrink', minSize: 1 },
        placement: { kind: 'arc', sag: 12, side },
      });
      expect([codesOf(layout), isInside(layout.ink, 80, 40)]).toEqual([[], true]);
    }
  });
});

describe('overflow', () => {
  it('is an error that names the room and the need when the smallest size does not fit', () => {
    const layout = layOut({ text: 'A very long dedication to somebody', size: 10, fit: { mode: 'shrink', minSize: 8 } }, 50, 20);
    expect(layout.findings).toMatchObject([{ severity: 'error', code: 'text.overflow', pointer: '/layers/0', required: 50, unit: 'mm' }]);
    expect(layout.findings[0]?.measured).toBeGreaterThan(100);
    expect([layout.sizeMm, layout.nodes.length]).toEqual([8, 1]);
  });

  it('is a warning at a fixed size, and nothing is cut off', () => {
    const layout = layOut({ text: 'Wide text', size: 30 }, 50, 40);
    expect(layout.findings).toMatchObject([{ severity: 'warning', code: 'text.overflow' }]);
    expect(layout.ink?.width).toBeGreaterThan(50);
  });

  it('counts lines against maxLines', () => {
    const layout = layOut({ text: 'one two three four five six', size: 10, fit: { mode: 'wrap', maxLines: 2 } }, 30, 200);
    expect(layout.findings).toMatchObject([{ code: 'text.overflow', unit: 'lines', required: 2 }]);
  });

  it('makes wrapped text smaller until it needs no more lines than allowed', () => {
    const layout = layOut(
      { text: 'one two three four five six', size: 10, fit: { mode: 'wrap-shrink', maxLines: 2, minSize: 1 } },
      30,
      200,
    );
    expect([codesOf(layout), layout.lines]).toEqual([[], 2]);
    expect(layout.sizeMm).toBeLessThan(10);
  });
});

describe('vertical alignment', () => {
  const inkOf = (valign: 'top' | 'middle' | 'bottom', edge: 'font' | 'cap' | 'ink', text = 'HHH') =>
    layOut({ text, size: 10, valign, edge }, 60, 40).ink;

  it('touches the box with the capitals when these are lined up', () => {
    const [top, bottom] = [inkOf('top', 'cap'), inkOf('bottom', 'cap')];
    expect(top?.y).toBeCloseTo(0, 2);
    expect((bottom?.y ?? 0) + (bottom?.height ?? 0)).toBeCloseTo(40, 2);
  });

  it('does not depend on the letters when the font is lined up', () => {
    expect(inkOf('top', 'font', 'Hx')?.y).toBe(inkOf('top', 'font', 'H')?.y);
    expect(inkOf('middle', 'font', 'Hgy')?.y).toBe(inkOf('middle', 'font', 'H')?.y);
  });

  it('centres the ink itself when that is lined up', () => {
    const ink = inkOf('middle', 'ink', 'gyp');
    expect((ink?.y ?? 0) + (ink?.height ?? 0) / 2).toBeCloseTo(20, 2);
  });
});
