/**
 * How a cloth answers to being sewn on, and what the digitiser does about it. Lengths in mm, per side where a side is meant. Rules of thumb
 * of the trade; shops tune them to their machines.
 */
export type Fabric = {
  readonly id: string;
  /** Added to both ends of every row and both sides of every column: stitches draw the cloth in. */
  readonly pullMm: number;
  /** Taken off the ends of columns: rows push the cloth out across them. */
  readonly pushMm: number;
  /** Distance of rows of a tatami fill for 40 weight thread. */
  readonly fillPitchMm: number;
  /** Distance of a satin's stitches, peak to peak, for 40 weight thread. */
  readonly satinPitchMm: number;
  readonly underlay: 'light' | 'normal' | 'heavy';
  /** How far an earlier colour goes on beneath a later one. */
  readonly trapMm: number;
};

const fabric = (id: string, pullMm: number, underlay: Fabric['underlay'], trapMm = 0.4): Fabric => ({
  id,
  pullMm,
  pushMm: Math.min(0.4, pullMm),
  fillPitchMm: 0.35,
  satinPitchMm: 0.4,
  underlay,
  trapMm,
});

export const FABRICS: readonly Fabric[] = [
  fabric('woven', 0.15, 'normal'),
  fabric('light-woven', 0.2, 'light'),
  fabric('knit', 0.35, 'normal', 0.5),
  fabric('pique', 0.35, 'heavy', 0.5),
  fabric('performance', 0.4, 'normal', 0.5),
  fabric('fleece', 0.45, 'heavy', 0.5),
  fabric('towel', 0.5, 'heavy', 0.5),
  fabric('cap', 0.2, 'normal'),
  fabric('leather', 0, 'light', 0.3),
];
