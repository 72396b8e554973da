import { ROLE, type Role, type StitchPlan, type Thread } from '../../../src/stitch/plan.ts';
import { RED } from '../../support/sample-plans.ts';

/** One run of needle points: x, y in turn. */
export const path = (points: readonly number[], of: Thread = RED, role: Role = ROLE.top): StitchPlan => ({
  blocks: [
    {
      thread: of,
      runs: [{ points: Float64Array.from(points), roles: new Uint8Array(points.length >> 1).fill(role), from: 'trim' }],
      stopAfter: false,
      note: '',
    },
  ],
});

export const joined = (...plans: readonly StitchPlan[]): StitchPlan => ({ blocks: plans.flatMap(({ blocks }) => blocks) });
