import type { Colour } from '../../colour/colour.ts';
import { FLATTEN_TOLERANCE_MM } from '../../geometry/flatten.ts';
import { boundsOfPath, EMPTY_PATH, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { inflate, intersectionOf, rectOf } from '../../geometry/point.ts';
import { subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import type { Scene } from '../../scene/scene.ts';
import { colourKey } from './colour-key.ts';
import { flattenPieces } from './flatten-pieces.ts';
import { type PaintRun, paintRuns } from './paint-runs.ts';
import type { FlatArt, SolidOptions, SolidPiece, SolidRegion } from './solid-art.ts';
import { solidPieces } from './solid-pieces.ts';

/**
 * The art of a scene as even areas by colour: strokes expanded, clips applied, overlaps welded. What is no even area is left out and told in
 * `refused`. @throws RangeError for coordinates beyond ±20 m
 */
export const solidRegions = (scene: Scene, options: SolidOptions): FlatArt => {
  const { knockOut, toleranceMm = FLATTEN_TOLERANCE_MM } = options;
  const { widthMm, heightMm, bleedMm } = scene.area;
  const within = options.within ?? inflate(rectOf(0, 0, widthMm, heightMm), bleedMm);
  const { pieces: painted, refused, flattened } = solidPieces(scene.nodes, within, toleranceMm, options.ground !== undefined);
  const plain =
    options.ground && flattened.length > 0
      ? flattenPieces(painted, options.ground, materialIn(options.colourOf), toleranceMm)
      : painted.map(({ opacity: _, ...piece }) => piece);
  const pieces = plain.flatMap((piece) => recoloured(piece, options.colourOf));
  return { regions: weld(pieces, knockOut, toleranceMm), pieces, refused, flattened };
};

const materialIn =
  (colourOf: SolidOptions['colourOf']) =>
  (colour: Colour, pointer: string): string => {
    const made = colourOf ? colourOf(colour, pointer) : colour;
    return made ? colourKey(made) : '';
  };

const recoloured = (piece: SolidPiece, colourOf: SolidOptions['colourOf']): readonly SolidPiece[] => {
  const colour = colourOf ? colourOf(piece.colour, piece.pointer) : piece.colour;
  return colour ? [{ ...piece, colour }] : [];
};

/** Areas by colour that do not overlap one another. */
type Areas = ReadonlyMap<string, Path>;

const weld = (pieces: readonly SolidPiece[], knockOut: boolean, toleranceMm: number): readonly SolidRegion[] => {
  const found = new Map<string, { readonly colour: Colour; readonly paths: Path[]; readonly pointers: Set<string> }>();
  for (const { colour, path, pointer } of pieces) {
    const key = colourKey(colour);
    const known = found.get(key) ?? { colour, paths: [], pointers: new Set<string>() };
    found.set(key, known);
    known.paths.push(path);
    known.pointers.add(pointer);
  }
  const isCut = knockOut && found.size > 1;
  const seen = isCut ? seenAreas(paintRuns(pieces), toleranceMm) : null;
  return [...found].flatMap(([key, { colour, paths, pointers }]): readonly SolidRegion[] => {
    const path = seen ? (seen.get(key) ?? EMPTY_PATH) : unionPaths(paths, 'nonzero', toleranceMm);
    return isEmptyPath(path) ? [] : [{ colour, path, pointers: [...pointers] }];
  });
};

/** What is seen of each colour: the upper half of the runs as it is, and of the lower half what the upper does not cover. */
const seenAreas = (runs: readonly PaintRun[], toleranceMm: number): Areas => {
  const [only] = runs;
  if (!only) return new Map();
  if (runs.length === 1) {
    const paths = only.pieces.map(({ path }) => path);
    return new Map([[only.key, unionPaths(paths, 'nonzero', toleranceMm)]]);
  }
  const middle = runs.length >> 1;
  const lower = seenAreas(runs.slice(0, middle), toleranceMm);
  const upper = seenAreas(runs.slice(middle), toleranceMm);
  const areas = new Map(upper);
  for (const [key, path] of lower) {
    const others = joinPaths([...upper].flatMap(([other, area]) => (other === key ? [] : [area])));
    const left = touch(path, others) ? subtractPaths(path, others, 'nonzero', toleranceMm) : path;
    const same = upper.get(key);
    areas.set(key, same ? unionPaths([left, same], 'nonzero', toleranceMm) : left);
  }
  return areas;
};

const touch = (a: Path, b: Path): boolean => {
  const [boxA, boxB] = [boundsOfPath(a), boundsOfPath(b)];
  return boxA !== null && boxB !== null && intersectionOf(boxA, boxB) !== null;
};
