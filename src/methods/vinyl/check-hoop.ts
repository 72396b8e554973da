import { boundsOfPath } from '../../geometry/path.ts';
import type { Finding } from '../../model/finding.ts';
import { largestHoop, smallestHoop } from '../../render/stitches/hoops.ts';
import type { VinylSettings } from './settings.ts';
import { sewingOf, sewnBoxOf } from './sewing.ts';
import type { VinylLayer } from './vinyl-layers.ts';

/** Layers of twill that no usual hoop holds, so that no machine sews their edges in one go (`hoop.too-small`). */
export const checkHoop = (layers: readonly VinylLayer[], settings: VinylSettings, pointer: string): readonly Finding[] => {
  if (!sewingOf(settings)) return [];
  const largest = largestHoop();
  return layers.flatMap(({ path, swatch, pointers }): readonly Finding[] => {
    const edges = boundsOfPath(path);
    const box = edges && sewnBoxOf(edges);
    if (!box || smallestHoop(box.width, box.height)) return [];
    const size = `${Math.round(box.width)} x ${Math.round(box.height)}`;
    return [
      {
        severity: 'warning',
        code: 'hoop.too-small',
        pointer: pointers[0] ?? pointer,
        message: `"${swatch.name}" is ${size} mm with its zigzag, larger than every usual hoop: its machine file has to be sewn in parts.`,
        hint: 'Make the art smaller, split it into two placements, or leave out "sewing" and sew its edges by hand.',
        measured: size,
        required: `${largest.widthMm} x ${largest.heightMm}`,
        unit: 'mm',
      },
    ];
  });
};
