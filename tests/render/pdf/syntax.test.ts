import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { coord, entry, matrix, name, points, ratio, text } from '../../../src/render/pdf/syntax.ts';
import { documentOf, pageOf } from './sample-scenes.ts';
import { run, withPdf, write } from './tools.ts';

/** The grammar of a PDF real number: no exponent, no sign alone, no trailing point. */
const NUMBER = /^-?\d+(\.\d+)?$/;

describe('numbers', () => {
  it.each([
    ['coord', coord, 0.0005],
    ['points', points, 0.00005],
    ['ratio', ratio, 0.000005],
    ['entry', entry, 0.0000000005],
  ] as const)('%s follows the grammar and stays within half a step', (_, write, half) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ min: -20_000, max: 20_000, noNaN: true }), fc.double({ min: -1e-6, max: 1e-6, noNaN: true })),
        (value) => {
          const written = write(value);
          expect(written).toMatch(NUMBER);
          expect(Math.abs(Number(written) - value)).toBeLessThanOrEqual(half * 1.000001 + 4e-12);
        },
      ),
    );
  });

  it('never says minus zero', () => {
    for (const write of [coord, points, ratio, entry]) expect(write(-1e-12)).toBe('0');
    expect(matrix([1, 0, -0, 1, 0.1 + 0.2, 1e-8])).toBe('1 0 0 1 0.3 0.00000001');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => expect(() => coord(value)).toThrow('expected a finite number'));
});

/** Element names of an XML text; a strict parser throws for anything that is not well-formed. */
const elementsOf = (xml: string): readonly string[] => {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name: element }) => names.push(element));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml.trim().replace(/^\ufeff/, '')).close();
  return names;
};

describe('names and strings', () => {
  it('escapes what a name may not hold, bytewise', () => {
    expect(name('CutContour')).toBe('/CutContour');
    expect(name('White (2 hits)/é')).toBe('/White#20#282#20hits#29#2f#c3#a9');
  });

  it('keeps plain strings readable and writes others as UTF-16', () => {
    expect(text('a (b) \\ c')).toBe('(a \\(b\\) \\\\ c)');
    expect(text('é😀')).toBe('<FEFF00E9D83DDE00>');
    expect(text('two\nlines')).toBe('<FEFF00740077006F000A006C0069006E00650073>');
  });

  it.each(['Tom & <Jerry> "quoted" ]]>', 'tab\tand \u0001 control', 'lone \ud800 surrogate', '(((', '名刺 😀'])(
    'a title like %j leaves file and metadata readable',
    async (title) => {
      const bytes = await write(documentOf([pageOf([])], { title }));
      await withPdf(bytes, (file) => {
        expect(run('qpdf', '--check', file)).toContain('No syntax');
        const xmp = run('pdfinfo', '-meta', file);
        expect(xmp).toContain('<pdfxid:GTS_PDFXVersion>PDF/X-4<');
        expect(elementsOf(xmp)).toContain('dc:title');
      });
    },
  );
});
