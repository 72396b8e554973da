import { pathLength } from '../../geometry/measure.ts';
import type { Path } from '../../geometry/path.ts';
import { areaOfPath } from '../../geometry/polygons.ts';
import type { DigitizeOptions } from '../../stitch/region.ts';

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
