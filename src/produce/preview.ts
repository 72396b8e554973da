import { rectOf } from '../geometry/point.ts';
import type { MadeFile } from '../methods/method.ts';
import { artboardOf, flatProof } from '../mockup/index.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import { Problem } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import { encodePixels } from '../render/raster/encode-pixels.ts';
import { renderPng } from '../render/raster/render-png.ts';
import { articleColourOf, checkPlan } from './check.ts';
import { loadViews, mockupFile } from './mockups.ts';
import type { PlannedPlacement } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { RenderCache } from './render-cache.ts';

/** The flat picture of one placement: its art on the article's colour, cut at the trim. */
export const previewFile = async (planned: PlannedPlacement, prepared: Prepared, widthPx: number): Promise<MadeFile> => {
  const { scene, method, settings, placement } = planned;
  const region = rectOf(0, 0, scene.area.widthMm, scene.area.heightMm);
  const heightPx = Math.max(1, Math.round((widthPx * region.height) / region.width));
  const request = { region, widthPx, heightPx };
  const appearances = await method.appearance(scene, settings, request, prepared.context);
  const colour = articleColourOf(prepared.resolved.product, prepared.resolved.spec.variant);
  const picture = await flatProof(appearances, request, scene.area, colour ?? '#ffffff', prepared.context.signal);
  return {
    name: `${placement.product.id}-preview.png`,
    role: 'preview',
    mediaType: 'image/png',
    data: await encodePixels(picture, { format: 'png' }),
    placement: placement.product.id,
    method: method.id,
    widthMm: scene.area.widthMm,
    heightMm: scene.area.heightMm,
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
  };
};

/** One placement on an artboard with its guides, for people to approve. */
export const proofFile = async ({ scene, method, placement }: PlannedPlacement, prepared: Prepared, widthPx: number): Promise<MadeFile> => {
  const { resolved, context } = prepared;
  const ground = articleColourOf(resolved.product, resolved.spec.variant) ?? '#ffffff';
  const { scene: board, region } = artboardOf(scene, ground, context.lettering);
  const heightPx = Math.max(1, Math.round((widthPx * region.height) / region.width));
  const request = { widthPx, heightPx, region, background: '#ffffff', mirror: false, size: 'fast' } as const;
  return {
    name: `${placement.product.id}-proof.png`,
    role: 'report',
    mediaType: 'image/png',
    data: await renderPng(board, request, context.picture, context.signal),
    placement: placement.product.id,
    method: method.id,
    widthPx,
    heightPx,
  };
};

export type PreviewOptions = {
  /** A mockup view; without it the flat art of a placement is shown. */
  readonly view?: string | undefined;
  readonly placement?: string | undefined;
  readonly widthPx: number;
  readonly signal: AbortSignal;
  readonly cache?: RenderCache;
};

/**
 * One picture, without production files: a mockup view, or the flat art of a placement. Shows the art even when findings of
 * severity error stand: they come along.
 * @throws Problem `placement.unknown` when the spec has no such placement
 */
export const preview = async (
  spec: DesignSpec,
  resources: Resources,
  { view, placement, widthPx, signal, cache }: PreviewOptions,
): Promise<{ readonly file: MadeFile; readonly findings: readonly Finding[]; readonly ok: boolean }> => {
  const prepared = await prepare(spec, resources, signal, cache);
  try {
    const findings = checkPlan(prepared);
    const ok = !hasErrors(findings);
    if (view !== undefined) {
      const one = { ...spec, mockups: { ...spec.mockups, views: [view], format: 'png' as const } };
      const [loaded] = await loadViews(one, prepared, resources);
      if (loaded) return { file: await mockupFile(loaded, one, prepared, widthPx), findings, ok };
    }
    const planned = prepared.plan.placements.find((one) => placement === undefined || one.placement.product.id === placement);
    if (!planned) {
      const ids = prepared.plan.placements.map((one) => one.placement.product.id);
      throw new Problem('placement.unknown', `expected a placement of this spec (${ids.join(', ')}), got "${placement}"`);
    }
    return { file: await previewFile(planned, prepared, widthPx), findings, ok };
  } finally {
    prepared.close();
  }
};
