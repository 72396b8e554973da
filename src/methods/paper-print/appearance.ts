import { WHITE } from '../../colour/colour.ts';
import type { Appearance, AppearanceRequest, Finish as Shine } from '../../render/appearance.ts';
import { BLIND, FOIL, UV_GLOSS } from '../../render/finishes.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import type { Scene } from '../../scene/scene.ts';
import { mapColours } from '../map-colours.ts';
import type { MakeContext } from '../method.ts';
import { flatAppearance } from '../region.ts';
import type { Finish } from './finished-page.ts';
import { paintedFinishes } from './finishing.ts';
import type { FinishingStep } from './finishing-steps.ts';
import type { PaperPrintSettings } from './settings.ts';

/** How a step looks on the sheet; steps without a look are seen once the sheet is cut or folded, or not at all. */
type Look = { readonly process: 'ink' | 'dye'; readonly shine: Shine; readonly heightMm: number; readonly ownColour: boolean };

const LOOKS: Partial<Readonly<Record<FinishingStep, Look>>> = {
  foil: { process: 'ink', shine: FOIL, heightMm: -0.05, ownColour: true },
  varnish: { process: 'dye', shine: UV_GLOSS, heightMm: 0.04, ownColour: false },
  emboss: { process: 'dye', shine: BLIND, heightMm: 0.3, ownColour: false },
  deboss: { process: 'dye', shine: BLIND, heightMm: -0.3, ownColour: false },
};

/** The printed sheet, and over it what shines or is pressed. */
export const paperPrintAppearance = async (
  scene: Scene,
  settings: PaperPrintSettings,
  request: AppearanceRequest,
  context: MakeContext,
): Promise<readonly Appearance[]> => {
  const { scene: printed, finishes } = paintedFinishes(scene, settings);
  const layers: Appearance[] = [...(await flatAppearance(printed, 'paper', request, context))];
  for (const finish of finishes) {
    const look = LOOKS[finish.step];
    if (look) layers.push(await finishAppearance(scene, finish, look, request, context));
  }
  return layers;
};

const finishAppearance = async (
  scene: Scene,
  { nodes }: Finish,
  { process, shine, heightMm, ownColour }: Look,
  request: AppearanceRequest,
  { picture, signal }: MakeContext,
): Promise<Appearance> => {
  const shown = { ...scene, nodes: ownColour ? nodes : mapColours(nodes, () => WHITE) };
  const { rgba } = await renderPixels(shown, { ...request, background: null, mirror: false }, picture, signal);
  const height = new Float32Array(rgba.length >> 2);
  for (let i = 0, at = 3; i < height.length; i += 1, at += 4) height[i] = ((rgba[at] ?? 0) / 255) * heightMm;
  return { ...request, process, rgba, surface: { finish: shine, height } };
};
