import { type ColourTransform, openTransform } from '../../colour/icc.ts';
import { Problem } from '../../model/problem.ts';
import type { PdfColour } from './document.ts';

/** The way between sRGB and the inks of a file; null for RGB files. Throws Problem 'pdf.profile' for a profile that is no press. */
export const openColour = async (colour: PdfColour, direction: 'to press' | 'to screen'): Promise<ColourTransform | null> => {
  if (colour.mode === 'rgb') return null;
  const { profile, intent, maxInk } = colour;
  const [from, to] = direction === 'to press' ? (['srgb', profile.bytes] as const) : ([profile.bytes, 'srgb'] as const);
  let transform: ColourTransform | null = null;
  try {
    transform = await openTransform(from, to, intent, { blackPointCompensation: true, maxInk });
    const fits = transform.sourceChannels + transform.destinationChannels === 7;
    // One colour tells whether the tables inside can be used at all, while it is still plain which profile is at fault.
    if (fits) transform.colour(Array.from({ length: transform.sourceChannels }, () => 0.5));
    if (fits) return transform;
  } catch (cause) {
    transform?.dispose();
    throw new Problem('pdf.profile', `expected a CMYK output profile for the PDF, got "${profile.name}", which cannot be read`, { cause });
  }
  transform.dispose();
  throw new Problem('pdf.profile', `expected a CMYK output profile for the PDF, got "${profile.name}" with other channels`);
};
