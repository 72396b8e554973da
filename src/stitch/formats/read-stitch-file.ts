import { Problem } from '../../model/problem.ts';
import type { StitchFile } from '../../model/resources.ts';
import { readStitches } from './read-stitches.ts';
import { stitchFacts } from './stitch-facts.ts';

/** Far more than anybody sews onto one article; what is placed is drawn stitch by stitch. */
const MOST_PLACED = 300_000;

/**
 * A machine file to be placed on an article. `digest` is the sha256 of the bytes; `fileName` tells an EXP file by its ending. Throws the Problems of
 * `readStitches`, `stitches.too-many` above 300,000 stitches, and `stitches.empty` for a file in which the needle never goes down.
 */
export const readStitchFile = (bytes: Uint8Array, digest: string, fileName: string): StitchFile => {
  const { format, name, plan, warnings } = readStitches(bytes, fileName);
  const { stitches } = stitchFacts(plan);
  if (stitches > MOST_PLACED) {
    throw new Problem('stitches.too-many', `expected at most ${MOST_PLACED} stitches in a file to place, got ${stitches}`);
  }
  if (stitches === 0) throw new Problem('stitches.empty', 'expected a file with stitches, got one without any');
  return {
    digest,
    format,
    name,
    plan,
    hasColours: !warnings.some(({ code }) => code === 'stitches.no-colours'),
    warnings: warnings.flatMap(({ code, message }) => (code === 'stitches.no-colours' ? [] : [message])),
  };
};
