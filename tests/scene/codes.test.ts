import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderPng } from '../../src/render/raster/render-png.ts';
import { composeLayers } from '../support/compose-spec.ts';

const noPictures = (): never => {
  throw new Error('expected no pictures');
};

/** Renders a code on the card at 400 dpi and lets a reader nobody here wrote read it. */
const readBack = async (layer: object, command: string, args: readonly string[]): Promise<string> => {
  const { scene, findings } = await composeLayers({ layers: [{ type: 'code', ...layer }] });
  expect(findings.filter((one) => one.severity === 'error')).toEqual([]);
  const region = { x: 0, y: 0, width: 100, height: 60 };
  const request = { widthPx: 1575, heightPx: 945, dpi: 400, region, background: '#ffffff', mirror: false, size: 'fast' } as const;
  const png = await renderPng(scene, request, noPictures, new AbortController().signal);
  const folder = mkdtempSync(join(tmpdir(), 'platen-code-'));
  try {
    writeFileSync(join(folder, 'code.png'), png);
    return execFileSync(command, [...args, join(folder, 'code.png')], { encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const box = { x: 10, y: 10, width: 40, height: 40 };
const wide = { x: 10, y: 10, width: 80, height: 30 };

describe('codes are read by an independent reader', () => {
  test.each([
    ['L', 'https://example.org/a?b=c'],
    ['M', 'Grüße, 世界, שלום'],
    ['H', 'A'.repeat(200)],
  ])('QR, level %s', async (level, value) => {
    expect(await readBack({ symbology: 'qr', level, value, box }, 'zbarimg', ['--nodbus', '-q', '--raw'])).toBe(value);
  });

  test.each([
    ['ean-13', '4006381333931', '4006381333931'],
    ['ean-13', '400638133393', '4006381333931'],
    ['ean-8', '96385074', '96385074'],
    ['upc-a', '012345678905', '0012345678905'],
    ['code-128', 'PLATEN-0042/ab', 'PLATEN-0042/ab'],
  ])('%s of %s', async (symbology, value, read) => {
    expect(await readBack({ symbology, value, box: wide }, 'zbarimg', ['--nodbus', '-q', '--raw'])).toBe(read);
  });

  test('EAN with its digits below', async () => {
    expect(
      await readBack({ symbology: 'ean-13', value: '4006381333931', caption: true, box: wide }, 'zbarimg', ['--nodbus', '-q', '--raw']),
    ).toBe('4006381333931');
  });

  test('Data Matrix', async () => {
    expect(await readBack({ symbology: 'data-matrix', value: 'ORDER 4711/2', box }, 'dmtxread', ['-N1'])).toBe('ORDER 4711/2');
  });

  test('a light code on a dark ground keeps its shape', async () => {
    const { scene } = await composeLayers({
      layers: [{ type: 'code', symbology: 'qr', value: 'x', colour: '#ffffff', background: '#000000', box }],
    });
    expect(scene.nodes.map((node) => (node.kind === 'path' && node.fill?.kind === 'solid' ? node.fill.colour : null))).toMatchObject([
      { r: 0 },
      { r: 1 },
    ]);
  });
});

describe('codes that cannot be made', () => {
  test.each([
    ['ean-13', '4006381333935', /check digit/i],
    ['ean-13', 'abc', /digits/i],
    ['qr', 'x'.repeat(2000), /expected a value that qr can carry/],
    ['code-128', '漢字', /expected only ASCII characters/],
  ])('%s %s is an error finding with the reason', async (symbology, value, reason) => {
    const level = symbology === 'qr' ? 'H' : 'M';
    const { findings } = await composeLayers({ layers: [{ type: 'code', symbology, value, level, box }] });
    expect(findings).toMatchObject([{ severity: 'error', code: 'code.invalid', pointer: '/placements/0/layers/0/value' }]);
    expect(findings[0]?.message).toMatch(reason);
  });

  test.each([
    [{ colour: '#222222', background: '#000000' }, 'code.low-contrast'],
    [{ colour: '#ffffff', background: '#000000' }, 'code.low-contrast'],
    [{ flip: 'horizontal' }, 'code.mirrored'],
  ])('that scanners will not read are a warning: %j', async (more, code) => {
    const { findings } = await composeLayers({ layers: [{ type: 'code', symbology: 'qr', value: 'x', box, ...more }] });
    expect(findings).toMatchObject([{ severity: 'warning', code }]);
  });

  test('too small to scan is a warning with the module in mm', async () => {
    const { findings } = await composeLayers({
      layers: [{ type: 'code', symbology: 'qr', value: 'https://example.org', box: { x: 10, y: 10, width: 5, height: 5 } }],
    });
    expect(findings).toMatchObject([{ severity: 'warning', code: 'code.module-small', required: 0.25, unit: 'mm' }]);
  });
});
