import { lzwEncode } from './tiff-lzw.ts';

export type CmykTiffHead = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number | undefined;
  readonly rowsPerStrip: number;
  /** The CMYK profile to embed. */
  readonly icc: Uint8Array;
};

const CHANNELS = 4;
const DEFAULT_DPI = 72;

/** Field types of TIFF 6.0 section 2 and their sizes in bytes. */
const SIZES = { short: 2, long: 4, rational: 8, undefined: 1 } as const;
const CODES = { short: 3, long: 4, rational: 5, undefined: 7 } as const;
type Field = { readonly tag: number; readonly type: keyof typeof SIZES; readonly values: readonly number[] | Uint8Array };

const short = (tag: number, ...values: readonly number[]): Field => ({ tag, type: 'short', values });
const long = (tag: number, ...values: readonly number[]): Field => ({ tag, type: 'long', values });
/** In 1/10000 of the unit. */
const rational = (tag: number, value: number): Field => ({ tag, type: 'rational', values: [Math.round(value * 10_000), 10_000] });

/** Each row as differences to the pixel on the left (TIFF 6.0 section 14), in place. */
const predict = (rows: Uint8Array, rowBytes: number): void => {
  for (let end = rows.length; end > 0; end -= rowBytes) {
    for (let i = end - 1; i >= end - rowBytes + CHANNELS; i--) rows[i] = (rows[i] ?? 0) - (rows[i - CHANNELS] ?? 0);
  }
};

/** A little-endian TIFF file of CMYK pixels, written strip by strip: LZW with horizontal prediction, which every RIP reads. */
export class CmykTiffWriter {
  readonly #head: CmykTiffHead;
  readonly #strips: Uint8Array[] = [];

  constructor(head: CmykTiffHead) {
    this.#head = head;
  }

  /** Packed 8-bit CMYK rows, 255 = solid; changed in place. All strips but the last have `rowsPerStrip` rows. */
  add(rows: Uint8Array): void {
    predict(rows, this.#head.widthPx * CHANNELS);
    this.#strips.push(lzwEncode(rows));
  }

  finish(): Uint8Array {
    const offsets: number[] = [];
    let at = 8;
    for (const strip of this.#strips) {
      offsets.push(at);
      at += strip.length + (strip.length & 1);
    }
    const directory = at;
    const fields = this.#fields(offsets);
    const valuesAt = directory + 2 + fields.length * 12 + 4;
    const bytes = new Uint8Array(valuesAt + fields.reduce((sum, field) => sum + outsideBytes(field), 0));
    const view = new DataView(bytes.buffer);
    bytes.set([0x49, 0x49, 42, 0], 0);
    view.setUint32(4, directory, true);
    this.#strips.forEach((strip, i) => {
      bytes.set(strip, offsets[i] ?? 0);
    });
    writeDirectory(view, directory, valuesAt, fields);
    return bytes;
  }

  /** Ascending by tag, as readers may demand. */
  #fields(offsets: readonly number[]): readonly Field[] {
    const { widthPx, heightPx, dpi = DEFAULT_DPI, rowsPerStrip, icc } = this.#head;
    return [
      long(256, widthPx),
      long(257, heightPx),
      short(258, 8, 8, 8, 8), // bits per sample
      short(259, 5), // compression: LZW
      short(262, 5), // photometric: separated
      long(273, ...offsets),
      short(277, CHANNELS),
      long(278, rowsPerStrip),
      long(279, ...this.#strips.map((strip) => strip.length)),
      rational(282, dpi),
      rational(283, dpi),
      short(284, 1), // channels interleaved
      short(296, 2), // resolution in inches
      short(317, 2), // horizontal prediction
      short(332, 1), // ink set: CMYK
      { tag: 34675, type: 'undefined', values: icc },
    ];
  }
}

const valueCount = ({ type, values }: Field): number => (type === 'rational' ? values.length / 2 : values.length);

const valueBytes = (field: Field): number => valueCount(field) * SIZES[field.type];

/** Values of more than four bytes lie behind the directory, on even addresses. */
const outsideBytes = (field: Field): number => (valueBytes(field) > 4 ? valueBytes(field) + (valueBytes(field) & 1) : 0);

const writeDirectory = (view: DataView, directory: number, valuesAt: number, fields: readonly Field[]): void => {
  view.setUint16(directory, fields.length, true);
  let next = valuesAt;
  fields.forEach((field, i) => {
    const at = directory + 2 + i * 12;
    view.setUint16(at, field.tag, true);
    view.setUint16(at + 2, CODES[field.type], true);
    view.setUint32(at + 4, valueCount(field), true);
    const outside = outsideBytes(field);
    if (outside > 0) view.setUint32(at + 8, next, true);
    writeValues(view, outside > 0 ? next : at + 8, field);
    next += outside;
  });
};

const writeValues = (view: DataView, at: number, { type, values }: Field): void => {
  values.forEach((value, i) => {
    if (type === 'short') view.setUint16(at + 2 * i, value, true);
    else if (type === 'undefined') view.setUint8(at + i, value);
    else view.setUint32(at + 4 * i, value, true);
  });
};
