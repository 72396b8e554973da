import type { Colour } from '../../colour/colour.ts';
import { mmToPt } from '../../geometry/units.ts';
import type { Finding } from '../../model/finding.ts';
import type { GlyphsNode, Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';

/** Larger lettering hides it when plates shift, pt (GWG 2022). */
const FINE_TEXT_PT = 12;
/** From here on black dominates a mixture. */
const BLACK = 0.85;
/** More ink than this smears in fine strokes. */
const MOST_INK = 2.8;
/** Screen colours with no channel above this are printed in all four inks; 0,0,0 alone is black ink. */
const NEARLY_BLACK = 0.14;

/**
 * Fine lettering in several inks where black alone was meant (`text.rich-black`): it blurs when plates shift by a hair.
 * @param greysAreBlack - whether neutral greys go onto the black plate by themselves
 */
export const checkRichBlack = (scene: Scene, greysAreBlack: boolean): readonly Finding[] => {
  const told = new Set<string>();
  return nodesOf(scene.nodes).flatMap((node): readonly Finding[] => {
    if (node.kind !== 'glyphs' || node.fill.kind !== 'solid' || told.has(node.pointer)) return [];
    const sizePt = Math.round(sizeOf(node) * 10) / 10;
    if (sizePt >= FINE_TEXT_PT || !isRichBlack(node.fill.colour, greysAreBlack)) return [];
    told.add(node.pointer);
    return [richFinding(node.pointer, sizePt)];
  });
};

/** Size of type, pt. */
export const sizeOf = ({ glyphs: [first], unitsPerEm }: GlyphsNode): number =>
  first ? mmToPt(unitsPerEm * Math.sqrt(Math.abs(first.at[0] * first.at[3] - first.at[1] * first.at[2]))) : 0;

const isRichBlack = (colour: Colour, greysAreBlack: boolean): boolean => {
  switch (colour.space) {
    case 'spot':
      return false;
    case 'cmyk': {
      const mixed = colour.c + colour.m + colour.y;
      return (colour.k >= BLACK && mixed > 0) || mixed + colour.k > MOST_INK;
    }
    case 'srgb': {
      const { r, g, b } = colour;
      const most = Math.max(r, g, b);
      const isGrey = most - Math.min(r, g, b) < 1e-6;
      return most > 0 && most <= NEARLY_BLACK && !(isGrey && greysAreBlack);
    }
  }
};

const richFinding = (pointer: string, sizePt: number): Finding => ({
  severity: 'warning',
  code: 'text.rich-black',
  pointer,
  message: `This lettering of ${sizePt} pt is printed in several inks that look black; it blurs when one of them shifts.`,
  hint: 'Paint it #000000, which prints in black ink alone, or set it in 12 pt or more.',
  measured: sizePt,
  required: FINE_TEXT_PT,
  unit: 'pt',
});
