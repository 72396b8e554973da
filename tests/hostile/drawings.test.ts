import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../../src/drivers/sandbox/sandbox.ts';
import { inFreshChild, type Outcome, outcomeOf } from './peak-memory.ts';
import { flatPng } from './png-chunks.ts';

/** One child for all that should be refused lightly: it must survive every one of them. */
const shared = openSandbox({ children: 1 });
afterAll(() => shared.close());

const readBytes = (bytes: Uint8Array): Promise<Omit<Outcome, 'peakMb'>> => outcomeOf(shared.readSvg(bytes));
const read = (text: string): Promise<Omit<Outcome, 'peakMb'>> => readBytes(Buffer.from(text));
const readFresh = (text: string): Promise<Outcome> => inFreshChild((sandbox) => sandbox.readSvg(Buffer.from(text)), { deadlineMs: 5000 });

const OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">';
const page = (body: string): string => `${OPEN}${body}</svg>`;

describe('hostile drawings', () => {
  it('18 a small drawing around a 16,000 x 16,000 picture is refused before decoding', async () => {
    const picture = (await flatPng(16_000, 16_000)).toString('base64');
    const { problem, peakMb } = await readFresh(page(`<image width="10" height="10" xlink:href="data:image/png;base64,${picture}"/>`));
    expect(problem).toMatchObject({ code: 'image.too-large', message: expect.stringContaining('line 1, column') });
    expect(peakMb).toBeLessThan(200);
  });

  it.each([
    '/etc/hostname.png',
    '../x.png',
    'file:///dev/zero',
    '/dev/stdin',
    'http://127.0.0.1:9/x.png',
    'HTTP://127.0.0.1:9/x.png',
    '//127.0.0.1/x.png',
  ])('19, 20 a picture at %s is not opened', async (href) => {
    expect((await read(page(`<image width="9" height="9" href="${href}"/>`))).problem?.code).toBe('svg.unsupported');
    expect((await read(page(`<use href="${href}#a"/>`))).problem?.code).toBe('svg.unsupported');
  });

  it('20 style imports and web fonts are refused', async () => {
    for (const css of ['@import url(http://127.0.0.1:9/x.css);', '@font-face{font-family:x;src:url(http://127.0.0.1:9/x.woff)}'])
      expect((await read(page(`<style>${css}</style>`))).problem?.code).toBe('svg.unsupported');
    const painted = await read(page('<rect width="1" height="1" fill="url(http://127.0.0.1:9/x.svg#a)"/>'));
    expect(painted.result).toMatchObject({ warnings: [expect.stringContaining('not a value')] });
  });

  it('21, 22, 23 entities and inclusions are refused', async () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const cases = [
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>${page('<desc>&x;</desc>')}`,
      `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]>${page('<desc>&l9;</desc>')}`,
      `<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>${page('')}`,
      page('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'),
    ];
    for (const text of cases) expect((await read(text)).problem?.code).toBe('svg.doctype');
    expect((await read(page('<desc>&undefined;</desc>'))).problem?.code).toBe('svg.syntax');
  });

  it('24 copies of copies stop at the node budget', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `<g id="u${i + 1}">${`<use href="#u${i}"/>`.repeat(10)}</g>`).join('');
    const { problem, peakMb } = await readFresh(page(`<defs><rect id="u0" width="1" height="1"/>${levels}</defs><use href="#u9"/>`));
    expect(problem?.code).toBe('svg.too-complex');
    expect(peakMb).toBeLessThan(300);
  });

  it('24 copies of one long path stop at the budget of path steps', async () => {
    const path = `<path id="p" d="M0 0${'l1 1'.repeat(50_000)}"/>`;
    const { problem, peakMb } = await readFresh(page(`<defs>${path}</defs>${'<use href="#p"/>'.repeat(5000)}`));
    expect(problem?.code).toBe('svg.too-complex');
    expect(peakMb).toBeLessThan(400);
  });

  it('24 copies of themselves draw nothing', async () => {
    const { result } = await read(page('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><rect width="1" height="1"/>'));
    expect(result).toMatchObject({ nodes: [{ kind: 'path' }] });
  });

  it('25, 26, 27 patterns, markers, filters and masks are refused by name, however deep', async () => {
    const pattern =
      '<pattern id="p" width="1" height="1"><rect width="1" height="1" fill="url(#p)"/></pattern><rect width="9" height="9" fill="url(#p)"/>';
    const marker = '<marker id="m"><path d="M0 0h9" marker-end="url(#m)"/></marker><path d="M0 0h9" marker-mid="url(#m)"/>';
    const filter = `<filter id="f">${'<feGaussianBlur stdDeviation="500"/>'.repeat(40)}</filter><rect width="9" height="9" style="filter:url(#f)"/>`;
    for (const [body, word] of [
      [pattern, 'pattern'],
      [marker, 'marker'],
      [filter, 'filter'],
    ] as const)
      expect((await read(page(body))).problem).toMatchObject({ code: 'svg.unsupported', message: expect.stringContaining(word) });
  });

  it('25 gradients and clips that refer to themselves end', async () => {
    const { problem } = await read(
      page(
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><clipPath id="c" clip-path="url(#c)"><rect width="5" height="5"/></clipPath><rect width="9" height="9" fill="url(#a)" clip-path="url(#c)"/><rect width="9" height="9" clip-path="url(#c)"/>',
      ),
    );
    expect(problem).toBeNull();
  });

  it.each([
    '<script>alert(1)</script>',
    '<script href="x.js"/>',
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    '<rect width="1" height="1" onclick="alert(1)"/>',
    '<g OnLoad="alert(1)"/>',
    '<a href="javascript:alert(1)"/>',
    '<a xlink:href="&#106;avascript&#58;alert(1)"/>',
    '<a href="\n java\tscript:alert(1)"/>',
    '<a href="&#x9;JaVaScRiPt:alert(1)"/>',
    '<metadata><y:a xmlns:y="urn:y" onfocus="alert(1)"/></metadata>',
  ])('28 active content is refused: %s', async (body) => {
    expect((await read(page(body))).problem?.code).toBe('svg.script');
  });

  it('28 foreign content is refused', async () => {
    expect((await read(page('<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject>'))).problem?.code).toBe(
      'svg.unsupported',
    );
  });

  it.each([
    'width="1e9" height="10"',
    'width="1e-9" height="10"',
    'width="NaN" height="10"',
    'width="100%" height="100%"',
    'width="-5" height="5"',
    'width="1e999" height="5"',
  ])('29 a page of %s is refused', async (size) => {
    const { problem } = await read(`<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect width="5" height="5"/></svg>`);
    expect(problem?.code).toBe('svg.dimensions');
  });

  it.each(['0 0 -5 5', '0 0 0 0', '0 0 NaN 5', '0 0 5', '0 0 1e400 5'])('29 a viewBox of %s is refused', async (box) => {
    expect((await read(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"/>`)).problem?.code).toBe('svg.value');
  });

  it('30 a compressed drawing that inflates without end stops at the cap', async () => {
    const { problem, peakMb } = await inFreshChild((sandbox) =>
      sandbox.readSvg(gzipSync(Buffer.from(`${OPEN}${' '.repeat(100_000_000)}</svg>`))),
    );
    expect(problem?.code).toBe('svg.too-large');
    expect(peakMb).toBeLessThan(200);
    expect((await readBytes(gzipSync(page('')).subarray(0, 60))).problem?.code).toBe('svg.syntax');
  });

  it('31 a hundred thousand nested groups are refused without a stack overflow', async () => {
    const { problem } = await read(`${OPEN}${'<g>'.repeat(100_000)}`);
    expect(problem).toMatchObject({ code: 'svg.too-complex', message: expect.stringContaining('nested') });
    const deepUse = Array.from({ length: 200 }, (_, i) => `<g id="d${i}"><g><g><use href="#d${i + 1}"/></g></g></g>`).join('');
    const { problem: nested } = await read(page(`<defs>${deepUse}</defs><use href="#d0"/>`));
    expect(nested === null || nested.code === 'svg.too-complex').toBe(true);
  });

  it('31 a hundred thousand and one elements are refused', async () => {
    expect((await read(page('<g/>'.repeat(100_001)))).problem?.code).toBe('svg.too-complex');
  });

  it.each([
    ['a number of a million digits', page(`<rect width="${'1'.repeat(1_000_000)}x" height="1"/>`)],
    ['a million blanks in a colour', page(`<rect width="1" height="1" fill="red${' '.repeat(1_000_000)}x"/>`)],
    [
      'a million blanks in a style',
      page(`<rect width="1" height="1" style="fill:red${' '.repeat(1_000_000)}!${' '.repeat(1_000_000)}x"/>`),
    ],
    ['a million blanks in a transform', page(`<g transform="translate(1${' '.repeat(1_000_000)}"/>`)],
    ['a million open comments in a style', page(`<style>${'/*'.repeat(1_000_000)}</style>`)],
    ['a million digits in a path', page(`<path d="M${'1'.repeat(1_000_000)}x"/>`)],
    ['a million commas in points', page(`<polygon points="${','.repeat(1_000_000)}"/>`)],
    ['a million semicolons in a style', page(`<g style="${';'.repeat(1_000_000)}"/>`)],
    [
      'a hair line along curves beyond the page',
      page('<path d="M0 0C900 0 0 900 900 900S-90 80 70 60" fill="none" stroke="red" stroke-width="1e-12"/>'),
    ],
    ['a million doctype brackets', `<!DOCTYPE ${'['.repeat(1_000_000)}`],
  ])('reads %s in linear time', async (_, text) => {
    const { problem } = await inFreshChild((sandbox) => sandbox.readSvg(Buffer.from(text)), { deadlineMs: 4000 });
    expect(problem?.code ?? '').not.toMatch(/^sandbox/);
  });

  it('27 what slips past every budget is killed at the deadline, and the next drawing is read', async () => {
    const sandbox = openSandbox({ children: 1, deadlineMs: 600 });
    const wave = `M0 0${'c1 9 2 -9 3 0'.repeat(400)}`;
    const slow = page(`<path d="${wave}" stroke="red" fill="none" stroke-dasharray=".5"/>`.repeat(60));
    expect((await outcomeOf(sandbox.readSvg(Buffer.from(slow)))).problem?.code).toBe('sandbox.timeout');
    expect((await outcomeOf(sandbox.readSvg(Buffer.from(page(''))))).problem).toBeNull();
    sandbox.close();
  });
});
