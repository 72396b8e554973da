import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOfNode } from '../../../src/scene/bounds.ts';
import { composePages, glyphsOf, lettersOfPages, linesOf, onlyLetters, proseOf } from './book-pages.ts';

const body = { font: { family: 'EB Garamond' }, size: '11pt' };

describe('text that flows through a book', () => {
  it('loses no letter and keeps their order, whatever its length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 160 }), { minLength: 1, maxLength: 14 }), async (lengths) => {
        const text = lengths.map((words, i) => proseOf(words, i + words));
        const book = await composePages({ styles: { body }, sections: [{ text }] });
        expect(onlyLetters(lettersOfPages(book))).toBe(onlyLetters(text.join('')));
        expect(book.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('keeps letters that customers type, marks of other notations among them', async () => {
    const text = ['*Ana* _likes_ <b>stars</b> & {{whales}} \\(and\\) foxes'];
    const { pages } = await composePages({ styles: { body }, sections: [{ text }] });
    expect(
      pages
        .flatMap(({ scene }) => glyphsOf(scene))
        .map((one) => one.text)
        .join(''),
    ).toContain('*Ana* _likes_ <b>stars</b> & {{whales}}');
  });

  it('reads a paragraph by most of its letters, whatever name it begins with', async () => {
    const style = { font: [{ family: 'EB Garamond' }, { family: 'Noto Sans Hebrew' }], size: '11pt', align: 'start' };
    const startsAt = async (text: string): Promise<number> => {
      const { pages } = await composePages({ styles: { body: style }, sections: [{ text: [text] }] });
      return Math.min(...pages.flatMap(({ scene }) => glyphsOf(scene)).map((node) => boundsOfNode(node)?.x ?? 0));
    };
    expect(await startsAt('מרים counted.')).toBeLessThan(25);
    expect(await startsAt('Ada ספרה כוכבים.')).toBeGreaterThan(60);
  });

  it('stays inside its frames and fills justified lines exactly', async () => {
    const { pages } = await composePages({ styles: { body }, sections: [{ text: [proseOf(400)] }] });
    for (const { scene, side } of pages) {
      const [left, right] = side === 'right' ? [20, 105] : [15, 100];
      const lines = linesOf(scene);
      for (const node of glyphsOf(scene)) {
        const box = boundsOfNode(node);
        expect(box && box.x >= left - 0.5 && box.x + box.width <= right + 0.5 && box.y >= 19 && box.y + box.height <= 141).toBe(true);
      }
      // All but the last line of the paragraph end at the same place.
      const ends = glyphsOf(scene)
        .map((node) => boundsOfNode(node))
        .map((box) => (box ? box.x + box.width : 0));
      expect(ends.slice(0, -1).filter((end) => Math.abs(end - right) > 0.6)).toEqual([]);
      expect(lines.length).toBe(glyphsOf(scene).length);
    }
  });

  it('leaves neither one line alone at the foot of a page nor one at its head', async () => {
    for (let seed = 1; seed < 12; seed++) {
      const text = Array.from({ length: 14 }, (_, i) => `¶${proseOf(20 + ((seed * 7 + i * 13) % 60), seed * 31 + i)}§`);
      const { pages } = await composePages({ styles: { body: { ...body, hyphens: false } }, sections: [{ text }] });
      const rows = pages.map(({ scene }) => linesOf(scene).map((line) => line.text));
      for (const [page, lines] of rows.entries()) {
        const [first = '', last = ''] = [lines[0], lines.at(-1)];
        // A last line of a paragraph that is not its first has others above it on the page.
        if (page > 0 && first.includes('§')) expect(first).toContain('¶');
        if (rows[page + 1]?.length && last.includes('¶')) expect(last).toContain('§');
      }
    }
  });

  it('keeps a heading with two lines of what it is the title of', async () => {
    for (let words = 150; words < 420; words += 15) {
      const text = [proseOf(words), { type: 'heading', text: 'Heading' }, proseOf(80, 9)];
      const { pages } = await composePages({ styles: { body }, sections: [{ text }] });
      for (const { scene } of pages) {
        const lines = linesOf(scene).map((line) => line.text);
        const at = lines.findIndex((line) => line.startsWith('Heading'));
        if (at >= 0) expect(lines.length - at).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it('sets a drop cap as high as its lines and text around it', async () => {
    const { pages } = await composePages({
      styles: { body: { ...body, dropCap: { lines: 3 } } },
      sections: [{ text: [{ type: 'paragraph', dropCap: true, text: `Hereafter ${proseOf(90)}` }] }],
    });
    const scene = pages[0]?.scene;
    if (!scene) throw new Error('expected a page');
    const nodes = glyphsOf(scene);
    const cap = nodes.find(({ text }) => text === 'H');
    const box = cap && boundsOfNode(cap);
    const others = nodes.filter((node) => node !== cap);
    const baselines = others.map(({ glyphs }) => glyphs[0]?.at[5] ?? 0);
    expect(cap?.glyphs[0]?.at[5]).toBeCloseTo(baselines[2] ?? 0, 2);
    for (const node of others.slice(0, 3)) expect((boundsOfNode(node)?.x ?? 0) >= (box ? box.x + box.width : 0)).toBe(true);
    expect(boundsOfNode(others[3] ?? nodes[0] ?? fail())?.x).toBeLessThan(21);
  });

  it('sets italic and bold pieces in fonts of their own', async () => {
    const text = [['She said ', { text: 'no', italic: true }, ', and ', { text: 'meant', bold: true }, ' it.']];
    const { pages } = await composePages({ styles: { body }, sections: [{ text: [{ type: 'paragraph', text: text[0] }] }] });
    const nodes = pages.flatMap(({ scene }) => glyphsOf(scene));
    expect(nodes.map((one) => one.text).join('')).toBe('She said no, and meant it.');
    expect(new Set(nodes.map(({ fontDigest }) => fontDigest)).size).toBe(3);
  });

  it('numbers pages on their outer sides, and titles running heads by chapter', async () => {
    const { pages } = await composePages({
      styles: { body },
      masters: {
        page: {
          frames: [{ top: 20, bottom: 20, inner: 20, outer: 15 }],
          folio: { align: 'outer' },
          head: { top: 9, left: 'The Whale', chapter: 'right' },
        },
      },
      sections: [
        { numbered: false },
        { text: [{ type: 'heading', text: 'First' }, proseOf(700), { type: 'heading', text: 'Second' }, proseOf(500, 3)] },
      ],
    });
    expect(glyphsOf(pages[0]?.scene ?? fail())).toEqual([]);
    for (const { scene, number, side } of pages.slice(1)) {
      const folio = glyphsOf(scene).find(({ text }) => text === String(number));
      if (glyphsOf(scene).length === 0) continue;
      const box = folio && boundsOfNode(folio);
      expect(side === 'left' ? box?.x : 120 - (box ? box.x + box.width : 0)).toBeCloseTo(15, 0);
    }
    const heads = pages.map(({ scene }) =>
      glyphsOf(scene)
        .filter(({ glyphs }) => (glyphs[0]?.at[5] ?? 99) < 12)
        .map(({ text }) => text)
        .join(''),
    );
    expect(heads[1]).toBe('The Whale');
    expect(heads[2]).toBe('First');
    expect(heads.filter((head) => head !== '' && head !== 'The Whale').at(-1)).toBe('Second');
  });
});

describe('pages of a book', () => {
  it('are filled up to a count that the binding takes, and told', async () => {
    const { pages, findings } = await composePages({ styles: { body }, sections: [{ text: ['Short.'] }] });
    expect(pages.length).toBe(4);
    expect(findings.map(({ code, severity, measured, required }) => ({ code, severity, measured, required }))).toEqual([
      { code: 'book.pages-added', severity: 'info', measured: 1, required: 4 },
    ]);
  });

  it('are as many as were ordered, and more are refused', async () => {
    const ordered = await composePages({ styles: { body }, sections: [{ text: [proseOf(300)] }] }, 8);
    expect(ordered.pages.length).toBe(8);
    const long = await composePages({ styles: { body }, sections: [{ text: Array.from({ length: 40 }, () => proseOf(100)) }] }, 8);
    expect(long.findings.map(({ code, required }) => [code, required])).toEqual([['book.too-many-pages', 8]]);
    const odd = await composePages({ styles: { body }, sections: [{ text: ['Short.'] }] }, 7);
    expect(odd.findings.map(({ code }) => code)).toContain('book.page-count');
  });

  it('tell how much too long a text is that may not go on, and shrink as far as they may', async () => {
    const section = { overflow: 'report', text: [proseOf(330)] };
    const fixed = await composePages({ styles: { body }, sections: [section] });
    const [finding] = fixed.findings.filter(({ severity }) => severity === 'error');
    expect(finding?.code).toBe('book.overflow');
    expect(Number(finding?.measured)).toBeGreaterThan(1);
    expect(onlyLetters(lettersOfPages(fixed))).toBe(onlyLetters(proseOf(330)));
    const shrunk = await composePages({ styles: { body }, sections: [{ ...section, shrinkTo: 0.6 }] });
    expect(shrunk.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(shrunk.pages[1] && glyphsOf(shrunk.pages[1].scene)).toEqual([]);
  });

  it('begin on the side that a section asks for; a spread has two that face', async () => {
    const layer = { type: 'shape', shape: { kind: 'rect' }, fill: '#224466', box: { within: 'bleed' } };
    const { pages } = await composePages({
      sections: [{ start: 'right' }, { start: 'right', layers: [layer] }, { spread: true, layers: [layer] }],
    });
    expect(pages.map(({ side }) => side).slice(0, 5)).toEqual(['right', 'left', 'right', 'left', 'right']);
    expect(pages.map(({ scene }) => scene.nodes.length)).toEqual([0, 0, 1, 1, 1, 0]);
  });

  it('cut art that crosses the fold at the bleed of each page', async () => {
    const layer = {
      type: 'shape',
      shape: { kind: 'ellipse' },
      fill: '#224466',
      box: { anchor: 'center', x: 120, y: 80, width: 100, height: 50 },
    };
    const { pages } = await composePages({ sections: [{}, { spread: true, layers: [layer] }] });
    const boxes = pages.slice(1, 3).map(({ scene }) => boundsOfNode(scene.nodes[0] ?? fail()));
    expect(boxes[0]).toMatchObject({ x: 70, width: 53 });
    expect(boxes[1]).toMatchObject({ x: -3, width: 53 });
  });

  it('share the nodes of their master', async () => {
    const layers = [{ type: 'shape', shape: { kind: 'rect' }, fill: '#f4ead6', box: { within: 'bleed' } }];
    const { pages } = await composePages({ styles: { body }, masters: { page: { layers } }, sections: [{ text: [proseOf(900)] }] });
    const [first, second] = pages.map(({ scene }) => scene.nodes[0]);
    expect(first?.kind).toBe('group');
    expect(first).toBe(second);
  });

  it('warn of lettering in the fold', async () => {
    const masters = { page: { frames: [{ top: 20, bottom: 20, inner: 6, outer: 20 }] } };
    const { findings } = await composePages({ styles: { body }, masters, sections: [{ text: [proseOf(40)] }] });
    expect(findings.find(({ code }) => code === 'book.gutter')?.measured).toBeCloseTo(6, 0);
  });

  it('are the same twice', async () => {
    const book = { styles: { body }, sections: [{ text: [proseOf(500), { type: 'heading', text: 'Two' }, proseOf(200, 4)] }] };
    expect(JSON.stringify(await composePages(book))).toBe(JSON.stringify(await composePages(book)));
  });
});

describe('words of every kind', () => {
  it.each([1, 12, 40])('a name of %i letters stands in the story and on no other ground than its frame', async (length) => {
    const name = 'Maximilianajosephinatheodoraalexandrines'.slice(0, length);
    const { pages, findings } = await composePages({
      styles: { body: { ...body, size: '18pt' } },
      sections: [{ text: [`Then ${name} said to ${name}: ${proseOf(30)}`] }],
    });
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(onlyLetters(lettersOfPages({ pages, findings }))).toBe(onlyLetters(`Then${name}saidto${name}${proseOf(30)}`));
  });

  it('tells of a word that no line can hold', async () => {
    const { findings } = await composePages({
      language: 'en',
      styles: { body: { ...body, size: '24pt', hyphens: false } },
      sections: [{ text: ['W'.repeat(40)] }],
    });
    expect(findings.map(({ code }) => code)).toContain('text.overflow');
  });

  it.each([
    ['ar', 'Noto Naskh Arabic', 'كان حوت كبير يسبح بين النجوم ويغني للقمر كل ليلة حتى ينام الاطفال في المدينة الصغيرة قرب البحر'],
    ['he', 'Frank Ruhl Libre', 'היה היה לוויתן גדול ששחה בין הכוכבים ושר לירח בכל לילה עד שהילדים נרדמו בעיר הקטנה שליד הים'],
  ])('text in %s begins at the right, and its book is bound there', async (language, family, sentence) => {
    const text = [Array.from({ length: 12 }, () => sentence).join(' ')];
    const { pages, findings } = await composePages({
      language,
      binding: 'right',
      styles: { body: { font: { family }, size: '12pt', indent: 0 } },
      sections: [{ text }],
    });
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(pages.slice(0, 3).map(({ side }) => side)).toEqual(['left', 'right', 'left']);
    const rows = linesOf(pages[0]?.scene ?? fail());
    expect(rows.length).toBeGreaterThan(3);
    // Page 1 lies left of the spine: its inner margin of 20 mm is at the right.
    const ends = glyphsOf(pages[0]?.scene ?? fail())
      .map((node) => boundsOfNode(node))
      .map((box) => (box ? box.x + box.width : 0));
    for (const end of ends) expect(Math.abs(end - 100)).toBeLessThan(1.2);
    const inked = pages.filter(({ scene }) => glyphsOf(scene).length > 0);
    const last = boundsOfNode(glyphsOf(inked.at(-1)?.scene ?? fail()).at(-1) ?? fail());
    expect(last?.x).toBeGreaterThan(21);
  });
});

const fail = (): never => {
  throw new Error('expected a value');
};

describe('a book that cannot be', () => {
  const paragraphs = (count: number) => Array.from({ length: count }, (_, i) => proseOf(60, i));

  it('is refused before a line is set when its text is far too long, whatever it may shrink to', async () => {
    await expect(composePages({ sections: [{ text: paragraphs(900) }] })).rejects.toMatchObject({
      code: 'book.too-many-pages',
      pointer: '/placements/0/book/sections/0',
      message: expect.stringMatching(/^The book needs more than \d+ pages; its binding takes at most 64\.$/),
    });
    await expect(composePages({ sections: [{ overflow: 'report', shrinkTo: 0.5, text: paragraphs(900) }] })).rejects.toMatchObject({
      code: 'book.overflow',
      message: expect.stringMatching(/more than \d+ times the room of its frames at its smallest size/),
    });
  });

  it('is refused as soon as its pages are a quarter more than can be bound', async () => {
    await expect(composePages({ sections: [{ text: paragraphs(300) }] }, 4)).rejects.toMatchObject({
      code: 'book.too-many-pages',
      message: 'The book needs more than 80 pages; the order has 4.',
    });
  });

  it.each([
    ['no text', {}, {}],
    ['text without letters', { text: ['', '  \n '] }, {}],
    ['numbers of pages on coloured paper alone', { text: [''] }, { page: { background: '#fff9ec', folio: {} } }],
  ])('has nothing on its pages: %s', async (_, section, masters) => {
    const { findings } = await composePages({ sections: [section], masters });
    expect(findings).toMatchObject([{ severity: 'error', code: 'art.blank', pointer: '/placements/0/book' }]);
  });

  it('is none that is made of ruled or coloured pages', async () => {
    const ruled = {
      page: { layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#cccccc', box: { x: 9, y: 9, width: 90, height: 1 } }] },
    };
    for (const book of [{ sections: [{}], masters: ruled }, { sections: [{ background: '#223355' }] }]) {
      const { findings } = await composePages(book);
      expect(findings.map(({ code }) => code)).toEqual(['book.pages-added']);
    }
  });
});

it('says of a book in a language without patterns that its words stay whole', async () => {
  const codes = async (book: object) =>
    (await composePages({ sections: [{ text: ['Underbara dagar'] }], ...book })).findings.map(({ code }) => code);
  expect(await codes({ language: 'sv' })).toContain('book.not-hyphenated');
  for (const book of [{ language: 'nl' }, { language: 'ja' }, { language: 'sv', styles: { body: { hyphens: false } } }])
    expect(await codes(book)).not.toContain('book.not-hyphenated');
});
