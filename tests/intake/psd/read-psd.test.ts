import { deflateSync } from 'node:zlib';
import type { Layer } from 'ag-psd';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PSD_LIMITS, readPsd } from '../../../src/intake/psd/read-psd.ts';
import { pictureLayer, psdBytes, smartLayer } from './make-psd.ts';

const SIZE = 40;
const QUAD = [5, 5, 35, 5, 35, 35, 5, 35];
const plain = (name: string, more: Layer = {}): Layer => pictureLayer(name, SIZE, SIZE, () => [10, 20, 30, 255], more);
const smart = (name: string, quad = QUAD, placed = {}): Layer =>
  smartLayer(name, { width: SIZE, height: SIZE }, quad, { width: 30, height: 30 }, {}, placed);

const codesOf = (...layers: Layer[]): readonly string[] =>
  readPsd(psdBytes(SIZE, SIZE, layers)).notes.map(({ severity, code, layer }) => `${severity} ${code} ${layer}`);

const shadow = {
  enabled: true,
  present: true,
  showInDialog: true,
  size: { units: 'Pixels', value: 4 },
  angle: 30,
  distance: { units: 'Pixels', value: 3 },
  color: { r: 0, g: 0, b: 0 },
  blendMode: 'multiply',
  opacity: 0.5,
} as const;

describe('what is not carried over', () => {
  it.each<[string, Layer, string]>([
    ['a hidden layer', plain('Guide', { hidden: true }), 'info psd.hidden Guide'],
    ['a blend mode across channels', plain('Tone', { blendMode: 'luminosity' }), 'warning psd.blend-mode Tone'],
    ['dissolve', plain('Dust', { blendMode: 'dissolve' }), 'warning psd.blend-mode Dust'],
    ['effects', plain('Card', { effects: { dropShadow: [shadow] } }), 'warning psd.effects Card'],
    [
      'an adjustment',
      plain('Bright', { adjustment: { type: 'brightness/contrast', brightness: 4, contrast: 8 } }),
      'warning psd.adjustment Bright',
    ],
    ['text', plain('Words', { text: { text: 'Hello' } }), 'info psd.text Words'],
    ['a knockout', plain('Hole', { knockout: true }), 'warning psd.knockout Hole'],
    [
      'a warp by name',
      smart('Flag', QUAD, { warp: { style: 'flag', value: 20, perspective: 0, perspectiveOther: 0, rotate: 'horizontal' } }),
      'warning psd.warp Flag',
    ],
    ['a smart object without an area', smart('Line', [0, 0, 10, 0, 20, 0, 30, 0]), 'warning psd.smart-quad Line'],
    ['an empty layer', { name: 'Nothing' }, 'info psd.empty Nothing'],
  ])('is told of %s', (_, layer, note) => {
    expect(codesOf(plain('Base'), layer)).toEqual([note]);
  });

  it('is told with the names of the groups around it', () => {
    const group: Layer = { name: 'Box', children: [{ name: 'Lid', children: [plain('Guide', { hidden: true })] }] };
    expect(codesOf(plain('Base'), group)).toEqual(['info psd.hidden Box / Lid / Guide']);
  });

  it('is told of a layer whose clipping base is gone', () => {
    expect(codesOf(plain('Base'), plain('Shape', { hidden: true }), plain('Clip', { clipping: true }))).toEqual([
      'info psd.hidden Shape',
      'warning psd.clip-base Clip',
    ]);
  });

  it('is nothing for plain layers, groups, masks, fills and smart objects', () => {
    const mask = { left: 0, top: 0, right: SIZE, bottom: SIZE, defaultColor: 0, imageData: plain('').imageData };
    const fill: Layer = { name: 'Fill', vectorFill: { type: 'color', color: { r: 1, g: 2, b: 3 } } };
    const masked: Layer = { ...plain('Masked'), ...(mask.imageData ? { mask: { ...mask, imageData: mask.imageData } } : {}) };
    expect(codesOf(plain('Base'), { name: 'Group', children: [masked, fill] }, smart('Art'))).toEqual([]);
  });
});

