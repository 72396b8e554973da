import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type ContentKind, sniff } from '../../src/intake/sniff.ts';

const tiny = sharp({ create: { width: 2, height: 2, channels: 3, background: '#fff' } });

describe('sniff', () => {
  it.each([
    ['png', () => tiny.clone().png().toBuffer()],
    ['jpeg', () => tiny.clone().jpeg().toBuffer()],
    ['webp', () => tiny.clone().webp().toBuffer()],
    ['tiff', () => tiny.clone().tiff().toBuffer()],
    ['tiff', () => tiny.clone().tiff({ bigtiff: true }).toBuffer()],
    ['gif', () => tiny.clone().gif().toBuffer()],
    ['avif', () => tiny.clone().avif().toBuffer()],
  ] as const)('knows a written %s', async (kind, make) => {
    expect(sniff(await make())).toBe(kind);
  });

  const texts: readonly (readonly [ContentKind | null, string])[] = [
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['svg', '\ufeff<?xml version="1.0"?>\n<!-- a <html> note --><!DOCTYPE svg [ <!ENTITY a "b"> ]>\n<svg>'],
    ['svg', '<s:svg xmlns:s="http://www.w3.org/2000/svg">'],
    ['html', '<!DOCTYPE html><html><svg></svg></html>'],
    ['html', '<script>'],
    ['pdf', '%PDF-1.7'],
    ['zip', 'PK\u0003\u0004'],
    ['woff2', 'wOF2'],
    ['ttc', 'ttcf'],
    ['otf', 'OTTO'],
    [null, 'a text that mentions <svg>'],
    [null, ''],
  ];
  it.each(texts)('tells %s from %j', (kind, text) => {
    expect(sniff(Buffer.from(text))).toBe(kind);
  });

  it('looks into compressed files', () => {
    expect(sniff(gzipSync('<svg/>'))).toBe('svgz');
    expect(sniff(gzipSync('plain text'))).toBe('gzip');
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => typeof sniff(bytes) !== 'number'));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '!', '-', '?', '>', 'svg', 'DOCTYPE', '[', ']', ' ') }),
        (text) => typeof sniff(Buffer.from(text)) !== 'number',
      ),
    );
  });
});
