/** The only unit factors in Platen. Everything inside the core is millimetres; everything else converts here. */
export const MM_PER_INCH = 25.4;
export const PT_PER_INCH = 72;
export const MM_PER_PT = MM_PER_INCH / PT_PER_INCH;

export const mmToPt = (mm: number): number => mm / MM_PER_PT;
export const ptToMm = (pt: number): number => pt * MM_PER_PT;
export const mmToPx = (mm: number, dpi: number): number => (mm / MM_PER_INCH) * dpi;
export const pxToMm = (px: number, dpi: number): number => (px / dpi) * MM_PER_INCH;

/** Whole pixels that cover a length at a resolution (round to nearest, at least 1): the size of a print canvas. */
export const pixelsFor = (mm: number, dpi: number): number => Math.max(1, Math.round(mmToPx(mm, dpi)));

/** Scene lengths are kept to a thousandth of a millimetre: finer than any press, and stable as text. */
export const quantizeMm = (mm: number): number => {
  const rounded = Math.round(mm * 1000) / 1000;
  return rounded === 0 ? 0 : rounded;
};
