import { colourFromHex } from '../colour/colour.ts';
import { strongestContrast } from '../methods/checks/seen-art.ts';
import type { Finding } from '../model/finding.ts';
import type { DecodedImage } from '../model/resources.ts';
import type { PlannedPlacement } from './plan.ts';

/** Nobody sees less than this at an edge, CIEDE2000. */
const SAME = 1;

/** Findings without missing bleed of art in the very colour of what it is printed on: white on white paper leaves no line when it is cut. */
export const withoutBareBleed = (
  findings: readonly Finding[],
  { scene, method }: Pick<PlannedPlacement, 'scene' | 'method'>,
  articleColour: string | null,
  picture: (digest: string) => DecodedImage,
): readonly Finding[] => {
  const ground = colourFromHex(articleColour ?? (method.id === 'paper-print' ? '#ffffff' : ''));
  if (!ground) return findings;
  const isBare = (pointer: string): boolean =>
    strongestContrast(
      scene.nodes.filter((node) => node.pointer === pointer),
      ground,
      SAME,
      picture,
    ) < SAME;
  return findings.filter(({ code, pointer }) => code !== 'bleed.missing' || !isBare(pointer));
};
