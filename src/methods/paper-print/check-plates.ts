import type { Finding } from '../../model/finding.ts';
import { didYouMean } from '../../model/parse.ts';
import { platesOfPdf } from '../../render/pdf/plates-of-pdf.ts';
import type { Scene } from '../../scene/scene.ts';
import { spotNames } from '../checks/spots.ts';
import type { PaperPrintSettings } from './settings.ts';

/**
 * The plates of the finished file against those that the floor lists (`spot.unknown`): what contours, white and marks added nobody could see in the
 * art. Spots of the art were told before.
 */
export const checkPlates = (file: Uint8Array, pages: readonly Scene[], { spots, finishing }: PaperPrintSettings): readonly Finding[] => {
  if (spots.length === 0) return [];
  const told = [...spots, ...finishing.map(({ spot }) => spot), ...pages.flatMap(({ nodes }) => spotNames(nodes)), EVERY_PLATE];
  return platesOfPdf(file)
    .filter((name) => !told.includes(name))
    .map((name) => ({
      severity: 'warning',
      code: 'spot.unknown',
      pointer: '',
      message: `The file has a plate "${name}", which the floor does not list: it would be printed in the process inks or not at all.`,
      hint: didYouMean(name, spots) ?? `It knows ${spots.join(', ')}: set cutName, kissName or whiteName to one of them.`,
      measured: name,
      required: spots.join(', '),
    }));
};

/** Registration marks stand on all plates there are. */
const EVERY_PLATE = 'All';
