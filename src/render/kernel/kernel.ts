import { Problem } from '../../model/problem.ts';
import { KERNEL_BASE64 } from './kernel-bytes.ts';

/** What src/render/kernel/assembly/index.ts exports. Addresses and sizes are bytes in the kernel's memory; rows hold premultiplied RGBA8. */
export type KernelCalls = {
  init(): void;
  heapBase(): number;
  coverageBytes(columns: number, edges: number): number;
  useCoverage(at: number, columns: number, edges: number): void;
  usePaintRow(at: number): void;
  fillPath(
    dst: number,
    stride: number,
    first: number,
    end: number,
    top: number,
    edges: number,
    count: number,
    evenOdd: number,
    paint: number,
  ): void;
  clipToPath(dst: number, stride: number, rows: number, from: number, to: number, edges: number, count: number, evenOdd: number): void;
  maskByPicture(
    dst: number,
    stride: number,
    rows: number,
    from: number,
    to: number,
    top: number,
    edges: number,
    count: number,
    paint: number,
  ): void;
  blendGroup(dst: number, src: number, stride: number, rows: number, from: number, to: number, alpha: number, mode: number): void;
  clearStrip(dst: number, stride: number, rows: number, from: number, to: number, colour: number): void;
  premultiply(pixels: number, count: number): void;
  unpremultiply(pixels: number, count: number): void;
  repeatEdges(pixels: number, widthPx: number, heightPx: number): void;
  shrinkAcross(out: number, src: number, widthPx: number, starts: number, weights: number, taps: number): void;
  shrinkDown(out: number, src: number, stride: number, widthPx: number, weights: number, taps: number): void;
  pngBytes(columns: number, rows: number): number;
  beginPng(at: number, columns: number, rows: number, channels: number, straight: number): void;
  pngOutput(): number;
  encodeStrip(pixels: number, stride: number, rows: number, last: number): number;
  filterStrip(pixels: number, stride: number, rows: number): number;
  adlerLowHalf(): number;
  adlerHighHalf(): number;
};

const PAGE_BYTES = 65536;
const ALIGNMENT = 16;

let compiled: WebAssembly.Module | undefined;

/**
 * One instance of the pixel kernel and the memory it works in. Memory is handed out upwards with `reserve` and given back all at once
 * or down to a mark; it never shrinks, so a pooled kernel stays warm. One instance serves one render at a time.
 */
export class Kernel {
  readonly calls: KernelCalls;
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  #top: number;
  #bytes: Uint8Array;

  constructor() {
    compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_BASE64, 'base64'));
    const { exports } = new WebAssembly.Instance(compiled);
    // The build script fixes these exports; nothing else can be behind the names.
    const typed = exports as unknown as KernelCalls & { memory: WebAssembly.Memory };
    this.calls = typed;
    this.#memory = typed.memory;
    this.#base = align(typed.heapBase());
    this.#top = this.#base;
    this.#bytes = new Uint8Array(typed.memory.buffer);
    typed.init();
  }

  /** The whole memory. Ask again after every `reserve`: growing replaces the buffer. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.#memory.buffer) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }

  get view(): DataView {
    return new DataView(this.#memory.buffer);
  }

  /** Bytes of memory held, used or not. */
  get heldBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Address of `size` fresh bytes (16-byte aligned, 64 readable bytes behind them; contents undefined). Throws `Problem` when memory is out. */
  reserve(size: number): number {
    const at = this.#top;
    const end = align(at + size) + 64;
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#grow(missing, end);
    this.#top = end;
    return at;
  }

  #grow(missing: number, end: number): void {
    try {
      this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch (cause) {
      throw new Problem('raster-memory', `expected less than 4 GiB of working memory for a picture, got ${end} bytes`, {
        hint: 'Render fewer or smaller pictures at once.',
        cause,
      });
    }
  }

  /** The current end of reserved memory, for `release`. */
  mark(): number {
    return this.#top;
  }

  /** Gives back everything reserved since `mark` was taken; without one, everything. */
  release(mark: number = this.#base): void {
    this.#top = mark;
  }
}

const align = (address: number): number => Math.ceil(address / ALIGNMENT) * ALIGNMENT;
