import { KERNEL_BASE64 } from './kernel-bytes.ts';

/** What src/mockup/kernel/assembly/index.as.ts exports. Addresses are bytes in the kernel's memory, 0 where something is not there. */
export type MockupCalls = {
  init(knee: number): void;
  heapBase(): number;
  lineariseRow(out: number, src: number, count: number): void;
  halve(out: number, src: number, width: number, height: number): void;
  warpRow(
    out: number,
    mm: number,
    below: number,
    count: number,
    texture: number,
    stride: number,
    uMax: number,
    vMax: number,
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
    taps: number,
    reach: number,
  ): void;
  addZone(
    rows: number,
    cover: number,
    grain: number,
    grainScale: number,
    count: number,
    r: number,
    g: number,
    b: number,
    product: number,
  ): void;
  addPrint(
    rows: number,
    texels: number,
    cover: number,
    grain: number,
    grainScale: number,
    count: number,
    r: number,
    g: number,
    b: number,
    white: number,
    dye: number,
  ): void;
  lightRow(
    out: number,
    rows: number,
    tint: number,
    shade: number,
    gloss: number,
    count: number,
    shadeScale: number,
    glossScale: number,
    cutOut: number,
  ): void;
  lightRichRow(
    out: number,
    rows: number,
    tint: number,
    extra: number,
    shade: number,
    gloss: number,
    count: number,
    shadeScale: number,
    glossScale: number,
    cutOut: number,
  ): void;
  startZone(
    base: number,
    mirror: number,
    extra: number,
    count: number,
    r: number,
    g: number,
    b: number,
    product: number,
    metal: number,
    pattern: number,
    patternScale: number,
    gain: number,
    gainScale: number,
    extraLight: number,
    extraScale: number,
  ): void;
  printZone(base: number, mirror: number, extra: number, texels: number, count: number, white: number, dye: number, metal: number): void;
  surfaceZone(
    base: number,
    mirror: number,
    extra: number,
    texels: number,
    relief: number,
    direction: number,
    normals: number,
    mm: number,
    below: number,
    shade: number,
    low: number,
    count: number,
    numbers: number,
    matt: number,
    soft: number,
    metal: number,
    lean: number,
    leanBy: number,
    rise: number,
  ): void;
  layZone(rows: number, tint: number, light: number, base: number, mirror: number, extra: number, cover: number, count: number): void;
};

const PAGE_BYTES = 65_536;
const ALIGNMENT = 16;
/** Kernels kept warm between renders, and the most memory one of them may keep. */
const MAX_IDLE = 2;
const MAX_IDLE_BYTES = 256 * 1024 * 1024;

let compiled: WebAssembly.Module | undefined;
const idle: MockupKernel[] = [];

/** One instance of the mockup kernel with its memory, handed out upwards and given back all at once. It serves one render at a time. */
export class MockupKernel {
  readonly calls: MockupCalls;
  readonly #memory: WebAssembly.Memory;
  #bytes = new Uint8Array();
  #top = 0;
  #knee = 0;

  constructor() {
    compiled ??= new WebAssembly.Module(Buffer.from(KERNEL_BASE64, 'base64'));
    const { exports } = new WebAssembly.Instance(compiled);
    // The build script fixes these exports; nothing else can be behind the names.
    const typed = exports as unknown as MockupCalls & { memory: WebAssembly.Memory };
    this.calls = typed;
    this.#memory = typed.memory;
  }

  /** Fills the tables for a knee and forgets everything reserved. */
  begin(knee: number): void {
    this.#top = align(this.calls.heapBase());
    if (this.#knee === knee) return;
    this.calls.init(knee);
    this.#knee = knee;
  }

  /** The whole memory. Ask again after every `reserve`: growing replaces the buffer. */
  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.#memory.buffer) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }

  get heldBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Address of `size` bytes (16-byte aligned, 64 readable bytes behind them; contents undefined). Throws RangeError beyond 4 GiB. */
  reserve(size: number): number {
    const at = this.#top;
    const end = align(at + size) + 64;
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    this.#top = end;
    return at;
  }
}

const align = (address: number): number => Math.ceil(address / ALIGNMENT) * ALIGNMENT;

/** Runs `work` with a kernel of its own. They keep no state between renders but memory that is mapped already, which is why they are pooled. */
export const withMockupKernel = async <T>(knee: number, work: (kernel: MockupKernel) => Promise<T>): Promise<T> => {
  const kernel = idle.pop() ?? new MockupKernel();
  kernel.begin(knee);
  try {
    return await work(kernel);
  } finally {
    if (idle.length < MAX_IDLE && kernel.heldBytes <= MAX_IDLE_BYTES) idle.push(kernel);
  }
};
