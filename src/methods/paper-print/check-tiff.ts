import type { Finding } from '../../model/finding.ts';
import type { Paint, Scene, SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import type { PaperPrintSettings } from './settings.ts';

/** What a TIFF cannot carry and a PDF could: told before it is lost. */
export const checkTiff = (scene: Scene, settings: PaperPrintSettings, pointer: string): readonly Finding[] => {
  if (settings.format !== 'tiff') return [];
  const findings: Finding[] = [];
  if (settings.cropMarks || settings.registrationMarks || settings.slug) {
    findings.push({
      severity: 'warning',
      code: 'tiff.no-marks',
      pointer: `${pointer}/settings`,
      message: 'TIFF files carry no crop marks, registration marks or slug line.',
      hint: 'Use format "pdf", or turn the marks off.',
    });
  }
  const spots = [...new Set(nodesOf(scene.nodes).flatMap(spotsOf))].sort();
  if (spots.length > 0) {
    findings.push({
      severity: 'error',
      code: 'tiff.no-plates',
      pointer,
      message: `TIFF files have the four process inks only; these plates would be lost: ${spots.join(', ')}.`,
      hint: 'Use format "pdf".',
    });
  }
  return findings;
};

const spotsOf = (node: SceneNode): readonly string[] => {
  if (node.kind === 'group' || node.kind === 'raster') return [];
  const paints: readonly (Paint | null)[] = node.kind === 'glyphs' ? [node.fill] : [node.fill, node.stroke?.paint ?? null];
  return paints.flatMap((paint) => {
    if (!paint) return [];
    const colours = paint.kind === 'solid' ? [paint.colour] : paint.stops.map((stop) => stop.colour);
    return colours.flatMap((colour) => (colour.space === 'spot' ? [colour.name] : []));
  });
};
