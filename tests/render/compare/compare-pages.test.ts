import { describe, expect, it } from 'vitest';
import { comparePages } from '../../../src/render/compare/compare-pages.ts';
import { PdfFile } from '../../../src/render/pdf/pdf-file.ts';
import { ref } from '../../../src/render/pdf/syntax.ts';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** A file whose pages show their own marks over a picture that all share; `extra` objects move all the numbers. */
const pdf = (pages: readonly string[], picture = 'pixels', extra = 0): Uint8Array => {
  const file = new PdfFile();
  for (let i = 0; i < extra; i += 1) file.add(`(unused ${i})`);
  const [root, tree] = [file.reserve(), file.reserve()];
  const image = file.addStream('/Type /XObject /Subtype /Image', latin1(`${picture}\nendobj\nstream\n`));
  const kids = pages.map((marks) => {
    const contents = file.addStream('', latin1(marks));
    return file.add(
      `<< /Type /Page /Parent ${ref(tree)} /MediaBox [0 0 99 99] /Resources << /XObject << /Im0 ${ref(image)} >> >> /Contents ${ref(contents)} >>`,
    );
  });
  file.set(tree, `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map(ref).join(' ')}] >>`);
  file.set(root, `<< /Type /Catalog /Pages ${ref(tree)} >>`);
  return file.finish(root, file.add('<< >>'), '00');
};

describe('comparePages', () => {
  it('finds the pages with other marks, whatever numbers objects have', () => {
    expect(comparePages(pdf(['a', 'b', 'c']), pdf(['a', 'B', 'c'], 'pixels', 3))).toEqual({ before: 3, after: 3, changed: [2] });
    expect(comparePages(pdf(['a', 'b']), pdf(['a', 'b'], 'pixels', 5)).changed).toEqual([]);
  });

  it('finds all pages that show a picture which is another', () => {
    expect(comparePages(pdf(['a', 'b']), pdf(['a', 'b'], 'pictures')).changed).toEqual([1, 2]);
  });

  it('tells the numbers of pages and compares those that both have', () => {
    expect(comparePages(pdf(['a', 'b', 'c']), pdf(['a', 'x']))).toEqual({ before: 3, after: 2, changed: [2] });
  });

  it('refuses what another program wrote, and what is no PDF', () => {
    // A cross-reference stream, as other programs write.
    const other = latin1('%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 2 >>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%EOF\n');
    for (const one of [other, latin1('no PDF'), pdf(['a']).slice(0, 200)])
      expect(() => comparePages(one, pdf(['a']))).toThrow(expect.objectContaining({ code: 'compare.pages' }));
  });
});
