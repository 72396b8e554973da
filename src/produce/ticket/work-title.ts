import { z } from 'zod';
import type { PlannedPlacement } from '../plan.ts';

const cut = z.object({ kind: z.enum(['heat-transfer', 'sign', 'twill']) });

const CUT_TITLES: Readonly<Record<z.output<typeof cut>['kind'], string>> = {
  'heat-transfer': 'Vinyl, cut and pressed on',
  sign: 'Vinyl, cut and stuck on',
  twill: 'Twill, cut and sewn on',
};

/** What is done at a placement, in the words of the floor: where one method takes several materials, which one it is. */
export const workTitle = ({ method, settings }: Pick<PlannedPlacement, 'method' | 'settings'>): string => {
  const { data } = cut.safeParse(settings);
  return method.id === 'vinyl' && data ? CUT_TITLES[data.kind] : method.title;
};
