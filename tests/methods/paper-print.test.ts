import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { findMethod } from '../../src/methods/index.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers } from '../support/compose-spec.ts';

const PROFILE = new URL('../../profiles/FOGRA39L_coated.icc', import.meta.url);

test('paper print as TIFF is CMYK with the profile, at the size of trim and bleed', async () => {
  const method = findMethod('paper-print');
  if (!method) throw new Error('no paper-print');
  const settings = method.settings.parse({ format: 'tiff', tiffDpi: 150 });
  expect(method.needs(settings).profiles).toEqual(['fogra39-coated']);
  const { scene } = await composeLayers({
    layers: [{ type: 'shape', shape: { kind: 'rect' }, fill: '#00a0e0', box: { within: 'bleed' } }],
  });
  const bytes = new Uint8Array(await readFile(PROFILE));
  const { files } = await method.make(
    { name: 'front', pages: [scene, scene], settings, title: 'Card', date: '2026-03-01T00:00:00Z', label: '' },
    {
      articleColour: null,
      picture: () => {
        throw new Error('expected no pictures');
      },
      profile: (name) => ({ name, digest: '', bytes, conditionId: 'FOGRA39', description: '' }),
      palette: bundledPalette,
      lettering: () => [],
      signal: new AbortController().signal,
    },
  );
  expect(files.map((file) => file.name)).toEqual(['front-1.tif', 'front-2.tif']);
  const meta = await sharp(files[0]?.data).metadata();
  expect(meta).toMatchObject({ format: 'tiff', space: 'cmyk', channels: 4, density: 150, width: 626, height: 390 });
  expect(meta.icc?.length).toBe(bytes.length);
});

test('what a TIFF would lose is told before it is made', async () => {
  const method = findMethod('paper-print');
  const spot = { spot: 'Foil Gold', alternate: '#d4af37' };
  const { scene } = await composeLayers({
    layers: [{ type: 'shape', shape: { kind: 'star' }, fill: spot, box: { x: 20, y: 10, width: 30, height: 30 } }],
  });
  const facts = {
    articleColour: null,
    pointer: '/placements/0',
    picture: () => {
      throw new Error('expected no pictures');
    },
    palette: bundledPalette,
  };
  const codes = (settings: object) => method?.check(scene, method.settings.parse(settings), facts).map((one) => one.code);
  expect(codes({ format: 'tiff', slug: true })).toEqual(['tiff.no-marks', 'tiff.no-plates']);
  expect(codes({ slug: true })).toEqual([]);
});

test('the spine of a cover is measured against the book', async () => {
  const method = findMethod('paper-print');
  const label = (width: number) => ({
    type: 'text',
    text: 'Noa',
    font: { family: 'Lora' },
    size: width,
    box: { x: 150 + 3, y: 20, width: 4, height: 160 },
  });
  // 100 pages of 0.06 mm and 4 mm of boards: 10 mm.
  const { scene } = await composeLayers({ placement: 'cover', pages: 100, layers: [label(2)] });
  const facts = {
    articleColour: null,
    pointer: '/placements/0',
    picture: () => Promise.reject(new Error('none')) as never,
    palette: bundledPalette,
  };
  const found = (spine: object | null) =>
    method?.check(scene, method.settings.parse({ spine }), facts).filter(({ code }) => code.startsWith('spine.')) ?? [];
  expect(found(null)).toEqual([]);
  expect(found({ pages: 100, caliper: 0.12, plus: 4 })).toEqual([]);
  expect(found({ pages: 120, caliper: 0.12, plus: 4 })).toMatchObject([
    { severity: 'error', code: 'spine.width', measured: 10, required: 11.2, unit: 'mm', pointer: '/placements/0' },
  ]);
  const wide = await composeLayers({
    placement: 'cover',
    pages: 100,
    layers: [{ ...label(4), box: { x: 150.5, y: 20, width: 9, height: 160 } }],
  });
  const codes = method
    ?.check(wide.scene, method.settings.parse({ spine: { pages: 100, caliper: 0.12, plus: 4 } }), facts)
    .map(({ code }) => code);
  expect(codes).toContain('spine.lettering');
});
