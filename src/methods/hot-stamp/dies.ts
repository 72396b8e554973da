import type { SpotColour } from '../../colour/colour.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { boundsOfPath, type Path } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { intersectPaths, offsetPath } from '../../geometry/polygons.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import { colourKey } from '../../render/solid/colour-key.ts';
import type { SolidArt, SolidOptions, SolidRegion } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import { trimRegion } from '../region.ts';
import { type FoilMatch, foilFinder, isBlind, plateColourOf } from './foil-finder.ts';
import type { HotStampSettings, Impression } from './settings.ts';

/** One pass of the press: a shape, and the foil under it if any. */
export type Die = {
  /** For file names: the id of the swatch, or the impression. */
  readonly id: string;
  /** As people read it: "Gold", "Blind deboss". */
  readonly name: string;
  readonly impression: Impression;
  /** The foil; null for a die without. */
  readonly foil: Swatch | null;
  /** Its plate in PDF files. */
  readonly colour: SpotColour;
  /** What comes down on the article: simple rings of lines to fill nonzero, right-reading, in trim-box mm. */
  readonly path: Path;
  readonly box: Rect;
  readonly pointers: readonly string[];
};

export type StampArt = {
  /** In stamping order. */
  readonly dies: readonly Die[];
  /** As it is seen: nothing beneath anything else. */
  readonly art: SolidArt;
  /** The foil each layer's colours became. */
  readonly matches: ReadonlyMap<string, FoilMatch>;
};

const BARE: Readonly<Record<Exclude<Impression, 'foil'>, { readonly name: string; readonly plate: string }>> = {
  deboss: { name: 'Blind deboss', plate: 'Deboss' },
  emboss: { name: 'Blind emboss', plate: 'Emboss' },
  'registered-emboss': { name: 'Registered emboss', plate: 'Emboss' },
};

/** What a screen shows for a die without foil. */
const BARE_GREY: SpotColour['alternate'] = { space: 'srgb', r: 0.55, g: 0.55, b: 0.55 };

/** The art of a scene as dies. @throws Problem `swatch.unknown` */
export const stampArt = (scene: Scene, settings: HotStampSettings, palette: Palette): StampArt => {
  const matches = new Map<string, FoilMatch>();
  const options = { within: trimRegion(scene.area), colourOf: chooser(settings, palette, matches) };
  const art = solidRegions(scene, { ...options, knockOut: true });
  const needsWhole = art.regions.length > 1;
  const whole = needsWhole ? solidRegions(scene, { ...options, knockOut: false }).regions : art.regions;
  const swatches = new Map([...matches.values()].map(({ swatch }) => [plateOf(swatch), swatch]));
  const dies = art.regions.flatMap((region): readonly Die[] => {
    const full = whole.find((one) => colourKey(one.colour) === colourKey(region.colour)) ?? region;
    return dieOf(region, needsWhole ? dieShape(region, full, settings) : region.path, settings, swatches);
  });
  return { dies, art, matches };
};

/** Colours to foils; every match is noted with the layer it was made for. */
const chooser = (settings: HotStampSettings, palette: Palette, matches: Map<string, FoilMatch>): NonNullable<SolidOptions['colourOf']> => {
  const { impression } = settings;
  if (impression !== 'foil') {
    const bare: SpotColour = { space: 'spot', name: BARE[impression].plate, tint: 1, alternate: BARE_GREY };
    return () => bare;
  }
  const find = foilFinder(palette, settings);
  return (colour, pointer) => {
    const match = find(colour);
    const key = `${pointer} ${plateOf(match.swatch)}`;
    const known = matches.get(key);
    if (!known || known.distance < match.distance) matches.set(key, match);
    return plateColourOf(match.swatch);
  };
};

/** What is seen of a foil, and as much more beneath its neighbours as the settings ask for. */
const dieShape = (seen: SolidRegion, whole: SolidRegion, { foils, foilTrapMm }: HotStampSettings): Path => {
  if (foils === 'overlap') return whole.path;
  return foilTrapMm === 0 ? seen.path : intersectPaths(offsetPath(seen.path, foilTrapMm), whole.path);
};

const dieOf = (
  { colour, pointers }: SolidRegion,
  path: Path,
  { impression }: HotStampSettings,
  swatches: ReadonlyMap<string, Swatch>,
): readonly Die[] => {
  if (colour.space !== 'spot') return [];
  const box = boundsOfPath(path) ?? rectOf(0, 0, 0, 0);
  if (impression !== 'foil') return [{ id: impression, name: BARE[impression].name, impression, foil: null, colour, path, box, pointers }];
  const swatch = swatches.get(colour.name);
  if (!swatch) return [];
  const blind = isBlind(swatch);
  return [
    { id: swatch.id, name: swatch.name, impression: blind ? 'deboss' : 'foil', foil: blind ? null : swatch, colour, path, box, pointers },
  ];
};

/** The outline that goes into files: few curves instead of many lines. */
export const dieOutline = ({ path }: Pick<Die, 'path'>, { toleranceMm }: HotStampSettings): Path => fitCurves(path, toleranceMm);
