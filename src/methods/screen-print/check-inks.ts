import { hexOf } from '../../colour/colour.ts';
import { deltaE2000 } from '../../colour/delta-e.ts';
import type { Finding } from '../../model/finding.ts';
import type { InkPlan, Mapping } from './ink-plan.ts';
import { nearestInk, type PrintInk } from './inks.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Inks nearer than this to the article are hard to see, dE00. */
const LOW_CONTRAST = 20;

/** Too many screens, colours far from their inks, and inks that hardly show on the article. */
export const checkInks = (plan: InkPlan, settings: ScreenPrintSettings, pointer: string): readonly Finding[] => [
  ...tooMany(plan, settings, pointer),
  ...plan.mappings.flatMap((one) => farFinding(one, settings)),
  ...plan.inks.flatMap((ink) => contrastFinding(ink, plan, pointer)),
];

const tooMany = ({ inks }: InkPlan, { maxColours }: ScreenPrintSettings, pointer: string): readonly Finding[] => {
  if (inks.length <= maxColours) return [];
  const merges = cheapestMerges(inks, inks.length - maxColours);
  return [
    {
      severity: 'error',
      code: 'art.too-many-colours',
      pointer,
      message: `The art needs ${inks.length} inks (${inks.map(({ swatch }) => swatch.name).join(', ')}); ${maxColours} can be printed.`,
      hint: `Merge ${merges.map(({ from, to }) => `${from.swatch.name} into ${to.swatch.name}`).join(', ')}: settings {"inks": ${JSON.stringify(keptIds(inks, merges))}}.`,
      measured: inks.length,
      required: maxColours,
      unit: 'inks',
    },
  ];
};

type Merge = { readonly from: PrintInk; readonly to: PrintInk };

/** Inks to give up, each for its nearest neighbour, the nearest pair first. */
const cheapestMerges = (inks: readonly PrintInk[], count: number): readonly Merge[] => {
  const left = [...inks];
  const merges: Merge[] = [];
  while (merges.length < count) {
    const pairs = left.flatMap((from, i) => left.slice(i + 1).map((to) => ({ from, to, distance: deltaE2000(from.lab, to.lab) })));
    const best = pairs.reduce<(typeof pairs)[number] | null>((low, one) => (low && low.distance <= one.distance ? low : one), null);
    if (!best) break;
    merges.push({ from: best.from, to: best.to });
    left.splice(left.indexOf(best.from), 1);
  }
  return merges;
};

const keptIds = (inks: readonly PrintInk[], merges: readonly Merge[]): readonly string[] =>
  inks.filter((ink) => !merges.some(({ from }) => from === ink)).map(({ swatch }) => swatch.id);

const farFinding = ({ colour, ink, distance, pointers }: Mapping, { matchWithin, process }: ScreenPrintSettings): readonly Finding[] => {
  if (!ink || distance <= matchWithin || process === 'simulated') return [];
  return [
    {
      severity: 'warning',
      code: 'colour.far-from-ink',
      pointer: pointers[0] ?? '',
      message: `${hexOf(colour)} prints in ${ink.swatch.name} (${ink.swatch.colour}), which is a different colour.`,
      hint: 'Choose a colour of the ink palette, or have the ink mixed and add it to the palette.',
      measured: Math.round(distance * 10) / 10,
      required: matchWithin,
      unit: 'dE00',
    },
  ];
};

const contrastFinding = (ink: PrintInk, { article }: InkPlan, pointer: string): readonly Finding[] => {
  const distance = nearestInk(article.colour, [ink])?.distance ?? LOW_CONTRAST;
  if (distance >= LOW_CONTRAST) return [];
  return [
    {
      severity: 'warning',
      code: 'colour.low-contrast',
      pointer,
      message: `${ink.swatch.name} hardly shows on an article of ${hexOf(article.colour)}.`,
      hint: 'Choose a lighter or darker colour for the art or the article.',
      measured: Math.round(distance * 10) / 10,
      required: LOW_CONTRAST,
      unit: 'dE00',
    },
  ];
};
