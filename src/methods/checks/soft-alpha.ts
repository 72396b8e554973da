import type { Finding } from '../../model/finding.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { Scene } from '../../scene/scene.ts';
import { sampleCover } from './sample-cover.ts';

export type SoftLimits = {
  /** Per cent of the art that may be half clear. */
  readonly mostSoft: number;
  /** Share of cover below which nothing prints. */
  readonly cutoff: number;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly hint: string;
};

/** From here on a pixel counts as covered. */
const FULL = 0.98;

/**
 * Half clear art over white ink: glows, soft shadows, faded pictures. White cannot fade, so they print milky or speckled. Fades over art that
 * covers do no harm. Told once, at the layer that makes most of it.
 */
export const checkSoftAlpha = (scene: Scene, picture: (digest: string) => DecodedImage, limits: SoftLimits): readonly Finding[] => {
  const { alpha, culprit, pointers } = sampleCover(scene, picture);
  const guilt = pointers.map(() => 0);
  let [covered, soft] = [0, 0];
  alpha.forEach((value, i) => {
    if (value <= limits.cutoff) return;
    covered += 1;
    if (value >= FULL) return;
    soft += 1;
    const by = culprit[i] ?? -1;
    if (by >= 0) guilt[by] = (guilt[by] ?? 0) + 1;
  });
  const share = covered === 0 ? 0 : (100 * soft) / covered;
  if (share <= limits.mostSoft) return [];
  const worst = pointers[guilt.indexOf(Math.max(...guilt))];
  if (worst === undefined) return [];
  return [
    {
      severity: limits.severity,
      code: 'alpha.soft',
      pointer: worst,
      message: limits.message,
      hint: limits.hint,
      measured: Math.round(share * 10) / 10,
      required: limits.mostSoft,
      unit: '%',
    },
  ];
};
