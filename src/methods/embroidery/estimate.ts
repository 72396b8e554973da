import { pathLength } from '../../geometry/measure.ts';
import type { Path } from '../../geometry/path.ts';
import { areaOfPath } from '../../geometry/polygons.ts';
import type { DigitizeOptions, PatchWork } from '../../stitch/region.ts';

/**
 * Stitches for each mm of outline over the pitch of satins, and for each stitch that would fill the area: underlay, ties and ways are among them.
 * Fitted to words, badges, discs and bars as the digitiser sews them, which it meets within a fifth.
 */
const BY_OUTLINE = 0.96;
const BY_AREA = 1.29;

/** About how many stitches areas need, from their size and outline alone. */
export const estimatedStitches = (paths: readonly Path[], { fabric, fillStitchMm }: DigitizeOptions): number =>
  Math.round(
    paths.reduce(
      (sum, path) =>
        sum + (BY_OUTLINE * pathLength(path)) / fabric.satinPitchMm + (BY_AREA * areaOfPath(path)) / (fabric.fillPitchMm * fillStitchMm),
      0,
    ),
  );

/** For each mm of a patch: lines that place and hold it, an open zigzag, and, over the pitch, satin with its underlay; measured on squares. */
const LINES_PER_MM = 0.73;
const SATIN_EDGE = 2.65;
const ZIGZAG_PER_MM = 2 / 1.2;

/** About how many stitches patches of cloth need, from their outlines. */
export const estimatedPatchStitches = (paths: readonly Path[], { border }: PatchWork, { fabric }: DigitizeOptions): number => {
  const each = { satin: SATIN_EDGE / fabric.satinPitchMm, zigzag: ZIGZAG_PER_MM, none: 0 }[border] + LINES_PER_MM;
  return Math.round(paths.reduce((sum, path) => sum + each * pathLength(path), 0));
};
