import type { SrgbColour } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import type { Paint, RasterNode, SceneNode } from '../../scene/scene.ts';

type Pictures = ((digest: string) => DecodedImage) | undefined;

/** What covers less than this prints nothing that anybody sees. */
const CLEAR = 0.02;
/** Fewer pixels than this are dust (a tenth of a square mm at 300 dpi). */
const DUST = 10;

/** Whether a node leaves any mark: not where it is fully clear, or a picture is without one pixel that covers. */
export const paintsAnything = (node: SceneNode, picture: Pictures): boolean => {
  switch (node.kind) {
    case 'path':
      return [node.fill, node.stroke?.paint ?? null].some((paint) => paint !== null && opacityOf(paint) > CLEAR);
    case 'glyphs':
      return opacityOf(node.fill) > CLEAR;
    case 'raster':
      return !picture || somePixel(node, picture, () => true);
    case 'group':
      return node.opacity > CLEAR && node.children.some((child) => paintsAnything(child, picture));
  }
};

const opacityOf = (paint: Paint): number => (paint.kind === 'solid' ? 1 : Math.max(...paint.stops.map(({ opacity }) => opacity)));

/**
 * How far the art stands out from the article at the most, CIEDE2000; more than enough is not looked for. Blends, masks and filters are taken as
 * seen: what they make is only known once they ran.
 */
export const strongestContrast = (nodes: readonly SceneNode[], article: SrgbColour, enough: number, picture: Pictures): number => {
  let best = nodes.length === 0 ? Number.POSITIVE_INFINITY : 0;
  for (const node of nodes) {
    best = Math.max(best, contrastOf(node, article, enough, 1, picture));
    if (best >= enough) break;
  }
  return best;
};

const contrastOf = (node: SceneNode, article: SrgbColour, enough: number, opacity: number, picture: Pictures): number => {
  const far = (colour: SrgbColour, alpha: number): number => colourDistance(over(colour, alpha * opacity, article), article);
  switch (node.kind) {
    case 'path':
      return Math.max(0, ...[node.fill, node.stroke?.paint ?? null].flatMap((paint) => (paint ? [contrastOfPaint(paint, far)] : [])));
    case 'glyphs':
      return contrastOfPaint(node.fill, far);
    case 'raster':
      return contrastOfPicture(node, far, enough, picture);
    case 'group':
      if (node.blend !== 'normal' || node.mask) return Number.POSITIVE_INFINITY;
      return Math.max(0, ...node.children.map((child) => contrastOf(child, article, enough, opacity * node.opacity, picture)));
  }
};

type Far = (colour: SrgbColour, alpha: number) => number;

/** Plates of their own (foil, varnish) show whatever their colour is. */
const contrastOfPaint = (paint: Paint, far: Far): number => {
  const stops = paint.kind === 'solid' ? [{ colour: paint.colour, opacity: 1 }] : paint.stops;
  return Math.max(
    ...stops.map(({ colour, opacity }) => (colour.space === 'spot' ? Number.POSITIVE_INFINITY : far(screenColour(colour), opacity))),
  );
};

/** Of the eleventh most distant pixel: fewer are dust. All are looked at, since a name may be a thin line on a large clear ground. */
const contrastOfPicture = (node: RasterNode, far: Far, enough: number, picture: Pictures): number => {
  if (!picture || node.adjust.length > 0) return Number.POSITIVE_INFINITY;
  const distances = new Map<number, number>();
  const farthest: number[] = [];
  const size = node.source.width * node.source.height;
  const dust = Math.min(DUST, Math.floor(size / 2));
  somePixel(node, picture, ({ r, g, b, a }) => {
    // A sixteenth of a channel more or less is the same distance.
    const key = (((r >> 2) * 64 + (g >> 2)) * 64 + (b >> 2)) * 16 + (a >> 4);
    const known = distances.get(key);
    const distance = known ?? far({ space: 'srgb', r: r / 255, g: g / 255, b: b / 255 }, a / 255);
    if (known === undefined) distances.set(key, distance);
    if (farthest.length <= dust || distance > (farthest.at(-1) ?? 0)) {
      farthest.push(distance);
      farthest.sort((one, other) => other - one);
      farthest.length = Math.min(farthest.length, dust + 1);
    }
    return farthest.length > dust && (farthest.at(-1) ?? 0) >= enough;
  });
  return farthest.length > dust ? (farthest.at(-1) ?? 0) : 0;
};

type Pixel = { readonly r: number; readonly g: number; readonly b: number; readonly a: number };

/** Whether one of the pixels that are shown and cover is what is looked for, row by row. */
const somePixel = ({ source, image }: RasterNode, picture: (digest: string) => DecodedImage, isIt: (pixel: Pixel) => boolean): boolean => {
  const { widthPx, heightPx, rgba } = picture(image.digest);
  const [left, right] = [Math.max(0, Math.floor(source.x)), Math.min(widthPx, Math.ceil(source.x + source.width))];
  const bottom = Math.min(heightPx, Math.ceil(source.y + source.height));
  for (let y = Math.max(0, Math.floor(source.y)); y < bottom; y += 1)
    for (let at = (y * widthPx + left) * 4; at < (y * widthPx + right) * 4; at += 4) {
      const a = rgba[at + 3] ?? 0;
      if (a > CLEAR * 255 && isIt({ r: rgba[at] ?? 0, g: rgba[at + 1] ?? 0, b: rgba[at + 2] ?? 0, a })) return true;
    }
  return false;
};

const over = ({ r, g, b }: SrgbColour, alpha: number, ground: SrgbColour): SrgbColour => ({
  space: 'srgb',
  r: r * alpha + ground.r * (1 - alpha),
  g: g * alpha + ground.g * (1 - alpha),
  b: b * alpha + ground.b * (1 - alpha),
});
