import { boundsOfPath, EMPTY_PATH, isEmptyPath, type Path } from '../../geometry/path.ts';
import { intersectionOf } from '../../geometry/point.ts';
import { areaOfPath, intersectPaths, offsetPath, subtractPaths, unionPaths } from '../../geometry/polygons.ts';

/** What a piece shows and what it is sewn as, beneath later colours as well. */
export type Grown = { readonly visible: Path; readonly path: Path };

/** So many areas of one thread on a place are a crowd; within the second of it, mm, they lie on a place only once. */
const CROWD = 3;
const ABOUT_MM = 0.6;
/** What is narrower than twice this is no place to sew, mm. */
const HAIR_MM = 0.05;
const TOLERANCE_MM = 0.015;
/** Shares smaller than this come from rounding, mm². */
const NO_SHARE_MM2 = 0.01;

/**
 * Takes from what pieces of one thread cover beneath later colours that which others of them cover already, where many lie on one place: as where
 * wedges meet in a point, and each would fill the whole of it. `beside[i]` are those near piece i. The first of them keeps what it has.
 */
export const spreadTraps = (pieces: readonly Grown[], beside: readonly (readonly number[])[]): readonly Path[] => {
  const out = pieces.map(({ path }) => path);
  pieces.forEach((piece, i) => {
    const others = (beside[i] ?? []).filter((j) => touches(piece.path, pieces[j]?.path));
    if (others.length < CROWD - 1) return;
    const crowd = crowdOf(others.map((j) => pieces[j]?.path ?? EMPTY_PATH));
    const shared = isEmptyPath(crowd) ? crowd : intersectPaths(crowd, piece.path, 'nonzero', TOLERANCE_MM);
    if (isEmptyPath(shared) || areaOfPath(shared) < NO_SHARE_MM2) return;
    const place = offsetPath(shared, ABOUT_MM, 'round', 'nonzero', TOLERANCE_MM);
    const before = others.filter((j) => j < i).flatMap((j) => out[j] ?? []);
    const taken = intersectPaths(unionPaths(before, 'nonzero', TOLERANCE_MM), place, 'nonzero', TOLERANCE_MM);
    if (isEmptyPath(taken)) return;
    const left = withoutHairs(subtractPaths(piece.path, taken, 'nonzero', TOLERANCE_MM));
    out[i] = unionPaths([piece.visible, left], 'nonzero', TOLERANCE_MM);
  });
  return out;
};

const withoutHairs = (path: Path): Path =>
  offsetPath(offsetPath(path, -HAIR_MM, 'miter', 'nonzero', TOLERANCE_MM), HAIR_MM, 'miter', 'nonzero', TOLERANCE_MM);

const touches = (a: Path, b: Path | undefined): boolean => {
  const [one, other] = [boundsOfPath(a), b && boundsOfPath(b)];
  return Boolean(one && other && intersectionOf(one, other));
};

/** Where all but one of a crowd lie on one place. */
const crowdOf = (paths: readonly Path[]): Path => {
  const layers: Path[] = [];
  for (const path of paths) {
    let rest = path;
    for (let k = 0; k < CROWD - 1 && !isEmptyPath(rest); k += 1) {
      const under = layers[k] ?? EMPTY_PATH;
      layers[k] = unionPaths([under, rest], 'nonzero', TOLERANCE_MM);
      rest = isEmptyPath(under) ? under : intersectPaths(under, rest, 'nonzero', TOLERANCE_MM);
    }
  }
  return layers[CROWD - 2] ?? EMPTY_PATH;
};
