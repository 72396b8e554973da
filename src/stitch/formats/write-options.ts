import type { Point } from '../../geometry/point.ts';

/** What every writer takes. */
export type WriteOptions = {
  /** Of the design; cut to what the machine's display takes. */
  readonly name: string;
  /** Where the machine starts, mm in the frame of the plan; default: the middle of the design. */
  readonly origin?: Point;
};
