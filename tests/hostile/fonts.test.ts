import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectFont } from '../../src/intake/inspect-font.ts';

const FONTS = new URL('../../fonts/', import.meta.url);
type Listed = { readonly faces: readonly { readonly file: string; readonly axes: readonly unknown[] }[] };
const index: Listed = JSON.parse(readFileSync(new URL('index.json', FONTS), 'utf8'));
const isTrueType = (bytes: Buffer): boolean => bytes.readUInt32BE(0) === 0x00010000;
const load = (variable: boolean): Buffer => {
  for (const { file, axes } of index.faces) {
    const bytes = readFileSync(new URL(file, FONTS));
    if (axes.length > 0 === variable && isTrueType(bytes)) return bytes;
  }
  throw new Error('expected a TrueType font among the bundled ones');
};

/** Where a table begins in the file. */
const tableAt = (font: Buffer, tag: string): number => {
  for (let at = 12; at < 12 + font.readUInt16BE(4) * 16; at += 16)
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  throw new Error(`expected a table ${tag}`);
};

const glyphAt = (font: Buffer, glyph: number): { readonly start: number; readonly size: number } => {
  const long = font.readUInt16BE(tableAt(font, 'head') + 50) === 1;
  const loca = tableAt(font, 'loca');
  const offset = (i: number): number => (long ? font.readUInt32BE(loca + i * 4) : font.readUInt16BE(loca + i * 2) * 2);
  return { start: tableAt(font, 'glyf') + offset(glyph), size: offset(glyph + 1) - offset(glyph) };
};

/** The first glyphs big enough to be overwritten. */
const roomyGlyphs = (font: Buffer): { readonly glyph: number; readonly start: number }[] =>
  Array.from({ length: font.readUInt16BE(tableAt(font, 'maxp') + 4) }, (_, glyph) => ({ glyph, ...glyphAt(font, glyph) }))
    .filter(({ size }) => size > 40)
    .slice(0, 2);

const corrupt = expect.objectContaining({ code: 'font.corrupt' });

describe('hostile fonts', () => {
  it('32 a glyph made of itself is refused', () => {
    const font = load(false);
    const [a, b] = roomyGlyphs(font);
    if (!a || !b) throw new Error('expected two glyphs');
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      font.writeInt16BE(-1, from.start);
      font.writeUInt16BE(0, from.start + 10);
      font.writeUInt16BE(to.glyph, from.start + 12);
    }
    expect(() => inspectFont(font)).toThrow(corrupt);
    expect(() => inspectFont(font)).toThrow(/without loops/);
  });

  it('32 a glyph of 65,000 points is refused', () => {
    const font = load(false);
    const [glyph] = roomyGlyphs(font);
    if (!glyph) throw new Error('expected a glyph');
    font.writeInt16BE(1, glyph.start);
    font.writeUInt16BE(64_999, glyph.start + 10);
    expect(() => inspectFont(font)).toThrow(/at most 32000 points/);
  });

  it('33 collections, 64 axes and axes that run backwards are refused', () => {
    expect(() => inspectFont(Buffer.from('ttcf\0\u0001\0\0', 'latin1'))).toThrow(expect.objectContaining({ code: 'font.format' }));
    const many = load(true);
    many.writeUInt16BE(64, tableAt(many, 'fvar') + 8);
    expect(() => inspectFont(many)).toThrow(/16 axes/);
    const backwards = load(true);
    const axis = tableAt(backwards, 'fvar') + backwards.readUInt16BE(tableAt(backwards, 'fvar') + 4);
    backwards.writeInt32BE(0x7fff0000, axis + 4);
    expect(() => inspectFont(backwards)).toThrow(corrupt);
  });

  it('34 a web font is refused unopened, with advice', () => {
    const bomb = Buffer.concat([Buffer.from('wOF2\0\u0001\0\0', 'latin1'), Buffer.alloc(1000)]);
    expect(() => inspectFont(bomb)).toThrow(expect.objectContaining({ code: 'font.format', hint: expect.stringContaining('TTF or OTF') }));
  });

  it('32 a font over 20 MB and tables outside the file are refused', () => {
    const big = Buffer.alloc(20_000_001);
    big.writeUInt32BE(0x00010000, 0);
    expect(() => inspectFont(big)).toThrow(expect.objectContaining({ code: 'font.too-large' }));
    const outside = load(false);
    outside.writeUInt32BE(0xfffffff0, 12 + 8);
    expect(() => inspectFont(outside)).toThrow(corrupt);
  });
});
