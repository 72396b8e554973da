import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { readDataUrl } from '../data-url.ts';
import { readImageHeader } from '../image-header.ts';
import { DEFAULT_IMAGE_LIMITS, type ImageLimits } from '../image-limits.ts';
import { sniff } from '../sniff.ts';
import { type Issues, tooComplex } from './issues.ts';
import type { SvgLimits } from './svg-limits.ts';
import type { SvgElement } from './xml-tree.ts';

export type PictureDecoder = (bytes: Uint8Array, limits: ImageLimits) => Promise<DecodedImage>;

const EMBED = 'Embed pictures in the drawing as PNG or JPEG.';

const bytesOf = (element: SvgElement, href: string, issues: Issues): Uint8Array | null => {
  if (!/^data:/i.test(href)) {
    if (href !== '') issues.unsupported('a picture from outside the file', element, EMBED);
    return null;
  }
  const bytes = readDataUrl(href).bytes;
  const kind = sniff(bytes);
  if (kind === 'svg' || kind === 'svgz') {
    issues.unsupported('a drawing embedded as a picture', element, 'Paste the embedded drawing as shapes.');
    return null;
  }
  return bytes;
};

/** Says where in the drawing a bad picture is. */
const placed = (error: unknown, { line, column }: SvgElement): unknown =>
  error instanceof Problem
    ? new Problem(error.code, `${error.message} (picture at line ${line}, column ${column} of the SVG drawing)`, {
        hint: error.hint,
        cause: error,
      })
    : error;

/**
 * Decodes the pictures that image elements embed as data: URLs, each once, by href text. All headers are checked against one
 * budget of pixels before the first is decoded. Links to files and servers are reported as unsupported and never followed.
 */
export const readPictures = async (
  elements: readonly SvgElement[],
  limits: SvgLimits,
  issues: Issues,
  decode: PictureDecoder,
): Promise<ReadonlyMap<string, DecodedImage>> => {
  const found = new Map<string, { readonly element: SvgElement; readonly bytes: Uint8Array }>();
  const imageLimits = { ...DEFAULT_IMAGE_LIMITS, maxPixels: limits.maxImagePixels };
  let pixels = 0;
  for (const element of elements.filter(({ name }) => name === 'image')) {
    const href = element.attributes.get('href')?.trim() ?? '';
    if (found.has(href)) continue;
    try {
      const bytes = bytesOf(element, href, issues);
      if (!bytes) continue;
      const { widthPx, heightPx } = readImageHeader(bytes, imageLimits);
      pixels += widthPx * heightPx;
      found.set(href, { element, bytes });
    } catch (error) {
      throw placed(error, element);
    }
    if (found.size > limits.maxImages) throw tooComplex('embedded pictures', limits.maxImages);
    if (pixels > limits.maxImagePixels) throw tooComplex('pixels in embedded pictures', limits.maxImagePixels);
  }
  const pictures = new Map<string, DecodedImage>();
  for (const [href, { element, bytes }] of found) {
    try {
      pictures.set(href, await decode(bytes, imageLimits));
    } catch (error) {
      throw placed(error, element);
    }
  }
  return pictures;
};
