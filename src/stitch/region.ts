import type { Path } from '../geometry/path.ts';
import type { Point } from '../geometry/point.ts';
import type { Fabric } from './fabric.ts';
import type { StitchPlan, Thread } from './plan.ts';

/** An even area of one colour, as the artwork has it: no overlaps with its own kind, later ones lie on earlier ones. */
export type StitchRegion = {
  /** Simple rings to fill nonzero, holes wound against their outer ring; mm, y down. */
  readonly path: Path;
  readonly thread: Thread;
  /** JSON pointers of the layers it is of, for findings. */
  readonly pointers: readonly string[];
  /** The name of a letter or figure, for findings: "the letter g"; empty when unknown. */
  readonly label: string;
  /** How to sew it; 'auto' decides by its local width. 'applique': a patch of cloth, held down and bordered with this thread. */
  readonly stitch: 'auto' | 'satin' | 'tatami' | 'contour' | 'run' | 'applique';
  /** Direction of rows, degrees clockwise from the x axis; null: from the shape. */
  readonly angleDeg: number | null;
  /** How a patch is held down; `PATCH` when left out. Means nothing for other stitches. */
  readonly patch?: PatchWork;
};

/** How a patch of cloth (appliqué, tackle twill) is sewn on: its place is drawn, it is laid and tacked down, trimmed, and its edge is covered. */
export type PatchWork = {
  /** Closed satin for raw edges, open zigzag for cut twill that does not fray, or nothing more than the tack-down. */
  readonly border: 'satin' | 'zigzag' | 'none';
  readonly borderMm: number;
  readonly tack: 'run' | 'zigzag';
  /** The machine halts once more after the tack-down, for cloth that is trimmed in the hoop. */
  readonly trimStop: boolean;
};

export const PATCH: PatchWork = { border: 'satin', borderMm: 3.2, tack: 'run', trimStop: true };

export type DigitizeOptions = {
  readonly fabric: Fabric;
  /** Column widths that become satin; below: running stitches, above: split satin up to `splitSatinMm`, then fill. */
  readonly satinFromMm: number;
  readonly satinToMm: number;
  readonly splitSatinMm: number;
  readonly fillStitchMm: number;
  readonly runStitchMm: number;
  readonly minStitchMm: number;
  /** Sew from the middle outwards and from the bottom up: for caps. */
  readonly order: 'nearest' | 'cap';
  readonly puff: boolean;
  readonly signal?: AbortSignal;
};

/** A satin column: two rails with as many points each, pair by pair across the column; the stitches go from rail to rail. */
export type SatinColumn = {
  readonly kind: 'satin';
  readonly region: number;
  /** x, y in turn; `left[i]` faces `right[i]`. Rails lie on the outline; compensation comes later. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly closed: boolean;
  /** Along whose outline a run of underlay goes first; left out: a little within the rails, for columns broad enough. */
  readonly edge?: Path;
};

/** An area to be filled with rows or rings. */
export type FillArea = {
  readonly kind: 'fill';
  readonly region: number;
  readonly path: Path;
  readonly angleDeg: number;
  readonly style: 'tatami' | 'contour';
  /** Along whose outline the first run of underlay goes; left out: a little within the path. */
  readonly edge?: Path;
};

/** A line to be followed: what is too thin for anything else. */
export type RunLine = {
  readonly kind: 'run';
  readonly region: number;
  readonly points: Float64Array;
  /** 1: once; 3: bean stitch, there, back and there, or out on one side and back on the other where there are sides. */
  readonly passes: 1 | 3;
  readonly widthMm: number;
  /** For each point, x, y in turn, from it to where thread lies along the left edge of the stroke; the right one lies as far on the other side. */
  readonly sides?: Float64Array;
};

/** One way of sewing one part of a region. Parts of a region overlap where they meet, so that nothing opens. */
export type SewPart = SatinColumn | FillArea | RunLine;

/** Stitches of one part from one place to another, underlay first: what `connect` strings together. */
export type Sewn = { readonly points: Float64Array; readonly roles: Uint8Array };

export type SewEnds = { readonly entry: Point | null; readonly exit: Point | null };

/** What the digitiser says of one place of the design; the method turns it into a finding. */
export type StitchRemark = {
  readonly code:
    | 'patch.small'
    | 'stitch.thin'
    | 'stitch.dense'
    | 'stitch.long'
    | 'stitch.skipped'
    | 'stitch.too-many'
    | 'stitch.too-complex';
  readonly region: number;
  readonly at: Point;
  readonly measured: number;
  readonly required: number;
  readonly unit: 'mm' | 'stitches' | 'mm/mm2';
};

export type Digitized = { readonly plan: StitchPlan; readonly remarks: readonly StitchRemark[] };
