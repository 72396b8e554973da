import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openMemorySink } from '../../src/drivers/store/memory-sink.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { loadDesign } from '../../src/personalize/load-design.ts';
import { personalize } from '../../src/personalize/personalize.ts';
import { check } from '../../src/produce/check.ts';
import { preview } from '../../src/produce/preview.ts';
import { produce } from '../../src/produce/produce.ts';
import { openBundledResources } from '../support/bundled-resources.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const prose = (words: number): string =>
  Array.from({ length: words }, (_, i) => ['night', 'whale', 'lantern', 'counted', 'seven', 'stars'][(i * 7) % 6]).join(' ');

const FRAME = {
  type: 'shape',
  shape: { kind: 'star', points: 60, inner: 0.9 },
  fill: '#f4e3bd',
  box: { anchor: 'center', width: 150, height: 150 },
};
const LINE = {
  type: 'text',
  text: 'The Whale',
  font: { family: 'Lora' },
  size: 5,
  box: { panel: 'spine', anchor: 'center', width: 60, height: 6 },
  rotation: 90,
};

const bookOf = (paragraphs: number, layers: readonly unknown[] = [FRAME], more: object = {}, settings: object = {}) =>
  parseDesignSpec({
    product: 'story-book-210',
    previewWidth: 120,
    placements: [
      {
        placement: 'pages',
        method: 'paper-print',
        settings,
        book: {
          styles: { body: { font: { family: 'Lora' }, size: '12pt' } },
          masters: { page: { layers, frames: [{ top: 25, bottom: 25, inner: 25, outer: 25 }] } },
          sections: [{ text: Array.from({ length: paragraphs }, () => prose(70)) }],
        },
      },
      { placement: 'cover', method: 'paper-print', background: '#22335a', layers: [LINE] },
    ],
    ...more,
  });

const made = async (spec: ReturnType<typeof bookOf>): Promise<{ manifest: Manifest; files: ReadonlyMap<string, Uint8Array> }> => {
  const resources = await openBundledResources();
  try {
    const sink = openMemorySink();
    const manifest = await produce(spec, resources, sink, { signal, version: 'test', only: 'production' });
    return { manifest, files: sink.files() ?? new Map() };
  } finally {
    await resources.close();
  }
};

const PAGES = 'pages-paper-print.pdf';

describe('a book is made', () => {
  it('as one file of pages with their boxes, and a cover whose spine follows from them', async () => {
    const { manifest, files } = await made(bookOf(24));
    const artifact = manifest.artifacts.find(({ name }) => name === PAGES);
    expect(artifact).toMatchObject({ placement: 'pages', widthMm: 205, heightMm: 205, bleedMm: 3 });
    const pages = artifact?.pages ?? 0;
    expect(pages % 4).toBe(0);
    const cover = manifest.artifacts.find(({ name }) => name === 'cover-paper-print.pdf');
    expect(cover?.widthMm).toBeCloseTo(2 * 210 + 2 * 6 + pages * 0.11 + 5.4, 2);
    const folder = await temporaryFolder();
    const path = join(folder, PAGES);
    await writeFile(path, files.get(PAGES) ?? new Uint8Array());
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors');
    const boxes = execFileSync('pdfinfo', ['-box', '-l', '99', path], { encoding: 'utf8' });
    expect(boxes).toContain(`Pages:           ${pages}`);
    expect(boxes.match(/TrimBox: +8\.50 +8\.50 +589\.61 +589\.61/g)?.length).toBe(pages);
    expect(execFileSync('mutool', ['info', path], { encoding: 'utf8' })).toContain(`Pages: ${pages}`);
    expect(execFileSync('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-sDEVICE=nullpage', path], { encoding: 'utf8' })).toBe('');
  });

  it('in a file that the art of its master does not grow page by page', async () => {
    const bytesOf = async (layers: readonly unknown[]): Promise<number> => (await made(bookOf(24, layers))).files.get(PAGES)?.length ?? 0;
    const detailed = {
      ...FRAME,
      shape: {
        kind: 'path',
        d: `M0 0${Array.from({ length: 300 }, (_, i) => `L${(i * 37) % 150}.${i % 89} ${(i * 53) % 149}.${i % 97}`).join('')}Z`,
      },
    };
    const [bare, framed] = [await bytesOf([]), await bytesOf([detailed])];
    const operators = 300 * 14;
    expect(framed - bare).toBeLessThan(operators);
    expect(framed).toBeGreaterThan(bare);
  });

  it('on imposed sheets too', async () => {
    const imposition = { kind: 'booklet', sheet: [440, 230] };
    const { manifest } = await made(bookOf(40, [], {}, { imposition }));
    const pages = manifest.artifacts.find(({ name }) => name === PAGES)?.pages ?? 0;
    expect(manifest.artifacts.find(({ name }) => name === 'pages-paper-print-sheets.pdf')?.pages).toBe(pages / 2);
  });

  it('with the same bytes twice', async () => {
    const [one, two] = [await made(bookOf(30)), await made(bookOf(30))];
    expect(one.manifest).toEqual(two.manifest);
  });
});

