import { type Affine, multiply, scaling, stretch, translation } from '../../geometry/affine.ts';
import { fitCurves } from '../../geometry/fit-curves.ts';
import { boundsOfPath, isEmptyPath, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { containsRect, inflate, intersectionOf, type Rect, rectOf } from '../../geometry/point.ts';
import { intersectPaths, offsetPath } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import { type ImageMask, isPixelMask, type MaskBorder } from '../../model/image-mask.ts';
import type { ImageLayer } from '../../model/layers.ts';
import { colourOf } from '../../model/paint.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { maskOutline } from '../masks/mask-outline.ts';
import { SOFT_EDGE_POINTER, softEdge } from '../masks/soft-edge.ts';
import { photoNode } from '../photo.ts';
import { plainGroup } from '../plain-group.ts';
import type { GroupNode, PathNode, RasterNode } from '../scene.ts';
import { type ComposeContext, type Composed, NOTHING } from './context.ts';
import { outlineIn } from './shape-layer.ts';

/** How far curves may leave a traced outline, mm. */
const CURVE_MM = 0.04;
/** Clips of pixel cuts lie this far outside their outline, so that they never touch a soft pixel, in pixels of the photo. */
const CLIP_MARGIN_PX = 3;
/** A rim takes at most this part of the shorter side of the box. */
const MOST_RIM = 0.4;

/** A rim bridges notches of the outline, as a knife would: so wide, in widths of the rim. */
const SMOOTH = 1.2;

type Masked = ImageLayer & { readonly mask: ImageMask };
/** A photo in place with the outline of its mask in mm; `cut` when the pixels are clear already outside. */
type Placed = { readonly photo: RasterNode; readonly outline: Path; readonly cut: boolean };

/** An image layer with a mask: the part of the photo that shows, its soft edge and its rim. */
export const composeMasked = (layer: Masked, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const { mask } = layer;
  if (mask.by === 'luminance') return { nodes: [luminanceMasked(layer, mask.source, box, pointer, context)], findings: [] };
  const rim = mask.border ? Math.min(mask.border.width, MOST_RIM * Math.min(box.width, box.height)) : 0;
  const placed = placeMasked(layer, mask, inflate(box, -rim), pointer, context);
  if (!placed || isEmptyPath(placed.outline)) return { ...NOTHING, findings: [nothingLeft(pointer)] };
  const soft = mask.feather ? softEdge(placed.outline, mask.feather, `${pointer}${SOFT_EDGE_POINTER}`) : null;
  if (soft) context.made?.(soft.picture);
  const group: GroupNode = {
    ...plainGroup(pointer),
    clip: { path: placed.cut ? roundabout(placed) : placed.outline, fillRule: 'nonzero' },
    mask: soft?.mask ?? null,
    children: [placed.photo],
  };
  const findings = [
    ...outside(layer, mask, pointer, context),
    ...(soft && mask.feather && soft.widthMm < mask.feather ? [narrowEdge(mask.feather, soft.widthMm, pointer)] : []),
  ];
  return { nodes: mask.border ? [rimNode(placed.outline, mask.border, rim, pointer), group] : [group], findings };
};

const luminanceMasked = (layer: ImageLayer, source: string, box: Rect, pointer: string, context: ComposeContext): GroupNode => {
  const whole = { source, fit: 'stretch', focus: { x: 0.5, y: 0.5 }, turn: 0, adjust: [] as ImageLayer['adjust'] } as const;
  const photo = photoNode(layer, context.image(layer.source), box, pointer);
  return { ...plainGroup(pointer), mask: photoNode(whole, context.image(source), box, `${pointer}/mask`), children: [photo] };
};

const placeMasked = (
  layer: ImageLayer,
  mask: Exclude<ImageMask, { by: 'luminance' }>,
  frame: Rect,
  pointer: string,
  context: ComposeContext,
): Placed | null => {
  const photo = context.image(layer.source);
  if (mask.by === 'shape')
    return { photo: photoNode(layer, photo, frame, pointer), outline: outlineIn(mask.shape, frame, `${pointer}/mask/shape`), cut: false };
  if (!isPixelMask(mask)) return placeOnPicture(layer, mask, photo, maskOutline(mask, photo, `${pointer}/mask`), null, frame, pointer);
  const cut = context.cut?.(layer);
  if (cut === undefined)
    throw new Problem('resource.missing', 'expected a photo that is cut out already, got one that is not', { pointer });
  if (!cut) return null;
  const { image, outline, bounds } = cut;
  return placeOnPicture(layer, mask, image, transformPath(outline, scaling(image.widthPx, image.heightPx)), bounds, frame, pointer);
};

/** Puts a picture and an outline in its pixels into a frame; tight ones fill it with what is left. */
const placeOnPicture = (
  layer: ImageLayer,
  mask: { readonly tight: boolean },
  image: DecodedImage,
  outlinePx: Path,
  boundsPx: Rect | null,
  frame: Rect,
  pointer: string,
): Placed | null => {
  const cut = boundsPx !== null;
  const whole = rectOf(0, 0, image.widthPx, image.heightPx);
  const { x, y, width, height } = layer.crop ?? { x: 0, y: 0, width: 1, height: 1 };
  const cropped = rectOf(x * image.widthPx, y * image.heightPx, width * image.widthPx, height * image.heightPx);
  const left = boundsPx ?? boundsOfPath(outlinePx);
  const shown = left ? intersectionOf(left, intersectionOf(whole, cropped) ?? whole) : null;
  if (!shown || shown.width <= 0 || shown.height <= 0) return null;
  const photo = mask.tight ? tightNode(layer, image, shown, frame, pointer) : photoNode(layer, image, frame, pointer);
  const { source, at } = photo;
  const toMm: Affine = multiply(at, scaling(1 / source.width, 1 / source.height), translation(-source.x, -source.y));
  const seen = transformPath(outlinePx, toMm);
  const window = transformPath(rectPath(rectOf(0, 0, 1, 1)), at);
  const [seenBox, windowBox] = [boundsOfPath(seen), boundsOfPath(window)];
  const inside = seenBox && windowBox && containsRect(windowBox, seenBox, 0.001);
  return { photo, outline: inside && !cut ? seen : intersectPaths(seen, window), cut };
};

/** All that is left, whole, in the frame: "cover" would cut into it. */
const tightNode = (layer: ImageLayer, image: DecodedImage, shown: Rect, frame: Rect, pointer: string): RasterNode => {
  const crop = {
    x: shown.x / image.widthPx,
    y: shown.y / image.heightPx,
    width: shown.width / image.widthPx,
    height: shown.height / image.heightPx,
  };
  return photoNode({ ...layer, crop, fit: layer.fit === 'stretch' ? 'stretch' : 'contain' }, image, frame, pointer);
};

/** A little outside the outline of a pixel cut: says where it is, and leaves its own soft edge alone. */
const roundabout = ({ outline, photo }: Placed): Path => {
  const size = stretch(photo.at);
  return offsetPath(outline, CLIP_MARGIN_PX * Math.max(size.x / photo.source.width, size.y / photo.source.height));
};

const rimNode = (outline: Path, { colour }: MaskBorder, widthMm: number, pointer: string): PathNode => ({
  kind: 'path',
  pointer: `${pointer}/mask/border`,
  path: fitCurves(offsetPath(offsetPath(outline, widthMm * (1 + SMOOTH)), -widthMm * SMOOTH), CURVE_MM),
  fillRule: 'nonzero',
  fill: { kind: 'solid', colour: colourOf(colour) },
  stroke: null,
});

const nothingLeft = (pointer: string): Finding => ({
  severity: 'error',
  code: 'mask.nothing-left',
  pointer: `${pointer}/mask`,
  message: 'Nothing of the photo is left inside its mask.',
  hint: 'Check the outline, the tolerance or the photo, or leave the mask out.',
});

/** How far outlines may reach past the photo without anybody seeing it, in widths or heights of the photo. */
const UNSEEN = 0.005;

/** An outline that the photo does not fill: it ends straight at the edge of the photo, where whoever drew it wanted a curve. */
const outside = (layer: ImageLayer, mask: ImageMask, pointer: string, context: ComposeContext): readonly Finding[] => {
  if (mask.by !== 'oval' && mask.by !== 'path') return [];
  const photo = context.image(layer.source);
  const bounds = boundsOfPath(maskOutline(mask, photo, `${pointer}/mask`));
  if (!bounds) return [];
  const { x, y, width, height } = layer.crop ?? { x: 0, y: 0, width: 1, height: 1 };
  const [left, top] = [x * photo.widthPx - bounds.x, y * photo.heightPx - bounds.y];
  const right = bounds.x + bounds.width - (x + width) * photo.widthPx;
  const bottom = bounds.y + bounds.height - (y + height) * photo.heightPx;
  const share = Math.max(left / photo.widthPx, right / photo.widthPx, top / photo.heightPx, bottom / photo.heightPx);
  if (share <= UNSEEN) return [];
  const percent = Math.max(1, Math.round(100 * share));
  return [
    {
      severity: 'warning',
      code: 'mask.outside',
      pointer: `${pointer}/mask`,
      message: `The outline reaches ${percent} % past the edge of the photo${layer.crop ? ' as it is cropped' : ''} and ends straight there.`,
      hint: 'Draw it inside the photo, or use a photo with more room round the subject.',
      measured: percent,
      required: 0,
      unit: '%',
    },
  ];
};

const narrowEdge = (wanted: number, got: number, pointer: string): Finding => ({
  severity: 'warning',
  code: 'mask.feather-wide',
  pointer: `${pointer}/mask/feather`,
  message: `The soft edge is wider than the figure has room for: ${got} mm instead of ${wanted} mm.`,
  hint: 'Use a narrower soft edge.',
  measured: wanted,
  required: got,
  unit: 'mm',
});
