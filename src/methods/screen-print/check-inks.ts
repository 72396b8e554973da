import { hexOf } from '../../colour/colour.ts';
import { deltaE2000 } from '../../colour/delta-e.ts';
import type { Finding } from '../../model/finding.ts';
import { MOST_MERGE_DE } from '../checks/colours.ts';
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
  ...farFindings(plan.mappings, settings),
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
      ...mergeAdvice(inks, merges, pointer),
      measured: inks.length,
      required: maxColours,
      unit: 'inks',
    },
  ];
};

/** Which inks to give up; where that would make other art of it, what else would work. */
const mergeAdvice = (inks: readonly PrintInk[], merges: readonly Merge[] | null, pointer: string): Pick<Finding, 'hint' | 'autofix'> => {
  if (!merges)
    return { hint: 'These inks are too different to be merged: use fewer colours, or a method that prints every colour ("dtf", "dtg").' };
  const kept = keptIds(inks, merges);
  return {
    hint: `Merge ${merges.map(({ from, to }) => `${from.swatch.name} into ${to.swatch.name}`).join(', ')}: settings {"inks": ${JSON.stringify(kept)}}.`,
    autofix: {
      title: 'Print with fewer inks: the rest go to their nearest.',
      set: [{ pointer: `${pointer}/settings/inks`, value: kept }],
    },
  };
};

type Merge = { readonly from: PrintInk; readonly to: PrintInk };

/** Inks to give up, each for its nearest neighbour, the nearest pair first; null where one would have to go to a far one. */
const cheapestMerges = (inks: readonly PrintInk[], count: number): readonly Merge[] | null => {
  const left = [...inks];
  const merges: Merge[] = [];
  while (merges.length < count) {
    const pairs = left.flatMap((from, i) => left.slice(i + 1).map((to) => ({ from, to, distance: deltaE2000(from.lab, to.lab) })));
    const best = pairs.reduce<(typeof pairs)[number] | null>((low, one) => (low && low.distance <= one.distance ? low : one), null);
    if (!best || best.distance > MOST_MERGE_DE) return null;
    merges.push({ from: best.from, to: best.to });
    left.splice(left.indexOf(best.from), 1);
  }
  return merges;
};

const keptIds = (inks: readonly PrintInk[], merges: readonly Merge[]): readonly string[] =>
  inks.filter((ink) => !merges.some(({ from }) => from === ink)).map(({ swatch }) => swatch.id);

type Far = Mapping & { readonly ink: PrintInk };

/** Colours that print as others: one finding for each layer, of its farthest. Forty colours in a drawing are one mistake, not forty. */
const farFindings = (mappings: readonly Mapping[], { matchWithin, process }: ScreenPrintSettings): readonly Finding[] => {
  if (process === 'simulated') return [];
  const layers = new Map<string, Far[]>();
  for (const mapping of mappings) {
    const { ink, distance, pointers } = mapping;
    if (!ink || distance <= matchWithin) continue;
    const pointer = pointers[0] ?? '';
    layers.set(pointer, [...(layers.get(pointer) ?? []), { ...mapping, ink }]);
  }
  return [...layers].map(([pointer, far]) => farFinding(pointer, far, matchWithin));
};

const farFinding = (pointer: string, far: readonly Far[], matchWithin: number): Finding => {
  const worst = far.reduce((most, one) => (one.distance > most.distance ? one : most));
  const { swatch } = worst.ink;
  const others =
    far.length === 1 ? '' : `; ${far.length - 1} more ${far.length === 2 ? 'colour of it has' : 'colours of it have'} no ink near`;
  return {
    severity: 'warning',
    code: 'colour.far',
    pointer,
    message: `${hexOf(worst.colour)} prints in ${swatch.name} (${swatch.colour}), which is a different colour${others}.`,
    hint: 'Choose a colour of the ink palette, or have the ink mixed and add it to the palette.',
    measured: Math.round(worst.distance * 10) / 10,
    required: matchWithin,
    unit: 'dE00',
  };
};
