import { BLACK, WHITE } from '../../colour/colour.ts';
import { ptToMm } from '../../geometry/units.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt } from '../../render/solid/solid-art.ts';
import { solidRegions } from '../../render/solid/solid-regions.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { checkGaps } from '../checks/gaps.ts';
import { checkLetteringSize } from '../checks/lettering-size.ts';
import { checkStrokes } from '../checks/strokes.ts';
import { isWhite } from '../silhouette.ts';
import type { SettledUvPrint } from './settings.ts';

/** Height of a capital and of a small x as shares of the type size, as most book and display faces have them. */
const CAPITAL = 0.68;
const SMALL = 0.45;

/** Lines, gaps and lettering finer than the machine lays down. White prints no ink: there the gap is the line. */
export const checkFine = (scene: Scene, nodes: readonly SceneNode[], settings: SettledUvPrint): readonly Finding[] => {
  const { minLine, minGap, minText, minReversedText } = settings;
  // Colours as they were drawn: what is left of one below another may be a sliver, and does no harm.
  const drawn = solidRegions({ ...scene, nodes }, { knockOut: false });
  const inked = solidRegions({ ...scene, nodes }, { knockOut: true, colourOf: (colour) => (isWhite(colour) ? WHITE : BLACK) });
  const only = (art: SolidArt, white: boolean): SolidArt => ({
    ...art,
    regions: art.regions.filter(({ colour }) => isWhite(colour) === white),
  });
  const lettering = nodesOf(nodes).filter((node) => node.kind === 'glyphs');
  const reversed = lettering.filter(({ fill }) => fill.kind === 'solid' && isWhite(fill.colour));
  return [
    ...checkStrokes(only(drawn, false), { errorMm: 0, warnMm: minLine }),
    ...checkStrokes(only(drawn, true), { errorMm: 0, warnMm: minGap }),
    ...checkGaps(only(inked, false), { errorMm: 0, warnMm: minGap }),
    ...checkLetteringSize({ ...scene, nodes: lettering.filter((one) => !reversed.includes(one)) }, heights(minText)),
    ...checkLetteringSize({ ...scene, nodes: reversed }, heights(minReversedText)),
  ];
};

const heights = (pt: number) => ({
  capital: { errorMm: 0, warnMm: ptToMm(pt) * CAPITAL },
  small: { errorMm: 0, warnMm: ptToMm(pt) * SMALL },
});
