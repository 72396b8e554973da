import { inflate, rectOf } from '../geometry/point.ts';
import { Problem } from '../model/problem.ts';
import type { AppearanceRequest } from '../render/appearance.ts';
import type { CompiledView } from './compile-view.ts';

/** Texels per picture pixel where the view shows a placement largest: what four taps average well. */
const TEXELS_PER_PIXEL = 2;
/** Beyond this (about 300 dpi) more texels cost time and show nothing, as long as there is still a good one for each pixel. */
const ENOUGH_PER_MM = 12;
const LEAST_PER_PIXEL = 1.2;
const MAX_SIDE_PX = 6000;

/**
 * The art a view wants for one of its placements: the trim with as much bleed as the surface shows, at the resolution that the sharpest
 * part of the picture can show.
 * @param trim - size of the ordered variant, mm; the pictured one's unless given
 * @throws Problem `mockup.placement-unknown`
 */
export const appearanceRequestFor = (
  { record, print }: CompiledView,
  placement: string,
  trim?: { readonly widthMm: number; readonly heightMm: number },
): AppearanceRequest => {
  const shown = record.placements.find((one) => one.placement === placement);
  if (!shown) throw new Problem('mockup.placement-unknown', `expected a placement of view ${record.id}, got "${placement.slice(0, 64)}"`);
  const { widthMm, heightMm } = trim ?? { widthMm: shown.width, heightMm: shown.height };
  const pixelsPerMm = shown.width / widthMm / finest(print?.tiles ?? new Float32Array());
  const wanted = Math.max(LEAST_PER_PIXEL * pixelsPerMm, Math.min(ENOUGH_PER_MM, TEXELS_PER_PIXEL * pixelsPerMm));
  const perMm = Math.min(wanted, MAX_SIDE_PX / Math.max(widthMm, heightMm));
  const region = inflate(rectOf(0, 0, widthMm, heightMm), (shown.bleed * widthMm) / shown.width);
  return { region, widthPx: Math.max(1, Math.round(region.width * perMm)), heightPx: Math.max(1, Math.round(region.height * perMm)) };
};

/** Mm per pixel of the sharpest tiles, leaving out the sharpest twentieth. */
const finest = (tiles: Float32Array): number => {
  const steps = [];
  for (let i = 2; i < tiles.length; i += 3) if ((tiles[i] ?? 0) > 0) steps.push(tiles[i] ?? 0);
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 20)] ?? 1;
};
