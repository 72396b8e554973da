import { type Narrow, narrowParts } from '../../geometry/narrow-parts.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt } from '../../render/solid/solid-art.ts';
import { type MmLimits, missedLimit, roundMm } from './limits.ts';
import { narrowFindings } from './narrow-findings.ts';

/** Parts thinner than the machine makes (`stroke.thin`): one finding for a layer, about its thinnest place. */
export const checkStrokes = (art: SolidArt, limits: MmLimits): readonly Finding[] => {
  if (limits.warnMm <= 0) return [];
  const found = art.regions.flatMap(({ path }): readonly Narrow[] => narrowParts(path, limits.warnMm));
  return narrowFindings(art, found, limits.warnMm, (one, { name, others }) => {
    const missed = missedLimit(one.widthMm, limits);
    if (!missed) return null;
    const width = roundMm(one.widthMm);
    return {
      severity: missed.severity,
      code: 'stroke.thin',
      message: `${name('The stroke', 'A line')} is ${width} mm thin${others}; it needs ${missed.requiredMm} mm.`,
      hint: `Use a bolder cut of the font, make it ${growth(missed.requiredMm / one.widthMm)}, or thicken the lines.`,
      measured: width,
      required: missed.requiredMm,
      unit: 'mm',
    };
  });
};

const growth = (factor: number): string =>
  Number.isFinite(factor) && factor < 4 ? `${Math.ceil((factor - 1) * 100)} % larger` : 'much larger';
