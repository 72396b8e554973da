import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pathToSvg } from '../../../src/geometry/path-text.ts';
import type { SceneNode } from '../../../src/scene/scene.ts';
import { fontOf, type LayerInput, layOut } from './bundled-fonts.ts';

const CASES: Readonly<Record<string, LayerInput>> = {
  'latin with kerning': { text: 'AVATAR Tö', font: fontOf('serif') },
  'latin ligatures': { text: 'Office', font: fontOf('script') },
  'arabic with a year': { text: 'محمد 2026', font: [fontOf('arabic'), fontOf('sans')] },
  'hebrew and english': { text: 'שלום John (12)!', font: [fontOf('hebrew'), fontOf('sans')], size: 8 },
  devanagari: { text: 'श्रीमान क्षत्रिय', font: fontOf('devanagari') },
  'thai wrapped': { text: 'ภาษาไทยไม่มีช่องว่างระหว่างคำ', font: fontOf('thai'), fit: { mode: 'wrap' } },
  'japanese vertical': { text: '東京「ー」2026', font: fontOf('japanese'), size: 5, placement: { kind: 'vertical' } },
  'justified and wrapped': { text: 'The quick brown fox jumps over the lazy dog', size: 6, align: 'justify', fit: { mode: 'wrap' } },
  'shrunk to the box': { text: 'Wolfgang Amadeus', size: 30, fit: { mode: 'shrink' } },
  'on an arc': { text: 'WEST CLUB', size: 7, placement: { kind: 'arc', radius: 30 } },
  'rich runs': { runs: [{ text: 'E=mc' }, { text: '2', sizeFactor: 0.6, baselineShift: 0.6 }, { text: ' ok', fill: '#cc0000' }] },
  'welded and outlined': { text: 'il', font: fontOf('script'), size: 5, outlines: [{ width: 0.4, colour: '#cc0000', join: 'miter' }] },
};

const lines = (node: SceneNode): readonly string[] => {
  switch (node.kind) {
    case 'glyphs':
      return [
        `glyphs ${node.fontDigest.slice(0, 8)} ${JSON.stringify(node.text)}`,
        ...node.glyphs.map(({ glyph, at }) => `  ${glyph} [${at.map((v) => Number(v.toFixed(5))).join(' ')}]`),
      ];
    case 'path':
      return [`path ${node.path.verbs.length} steps ${pathToSvg(node.path).slice(0, 120)}`];
    case 'group':
      return [`group ${node.opacity}`, ...node.children.flatMap(lines)];
    case 'raster':
      return ['raster'];
  }
};

const golden = new URL('layout.golden.json', import.meta.url);

describe('text layout', () => {
  it('matches the listing kept beside this test (UPDATE_GOLDEN=1 rewrites it)', () => {
    const listing = Object.fromEntries(
      Object.entries(CASES).map(([name, layer]) => {
        const { nodes, findings, sizeMm, lines: count } = layOut(layer, 60, 40);
        return [name, { size: sizeMm, lines: count, findings: findings.map(({ code }) => code), nodes: nodes.flatMap(lines) }];
      }),
    );
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, `${JSON.stringify(listing, null, 1)}\n`);
    expect(listing).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });
});
