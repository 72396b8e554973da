/** A thread on a needle. `colour` is "#rrggbb" as it looks sewn; `weight` the usual number: 40 is about 0.4 mm wide, 60 about 0.3. */
export type Thread = {
  readonly colour: string;
  readonly name: string;
  /** Order code of the maker; empty when there is none. */
  readonly code: string;
  readonly maker: string;
  readonly weight: 30 | 40 | 60 | 75;
};

/**
 * Thread without a cut: a row of needle penetrations. Millimetres, y down, in the frame of the design (trim box of the placement).
 * `points` holds x, y in turn; `roles` one number per point: the role of the stitch that ENDS there (the first: of the one that follows).
 * Tie-in and tie-off are part of it.
 */
export type Run = {
  readonly points: Float64Array;
  readonly roles: Uint8Array;
  /**
   * How the needle came here. 'trim': the thread was cut. 'jump': it was carried over uncut, which is for moves that later stitches hide
   * and for machine files that came so.
   */
  readonly from: 'trim' | 'jump';
};

/** One thread at a time: what the machine sews between two colour changes or stops. */
export type ColourBlock = {
  readonly thread: Thread;
  readonly runs: readonly Run[];
  /** The machine halts after it although the thread stays: to lay a patch or foam. */
  readonly stopAfter: boolean;
  /** For the run sheet: "appliqué placement", "under the foam". Empty for plain sewing. */
  readonly note: string;
};

/** What a machine sews, in order. Everything else (files, pictures, sheets, figures) is made of it. */
export type StitchPlan = { readonly blocks: readonly ColourBlock[] };
