import { extname } from 'node:path';
import { InvalidArgumentError } from 'commander';

const OTHERS: readonly string[] = ['.jpg', '.jpeg', '.webp', '.gif', '.bmp', '.tif', '.tiff', '.avif', '.svg', '.pdf'];

/** Where a PNG is to be written: no name that promises another kind of picture. */
export const pngName = (text: string): string => {
  if (!OTHERS.includes(extname(text).toLowerCase())) return text;
  throw new InvalidArgumentError(`expected a file that ends in .png, got "${text}"`);
};
