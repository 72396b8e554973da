import { type Colour, hexOf } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { areaOfPath } from '../../geometry/polygons.ts';
import type { Autofix, Finding } from '../../model/finding.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { SolidArt, SolidRegion } from '../../render/solid/solid-art.ts';

export type ColourLimit = {
  /** The most colours the shop makes. */
  readonly most: number;
  /** What one colour is called, in one and in many: "foil", "foils". */
  readonly noun: readonly [one: string, many: string];
};

/** More colours than the shop makes in one decoration (`colours.too-many`). */
export const checkColours = ({ regions }: Pick<SolidArt, 'regions'>, { most, noun }: ColourLimit, pointer: string): readonly Finding[] => {
  if (regions.length <= most) return [];
  const [one, many] = noun;
  return [
    {
      severity: 'error',
      code: 'colours.too-many',
      pointer,
      message: `The art has ${regions.length} ${many}; this makes ${most} ${most === 1 ? one : many} at the most.`,
      hint: `Give some layers the same ${one}.`,
      measured: regions.length,
      required: most,
      unit: regions.length === 1 ? one : many,
      ...mergeFix(regions, most, one),
    },
  ];
};

type Area = SolidRegion & { readonly mm2: number };

/** Farther than this the art would be another one, dE00: maroon for red is a merge, black for purple is not. */
export const MOST_MERGE_DE = 25;

/** Layers of the colours that are missed least take their nearest neighbour's; none where a layer has several colours. */
const mergeFix = (regions: readonly SolidRegion[], most: number, one: string): { readonly autofix?: Autofix } => {
  let kept: readonly Area[] = regions.map((region) => ({ ...region, mm2: areaOfPath(region.path) }));
  const given = new Map<Area, Area>();
  while (kept.length > Math.max(1, most)) {
    const pairs = kept.flatMap((from) =>
      kept.filter((to) => to !== from && to.mm2 >= from.mm2).map((to) => ({ from, to, far: farOf(from, to) })),
    );
    const nearest = pairs.reduce<(typeof pairs)[number] | null>((best, pair) => (best && best.far <= pair.far ? best : pair), null);
    if (!nearest || nearest.far > MOST_MERGE_DE) return {};
    given.set(nearest.from, nearest.to);
    kept = kept.filter((area) => area !== nearest.from);
  }
  const last = (area: Area): Area => {
    const next = given.get(area);
    return next ? last(next) : area;
  };
  const set = [...given].flatMap(([from, to]) =>
    from.pointers.map((pointer) => ({ pointer: `${pointer}/fill`, value: inputOf(last(to).colour) })),
  );
  const isShared = regions.flatMap(({ pointers }) => pointers).some((pointer, i, all) => all.indexOf(pointer) !== i);
  return set.length === 0 || isShared ? {} : { autofix: { title: `Give the rarest colours the ${one} nearest to them.`, set } };
};

const farOf = (from: SolidRegion, to: SolidRegion): number => colourDistance(screenColour(from.colour), screenColour(to.colour));

/** A colour as a spec writes it. */
const inputOf = (colour: Colour): unknown => {
  switch (colour.space) {
    case 'srgb':
      return hexOf(colour);
    case 'cmyk':
      return { cmyk: [colour.c, colour.m, colour.y, colour.k].map((ink) => Math.round(ink * 10_000) / 100) };
    case 'spot':
      return { spot: colour.name, tint: Math.round(colour.tint * 10_000) / 100, alternate: inputOf(colour.alternate) };
  }
};
