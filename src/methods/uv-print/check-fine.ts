import { ptToMm } from '../../geometry/units.ts';
import type { Finding } from '../../model/finding.ts';
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
  const art = solidRegions({ ...scene, nodes }, { knockOut: true });
  const inks = { ...art, regions: art.regions.filter(({ colour }) => !isWhite(colour)) };
  const whites = { ...art, regions: art.regions.filter(({ colour }) => isWhite(colour)) };
  const lettering = nodesOf(nodes).filter((node) => node.kind === 'glyphs');
  const reversed = lettering.filter(({ fill }) => fill.kind === 'solid' && isWhite(fill.colour));
  return [
    ...checkStrokes(inks, { errorMm: 0, warnMm: minLine }),
    ...checkStrokes(whites, { errorMm: 0, warnMm: minGap }),
    ...checkGaps(inks, { errorMm: 0, warnMm: minGap }),
    ...checkLetteringSize({ ...scene, nodes: lettering.filter((one) => !reversed.includes(one)) }, heights(minText)),
    ...checkLetteringSize({ ...scene, nodes: reversed }, heights(minReversedText)),
  ];
};

const heights = (pt: number) => ({
  capital: { errorMm: 0, warnMm: ptToMm(pt) * CAPITAL },
  small: { errorMm: 0, warnMm: ptToMm(pt) * SMALL },
});
