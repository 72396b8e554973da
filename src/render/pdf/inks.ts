import type { CmykColour, Colour, SpotColour, SrgbColour } from '../../colour/colour.ts';
import type { ColourTransform } from '../../colour/icc.ts';
import { clampInk } from '../../colour/ink-limit.ts';
import { screenColour } from '../raster/screen-colour.ts';
import type { ContentStream } from './content-stream.ts';
import type { PdfColour } from './document.ts';
import type { PdfFile } from './pdf-file.ts';
import { name, ratio, ref } from './syntax.ts';

/** 'line' is text and line art (black is K alone); 'tone' is anything that must join smoothly with its neighbours. */
export type InkUse = 'line' | 'tone';

const isBlack = ({ r, g, b }: SrgbColour): boolean => r <= 0 && g <= 0 && b <= 0;
const isGrey = ({ r, g, b }: SrgbColour): boolean => Math.abs(r - g) < 1e-6 && Math.abs(g - b) < 1e-6;

const sameProcess = (one: Colour, two: Colour | undefined): boolean =>
  one.space === 'srgb' && two?.space === 'srgb' && one.r === two.r && one.g === two.g && one.b === two.b;

const operands = (values: readonly number[]): string => values.map(ratio).join(' ');

/** Turns scene colours into the colours of one file: device inks of its output condition, and separations. */
export class Inks {
  readonly #file: PdfFile;
  readonly #colour: PdfColour;
  readonly #toPress: ColourTransform | null;
  readonly #toScreen: ColourTransform | null;
  readonly #separations = new Map<string, number>();

  /** `toScreen` (press to sRGB) is needed only when greys go onto the black plate. */
  constructor(file: PdfFile, colour: PdfColour, toPress: ColourTransform | null, toScreen: ColourTransform | null) {
    this.#file = file;
    this.#colour = colour;
    this.#toPress = toPress;
    this.#toScreen = toScreen;
  }

  /** The blend and device space of the file. */
  get deviceSpace(): '/DeviceCMYK' | '/DeviceRGB' {
    return this.#colour.mode === 'cmyk' ? '/DeviceCMYK' : '/DeviceRGB';
  }

  /** Device components of a process colour. */
  process(colour: SrgbColour | CmykColour, use: InkUse): readonly number[] {
    if (this.#colour.mode === 'rgb') {
      const { r, g, b } = screenColour(colour);
      return [r, g, b];
    }
    if (colour.space === 'cmyk') return this.#held([colour.c, colour.m, colour.y, colour.k]);
    if (use === 'line' && isBlack(colour)) return [0, 0, 0, 1];
    const inks = this.#toPress?.colour([colour.r, colour.g, colour.b]) ?? [0, 0, 0, 1];
    return use === 'line' && this.#colour.greys === 'k' && isGrey(colour) ? [0, 0, 0, this.#blackFor(colour.r)] : inks;
  }

  /**
   * The separation colour space of a spot ink; its tint runs from paper to the alternate. The first alternate met for a name stands for the
   * whole file, because PDF/X-4 wants equal names to be equal inks.
   */
  separation(spot: Pick<SpotColour, 'name' | 'alternate'>): number {
    const known = this.#separations.get(spot.name);
    if (known !== undefined) return known;
    const none = this.#colour.mode === 'cmyk' ? [0, 0, 0, 0] : [1, 1, 1];
    const full = this.process(spot.alternate, 'line');
    const tint = `<< /FunctionType 2 /Domain [0 1] /C0 [${operands(none)}] /C1 [${operands(full)}] /N 1 >>`;
    const id = this.#file.add(`[/Separation ${name(spot.name)} ${this.deviceSpace} ${tint}]`);
    this.#separations.set(spot.name, id);
    return id;
  }

  /** The colour space that stands on every plate, for register marks. */
  everyPlate(): number {
    return this.separation({
      name: 'All',
      alternate: this.#colour.mode === 'cmyk' ? { space: 'cmyk', c: 1, m: 1, y: 1, k: 1 } : { space: 'srgb', r: 0, g: 0, b: 0 },
    });
  }

  /** Strokes in all process inks at once, for register marks that leave spot plates clean. */
  allProcess(): string {
    return this.#colour.mode === 'cmyk' ? '1 1 1 1 K' : '0 0 0 RG';
  }

  fillOperators(stream: ContentStream, colour: Colour): string {
    if (colour.space === 'spot') return `${stream.use('ColorSpace', this.separation(colour))} cs ${ratio(colour.tint)} scn`;
    return `${operands(this.process(colour, 'line'))} ${this.#colour.mode === 'cmyk' ? 'k' : 'rg'}`;
  }

  strokeOperators(stream: ContentStream, colour: Colour): string {
    if (colour.space === 'spot') return `${stream.use('ColorSpace', this.separation(colour))} CS ${ratio(colour.tint)} SCN`;
    return `${operands(this.process(colour, 'line'))} ${this.#colour.mode === 'cmyk' ? 'K' : 'RG'}`;
  }

  /** Whether the colour prints on the black plate alone and fully: the colour that may overprint. */
  isSolidBlack(colour: Colour): boolean {
    if (colour.space === 'spot' || this.#colour.mode !== 'cmyk') return false;
    const [c, m, y, k] = this.process(colour, 'line');
    return c === 0 && m === 0 && y === 0 && k === 1;
  }

  /** Space reference and components of gradient stops: one separation if all stops are tints of it, otherwise the device space. */
  stopSpace(colours: readonly Colour[]): { readonly space: string; readonly components: (colour: Colour) => readonly number[] } {
    const [first] = colours;
    const spot = first?.space === 'spot' && colours.every((colour) => colour.space === 'spot' && colour.name === first.name) ? first : null;
    if (spot) return { space: ref(this.separation(spot)), components: (colour) => [colour.space === 'spot' ? colour.tint : 0] };
    // A fade of one colour has no neighbours to join: its black stays the black of text.
    const use = colours.every((colour) => sameProcess(colour, first)) ? 'line' : 'tone';
    return { space: this.deviceSpace, components: (colour) => this.#stop(colour, use) };
  }

  /** Whether device components follow sRGB in a curve, so that a straight blend of end values would miss the middle. */
  get bendsSrgb(): boolean {
    return this.#colour.mode === 'cmyk';
  }

  #stop(colour: Colour, use: InkUse): readonly number[] {
    if (colour.space !== 'spot') return this.process(colour, use);
    const full = this.process(colour.alternate, 'line');
    const paper = this.#colour.mode === 'cmyk' ? 0 : 1;
    return full.map((v) => paper + (v - paper) * colour.tint);
  }

  /** Inks as the art names them, or with as much less colour as the limit asks for. */
  #held(inks: readonly number[]): readonly number[] {
    const { mode } = this.#colour;
    return mode === 'cmyk' && this.#colour.holdsAll ? clampInk(inks, this.#colour.maxInk ?? 4) : inks;
  }

  /** Black alone for a grey: the amount whose print, seen on a screen, has the same green light (which carries most of the lightness). */
  #blackFor(grey: number): number {
    let [light, dark] = [0, 1];
    for (let step = 0; step < 12; step += 1) {
      const k = (light + dark) / 2;
      const seen = this.#toScreen?.colour([0, 0, 0, k])[1] ?? 1 - k;
      if (seen > grey) light = k;
      else dark = k;
    }
    return grey >= 1 ? 0 : Math.round(((light + dark) / 2) * 1000) / 1000;
  }
}
