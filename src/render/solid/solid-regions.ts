import type { Colour } from '../../colour/colour.ts';
import { FLATTEN_TOLERANCE_MM } from '../../geometry/flatten.ts';
import { boundsOfPath, EMPTY_PATH, isEmptyPath, type Path } from '../../geometry/path.ts';
import { inflate, intersectionOf, rectOf } from '../../geometry/point.ts';
import { subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import type { Scene } from '../../scene/scene.ts';
import { colourKey } from './colour-key.ts';
import type { SolidArt, SolidOptions, SolidPiece, SolidRegion } from './solid-art.ts';
import { solidPieces } from './solid-pieces.ts';

/**
 * The art of a scene as even areas by colour: strokes expanded, clips applied, overlaps welded. What is no even area is left out and told in
 * `refused`. @throws RangeError for coordinates beyond ±20 m
 */
export const solidRegions = (scene: Scene, options: SolidOptions): SolidArt => {
  const { knockOut, toleranceMm = FLATTEN_TOLERANCE_MM } = options;
  const { widthMm, heightMm, bleedMm } = scene.area;
  const within = options.within ?? inflate(rectOf(0, 0, widthMm, heightMm), bleedMm);
  const { pieces: painted, refused } = solidPieces(scene.nodes, within, toleranceMm);
  const pieces = painted.flatMap((piece) => recoloured(piece, options.colourOf));
  return { regions: weld(pieces, knockOut, toleranceMm), pieces, refused };
};

const recoloured = (piece: SolidPiece, colourOf: SolidOptions['colourOf']): readonly SolidPiece[] => {
  const colour = colourOf ? colourOf(piece.colour, piece.pointer) : piece.colour;
  return colour ? [{ ...piece, colour }] : [];
};

/** Pieces painted one after the other in one colour. */
type Run = { readonly key: string; readonly colour: Colour; readonly paths: Path[]; readonly pointers: Set<string> };

const runsOf = (pieces: readonly SolidPiece[]): readonly Run[] => {
  const runs: Run[] = [];
  for (const { colour, path, pointer } of pieces) {
    const key = colourKey(colour);
    let run = runs.at(-1);
    if (run?.key !== key) {
      run = { key, colour, paths: [], pointers: new Set() };
      runs.push(run);
    }
    run.paths.push(path);
    run.pointers.add(pointer);
  }
  return runs;
};

type Growing = { readonly colour: Colour; path: Path; readonly pointers: Set<string> };

const weld = (pieces: readonly SolidPiece[], knockOut: boolean, toleranceMm: number): readonly SolidRegion[] => {
  const regions = new Map<string, Growing>();
  for (const { key, colour, paths, pointers } of runsOf(pieces)) {
    const area = unionPaths(paths, 'nonzero', toleranceMm);
    const own = regions.get(key) ?? { colour, path: EMPTY_PATH, pointers: new Set<string>() };
    regions.set(key, own);
    if (knockOut) {
      for (const other of regions.values()) {
        if (other !== own && touch(other.path, area)) other.path = subtractPaths(other.path, area, 'nonzero', toleranceMm);
      }
    }
    own.path = isEmptyPath(own.path) ? area : unionPaths([own.path, area], 'nonzero', toleranceMm);
    for (const pointer of pointers) own.pointers.add(pointer);
  }
  return [...regions.values()]
    .filter(({ path }) => !isEmptyPath(path))
    .map(({ colour, path, pointers }) => ({ colour, path, pointers: [...pointers] }));
};

const touch = (a: Path, b: Path): boolean => {
  const [boxA, boxB] = [boundsOfPath(a), boundsOfPath(b)];
  return boxA !== null && boxB !== null && intersectionOf(boxA, boxB) !== null;
};
