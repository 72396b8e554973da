import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { spotNames } from '../checks/spots.ts';
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
  const spots = spotNames(scene.nodes);
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