describe('a book is shown', () => {
  it('spread by spread, and as a sheet of all', async () => {
    const resources = await openBundledResources();
    try {
      const sheet = await preview(bookOf(30), resources, { placement: 'pages', widthPx: 900, signal });
      expect(sheet.file.name).toBe('pages-spreads.png');
      const spread = await preview(bookOf(30), resources, { placement: 'pages/3', widthPx: 300, signal });
      expect(spread.file).toMatchObject({ name: 'pages-02-03-preview.png', widthPx: 300, heightPx: 150 });
      await expect(preview(bookOf(30), resources, { placement: 'pages/99', widthPx: 300, signal })).rejects.toMatchObject({
        code: 'preview.page',
      });
    } finally {
      await resources.close();
    }
  });
});

describe('the page about books', () => {
  it('shows a book that can be made', async () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/u.exec(readFileSync(join(ROOT, 'docs/books.md'), 'utf8')) ?? [];
    const resources = await openBundledResources();
    try {
      const findings = await check(parseDesignSpec(JSON.parse(example)), resources, signal);
      expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info book.pages-added']);
    } finally {
      await resources.close();
    }
  });
});

describe('what is no book', () => {
  it('is told: pages without one, and one that is no page', async () => {
    const resources = await openBundledResources();
    const spec = (placement: string, book?: object) =>
      parseDesignSpec({
        product: 'story-book-210',
        pages: 24,
        placements: [{ placement, method: 'paper-print', ...(book ? { book } : {}) }],
      });
    try {
      await expect(check(spec('pages'), resources, signal)).rejects.toMatchObject({ code: 'book.misplaced' });
      await expect(check(spec('cover', { sections: [{}] }), resources, signal)).rejects.toMatchObject({ code: 'book.misplaced' });
    } finally {
      await resources.close();
    }
  });
});

describe('the design story-book', () => {
  it.each(['M', 'Maximiliana-Josephine-Theodora-Alexandri', 'ليلى'])('tells its story of %s on 24 pages without an error', async (name) => {
    const resources = await openBundledResources();
    try {
      const open = await loadDesign('story-book', resources);
      const { spec, findings } = personalize(
        open,
        { name, pronouns: 'he', age: 7, town: 'Stow-on-the-Wold', friend: 'Bartholomew', pet: 'Sir Reginald' },
        {},
      );
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      const told = await check(parseDesignSpec(spec), resources, signal);
      expect(told.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(told.filter(({ code }) => code.startsWith('book.'))).toEqual([]);
    } finally {
      await resources.close();
    }
  });

  it('is what its example was filled from', () => {
    const spec: unknown = JSON.parse(readFileSync(join(ROOT, 'examples/19-story-book/spec.json'), 'utf8'));
    expect(JSON.stringify(spec)).toContain('In Whitby, where the streets go quiet early');
    expect(parseDesignSpec(spec).title).toBe('Ida and the Whale of Stars');
  });
});
