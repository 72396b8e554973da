import { contoursOf } from '../../geometry/contours.ts';
import { polylinesCross } from '../../geometry/crossings.ts';
import { flattenPath, type Polyline } from '../../geometry/flatten.ts';
import type { Finding } from '../../model/finding.ts';
import { isClosed } from './kerf.ts';
import type { BeamLine } from './take-lines.ts';

/** Curves may be this coarse to see whether they cross, mm. */
const TOLERANCE_MM = 0.02;
/** Outlines whose corners all lie this near to one another are the same, mm. */
const SAME_MM = 0.05;

/**
 * Cuts that would not leave the part that was meant: outlines that cross themselves or one another, and lines cut twice. Open lines are slits,
 * which may cross.
 */
export const checkCrossings = (lines: readonly BeamLine[]): readonly Finding[] => {
  const cuts = lines
    .filter(({ work }) => work === 'cut')
    .flatMap(({ path, pointer }) =>
      contoursOf(path).map((contour) => ({ pointer, ring: isClosed(contour), flat: flattenPath(contour, TOLERANCE_MM) })),
    );
  return cuts.flatMap(({ flat, pointer, ring }, i): readonly Finding[] => {
    const before = cuts.slice(0, i);
    if (before.some((other) => isSame(other.flat, flat))) return [duplicateFinding(pointer)];
    if (!ring) return [];
    if (polylinesCross(flat)) return [crossFinding(pointer, flat, true)];
    const crossed = before.some((other) => other.ring && !polylinesCross(other.flat) && polylinesCross([...other.flat, ...flat]));
    return crossed ? [crossFinding(pointer, flat, false)] : [];
  });
};

const isSame = (a: readonly Polyline[], b: readonly Polyline[]): boolean => {
  const [one, two] = [a.flatMap((line) => [...line.points]), b.flatMap((line) => [...line.points])];
  return one.length === two.length && one.every((value, i) => Math.abs(value - (two[i] ?? 0)) < SAME_MM);
};

const crossFinding = (pointer: string, [line]: readonly Polyline[], itself: boolean): Finding => ({
  severity: 'error',
  code: 'cut.crosses',
  pointer,
  message: `The cut line that begins at ${Math.round(line?.points[0] ?? 0)}, ${Math.round(line?.points[1] ?? 0)} mm crosses ${itself ? 'itself' : 'another one'}: the part would fall into pieces.`,
  hint: itself ? 'Draw it as a simple outline.' : 'Weld the outlines, or move them apart.',
});

const duplicateFinding = (pointer: string): Finding => ({
  severity: 'error',
  code: 'cut.duplicate',
  pointer,
  message: 'The same line is cut twice: the beam would burn its edges.',
  hint: 'Leave one of the two out.',
});
