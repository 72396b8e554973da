import type { Appearance, AppearanceRequest, Finish } from '../../render/appearance.ts';
import { VINYL } from '../../render/finishes.ts';
import { renderPixels } from '../../render/raster/render-pixels.ts';
import { type StitchPicture, stitchPixels } from '../../render/stitches/stitch-pixels.ts';
import { stitchRelief } from '../../render/stitches/stitch-relief.ts';
import type { Scene } from '../../scene/scene.ts';
import type { StitchPlan } from '../../stitch/plan.ts';
import type { MakeContext } from '../method.ts';
import { laidLayers } from './laid-layers.ts';
import { colourOfPatch, type Patch } from './patches.ts';

/** Woven cloth, cut to shape: matt, and too thick for the article below to show. */
const CLOTH: Finish = { ...VINYL, mirror: 0, roughness: 1, grain: 0.15, gloss: 0.05 };
const CLOTH_MM = 0.4;

/** Patches and the stitches on and beneath them. */
export type PatchDesign = { readonly scene: Scene; readonly plan: StitchPlan; readonly patches: readonly Patch[] };

type Canvas = Pick<MakeContext, 'picture' | 'signal'>;

/** Thread and cloth as they come to lie on each other, each on what is below it. */
export const patchAppearance = async (design: PatchDesign, request: AppearanceRequest, context: Canvas): Promise<readonly Appearance[]> => {
  const below = new Float32Array(request.widthPx * request.heightPx);
  const shown: Appearance[] = [];
  for (const { plan, cloths } of laidLayers(design.plan, design.patches)) {
    if (plan.blocks.length > 0) {
      const look = await stitchRelief(plan, request, context.signal);
      const height = look.surface?.height?.map((mm, i) => (mm > 0 ? mm + (below[i] ?? 0) : mm));
      shown.push(look.surface && height ? { ...look, surface: { ...look.surface, height } } : look);
    }
    if (cloths.length === 0) continue;
    const rgba = await clothPixels(design.scene, cloths, request, null, context);
    for (let i = 0; i < below.length; i += 1) below[i] = (below[i] ?? 0) + ((rgba[4 * i + 3] ?? 0) / 255) * CLOTH_MM;
    shown.push({ process: 'ink', ...request, rgba, surface: { finish: CLOTH, height: Float32Array.from(below) } });
  }
  return shown;
};

/** The same from straight above in the light of a lamp, on the article. Straight RGBA, opaque. */
export const patchPicture = async (
  design: PatchDesign,
  view: StitchPicture & { readonly background: string },
  context: Canvas,
): Promise<Uint8Array> => {
  let seen = await clothPixels(design.scene, [], view, view.background, context);
  for (const { plan, cloths } of laidLayers(design.plan, design.patches)) {
    if (plan.blocks.length > 0) seen = laidOver(seen, (await stitchPixels(plan, { ...view, background: null }, context.signal)).rgba);
    if (cloths.length > 0) seen = laidOver(seen, await clothPixels(design.scene, cloths, view, null, context));
  }
  return seen;
};

/** Patches by themselves, seen flat; beneath them is nothing, or `background`. */
const clothPixels = async (
  { area }: Scene,
  patches: readonly Patch[],
  { region, widthPx, heightPx }: AppearanceRequest,
  background: string | null,
  { picture, signal }: Canvas,
): Promise<Uint8Array> => {
  const nodes = patches.map((patch) => ({
    kind: 'path' as const,
    pointer: '',
    path: patch.path,
    fillRule: 'nonzero' as const,
    fill: { kind: 'solid' as const, colour: colourOfPatch(patch) },
    stroke: null,
  }));
  const request = { region, widthPx, heightPx, background, mirror: false };
  const { rgba } = await renderPixels({ version: 1, area, nodes }, request, picture, signal);
  return rgba;
};

/** One picture on an opaque one of the same size. */
const laidOver = (below: Uint8Array, above: Uint8Array): Uint8Array => {
  const out = Uint8Array.from(below);
  for (let at = 0; at + 3 < out.length; at += 4) {
    const share = (above[at + 3] ?? 0) / 255;
    for (let c = at; c < at + 3; c += 1) out[c] = Math.round((above[c] ?? 0) * share + (below[c] ?? 0) * (1 - share));
  }
  return out;
};
