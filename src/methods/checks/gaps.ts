import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import { signedAreas } from '../../geometry/measure.ts';
import { narrowBetween, narrowGaps } from '../../geometry/narrow-parts.ts';
import type { Point } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt, SolidPiece } from '../../render/solid/solid-art.ts';
import { LIMIT_SLACK_MM, type MmLimits, missedLimit, roundMm } from './limits.ts';
import { type NarrowPlace, narrowFinding, narrowPlaces, placesOf } from './narrow-findings.ts';

/** Gaps and holes that will close up (`gap.narrow`), within each colour: one finding for a layer, about its narrowest place. */
export const checkGaps = (art: SolidArt, limits: MmLimits): readonly Finding[] => narrowPlaces(art, narrowGaps, limits).map(gapFinding);

const gapFinding = (place: NarrowPlace): Finding => {
  const { narrow, piece, name, others, requiredMm } = place;
  const isHole = piece !== undefined && isEnclosed(piece, narrow.at);
  const what = isHole ? name('The hole', 'A hole') : besideName(piece);
  return narrowFinding(place, {
    code: 'gap.narrow',
    message: `${what} is ${roundMm(narrow.widthMm)} mm wide${others} and closes up below ${requiredMm} mm.`,
    hint: isHole ? holeHint(piece) : 'Set the parts farther apart, or let them join.',
  });
};

const holeHint = ({ letter }: SolidPiece): string => (letter ? 'Make it larger, or use a more open font.' : 'Make it wider, or fill it.');

const besideName = (piece: SolidPiece | undefined): string => (piece?.letter ? `The gap beside '${piece.letter}'` : 'A gap');

/** Gaps between colours that are too narrow to hold apart (`gap.narrow`); colours that touch are let be. */
export const checkGapsBetween = (art: SolidArt, limits: MmLimits): readonly Finding[] => {
  if (limits.warnMm <= LIMIT_SLACK_MM) return [];
  const { regions } = art;
  const least = limits.warnMm - LIMIT_SLACK_MM;
  const found = regions.flatMap((one, i) => regions.slice(i + 1).flatMap((other) => narrowBetween(one.path, other.path, least)));
  return placesOf(art, found, { severity: 'warning', requiredMm: limits.warnMm }).map((place) => {
    const { severity, requiredMm } = missedLimit(place.narrow.widthMm, limits) ?? place;
    return narrowFinding(
      { ...place, severity, requiredMm },
      {
        code: 'gap.narrow',
        message: `Two colours are ${roundMm(place.narrow.widthMm)} mm apart${place.others}; they need ${requiredMm} mm, as no two passes land on the same place.`,
        hint: 'Set them farther apart, or let the upper one overlap the lower.',
      },
    );
  });
};

/** Whether a hole of the piece itself holds the place. */
const isEnclosed = ({ path }: SolidPiece, at: Point): boolean => {
  const areas = signedAreas(path);
  return flattenPath(path).some((ring, i) => (areas[i] ?? 0) < 0 && pathContainsPoint(pathOfPolylines([ring]), at));
};
