import { WHITE } from '../../colour/colour.ts';
import type { Appearance, AppearanceRequest } from '../../render/appearance.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import type { Scene } from '../../scene/scene.ts';
import type { MakeContext } from '../method.ts';
import { filled, tightArea } from './die-document.ts';
import { type Die, stampArt } from './dies.ts';
import { colourOfFoil } from './foil-finder.ts';
import { limitsOf } from './material-limits.ts';
import { pressedIn } from './press.ts';
import type { HotStampSettings, Material } from './settings.ts';
import { DEBOSSED, EMBOSSED, finishOfFoil, PRESSED, RAISED, type Tint } from './stamp-finishes.ts';

/** From the floor of an impression to the face of the article, mm: leather gives way, paper folds over. */
const WALL_MM: Readonly<Record<Material, number>> = { leather: 0.3, paper: 0.15, cloth: 0.24 };

/** A layer for each die: foil in its metal or pigment, dies without foil as nothing but their relief. */
export const hotStampAppearance = async (
  scene: Scene,
  settings: HotStampSettings,
  request: AppearanceRequest,
  context: MakeContext,
): Promise<readonly Appearance[]> => {
  const { dies } = stampArt(scene, settings, context.palette(settings.palette));
  const layers: Appearance[] = [];
  for (const die of dies) layers.push(await dieAppearance(die, scene, settings, request, context));
  return layers.length > 0 ? layers : [{ ...request, process: 'ink', rgba: new Uint8Array(request.widthPx * request.heightPx * 4) }];
};

const dieAppearance = async (
  die: Die,
  scene: Scene,
  settings: HotStampSettings,
  request: AppearanceRequest,
  { picture, signal }: MakeContext,
): Promise<Appearance> => {
  const { foil, impression, path, box } = die;
  const colour = foil ? colourOfFoil(foil) : WHITE;
  const shown = { ...scene, area: tightArea(scene.area), nodes: [filled(path, { ...die.colour, alternate: colour })] };
  const { rgba } = await renderPixels(shown, { ...request, background: null, mirror: false }, picture, signal);
  const sunk = pressedIn(rgba, request, box, WALL_MM[settings.material]);
  const isRaised = impression === 'emboss' || impression === 'registered-emboss';
  const { depthMm } = limitsOf(settings, impression);
  const height = sunk.map((share) => (isRaised ? share * depthMm : 0 - share * depthMm));
  if (foil) return { ...request, process: 'ink', rgba, surface: { height, finish: finishOfFoil(foil) } };
  const tint = isRaised ? RAISED : PRESSED[settings.material];
  return { ...request, process: 'dye', rgba: tinted(sunk, tint), surface: { height, finish: isRaised ? EMBOSSED : DEBOSSED } };
};

/** The article's light on the floor of an impression and on its walls, as a dye that is the denser the deeper the die has sunk. */
const tinted = (sunk: Float32Array, { floor, wall }: Tint): Uint8Array => {
  const rgba = new Uint8Array(sunk.length * 4).fill(255);
  for (let i = 0, at = 0; i < sunk.length; i += 1, at += 4) {
    const share = Math.min(1, sunk[i] ?? 0);
    if (share > 0) rgba.fill(Math.round(255 * encoded(floor + (wall - floor) * 4 * share * (1 - share))), at, at + 3);
    rgba[at + 3] = Math.round(Math.min(1, 2 * share) * 255);
  }
  return rgba;
};

/** Light to the value of a screen, IEC 61966-2-1. */
const encoded = (light: number): number => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
