import { isEmptyPath, type Path } from '../../geometry/path.ts';
import { offsetPath, unionPaths } from '../../geometry/polygons.ts';
import { holdsPatch, patchNeedsMm } from '../applique/sew-patches.ts';
import { PATCH, type PatchWork, type StitchRegion, type StitchRemark } from '../region.ts';
import { type Island, islandsOf } from './islands.ts';
import { thinRings } from './thin-rings.ts';

/** A connected piece of a region, in paint order; `owner` is the index of its region. `patch`: cloth that is sewn on, or null for plain sewing. */
export type Piece = Island & { readonly owner: number; readonly patch: PatchWork | null };

/** Pieces smaller than this hold no stitch, mm². */
const LEAST_AREA_MM2 = 0.12;
/** Outlines with more points are no artwork for a needle. */
const MOST_POINTS = 60_000;
const TOLERANCE_MM = 0.015;
/** Outlines with fewer points are taken as they are. */
const PLAIN_POINTS = 800;
const GRAIN_MM = 0.12;

/** The regions as clean connected pieces, and what had to be left out. */
export const piecesOf = (
  regions: readonly StitchRegion[],
): { readonly pieces: readonly Piece[]; readonly remarks: readonly StitchRemark[] } => {
  const pieces: Piece[] = [];
  const remarks: StitchRemark[] = [];
  regions.forEach((region, owner) => {
    const found = cleanIslands(region.path);
    if (typeof found === 'string') {
      remarks.push(remarkOf(owner, region.path, found));
      return;
    }
    const large = found.filter(({ areaMm2 }) => areaMm2 >= LEAST_AREA_MM2);
    for (const island of large) {
      const patch = region.stitch === 'applique' ? (region.patch ?? PATCH) : null;
      const holds = patch !== null && holdsPatch({ path: island.path, work: patch });
      if (patch && !holds) remarks.push(smallPatch(owner, island, patch));
      pieces.push({ ...island, owner, patch: holds ? patch : null });
    }
    if (large.length === 0) remarks.push(remarkOf(owner, region.path, 'stitch.skipped', Math.sqrt(found[0]?.areaMm2 ?? 0)));
  });
  return { pieces, remarks };
};

const cleanIslands = (path: Path): readonly Island[] | 'stitch.skipped' | 'stitch.too-complex' => {
  if (path.coords.length > 2 * MOST_POINTS) return 'stitch.too-complex';
  if (isEmptyPath(path) || !path.coords.every(Number.isFinite)) return 'stitch.skipped';
  try {
    const clean = unionPaths([thinRings(path, TOLERANCE_MM)], 'nonzero', TOLERANCE_MM);
    return islandsOf(clean.coords.length > 2 * PLAIN_POINTS ? withoutGrain(clean) : clean);
  } catch (error) {
    if (error instanceof RangeError) return 'stitch.skipped';
    throw error;
  }
};

/** Busy outlines lose cuts that no needle can leave open: they would be taken apart spike by spike. */
const withoutGrain = (path: Path): Path =>
  thinRings(
    offsetPath(offsetPath(path, GRAIN_MM, 'miter', 'nonzero', TOLERANCE_MM), -GRAIN_MM, 'miter', 'nonzero', TOLERANCE_MM),
    TOLERANCE_MM,
  );

/** A patch that its own border would hide: it is sewn as thread. */
const smallPatch = (region: number, { path }: Island, work: PatchWork): StitchRemark => ({
  code: 'patch.small',
  region,
  at: { x: path.coords[0] ?? 0, y: path.coords[1] ?? 0 },
  measured: widthBelow(path, patchNeedsMm(work)),
  required: patchNeedsMm(work),
  unit: 'mm',
});

/** The diameter of the largest circle within a shape that is narrower than `mostMm`, to a sixtieth of that. */
const widthBelow = (path: Path, mostMm: number): number => {
  let [from, to] = [0, mostMm];
  for (let k = 0; k < 6; k += 1) {
    const mm = (from + to) / 2;
    if (isEmptyPath(offsetPath(path, -mm / 2, 'round', 'nonzero', TOLERANCE_MM))) to = mm;
    else from = mm;
  }
  return (from + to) / 2;
};

const remarkOf = (region: number, path: Path, code: 'stitch.skipped' | 'stitch.too-complex', measured = 0): StitchRemark => {
  const [x = 0, y = 0] = path.coords;
  const at = { x: Number.isFinite(x) ? x : 0, y: Number.isFinite(y) ? y : 0 };
  return code === 'stitch.too-complex'
    ? { code, region, at, measured: path.coords.length / 2, required: MOST_POINTS, unit: 'stitches' }
    : { code, region, at, measured, required: Math.sqrt(LEAST_AREA_MM2), unit: 'mm' };
};
