/** A turned frame in which rows lie level: `u` along the rows, `v` across them, mm about the same origin. */
export type RowFrame = { readonly cos: number; readonly sin: number };

/** The frame of rows at an angle, degrees clockwise from the x axis on a page with y down. */
export const rowFrame = (angleDeg: number): RowFrame => {
  const angle = (angleDeg * Math.PI) / 180;
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
};

export const uOf = ({ cos, sin }: RowFrame, x: number, y: number): number => x * cos + y * sin;
export const vOf = ({ cos, sin }: RowFrame, x: number, y: number): number => y * cos - x * sin;
export const xOf = ({ cos, sin }: RowFrame, u: number, v: number): number => u * cos - v * sin;
export const yOf = ({ cos, sin }: RowFrame, u: number, v: number): number => u * sin + v * cos;
