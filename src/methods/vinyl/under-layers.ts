import { contoursOf } from '../../geometry/contours.ts';
import { boundsOfPath, EMPTY_PATH, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { containsRect } from '../../geometry/point.ts';
import { areaOfPath, intersectPaths, offsetPath, pathContainsPoint, subtractPaths, unionPaths } from '../../geometry/polygons.ts';

/** What a layer would cover by itself, and what of it is seen between those above. */
export type SeenLayer = { readonly whole: Path; readonly seen: Path };

export type UnderOptions = {
  readonly layering: 'overlap' | 'knockout';
  readonly overlapMm: number;
  /** Of round corners that offsets make. */
  readonly toleranceMm: number;
};

/** Slivers thinner than this come from rounding and from corners, not from art, mm. */
const SLIVER_MM = 0.1;
/** Of the length of a strip so much lies against what it belongs to. */
const LEAST_CONTACT = 0.4;

/**
 * The shapes to cut, from the bottom up, so that no gap can open between colours that are laid by hand. With `overlap` a layer runs whole
 * beneath what lies on it, enclosed openings too; with `knockout` it ends `overlapMm` beneath. Where two layers only meet, the lower one
 * reaches `overlapMm` below the upper one.
 */
export const cutShapes = (layers: readonly SeenLayer[], options: UnderOptions): readonly Path[] =>
  layers.map((layer, i) => {
    const upper = weld(layers.slice(i + 1).map(({ seen }) => seen));
    if (isEmptyPath(upper)) return layer.seen;
    return options.layering === 'overlap' ? whole(layer, upper, options) : opened(layer, upper, options);
  });

const grow = (path: Path, byMm: number, toleranceMm: number): Path => offsetPath(path, byMm, 'round', 'nonzero', toleranceMm);

const weld = (paths: readonly Path[]): Path => (paths.length === 0 ? EMPTY_PATH : unionPaths(paths));

const whole = ({ whole: own, seen }: SeenLayer, upper: Path, { overlapMm, toleranceMm }: UnderOptions): Path => {
  const base = weld([seen, intersectPaths(own, upper)]);
  const filled = weld([base, ...enclosed(subtractPaths(upper, base), base)]);
  const covered = intersectPaths(filled, upper);
  const reach = intersectPaths(grow(filled, overlapMm, toleranceMm), upper);
  // Where it lies below the neighbour already it need not grow: that would only show at the neighbour's own edge.
  const meeting = subtractPaths(subtractPaths(reach, filled), grow(covered, overlapMm + SLIVER_MM, toleranceMm));
  return clean(weld([filled, ...attached(unsplintered(meeting), filled, overlapMm)]));
};

/** Parts that have nothing but the base around them: the inside of an outline, a window cut for a shape. */
const enclosed = (open: Path, base: Path): readonly Path[] => {
  const around = weld([open, base]);
  return islandsOf(open).filter((island) => {
    const grown = offsetPath(island, SLIVER_MM);
    return areaOfPath(subtractPaths(grown, around)) < SLIVER_MM * SLIVER_MM;
  });
};

const opened = ({ seen }: SeenLayer, upper: Path, { overlapMm, toleranceMm }: UnderOptions): Path =>
  clean(weld([seen, ...attached(intersectPaths(grow(seen, overlapMm, toleranceMm), upper), seen, overlapMm)]));

/**
 * Strips beneath a neighbour without those that hang on by a point: where a round shape only touches its neighbour, a strip would be a loose
 * crescent with a slit that no knife can cut.
 */
const attached = (strips: Path, base: Path, widthMm: number): readonly Path[] =>
  islandsOf(strips).filter((strip) => {
    const contact = areaOfPath(intersectPaths(offsetPath(strip, SLIVER_MM), base)) / SLIVER_MM;
    return contact > (areaOfPath(strip) / widthMm) * LEAST_CONTACT;
  });

const unsplintered = (path: Path): Path => (isEmptyPath(path) ? path : offsetPath(offsetPath(path, -SLIVER_MM), SLIVER_MM));

/** Without rings too small to be anything. */
const clean = (path: Path): Path => joinPaths(contoursOf(path).filter((ring) => areaOfPath(ring, 'evenodd') > SLIVER_MM * SLIVER_MM));

/** The separate pieces of a welded region, each an outer ring with its holes. */
export const islandsOf = (path: Path): readonly Path[] => {
  const rings = contoursOf(path).map((ring) => ({ ring, box: boundsOfPath(ring), outer: windsPositive(ring) }));
  const outers = rings.filter(({ outer }) => outer).map((one) => ({ ...one, parts: [one.ring] }));
  for (const { ring, box, outer } of rings) {
    if (outer || !box) continue;
    const [x = 0, y = 0] = ring.coords;
    const owners = outers.filter((one) => one.box && containsRect(one.box, box, 1e-6) && pathContainsPoint(one.ring, { x, y }));
    const nearest = owners.reduce<(typeof owners)[number] | null>((best, one) => (best && sizeOf(best) <= sizeOf(one) ? best : one), null);
    nearest?.parts.push(ring);
  }
  return outers.map(({ parts }) => joinPaths(parts));
};

const sizeOf = ({ box }: { readonly box: ReturnType<typeof boundsOfPath> }): number => (box ? box.width * box.height : 0);

const windsPositive = ({ coords }: Path): boolean => {
  let sum = 0;
  let [px, py] = [coords.at(-2) ?? 0, coords.at(-1) ?? 0];
  for (let i = 0; i + 1 < coords.length; i += 2) {
    const [x, y] = [coords[i] ?? 0, coords[i + 1] ?? 0];
    sum += px * y - x * py;
    [px, py] = [x, y];
  }
  return sum > 0;
};
