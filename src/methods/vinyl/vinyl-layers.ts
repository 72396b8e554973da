import { isEmptyPath, type Path, rectPath } from '../../geometry/path.ts';
import { intersectPaths, type OffsetJoin, offsetPath, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import type { Palette, Swatch } from '../../model/palette.ts';
import { plateOf } from '../../model/palette.ts';
import { colourKey } from '../../render/solid/colour-key.ts';
import type { NotSolid, SolidPiece } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import { trimRegion } from '../region.ts';
import { fromBelow } from './layer-order.ts';
import type { VinylSettings } from './settings.ts';
import { cutShapes } from './under-layers.ts';
import { plateColourOf, vinylFinder, vinylFromSetting } from './vinyl-colours.ts';

/** What is cut from one vinyl and pressed in one go. */
export type VinylLayer = {
  readonly swatch: Swatch;
  readonly part: 'border' | 'art';
  /** Simple rings of lines to fill nonzero, right-reading, in trim-box mm. */
  readonly path: Path;
  readonly pointers: readonly string[];
};

export type VinylArt = {
  /** From the bottom up. */
  readonly layers: readonly VinylLayer[];
  readonly pieces: readonly SolidPiece[];
  readonly refused: readonly NotSolid[];
};

/**
 * The art of a scene as vinyls to cut, borders below it.
 * @param toleranceMm - how far outlines may stray: fine for knives, coarse for pictures
 * @throws Problem `swatch.unknown`
 */
export const vinylLayers = (scene: Scene, settings: VinylSettings, palette: Palette, toleranceMm: number): VinylArt => {
  const find = vinylFinder(palette, settings);
  const within = trimRegion(scene.area);
  const swatches = new Map<string, Swatch>();
  const colourOf: NonNullable<Parameters<typeof solidRegions>[1]['colourOf']> = (colour) => {
    const { swatch } = find(colour);
    swatches.set(plateOf(swatch), swatch);
    return plateColourOf(swatch);
  };
  const wholes = solidRegions(scene, { knockOut: false, colourOf, within, toleranceMm });
  const seen = new Map(
    solidRegions(scene, { knockOut: true, colourOf, within, toleranceMm }).regions.map(({ colour, path }) => [colourKey(colour), path]),
  );
  const shown = fromBelow(
    wholes.regions.flatMap((region) => {
      const path = seen.get(colourKey(region.colour));
      return path ? [{ ...region, seen: path, whole: region.path }] : [];
    }),
  );
  const shapes = cutShapes(shown, { ...settings, toleranceMm });
  const art = shown.flatMap(({ colour, pointers }, i): readonly VinylLayer[] => {
    const swatch = colour.space === 'spot' ? swatches.get(colour.name) : undefined;
    const path = shapes[i];
    return swatch && path && !isEmptyPath(path) ? [{ swatch, part: 'art', path, pointers }] : [];
  });
  return {
    layers: [...bordersOf(art, { ...settings, toleranceMm }, palette, rectPath(within)), ...art],
    pieces: wholes.pieces,
    refused: wholes.refused,
  };
};

/** The outermost first: it lies lowest. */
const bordersOf = (art: readonly VinylLayer[], settings: VinylSettings, palette: Palette, within: Path): readonly VinylLayer[] => {
  if (art.length === 0) return [];
  const pointers = [...new Set(art.flatMap((layer) => layer.pointers))];
  let inner = unionPaths(art.map(({ path }) => path));
  const out: VinylLayer[] = [];
  for (const { colour, widthMm, join } of settings.borders ?? []) {
    const grown = intersectPaths(rim(inner, widthMm, join, settings), within);
    const shape = settings.layering === 'knockout' ? subtractPaths(grown, offsetPath(inner, -settings.overlapMm)) : grown;
    out.unshift({ swatch: vinylFromSetting(palette, colour), part: 'border', path: shape, pointers });
    inner = grown;
  }
  return out;
};

/** Grown by a width, with gaps closed that would be too narrow to weed. */
const rim = (inner: Path, widthMm: number, join: OffsetJoin, { minGapMm, toleranceMm }: VinylSettings): Path => {
  const grown = offsetPath(inner, widthMm + minGapMm / 2, join, 'nonzero', toleranceMm);
  return offsetPath(grown, -minGapMm / 2, join, 'nonzero', toleranceMm);
};
