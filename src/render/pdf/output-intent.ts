import { SRGB_PROFILE } from '../../colour/srgb-profile.ts';
import type { PdfColour } from './document.ts';
import type { PdfFile } from './pdf-file.ts';
import { ref, text } from './syntax.ts';

const REGISTERED = /^(?:FOGRA|CGATS|IFRA|JC|PC)/;

/** The printing condition the file is made for, with its profile embedded. */
export const outputIntent = (file: PdfFile, colour: PdfColour): number => {
  const { conditionId, description, bytes, channels } =
    colour.mode === 'cmyk'
      ? { ...colour.profile, channels: 4 }
      : { conditionId: 'sRGB IEC61966-2.1', description: 'sRGB IEC61966-2.1', bytes: SRGB_PROFILE, channels: 3 };
  // As it is: deflating the tables of a press profile would save a tenth and take longer than all the rest of a small file.
  const profile = file.addStream(`/N ${channels}`, bytes);
  const registry = REGISTERED.test(conditionId) ? ' /RegistryName (http://www.color.org)' : '';
  return file.add(
    `<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier ${text(conditionId)} /OutputCondition ${text(description)} /Info ${text(description)}${registry} /DestOutputProfile ${ref(profile)} >>`,
  );
};
