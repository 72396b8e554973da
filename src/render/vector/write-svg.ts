import type { CutDrawing } from './cut-drawing.ts';

/** The drawing as an SVG of true size. */
export const writeSvg = (drawing: CutDrawing): Uint8Array => new TextEncoder().encode(svgOf(drawing));

const svgOf = ({ widthMm, heightMm }: CutDrawing): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${widthMm} ${heightMm}"></svg>\n`;
