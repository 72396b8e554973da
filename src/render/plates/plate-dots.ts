import type { Channel } from './coded-scene.ts';
import { type Screen, ScreenRows } from './halftone.ts';
import { type CodedArt, type PlateRequest, paintedColumns, paintShares, placeOf, type ShareBand } from './separate.ts';
import { BEDDED } from './tone-planes.ts';
import { blankWords, type WordPlane } from './word-plane.ts';

/** What one ink prints: even areas and dots apart, because only even areas may be spread and choked. */
export type InkDots = { readonly solid: WordPlane | null; readonly tone: WordPlane | null };

export type DotOptions = {
  readonly dpi: number;
  /** One ruling for all inks: dots of later inks lie on those of earlier ones, so that nothing can beat. */
  readonly screen: Screen;
  /** Amounts 0..255 to the amounts that print: limits of the smallest dot and hole, dot gain. */
  readonly curve: Uint8Array;
};

/** Separates art into the dots of each ink, in the order of the inks. Rejects as `renderPixels` does. */
export const plateDots = async (
  art: CodedArt,
  inkCount: number,
  request: PlateRequest,
  options: DotOptions,
  signal: AbortSignal,
): Promise<readonly InkDots[]> => {
  const plane = (ink: number, kind: Channel['kind']): WordPlane | null =>
    art.channels.some((one) => one.ink === ink && one.kind === kind) ? blankWords(request.widthPx, request.heightPx) : null;
  const dots = Array.from({ length: inkCount }, (_, ink): InkDots => ({ solid: plane(ink, 'solid'), tone: plane(ink, 'tone') }));
  const work = new BandWork(art.channels, dots, request.widthPx, options);
  await paintShares(art, request, signal, (band) => work.take(band));
  return dots;
};

type Columns = ReturnType<typeof paintedColumns>;

class BandWork {
  readonly #widthPx: number;
  readonly #channels: readonly Channel[];
  readonly #dots: readonly InkDots[];
  readonly #options: DotOptions;
  readonly #screen: ScreenRows | null;
  readonly #thresholds: Uint8Array;
  /** What later inks cover, by pixels of the row. */
  readonly #above: Uint8Array;

  constructor(channels: readonly Channel[], dots: readonly InkDots[], widthPx: number, options: DotOptions) {
    this.#widthPx = widthPx;
    this.#channels = channels;
    this.#dots = dots;
    this.#options = options;
    const hasTones = channels.some(({ kind }) => kind === 'tone');
    this.#screen = hasTones ? new ScreenRows(options.screen, options.dpi) : null;
    this.#thresholds = new Uint8Array(hasTones ? widthPx : 0);
    this.#above = new Uint8Array(hasTones ? widthPx : 0);
  }

  take(band: ShareBand): void {
    this.#solids(band);
    for (let row = 0; row < band.rows && this.#screen; row++) {
      const columns = paintedColumns(band.pixels, row, this.#widthPx);
      if (columns.from === columns.to) continue;
      this.#screen.row(band.top + row, this.#thresholds);
      this.#above.fill(0);
      this.#tones(band, row, columns);
    }
  }

  /** All channels of a list in one pass: most of the time goes into reading the pixels. */
  #solids({ top, rows, pixels }: ShareBand): void {
    pixels.forEach((list, at) => {
      const [a, b, c] = [0, 1, 2].map((i) => this.#solidPlane(at * 3 + i));
      if (a || b || c) cutAtHalf(list, rows, this.#widthPx, top, a ?? null, b ?? null, c ?? null);
    });
  }

  #solidPlane(at: number): WordPlane | null {
    const channel = this.#channels[at];
    return channel?.kind === 'solid' ? (this.#dots[channel.ink]?.solid ?? null) : null;
  }

  /** Last ink first: what it covers is known when the ink below it is laid out. */
  #tones({ top, pixels }: ShareBand, row: number, columns: Columns): void {
    for (let at = this.#channels.length - 1; at >= 0; at--) {
      const channel = this.#channels[at];
      const plane = channel?.kind === 'tone' ? this.#dots[channel.ink]?.tone : null;
      if (!channel || !plane) continue;
      const { list, shift } = placeOf(at);
      const from = pixels[list];
      if (from) this.#toneRow(from, row * this.#widthPx, shift, plane, top + row, columns);
    }
  }

  #toneRow(from: Uint32Array, start: number, shift: number, { words, stride }: WordPlane, y: number, { from: left, to }: Columns): void {
    const [above, thresholds, curve] = [this.#above, this.#thresholds, this.#options.curve];
    for (let x = left; x < to; x++) {
      const share = ((from[start + x] ?? 0) >>> shift) & 255;
      if (share === 0) continue;
      const upper = above[x] ?? 0;
      const amount = BEDDED[(upper << 8) | share] ?? 0;
      if (amount > upper) above[x] = amount;
      if ((curve[amount] ?? 0) < (thresholds[x] ?? 255)) continue;
      const word = y * stride + (x >> 5);
      words[word] = (words[word] ?? 0) | (0x8000_0000 >>> (x & 31));
    }
  }
}

/** The bits of a pixel that say half or more, in each of its three channels. */
const COVERED = 0x80_8080;

/** Pixels covered by half or more are ink. */
const cutAtHalf = (
  from: Uint32Array,
  rows: number,
  widthPx: number,
  top: number,
  a: WordPlane | null,
  b: WordPlane | null,
  c: WordPlane | null,
): void => {
  const stride = Math.ceil(widthPx / 32);
  for (let row = 0; row < rows; row++) {
    const start = row * widthPx;
    for (let word = 0; word < stride; word++) {
      const first = start + word * 32;
      const end = Math.min(first + 32, start + widthPx);
      let bitsA = 0;
      let bitsB = 0;
      let bitsC = 0;
      let any = 0;
      let all = COVERED;
      for (let i = first; i < end; i++) {
        const pixel = from[i] ?? 0;
        any |= pixel;
        all &= pixel;
      }
      any &= COVERED;
      if (any === 0) continue;
      if (any === all) {
        // Inside an area: no edge runs through the word.
        const full = 2 ** (end - first) - 1;
        bitsA = any & 0x80 ? full : 0;
        bitsB = any & 0x8000 ? full : 0;
        bitsC = any & 0x80_0000 ? full : 0;
      } else {
        for (let i = first; i < end; i++) {
          const pixel = from[i] ?? 0;
          bitsA = (bitsA << 1) | ((pixel >>> 7) & 1);
          bitsB = (bitsB << 1) | ((pixel >>> 15) & 1);
          bitsC = (bitsC << 1) | ((pixel >>> 23) & 1);
        }
      }
      const rest = 32 - (end - first);
      const at = (top + row) * stride + word;
      if (a) a.words[at] = bitsA << rest;
      if (b) b.words[at] = bitsB << rest;
      if (c) c.words[at] = bitsC << rest;
    }
  }
};
