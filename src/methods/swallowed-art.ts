import { EMPTY_PATH, type Path } from '../geometry/path.ts';
import { areaOfPath, intersectPaths, subtractPaths, unionPaths } from '../geometry/polygons.ts';
import type { Finding } from '../model/finding.ts';
import { colourKey } from '../render/solid/colour-key.ts';
import type { SolidPiece } from '../render/solid/solid-art.ts';

/** From this share on a layer counts as lost. */
const LOST_SHARE = 0.98;

/**
 * Layers that lie on art which is made in the very same foil, vinyl or mark, so that nothing of them is seen (`layer.unseen`): yellow letters on
 * a blue badge where every colour is engraved alike. `pieces` are in paint order and have the colours that are made.
 */
export const checkSwallowed = (pieces: readonly SolidPiece[]): readonly Finding[] => {
  const layers = layersOf(pieces);
  if (layers.length < 2) return [];
  const shown = new Map<string, Path>();
  return layers.flatMap(({ pointer, colours }): readonly Finding[] => {
    const area = [...colours.values()].reduce((sum, path) => sum + areaOfPath(path), 0);
    const lost = [...colours].reduce((sum, [key, path]) => sum + areaOfPath(intersectPaths(path, shown.get(key) ?? EMPTY_PATH)), 0);
    for (const [key, path] of colours) {
      for (const [other, region] of shown) if (other !== key) shown.set(other, subtractPaths(region, path));
      shown.set(key, unionPaths([shown.get(key) ?? EMPTY_PATH, path]));
    }
    return area > 0 && lost > area * LOST_SHARE ? [lostFinding(pointer)] : [];
  });
};

type Layer = { readonly pointer: string; readonly colours: ReadonlyMap<string, Path> };

/** What each layer covers by colour. */
const layersOf = (pieces: readonly SolidPiece[]): readonly Layer[] => {
  const found = new Map<string, Map<string, Path[]>>();
  for (const { pointer: place, colour, path } of pieces) {
    const pointer = layerOf(place);
    const colours = found.get(pointer) ?? new Map<string, Path[]>();
    found.set(pointer, colours);
    const key = colourKey(colour);
    const paths = colours.get(key);
    if (paths) paths.push(path);
    else colours.set(key, [path]);
  }
  return [...found].map(([pointer, colours]) => ({
    pointer,
    colours: new Map([...colours].map(([key, paths]) => [key, unionPaths(paths)])),
  }));
};

/** Outlines of a text are places within its layer: that they lie beneath their own letters is how they are made. */
const layerOf = (place: string): string => /^.*\/layers\/\d+/.exec(place)?.[0] ?? place;

const lostFinding = (pointer: string): Finding => ({
  severity: 'warning',
  code: 'layer.unseen',
  pointer,
  message: 'Nothing of this layer will be seen: it lies on art that is made alike.',
  hint: 'Cut it out of the art below it (in engravings: paint it white), move it, or give it another foil or vinyl.',
});
