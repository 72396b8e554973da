import type { Finding } from '../../model/finding.ts';
import type { InkPlan } from './ink-plan.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Pictures, fades and blends: what no even ink can print, and what becomes dots. */
export const checkTones = ({ facts }: InkPlan, { process, lpi }: ScreenPrintSettings): readonly Finding[] => {
  const photos = facts.pictures.filter(({ flat }) => flat === null).map(({ pointer }) => pointer);
  const fades = [...new Set([...facts.fades.map(({ pointer }) => pointer), ...facts.faded])];
  const refused = process === 'spot' ? photos.map(photoFinding) : [];
  return [...refused, ...[...new Set(facts.blends)].map(blendFinding), ...fades.map((pointer) => fadeFinding(pointer, lpi))];
};

const photoFinding = (pointer: string): Finding => ({
  severity: 'error',
  code: 'art.not-solid',
  pointer,
  message: 'This picture has more colours than even inks can print.',
  hint: 'Use {"process": "simulated"} to print it as dots of several inks, a "duotone", "posterise" or "line-art" adjustment, or another method.',
});

const blendFinding = (pointer: string): Finding => ({
  severity: 'error',
  code: 'art.not-solid',
  pointer,
  message: 'This layer blends its colours with those below; inks on cloth do not.',
  hint: 'Choose the blend mode "normal", or send the blended art as one picture.',
});

const fadeFinding = (pointer: string, lpi: number): Finding => ({
  severity: 'warning',
  code: 'art.fade',
  pointer,
  message: `This fades. It prints as dots of ${lpi} lines per inch, which are seen from near, and its faintest part breaks off.`,
  hint: 'Use even colours where you can, or line art.',
});
