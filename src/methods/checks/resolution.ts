import { stretch } from '../../geometry/affine.ts';
import type { Finding } from '../../model/finding.ts';
import { SOFT_EDGE_POINTER } from '../../scene/masks/soft-edge.ts';
import { effectiveDpi } from '../../scene/photo.ts';
import type { RasterNode, Scene } from '../../scene/scene.ts';
import { rastersOf } from '../../scene/walk.ts';

export type ResolutionLimits = { readonly errorDpi: number; readonly warnDpi: number };

/** Pictures this narrow or low in pixels are rules and textures, not photos (GWG 2022 exempts them). */
const EXEMPT_PX = 16;

/** Effective dpi of every placed picture, the worst per layer. */
export const checkResolution = (scene: Scene, limits: ResolutionLimits): readonly Finding[] => {
  const worst = new Map<string, RasterNode>();
  for (const node of rastersOf(scene.nodes)) {
    if (node.source.width <= EXEMPT_PX || node.source.height <= EXEMPT_PX || node.interpolation === 'nearest') continue;
    if (node.pointer.endsWith(SOFT_EDGE_POINTER)) continue;
    const known = worst.get(node.pointer);
    if (!known || effectiveDpi(node) < effectiveDpi(known)) worst.set(node.pointer, node);
  }
  return [...worst].flatMap(([pointer, node]) => resolutionFinding(pointer, node, limits));
};

const resolutionFinding = (pointer: string, node: RasterNode, { errorDpi, warnDpi }: ResolutionLimits): readonly Finding[] => {
  const dpi = Math.round(effectiveDpi(node));
  if (dpi >= warnDpi) return [];
  const size = stretch(node.at);
  const widest = Math.floor((size.x * dpi) / warnDpi);
  return [
    {
      severity: dpi < errorDpi ? 'error' : 'warning',
      code: 'image.low-resolution',
      pointer,
      message: `The picture prints at ${dpi} dpi; this needs ${warnDpi} dpi (${errorDpi} at the least).`,
      hint: `Print it at most ${widest} mm wide, or send a larger original. Platen never enlarges a picture by inventing pixels.`,
      measured: dpi,
      required: warnDpi,
      unit: 'dpi',
    },
  ];
};
