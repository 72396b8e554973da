import type { Appearance, AppearanceRequest, Finish } from '../../render/appearance.ts';
import { INK } from '../../render/finishes.ts';
import type { Channel } from '../../render/plates/coded-scene.ts';
import { paintShares, placeOf, type ShareBand } from '../../render/plates/separate.ts';
import type { Scene } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { articleOf } from './article.ts';
import { codedArt } from './coded-art.ts';
import { type InkPlan, planInks } from './ink-plan.ts';
import { printedScene } from './make.ts';
import type { ScreenPrintSettings } from './settings.ts';
import { toneCurve } from './tone-curve.ts';

/** Plastisol lies on the cloth: it fills the weave in part and has a dull gloss of its own. */
const PLASTISOL: Finish = { ...INK, grain: 0.7, gloss: 0.3, mirror: 0.02 };
/** Film of one print, mm; the underbase adds its own. */
const FILM_MM = 0.05;
const BASE_MM = 0.06;

/** The plates laid over one another in the colours of their inks; dots as the tone they make from afar. */
export const screenPrintAppearance = async (
  scene: Scene,
  settings: ScreenPrintSettings,
  request: AppearanceRequest,
  context: MakeContext,
): Promise<readonly Appearance[]> => {
  const printed = printedScene(scene);
  const article = articleOf(settings, context.articleColour);
  const plan = planInks(printed, settings, article, context.palette(settings.palette), context.picture);
  const art = await codedArt(printed, plan, settings, context);
  const { widthPx, heightPx } = request;
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  const height = new Float32Array(widthPx * heightPx);
  const mixer = new InkMixer(art.channels, plan, toneCurve(settings));
  await paintShares(art, request, context.signal, (band) => mixer.take(band, widthPx, rgba, height));
  return [{ process: 'ink', ...request, rgba, surface: { height, finish: PLASTISOL } }];
};

const LEVELS = 4095;
const linearOf = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encodedOf = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

/** Mixes the colours of inks by their shares of a pixel, as light adds. */
class InkMixer {
  readonly #channels: readonly Channel[];
  readonly #lights: readonly (readonly [number, number, number])[];
  readonly #curve: Uint8Array;
  readonly #filmMm: number;
  readonly #encoded = Uint8Array.from({ length: LEVELS + 1 }, (_, i) => Math.round(255 * encodedOf(i / LEVELS)));

  constructor(channels: readonly Channel[], plan: InkPlan, curve: Uint8Array) {
    this.#channels = channels;
    this.#lights = plan.inks.map(({ colour: { r, g, b } }) => [linearOf(r), linearOf(g), linearOf(b)] as const);
    this.#curve = curve;
    this.#filmMm = FILM_MM + (plan.base ? BASE_MM : 0);
  }

  take({ top, rows, pixels }: ShareBand, widthPx: number, rgba: Uint8Array, height: Float32Array): void {
    const places = this.#channels.map((channel, i) => ({
      ...channel,
      ...placeOf(i),
      light: this.#lights[channel.ink] ?? ([0, 0, 0] as const),
    }));
    for (let i = 0; i < rows * widthPx; i++) {
      let [tones, solids] = [0, 0];
      for (const { kind, list, shift } of places) {
        const share = ((pixels[list]?.[i] ?? 0) >>> shift) & 255;
        if (kind === 'tone') tones += share;
        else solids += share;
      }
      if (tones + solids === 0) continue;
      // Tints below the smallest dot do not print, those near solid close up.
      const scale = tones === 0 ? 0 : (this.#curve[Math.min(255, tones)] ?? 0) / tones;
      let [r, g, b, all] = [0, 0, 0, 0];
      for (const { kind, list, shift, light } of places) {
        const share = (((pixels[list]?.[i] ?? 0) >>> shift) & 255) * (kind === 'tone' ? scale : 1);
        r += share * light[0];
        g += share * light[1];
        b += share * light[2];
        all += share;
      }
      if (all < 0.5) continue;
      const at = top * widthPx + i;
      const level = LEVELS / all;
      rgba[4 * at] = this.#encoded[Math.round(r * level)] ?? 0;
      rgba[4 * at + 1] = this.#encoded[Math.round(g * level)] ?? 0;
      rgba[4 * at + 2] = this.#encoded[Math.round(b * level)] ?? 0;
      rgba[4 * at + 3] = Math.min(255, Math.round(all));
      height[at] = (this.#filmMm * Math.min(255, all)) / 255;
    }
  }
}
