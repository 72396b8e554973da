import { contoursOf } from '../../geometry/contours.ts';
import { signedAreas } from '../../geometry/measure.ts';
import { boundsOfPath, EMPTY_PATH, isEmptyPath, type Path } from '../../geometry/path.ts';
import { intersectPaths, offsetPath, subtractPaths } from '../../geometry/polygons.ts';

/** Around a crossing, the lower strand is cut this much farther than the gap, so that oblique crossings open too. */
const ZONE = 2.2;

/** The places where two outlines cross, from top to bottom. */
const crossingsOf = (a: Path, b: Path): readonly Path[] => {
  const shared = intersectPaths(a, b);
  const found = contoursOf(shared).flatMap((path, i) => {
    const box = boundsOfPath(path);
    // Rings that run the other way are holes.
    return box && (signedAreas(shared)[i] ?? 0) !== 0 ? [{ path, box, area: signedAreas(shared)[i] ?? 0 }] : [];
  });
  const largest = found.reduce((best, { area }) => (Math.abs(area) > Math.abs(best) ? area : best), 0);
  return found
    .filter(({ area }) => Math.sign(area) === Math.sign(largest))
    .sort((p, q) => p.box.y + p.box.height / 2 - (q.box.y + q.box.height / 2) || p.box.x - q.box.x)
    .map(({ path }) => path);
};

/** Outlines laid over and under one another in turn; where one passes below, it is cut with a gap on either side. */
export const weave = (figures: readonly Path[], gap: number): readonly Path[] => {
  const woven = [...figures];
  const grown = figures.map((path) => offsetPath(path, gap, 'round'));
  for (let i = 0; i < figures.length; i += 1) {
    for (let j = i + 1; j < figures.length; j += 1) {
      crossingsOf(figures[i] ?? EMPTY_PATH, figures[j] ?? EMPTY_PATH).forEach((crossing, k) => {
        const [over, under] = (k + i) % 2 === 0 ? [i, j] : [j, i];
        const cut = intersectPaths(grown[over] ?? EMPTY_PATH, offsetPath(crossing, gap * ZONE, 'round'));
        const left = woven[under] ?? EMPTY_PATH;
        if (!isEmptyPath(cut)) woven[under] = subtractPaths(left, cut);
      });
    }
  }
  return woven;
};
