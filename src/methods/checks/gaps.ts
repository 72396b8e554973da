import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import { signedAreas } from '../../geometry/measure.ts';
import { narrowBetween, narrowGaps } from '../../geometry/narrow-parts.ts';
import type { Point } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt, SolidPiece } from '../../render/solid/solid-art.ts';
import { type MmLimits, missedLimit, roundMm } from './limits.ts';
import { narrowFindings } from './narrow-findings.ts';

/** Gaps and holes that will close up (`gap.narrow`), within each colour: one finding for a layer, about its narrowest place. */
export const checkGaps = (art: SolidArt, limits: MmLimits): readonly Finding[] => {
  if (limits.warnMm <= 0) return [];
  const found = art.regions.flatMap(({ path }) => narrowGaps(path, limits.warnMm));
  return narrowFindings(art, found, limits.warnMm, (one, { name, others, piece }) => {
    const missed = missedLimit(one.widthMm, limits);
    if (!missed) return null;
    const width = roundMm(one.widthMm);
    const isHole = piece !== undefined && isEnclosed(piece, one.at);
    return {
      severity: missed.severity,
      code: 'gap.narrow',
      message: `${isHole ? name('The hole', 'A hole') : besideName(piece)} is ${width} mm wide${others} and closes up below ${missed.requiredMm} mm.`,
      hint: isHole ? 'Make it larger, or use a more open font.' : 'Set the parts farther apart, or let them join.',
      measured: width,
      required: missed.requiredMm,
      unit: 'mm',
    };
  });
};

const besideName = (piece: SolidPiece | undefined): string => (piece?.letter ? `The gap beside '${piece.letter}'` : 'A gap');

/** Gaps between colours that are too narrow to hold apart (`gap.narrow`); colours that touch are let be. */
export const checkGapsBetween = (art: SolidArt, limits: MmLimits): readonly Finding[] => {
  const { regions } = art;
  const found = regions.flatMap((one, i) => regions.slice(i + 1).flatMap((other) => narrowBetween(one.path, other.path, limits.warnMm)));
  return narrowFindings(art, found, limits.warnMm, (one, { others }) => {
    const missed = missedLimit(one.widthMm, limits);
    if (!missed) return null;
    const width = roundMm(one.widthMm);
    return {
      severity: missed.severity,
      code: 'gap.narrow',
      message: `Two colours are ${width} mm apart${others}; they need ${missed.requiredMm} mm, as no two passes land on the same place.`,
      hint: 'Set them farther apart, or let the upper one overlap the lower.',
      measured: width,
      required: missed.requiredMm,
      unit: 'mm',
    };
  });
};

/** Whether a hole of the piece itself holds the place. */
const isEnclosed = ({ path }: SolidPiece, at: Point): boolean => {
  const areas = signedAreas(path);
  return flattenPath(path).some((ring, i) => (areas[i] ?? 0) < 0 && pathContainsPoint(pathOfPolylines([ring]), at));
};
