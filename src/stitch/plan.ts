import type { Thread } from '../model/stitch-plan.ts';

export type { ColourBlock, Run, StitchPlan, Thread } from '../model/stitch-plan.ts';

/** Whether an operator would put the same cone on. */
export const isSameThread = (a: Thread, b: Thread): boolean =>
  a.colour === b.colour && a.code === b.code && a.maker === b.maker && a.weight === b.weight;

/** What a stitch is for: pictures, reports and tests ask. The number is what a run stores for each point. */
export const ROLE = { top: 0, satin: 1, run: 2, underlay: 3, travel: 4, tie: 5 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

/** Longest move of the needle that every machine takes, per axis, mm. */
export const MAX_MOVE_MM = 12.1;
