import { BLACK, type Colour, WHITE } from '../colour/colour.ts';
import { ptToMm } from '../geometry/units.ts';
import type { Finding } from '../model/finding.ts';
import type { SolidArt } from '../render/solid/solid-art.ts';
import { solidRegions } from '../render/solid/solid-regions.ts';
import type { Scene } from '../scene/scene.ts';
import { nodesOf } from '../scene/walk.ts';
import { checkGaps } from './checks/gaps.ts';
import { checkLetteringSize } from './checks/lettering-size.ts';
import { checkStrokes } from './checks/strokes.ts';
import { isWhite } from './silhouette.ts';

export type FineInkLimits = {
  /** Thinnest line and narrowest gap, mm; 0 for any. */
  readonly minLine: number;
  readonly minGap: number;
  /** Smallest lettering, pt; 0 for any. */
  readonly minText: number;
  /** The same for lettering that plates must meet for: white in print, or several inks. */
  readonly minReversedText: number;
};

/** Height of a capital and of a small x as shares of the type size, as most book and display faces have them. */
const CAPITAL = 0.68;
const SMALL = 0.45;

/**
 * Lines, gaps and lettering finer than a press lays down. White prints no ink: there the gap is the line.
 * @param isReversed - whether lettering of a colour needs the larger size
 */
export const checkFineInk = (
  scene: Scene,
  { minLine, minGap, minText, minReversedText }: FineInkLimits,
  isReversed: (colour: Colour) => boolean = isWhite,
): readonly Finding[] => {
  // Colours as they were drawn: what is left of one below another may be a sliver, and does no harm.
  const drawn = minLine > 0 || minGap > 0 ? solidRegions(scene, { knockOut: false }) : EMPTY;
  const inked = minGap > 0 ? solidRegions(scene, { knockOut: true, colourOf: (colour) => (isWhite(colour) ? WHITE : BLACK) }) : EMPTY;
  const lettering = nodesOf(scene.nodes).filter((node) => node.kind === 'glyphs');
  const reversed = lettering.filter(({ fill }) => fill.kind === 'solid' && isReversed(fill.colour));
  return [
    ...checkStrokes(only(drawn, false), { errorMm: 0, warnMm: minLine }),
    ...checkStrokes(only(drawn, true), { errorMm: 0, warnMm: minGap }),
    ...checkGaps(only(inked, false), { errorMm: 0, warnMm: minGap }),
    ...checkLetteringSize({ ...scene, nodes: lettering.filter((one) => !reversed.includes(one)) }, heights(minText)),
    ...checkLetteringSize({ ...scene, nodes: reversed }, heights(minReversedText)),
  ];
};

const EMPTY: SolidArt = { regions: [], pieces: [], refused: [] };

const only = (art: SolidArt, white: boolean): SolidArt => ({
  ...art,
  regions: art.regions.filter(({ colour }) => isWhite(colour) === white),
});

const heights = (pt: number) => ({
  capital: { errorMm: 0, warnMm: ptToMm(pt) * CAPITAL },
  small: { errorMm: 0, warnMm: ptToMm(pt) * SMALL },
});
