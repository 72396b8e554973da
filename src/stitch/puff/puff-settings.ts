import type { DigitizeOptions } from '../region.ts';

/** Satin over foam lies twice as close as on cloth: its holes are what the foam tears along. */
const DENSER = 0.5;
/** Columns over foam go out and over its height by this much more a side, mm. */
const WRAP_MM = 0.2;
/** Columns over foam are no narrower, or they press it flat, and no wider, or their stitches catch, mm. */
export const PUFF_FROM_MM = 3;
export const PUFF_TO_MM = 12;

/** Settings for sewing over foam: closer, wider, undivided satin whose ends are not drawn in. */
export const puffOptions = (options: DigitizeOptions): DigitizeOptions => {
  const { fabric } = options;
  return {
    ...options,
    satinToMm: PUFF_TO_MM,
    splitSatinMm: PUFF_TO_MM,
    fabric: { ...fabric, satinPitchMm: DENSER * fabric.satinPitchMm, pullMm: fabric.pullMm + WRAP_MM, pushMm: 0 },
  };
};
