import { hexOf, type SrgbColour } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import type { Finding } from '../../model/finding.ts';
import type { PdfColour } from '../../render/pdf/document.ts';
import { openColour } from '../../render/pdf/open-colour.ts';
import type { Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { paintsOf } from './spots.ts';

/** A different colour to most people, dE00. */
const SHIFT = 6;

/**
 * Screen colours of fills, lines and lettering that the inks cannot print (`colour.out-of-gamut`): each goes to the press and back, and what comes
 * back is another colour. One finding for a layer, about its worst. Pictures are not looked into.
 */
export const checkGamut = async (scene: Scene, colour: Extract<PdfColour, { mode: 'cmyk' }>): Promise<readonly Finding[]> => {
  const uses = screenColours(scene);
  if (uses.length === 0) return [];
  const toPress = await openColour(colour, 'to press');
  const toScreen = await openColour(colour, 'to screen');
  try {
    const proofOf = ({ r, g, b }: SrgbColour): SrgbColour => {
      const [red = 0, green = 0, blue = 0] = toScreen?.colour(toPress?.colour([r, g, b]) ?? []) ?? [];
      return { space: 'srgb', r: red, g: green, b: blue };
    };
    const worst = new Map<string, Finding>();
    for (const { colour: wanted, pointer } of uses) {
      const proof = proofOf(wanted);
      const distance = Math.round(colourDistance(wanted, proof) * 10) / 10;
      if (distance > SHIFT && distance > Number(worst.get(pointer)?.measured ?? 0))
        worst.set(pointer, gamutFinding(pointer, wanted, proof, distance));
    }
    return [...worst.values()];
  } finally {
    toPress?.dispose();
    toScreen?.dispose();
  }
};

type Use = { readonly colour: SrgbColour; readonly pointer: string };

/** Black is black ink whatever the profile makes of it. */
const screenColours = ({ nodes }: Scene): readonly Use[] =>
  nodesOf(nodes).flatMap((node) =>
    paintsOf(node)
      .flatMap((paint) => (paint.kind === 'solid' ? [paint.colour] : paint.stops.map(({ colour }) => colour)))
      .flatMap((colour): readonly Use[] =>
        colour.space === 'srgb' && Math.max(colour.r, colour.g, colour.b) > 0 ? [{ colour, pointer: node.pointer }] : [],
      ),
  );

const gamutFinding = (pointer: string, wanted: SrgbColour, proof: SrgbColour, measured: number): Finding => ({
  severity: 'warning',
  code: 'colour.out-of-gamut',
  pointer,
  message: `${hexOf(wanted)} cannot be printed in the four inks: it comes out as about ${hexOf(proof)}.`,
  hint: 'Look at the preview, choose a colour that prints, or order a spot ink.',
  measured,
  required: SHIFT,
  unit: 'dE00',
});
