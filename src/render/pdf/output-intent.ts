import { deflateSync } from 'node:zlib';
import { srgbProfileBytes } from '../../colour/srgb-profile.ts';
import type { PdfColour } from './document.ts';
import type { PdfFile } from './pdf-file.ts';
import { ref, text } from './syntax.ts';

const REGISTERED = /^(?:FOGRA|CGATS|IFRA|JC|PC)/;

/** The printing condition the file is made for, with its profile embedded. */
export const outputIntent = (file: PdfFile, colour: PdfColour): number => {
  const { conditionId, description, bytes, channels } =
    colour.mode === 'cmyk'
      ? { ...colour.profile, channels: 4 }
      : { conditionId: 'sRGB IEC61966-2.1', description: 'sRGB IEC61966-2.1', bytes: srgbProfileBytes(), channels: 3 };
  // Level 1: an ICC table hardly shrinks further, and this is a good part of the time a small file takes.
  const profile = file.addStream(`/N ${channels} /Filter /FlateDecode`, deflateSync(bytes, { level: 1 }));
  const registry = REGISTERED.test(conditionId) ? ' /RegistryName (http://www.color.org)' : '';
  return file.add(
    `<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier ${text(conditionId)} /OutputCondition ${text(description)} /Info ${text(description)}${registry} /DestOutputProfile ${ref(profile)} >>`,
  );
};
