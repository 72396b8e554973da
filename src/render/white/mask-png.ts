import { once } from 'node:events';
import { createDeflate, type Deflate } from 'node:zlib';
import { perMetreOf } from '../plates/plate-png.ts';
import { joinBytes, pngChunk, pngEnd } from '../raster/png-container.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Each byte as its difference to the one above (PNG specification, section 9.2): even areas become zeros. */
const FILTER_UP = 2;
/** Beyond it a mask packs a few parts in a hundred better for three times the work. */
const LEVEL = 3;

export type MaskHead = { readonly widthPx: number; readonly heightPx: number; readonly dpi: number };

/** Writes an 8-bit grey PNG from top to bottom; the picture never exists as a whole. */
export class MaskPng {
  readonly #head: MaskHead;
  readonly #zlib: Deflate;
  readonly #chunks: Uint8Array[];
  #above: Uint8Array;

  constructor(head: MaskHead) {
    this.#head = head;
    this.#above = new Uint8Array(head.widthPx);
    this.#chunks = [SIGNATURE, ...headChunks(head)];
    this.#zlib = createDeflate({ level: LEVEL, memLevel: 9 });
    this.#zlib.on('data', (data: Uint8Array) => this.#chunks.push(pngChunk('IDAT', data)));
  }

  /** Whole rows, row-major, one byte a pixel. */
  async add(rows: Uint8Array): Promise<void> {
    const { widthPx } = this.#head;
    const count = rows.length / widthPx;
    const filtered = new Uint8Array(rows.length + count);
    for (let y = 0, at = 0; y < count; y += 1) {
      const row = rows.subarray(y * widthPx, (y + 1) * widthPx);
      filtered[at] = FILTER_UP;
      at += 1;
      for (let x = 0; x < widthPx; x += 1, at += 1) filtered[at] = (row[x] ?? 0) - (this.#above[x] ?? 0);
      this.#above = row;
    }
    this.#above = this.#above.slice();
    if (!this.#zlib.write(filtered)) await once(this.#zlib, 'drain');
  }

  async finish(): Promise<Uint8Array> {
    this.#zlib.end();
    await once(this.#zlib, 'end');
    return joinBytes([...this.#chunks, pngEnd()]);
  }
}

const headChunks = ({ widthPx, heightPx, dpi }: MaskHead): readonly Uint8Array[] => {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header.set([8, 0, 0, 0, 0], 8);
  const physical = new Uint8Array(9);
  new DataView(physical.buffer).setUint32(0, perMetreOf(dpi));
  new DataView(physical.buffer).setUint32(4, perMetreOf(dpi));
  physical[8] = 1;
  return [pngChunk('IHDR', header), pngChunk('pHYs', physical)];
};
