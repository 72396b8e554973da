import type { StitchPlan } from '../plan.ts';

/** Something a reader could not carry over, or that a file says wrongly of itself. */
export type StitchWarning = {
  readonly code:
    | 'stitches.no-colours'
    | 'stitches.nearest-colours'
    | 'stitches.header'
    | 'stitches.sequins'
    | 'stitches.leftover'
    | 'stitches.cut-off';
  readonly message: string;
};

export type StitchFormatId = 'dst' | 'pes' | 'pec' | 'jef' | 'exp' | 'vp3' | 'xxx' | 'json';

/** A machine file as a plan: mm from where the machine starts, y down. Roles are not in such files: all are `top`. */
export type StitchReading = {
  readonly format: StitchFormatId;
  /** The name in the file; empty when there is none. */
  readonly name: string;
  readonly plan: StitchPlan;
  readonly warnings: readonly StitchWarning[];
};
