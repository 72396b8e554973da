import { Problem } from '../../model/problem.ts';

/** Field types of TIFF 6.0 section 2. */
export type TiffField =
  | { readonly tag: number; readonly type: 'short' | 'long'; readonly values: readonly number[] }
  /** In 1/10000 of the unit. */
  | { readonly tag: number; readonly type: 'rational'; readonly values: readonly number[] }
  | { readonly tag: number; readonly type: 'ascii'; readonly text: string }
  /** Bytes of a meaning of their own, such as a profile. */
  | { readonly tag: number; readonly type: 'undefined'; readonly bytes: Uint8Array };

const CODES = { ascii: 2, short: 3, long: 4, rational: 5, undefined: 7 } as const;
const UNIT_BYTES = { ascii: 1, short: 2, long: 4, rational: 8, undefined: 1 } as const;
const RATIONAL_PARTS = 10_000;
const HEAD_BYTES = 8;
const ENTRY_BYTES = 12;

const countOf = (field: TiffField): number => {
  switch (field.type) {
    case 'ascii':
      return field.text.length + 1;
    case 'undefined':
      return field.bytes.length;
    default:
      return field.values.length;
  }
};
const bytesOf = (field: TiffField): number => countOf(field) * UNIT_BYTES[field.type];
const even = (n: number): number => n + (n & 1);
/** Values of more than four bytes lie behind the directory, on even addresses. */
const outsideOf = (field: TiffField): number => (bytesOf(field) > 4 ? even(bytesOf(field)) : 0);

/**
 * One little-endian TIFF picture: strips first, the directory behind them. The fields for where the strips lie are added here; the others
 * may come in any order. Throws `Problem` 'plate.tiff' beyond what 32-bit addresses reach.
 */
export const tiffFile = (strips: readonly Uint8Array[], fields: readonly TiffField[]): Uint8Array => {
  const offsets: number[] = [];
  let at = HEAD_BYTES;
  for (const strip of strips) {
    offsets.push(at);
    at += even(strip.length);
  }
  const all = [
    ...fields,
    { tag: 273, type: 'long' as const, values: offsets },
    { tag: 279, type: 'long' as const, values: strips.map((strip) => strip.length) },
  ].sort((a, b) => a.tag - b.tag);
  const valuesAt = at + 2 + all.length * ENTRY_BYTES + 4;
  const size = valuesAt + all.reduce((sum, field) => sum + outsideOf(field), 0);
  if (size > 0xffff_ffff) throw new Problem('plate.tiff', `expected less than 4 GiB for a TIFF file, got ${size} bytes`);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0], 0);
  view.setUint32(4, at, true);
  strips.forEach((strip, i) => {
    bytes.set(strip, offsets[i] ?? 0);
  });
  writeDirectory(view, at, valuesAt, all);
  return bytes;
};

const writeDirectory = (view: DataView, directory: number, valuesAt: number, fields: readonly TiffField[]): void => {
  view.setUint16(directory, fields.length, true);
  let next = valuesAt;
  fields.forEach((field, i) => {
    const at = directory + 2 + i * ENTRY_BYTES;
    view.setUint16(at, field.tag, true);
    view.setUint16(at + 2, CODES[field.type], true);
    view.setUint32(at + 4, countOf(field), true);
    const outside = outsideOf(field);
    if (outside > 0) view.setUint32(at + 8, next, true);
    writeValues(view, outside > 0 ? next : at + 8, field);
    next += outside;
  });
};

const writeValues = (view: DataView, at: number, field: TiffField): void => {
  if (field.type === 'ascii') {
    for (let i = 0; i < field.text.length; i++) view.setUint8(at + i, Math.min(126, field.text.charCodeAt(i)));
    return;
  }
  if (field.type === 'undefined') {
    field.bytes.forEach((value, i) => {
      view.setUint8(at + i, value);
    });
    return;
  }
  field.values.forEach((value, i) => {
    if (field.type === 'short') view.setUint16(at + 2 * i, value, true);
    else if (field.type === 'long') view.setUint32(at + 4 * i, value, true);
    else {
      view.setUint32(at + 8 * i, Math.round(value * RATIONAL_PARTS), true);
      view.setUint32(at + 8 * i + 4, RATIONAL_PARTS, true);
    }
  });
};
