import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readSvg } from '../../src/intake/read-svg.ts';
import type { DrawingNode } from '../../src/model/resources.ts';
import { drawingToSvg } from './drawing-to-svg.ts';
import { MODERN_SVG_CASES, SVG_CASES } from './svg-cases.ts';

const read = (text: string) => readSvg(Buffer.from(text));

const page = (body: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${body}</svg>`;

type Page = { readonly data: Buffer; readonly width: number; readonly height: number };

const byResvg = async (text: string): Promise<Page> => {
  const page = new Resvg(text, { fitTo: { mode: 'zoom', value: 3 }, background: '#ffffff', font: { loadSystemFonts: false } }).render();
  return { data: page.pixels, width: page.width, height: page.height };
};

const byLibrsvg = async (text: string): Promise<Page> => {
  const image = sharp(Buffer.from(text), { density: 72 }).flatten({ background: '#ffffff' }).ensureAlpha();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

/** Share of pixels that differ by more than 48 of 255 in some channel: edges may differ by antialiasing, areas may not. */
const differingShare = (a: Buffer, b: Buffer): number => {
  let differing = 0;
  for (let i = 0; i < a.length; i += 4) if ([0, 1, 2].some((c) => Math.abs((a[i + c] ?? 0) - (b[i + c] ?? 0)) > 48)) differing += 1;
  return differing / (a.length / 4);
};

describe('readSvg', () => {
  it.each([
    ...Object.entries(SVG_CASES).map(([name, text]) => [name, text, byResvg] as const),
    ...Object.entries(MODERN_SVG_CASES).map(([name, text]) => [name, text, byLibrsvg] as const),
  ])('draws %s as an independent renderer does', async (name, text, pixels) => {
    const original = await pixels(text);
    const ours = await pixels(await drawingToSvg(await read(text)));
    const folder = process.env.PLATEN_TEST_LOOK;
    if (folder) {
      mkdirSync(folder, { recursive: true });
      const pair = [original, ours].map(({ data, width, height }) =>
        sharp(data, { raw: { width, height, channels: 4 } })
          .png()
          .toBuffer(),
      );
      writeFileSync(
        `${folder}/${name}.png`,
        await sharp(await Promise.all(pair), { join: { across: 2, shim: 8, background: '#f0f' } })
          .png()
          .toBuffer(),
      );
    }
    expect([ours.width, ours.height]).toEqual([original.width, original.height]);
    expect(new Set(original.data).size).toBeGreaterThan(1);
    expect(differingShare(original.data, ours.data)).toBeLessThan(0.002);
  });

  it('reads compressed drawings and UTF-16', async () => {
    const text = page('<rect width="5" height="5"/>');
    expect((await readSvg(gzipSync(text))).nodes).toHaveLength(1);
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect((await readSvg(utf16)).nodes).toHaveLength(1);
  });

  it('takes its size from width and height, else from the viewBox', async () => {
    const size = async (attributes: string) => {
      const { width, height } = await read(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}/>`);
      return [width, height];
    };
    expect(await size('width="25.4mm" height="1in"')).toEqual([96, 96]);
    expect(await size('width="100%" height="100%" viewBox="0 0 30 40"')).toEqual([30, 40]);
    expect(await size('width="60" viewBox="0 0 30 40"')).toEqual([60, 80]);
  });

  it('keeps a simple shape one node, without groups', async () => {
    const { nodes } = await read(page('<g><g opacity=".5"><rect width="5" height="5" fill="#abc" stroke="red" stroke-width="2"/></g></g>'));
    expect(nodes.map(({ kind }) => kind)).toEqual(['group']);
    const plain = await read(page('<g transform="scale(2)"><g><rect x="1" y="1" width="2" height="2" fill="#abc" opacity=".5" /></g></g>'));
    expect(plain.nodes).toMatchObject([{ kind: 'path', fill: { kind: 'solid', colour: '#aabbcc', opacity: 0.5 }, stroke: null }]);
    const [node] = plain.nodes;
    expect(node?.kind === 'path' ? [...node.path.coords] : []).toEqual([2, 2, 6, 2, 6, 6, 2, 6]);
  });

  it('scales a stroke with its transform', async () => {
    const { nodes } = await read(
      page('<g transform="rotate(30) scale(3)"><path d="M1 .5h.5" fill="none" stroke="red" stroke-width=".5"/></g>'),
    );
    const strokes = nodes.flatMap((node: DrawingNode) => (node.kind === 'path' && node.stroke ? [node.stroke.width] : []));
    expect(strokes).toHaveLength(1);
    expect(strokes[0]).toBeCloseTo(1.5, 9);
  });

  it('lists everything it cannot draw, with places and advice', async () => {
    const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
<text x="1" y="2">Anna</text>
<rect width="1" height="1" filter="url(#f)"/>
<image href="photo.png" width="2" height="2"/>
<g mask="url(#m)"><foreignObject/></g>
<rect width="1" height="1" fill="url(#p)"/><pattern id="p"/>
<text>Ben</text><use href="other.svg#a"/>
</svg>`;
    const problem = await read(text).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'svg.unsupported' });
    const message = problem instanceof Error ? problem.message : '';
    for (const part of [
      '<text> at 2:1, 7:1',
      'filter at 3:1',
      'a picture from outside the file at 4:1',
      'mask at 5:1',
      '<foreignObject> at 5:19',
      'pattern',
      'another file',
    ])
      expect(message).toContain(part);
    expect(problem).toHaveProperty('hint', expect.stringContaining('Convert text to outlines.'));
  });

  it.each([
    ['a missing end tag', page('<g>'), 'svg.syntax'],
    ['bad path data', page('<path d="M0 0 L x"/>'), 'svg.value'],
    ['a bad transform', page('<g transform="spin(3)"><rect width="1" height="1"/></g>'), 'svg.value'],
    ['numbers beyond reach', page('<rect width="1e30" height="1"/>'), 'svg.value'],
    ['a negative viewBox', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 -1 5"/>', 'svg.value'],
    ['no size at all', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg.dimensions'],
    ['an at-rule', page('<style>@import url(http://127.0.0.1/x.css);</style>'), 'svg.unsupported'],
    ['a picture', '\u0089PNG\r\n\u001a\n', 'svg.format'],
    ['nothing', '', 'svg.empty'],
  ])('refuses %s', async (_, text, code) => {
    await expect(readSvg(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code });
  });

  it('says where a mistake is', async () => {
    await expect(read(page('\n\n  <path d="M0 0 L x"/>'))).rejects.toThrow(/line 3, column 3/);
  });

  it('warns of values it ignored', async () => {
    const drawing = await read(page('<rect width="1" height="1" fill="blurple"/>'));
    expect(drawing.warnings).toEqual([expect.stringContaining('fill "blurple" at 1:')]);
  });
});
