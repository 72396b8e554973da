import { instantiate, type Lcms } from 'lcms-wasm';
import { clampInk } from './ink-limit.ts';

export type Intent = 'perceptual' | 'relative' | 'saturation' | 'absolute';

export type TransformSettings = {
  readonly blackPointCompensation: boolean;
  /** Largest sum of the four inks in a CMYK result (3 is 300 %); C, M and Y give way, K stays. Absent means no limit. */
  readonly maxInk?: number | undefined;
};

type Space = { readonly channels: number; readonly lcmsCode: number };

const SPACES: Readonly<Record<string, Space>> = {
  GRAY: { channels: 1, lcmsCode: 3 },
  RGB: { channels: 3, lcmsCode: 4 },
  CMYK: { channels: 4, lcmsCode: 6 },
};
const INTENTS: Readonly<Record<Intent, number>> = { perceptual: 0, relative: 1, saturation: 2, absolute: 3 };
const BLACK_POINT_COMPENSATION = 0x2000;
const NO_OPTIMISATION = 0x0100;
/** Pixels that cross into the engine's memory at a time: large enough to be quick, small enough that its memory stays a few megabytes. */
const CHUNK_PIXELS = 65_536;

const format = ({ channels, lcmsCode }: Space, bytesPerSample: 1 | 2, extraChannels = 0): number =>
  (lcmsCode << 16) | (extraChannels << 7) | (channels << 3) | bytesPerSample;

let sharedEngine: Promise<Lcms> | undefined;
/** One engine for the process: it holds no state between transforms, and starting it reads and compiles 250 KB. */
const engine = (): Promise<Lcms> => {
  sharedEngine ??= instantiate({ print: () => undefined, printErr: () => undefined });
  return sharedEngine;
};

type Profile = { readonly handle: number; readonly space: Space };
type Pipeline = 'exact' | 'packed' | 'rgba';

/**
 * A colour conversion between two ICC profiles. Same input, same output; a disposed one throws RangeError. Made by `openTransform`.
 */
export type ColourTransform = {
  readonly sourceChannels: number;
  readonly destinationChannels: number;
  /** One colour, components 0..1 in and out (clamped), rounded to 0.0001 so that paper white is exactly no ink. Remembered: asking again is free. */
  colour(components: readonly number[]): readonly number[];
  /** Packed 8-bit pixels (no padding, no alpha) to packed 8-bit pixels; ink bytes are 0 for none, 255 for solid. */
  pixels(bytes: Uint8Array): Uint8Array;
  /** As `pixels`, from row-major RGBA with the alpha left out. Throws RangeError unless the source profile is RGB. */
  rgba(bytes: Uint8Array): Uint8Array;
  /** Gives the memory back; harmless when repeated. */
  dispose(): void;
};

class LcmsTransform implements ColourTransform {
  readonly #lcms: Lcms;
  readonly #from: Profile;
  readonly #to: Profile;
  readonly #intent: Intent;
  readonly #flags: number;
  readonly #maxInk: number;
  readonly #pipelines = new Map<Pipeline, number>();
  readonly #colours = new Map<string, readonly number[]>();
  #open = true;

  constructor(lcms: Lcms, from: Profile, to: Profile, intent: Intent, { blackPointCompensation, maxInk }: TransformSettings) {
    this.#lcms = lcms;
    this.#from = from;
    this.#to = to;
    this.#intent = intent;
    this.#flags = blackPointCompensation ? BLACK_POINT_COMPENSATION : 0;
    this.#maxInk = to.space.channels === 4 ? (maxInk ?? 4) : 4;
  }

  get sourceChannels(): number {
    return this.#from.space.channels;
  }

  get destinationChannels(): number {
    return this.#to.space.channels;
  }

  colour(components: readonly number[]): readonly number[] {
    const key = components.join();
    const known = this.#colours.get(key);
    if (known) return known;
    const words = Uint16Array.from(components, (v) => Math.round(Math.min(1, Math.max(0, v)) * 65_535));
    const out = this.#run('exact', new Uint8Array(words.buffer), 1, this.sourceChannels * 2, this.destinationChannels * 2);
    const result = Array.from(new Uint16Array(out.buffer), (v) => Math.round((v / 65_535) * 10_000) / 10_000);
    const limited = this.destinationChannels === 4 ? clampInk(result, this.#maxInk) : result;
    this.#colours.set(key, limited);
    return limited;
  }

  pixels(bytes: Uint8Array): Uint8Array {
    return this.#limit(
      this.#run('packed', bytes, Math.floor(bytes.length / this.sourceChannels), this.sourceChannels, this.destinationChannels),
    );
  }

