import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import type { PixelImage } from '../../../src/render/adjust/pixel-image.ts';

export const pixelsOf = async (picture: Sharp): Promise<PixelImage> => {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: new Uint8Array(data) };
};

const file = (path: string): Buffer => readFileSync(new URL(`../../../examples/${path}`, import.meta.url));

/** A drawing of the examples, with clear ground. */
export const drawn = (name: string, widthPx: number): Sharp =>
  sharp(file(`assets/art/${name}.svg`), { density: 300 }).resize({ width: widthPx });

export const photo = async (path: string, widthPx: number): Promise<PixelImage> =>
  pixelsOf(sharp(await sharp(file(path)).resize({ width: widthPx }).jpeg({ quality: 85 }).toBuffer()));

export const svgPixels = async (inside: string, size: number, how: 'png' | 'jpeg' | 'enlarged' = 'png'): Promise<PixelImage> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${size}" height="${size}">${inside}</svg>`;
  const plain = await sharp(Buffer.from(svg)).png().toBuffer();
  if (how === 'jpeg') return pixelsOf(sharp(await sharp(plain).flatten({ background: '#ffffff' }).jpeg({ quality: 60 }).toBuffer()));
  if (how === 'enlarged')
    return pixelsOf(
      sharp(
        await sharp(plain)
          .resize({ width: 3 * size, kernel: 'cubic' })
          .png()
          .toBuffer(),
      ),
    );
  return pixelsOf(sharp(plain));
};
