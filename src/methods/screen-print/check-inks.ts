import { hexOf } from '../../colour/colour.ts';
import { deltaE2000 } from '../../colour/delta-e.ts';
import type { Finding } from '../../model/finding.ts';
import { checkContrast } from '../checks/contrast.ts';
import type { CheckFacts } from '../method.ts';
import type { InkPlan, Mapping } from './ink-plan.ts';
import type { PrintInk } from './inks.ts';
import type { ScreenPrintSettings } from './settings.ts';

/** Inks nearer than this to the article are hard to see, dE00. */
const LOW_CONTRAST = 20;

/** Too many screens, colours far from their inks, and inks that hardly show on the article. */
export const checkInks = (
  plan: InkPlan,
  settings: ScreenPrintSettings,
  { articleColour, pointer }: Pick<CheckFacts, 'articleColour' | 'pointer'>,
): readonly Finding[] => [
  ...tooMany(plan, settings, pointer),
  ...plan.mappings.flatMap((one) => farFinding(one, settings)),
  ...checkContrast(
    plan.inks.map(({ swatch, colour }) => ({ name: swatch.name, colour, pointer: pointerOf(swatch.id, plan) ?? pointer })),
    settings.articleColour ?? articleColour,
    { errorDe: 0, warnDe: LOW_CONTRAST },
  ),
];

/** The first layer that an ink prints. */
const pointerOf = (id: string, { mappings }: InkPlan): string | undefined => mappings.find(({ ink }) => ink?.swatch.id === id)?.pointers[0];

const tooMany = ({ inks }: InkPlan, { maxColours }: ScreenPrintSettings, pointer: string): readonly Finding[] => {
  if (inks.length <= maxColours) return [];
  const merges = cheapestMerges(inks, inks.length - maxColours);
  return [
    {
      severity: 'error',
      code: 'colours.too-many',
      pointer,
      message: `The art needs ${inks.length} inks (${inks.map(({ swatch }) => swatch.name).join(', ')}); ${maxColours} can be printed.`,
      autofix: {
        title: 'Print with fewer inks: the rest go to their nearest.',
        set: [{ pointer: `${pointer}/settings/inks`, value: keptIds(inks, merges) }],
      },
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
      code: 'colour.far',
      pointer: pointers[0] ?? '',
      message: `${hexOf(colour)} prints in ${ink.swatch.name} (${ink.swatch.colour}), which is a different colour.`,
      hint: 'Choose a colour of the ink palette, or have the ink mixed and add it to the palette.',
      measured: Math.round(distance * 10) / 10,
      required: matchWithin,
      unit: 'dE00',
    },
  ];
};