  rgba(bytes: Uint8Array): Uint8Array {
    if (this.sourceChannels !== 3) throw new RangeError(`expected an RGB source for RGBA pixels, got ${this.sourceChannels} channels`);
    return this.#limit(this.#run('rgba', bytes, bytes.length >> 2, 4, this.destinationChannels));
  }

  dispose(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const handle of this.#pipelines.values()) this.#lcms.cmsDeleteTransform(handle);
    for (const { handle } of [this.#from, this.#to]) this.#lcms.cmsCloseProfile(handle);
  }

  #limit(inks: Uint8Array): Uint8Array {
    if (this.destinationChannels !== 4 || this.#maxInk >= 4) return inks;
    const most = Math.round(this.#maxInk * 255);
    for (let i = 0; i + 3 < inks.length; i += 4) {
      const [c = 0, m = 0, y = 0, k = 0] = [inks[i], inks[i + 1], inks[i + 2], inks[i + 3]];
      const colour = c + m + y;
      if (colour + k <= most) continue;
      const keep = Math.max(0, most - k) / colour;
      inks[i] = Math.floor(c * keep);
      inks[i + 1] = Math.floor(m * keep);
      inks[i + 2] = Math.floor(y * keep);
    }
    return inks;
  }

  /** Pipelines are made when first needed: one for pixels fills a table of 36,000 colours, which a page without pictures never reads. */
  #pipeline(which: Pipeline): number {
    const known = this.#pipelines.get(which);
    if (known !== undefined) return known;
    const bytesPerSample = which === 'exact' ? 2 : 1;
    const input = format(this.#from.space, bytesPerSample, which === 'rgba' ? 1 : 0);
    const output = format(this.#to.space, bytesPerSample);
    const flags = this.#flags | (which === 'exact' ? NO_OPTIMISATION : 0);
    const made = this.#lcms.cmsCreateTransform(this.#from.handle, input, this.#to.handle, output, INTENTS[this.#intent], flags);
    if (made === 0) throw new RangeError(`expected profiles that can be joined for intent ${this.#intent}, got a pair that cannot`);
    this.#pipelines.set(which, made);
    return made;
  }

  #run(which: Pipeline, input: Uint8Array, count: number, inBytes: number, outBytes: number): Uint8Array {
    if (!this.#open) throw new RangeError('expected an open colour transform, got a disposed one');
    const pipeline = this.#pipeline(which);
    const out = new Uint8Array(count * outBytes);
    const size = Math.min(count, CHUNK_PIXELS);
    const inputAt = this.#lcms._malloc(Math.max(1, size * inBytes));
    const outputAt = this.#lcms._malloc(Math.max(1, size * outBytes));
    for (let from = 0; from < count; from += size) {
      const n = Math.min(size, count - from);
      this.#lcms.HEAPU8.set(input.subarray(from * inBytes, (from + n) * inBytes), inputAt);
      this.#lcms._cmsDoTransform(pipeline, inputAt, outputAt, n);
      out.set(this.#lcms.HEAPU8.subarray(outputAt, outputAt + n * outBytes), from * outBytes);
    }
    this.#lcms._free(inputAt);
    this.#lcms._free(outputAt);
    return out;
  }
}

const openProfile = (lcms: Lcms, icc: Uint8Array | 'srgb', role: string): Profile => {
  const handle = icc === 'srgb' ? lcms.cmsCreate_sRGBProfile() : lcms.cmsOpenProfileFromMem(icc, icc.length);
  if (handle === 0) throw new RangeError(`expected an ICC profile for the ${role}, got ${icc.length} bytes that are none`);
  const name = lcms.cmsGetColorSpaceASCII(handle);
  const space = SPACES[name ?? ''];
  if (space) return { handle, space };
  lcms.cmsCloseProfile(handle);
  throw new RangeError(`expected a grey, RGB or CMYK profile for the ${role}, got ${name ?? 'an unknown colour space'}`);
};

/**
 * Opens a conversion from one ICC profile to another; 'srgb' stands for IEC 61966-2-1. The caller disposes of it. The bytes are copied.
 * Throws RangeError for bytes that are no grey, RGB or CMYK profile; converting throws it for a pair that cannot be joined.
 */
export const openTransform = async (
  source: Uint8Array | 'srgb',
  destination: Uint8Array | 'srgb',
  intent: Intent,
  settings: TransformSettings,
): Promise<ColourTransform> => {
  const lcms = await engine();
  const from = openProfile(lcms, source, 'source');
  try {
    return new LcmsTransform(lcms, from, openProfile(lcms, destination, 'destination'), intent, settings);
  } catch (cause) {
    lcms.cmsCloseProfile(from.handle);
    throw cause;
  }
};
