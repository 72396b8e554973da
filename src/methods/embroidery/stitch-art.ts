import type { Path } from '../../geometry/path.ts';
import { unionPaths } from '../../geometry/polygons.ts';
import { type Palette, plateOf, type Swatch } from '../../model/palette.ts';
import { colourKey } from '../../render/solid/colour-key.ts';
import type { SolidArt, SolidOptions, SolidPiece } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene } from '../../scene/scene.ts';
import type { StitchRegion } from '../../stitch/region.ts';
import { trimRegion } from '../region.ts';
import type { EmbroiderySettings } from './settings.ts';
import { type ThreadMatch, threadColour, threadFinder, threadOf } from './threads.ts';

/** How far outlines may stray from the art: a tenth of the step of a machine, mm. */
const TOLERANCE_MM = 0.01;

export type StitchArt = {
  /** As it is seen, by thread: nothing beneath anything else. */
  readonly art: SolidArt;
  /** What the digitiser takes: in paint order, later ones lie on earlier ones. */
  readonly regions: readonly StitchRegion[];
  readonly swatches: readonly Swatch[];
  /** The thread that each layer's colours became, by pointer and plate. */
  readonly matches: ReadonlyMap<string, ThreadMatch>;
};

/** The art of a scene as areas of thread. @throws Problem `swatch.unknown` */
export const stitchArt = (scene: Scene, settings: EmbroiderySettings, palette: Palette): StitchArt => {
  const find = threadFinder(palette, settings);
  const matches = new Map<string, ThreadMatch>();
  const colourOf: NonNullable<SolidOptions['colourOf']> = (colour, pointer) => {
    const match = find(colour);
    const key = `${pointer} ${plateOf(match.swatch)}`;
    const known = matches.get(key);
    if (!known || known.distance < match.distance) matches.set(key, match);
    return threadColour(match.swatch);
  };
  const art = solidRegions(scene, { knockOut: true, colourOf, within: trimRegion(scene.area), toleranceMm: TOLERANCE_MM });
  const swatches = new Map([...matches.values()].map(({ swatch }) => [plateOf(swatch), swatch]));
  return { art, regions: paintedRegions(art.pieces, swatches, settings), swatches: [...swatches.values()], matches };
};

/** Neighbours in paint order of one thread are sewn as one. */
const paintedRegions = (
  pieces: readonly SolidPiece[],
  swatches: ReadonlyMap<string, Swatch>,
  { weight, stitch, angleDeg }: EmbroiderySettings,
): readonly StitchRegion[] =>
  runsOf(pieces).flatMap((run): readonly StitchRegion[] => {
    const [first] = run;
    const swatch = first?.colour.space === 'spot' ? swatches.get(first.colour.name) : undefined;
    if (!swatch) return [];
    const pointers = [...new Set(run.map(({ pointer }) => pointer))];
    return [{ path: welded(run), thread: threadOf(swatch, weight), pointers, label: labelOf(run), stitch, angleDeg: angleDeg ?? null }];
  });

const runsOf = (pieces: readonly SolidPiece[]): readonly (readonly SolidPiece[])[] => {
  const runs: SolidPiece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last?.[0] && colourKey(last[0].colour) === colourKey(piece.colour)) last.push(piece);
    else runs.push([piece]);
  }
  return runs;
};

const welded = (run: readonly SolidPiece[]): Path =>
  unionPaths(
    run.map(({ path }) => path),
    'nonzero',
    TOLERANCE_MM,
  );

const labelOf = (run: readonly SolidPiece[]): string => {
  const [first] = run;
  return run.length === 1 && first?.letter ? `the letter ${first.letter}` : '';
};
