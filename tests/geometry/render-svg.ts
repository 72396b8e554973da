import sharp from 'sharp';

export type Raster = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** Draws SVG elements in a box of `sizeMm` from the origin with an independent renderer: black on white, one byte a pixel. */
export const renderSvg = async (elements: string, sizeMm: number, sizePx = 300): Promise<Raster> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePx}" height="${sizePx}" viewBox="0 0 ${sizeMm} ${sizeMm}"><rect width="${sizeMm}" height="${sizeMm}" fill="#fff"/>${elements}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

/** The share of pixels that are not white, weighted by how dark they are, and how far two pictures are apart. */
export const inkOf = ({ data }: Raster): number => data.reduce((sum, value) => sum + (255 - value), 0) / 255 / data.length;

export const differenceOf = (a: Raster, b: Raster): { readonly mean: number; readonly strong: number } => {
  let [sum, strong] = [0, 0];
  a.data.forEach((value, i) => {
    const gap = Math.abs(value - (b.data[i] ?? 0));
    sum += gap;
    if (gap > 40) strong += 1;
  });
  return { mean: sum / a.data.length, strong };
};
