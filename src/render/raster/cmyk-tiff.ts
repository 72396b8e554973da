import { type TiffField, tiffFile } from './tiff-file.ts';
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

const short = (tag: number, ...values: readonly number[]): TiffField => ({ tag, type: 'short', values });
const long = (tag: number, value: number): TiffField => ({ tag, type: 'long', values: [value] });

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

  /** Throws `Problem` 'plate.tiff' beyond what 32-bit addresses reach. */
  finish(): Uint8Array {
    const { widthPx, heightPx, dpi = DEFAULT_DPI, rowsPerStrip, icc } = this.#head;
    return tiffFile(this.#strips, [
      long(256, widthPx),
      long(257, heightPx),
      short(258, 8, 8, 8, 8), // bits per sample
      short(259, 5), // compression: LZW
      short(262, 5), // photometric: separated
      short(277, CHANNELS),
      long(278, rowsPerStrip),
      { tag: 282, type: 'rational', values: [dpi] },
      { tag: 283, type: 'rational', values: [dpi] },
      short(284, 1), // channels interleaved
      short(296, 2), // resolution in inches
      short(317, 2), // horizontal prediction
      short(332, 1), // ink set: CMYK
      { tag: 34675, type: 'undefined', bytes: icc },
    ]);
  }
}
