import type { Finding } from '../../model/finding.ts';
import type { InkPlan } from './ink-plan.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Pictures, fades and blends: what no even ink can print, and what becomes dots. */
export const checkTones = ({ facts }: InkPlan, settings: ScreenPrintSettings): readonly Finding[] => {
  const { process, lpi } = settings;
  const photos = facts.pictures.filter(({ flat }) => flat === null).map(({ pointer }) => pointer);
  const fades = [...new Set([...facts.fades.map(({ pointer }) => pointer), ...facts.faded])];
  const refused = process === 'spot' ? photos.map(photoFinding) : [];
  return [
    ...refused,
    ...[...new Set(facts.blends)].map(blendFinding),
    ...fades.map((pointer) => fadeFinding(pointer, lpi)),
    ...tintFindings(facts, settings),
  ];
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

/** Even tints of a plate beyond what dots hold. */
const tintFindings = ({ colours }: InkPlan['facts'], { minTint, maxTint }: ScreenPrintSettings): readonly Finding[] =>
  colours.flatMap(({ colour, pointers }): readonly Finding[] => {
    if (colour.space !== 'spot' || colour.tint <= 0 || colour.tint >= 1) return [];
    const percent = Math.round(1000 * colour.tint) / 10;
    if (percent >= minTint && percent <= maxTint) return [];
    const low = percent < minTint;
    return [
      {
        severity: 'warning',
        code: 'tint.out-of-range',
        pointer: pointers[0] ?? '',
        message: `${percent} % of "${colour.name}" are ${low ? 'dots' : 'holes'} that a screen does not hold; it prints as ${low ? minTint : maxTint} %, or ${low ? 'not at all' : 'solid'}.`,
        hint: `Use a tint of ${minTint} to ${maxTint} %, or an ink of that colour.`,
        measured: percent,
        required: low ? minTint : maxTint,
        unit: '%',
      },
    ];
  });