describe('a file that is not to be trusted', () => {
  const good = psdBytes(SIZE, SIZE, [plain('Base'), smart('Art')]);
  const changed = (at: number, ...values: readonly number[]): Uint8Array => {
    const bytes = good.slice();
    bytes.set(values, at);
    return bytes;
  };

  it.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'psd.not-psd'],
    ['another format', new TextEncoder().encode('GIF89a and so on, long enough to hold a header'), 'psd.not-psd'],
    ['another version', changed(4, 0, 9), 'psd.unsupported'],
    ['a giant canvas', changed(14, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30), 'psd.size'],
    ['CMYK', changed(24, 0, 4), 'psd.unsupported'],
    ['32 bits a channel', changed(22, 0, 32), 'psd.unsupported'],
    ['half a file', good.slice(0, good.length >> 1), 'psd.corrupt'],
    ['a header alone', good.slice(0, 30), 'psd.corrupt'],
  ])('is refused: %s', (_, bytes, code) => {
    expect(() => readPsd(bytes)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused when it holds more than the limits', () => {
    const limits = { ...DEFAULT_PSD_LIMITS, maxLayers: 1 };
    expect(() => readPsd(good, limits)).toThrow(expect.objectContaining({ code: 'psd.too-large' }));
    expect(() => readPsd(good, { ...DEFAULT_PSD_LIMITS, maxLayerPixels: SIZE * SIZE })).toThrow(
      expect.objectContaining({ code: 'psd.too-large' }),
    );
    expect(() => readPsd(good, { ...DEFAULT_PSD_LIMITS, maxBytes: 100 })).toThrow(expect.objectContaining({ code: 'psd.too-large' }));
  });

  it('is refused when a packed channel holds more than its box', () => {
    expect(readPsd(psdWithZip(256)).document.layers.map(({ name }) => name)).toEqual(['Zip']);
    expect(() => readPsd(psdWithZip(1_000_000))).toThrow(expect.objectContaining({ code: 'psd.corrupt' }));
    expect(() => readPsd(psdWithZip(255))).toThrow(expect.objectContaining({ code: 'psd.corrupt' }));
  });

  it('never fails in another way, whatever byte is changed', () => {
    for (let at = 0; at < good.length; at += 37) {
      const bytes = changed(at, (good[at] ?? 0) ^ 0xff);
      try {
        expect(readPsd(bytes).document.widthPx).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toMatchObject({ name: 'Problem', code: expect.stringMatching(/^psd\./) });
      }
    }
  });
});

/** One layer of 16 x 16 px with one channel, which unpacks to `length` zeros. */
const psdWithZip = (length: number): Uint8Array => {
  const template = psdBytes(SIZE, SIZE, [plain('Base')]);
  const packed = deflateSync(new Uint8Array(length));
  const number = (size: 1 | 2 | 4, value: number): readonly number[] =>
    Array.from({ length: size }, (_, i) => (value >>> (8 * (size - 1 - i))) & 255);
  const text = (value: string): readonly number[] => [...new TextEncoder().encode(value)];
  const extra = [...number(4, 0), ...number(4, 0), ...number(1, 3), ...text('Zip')];
  const record = [
    ...number(4, 0),
    ...number(4, 0),
    ...number(4, 16),
    ...number(4, 16),
    ...number(2, 1),
    ...number(2, 0),
    ...number(4, packed.length + 2),
    ...text('8BIMnorm'),
    255,
    0,
    0,
    0,
    ...number(4, extra.length),
    ...extra,
  ];
  const info = [...number(2, 1), ...record, ...number(2, 2), ...packed];
  const even = info.length % 2 === 0 ? info : [...info, 0];
  const section = [...number(4, even.length), ...even, ...number(4, 0)];
  return Uint8Array.from([...template.subarray(0, 26), ...number(4, 0), ...number(4, 0), ...number(4, section.length), ...section, 0, 0]);
};
