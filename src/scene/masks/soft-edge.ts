import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { boundsOfPath, isEmptyPath, type Path, transformPath } from '../../geometry/path.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import { sha256 } from '../../model/digest.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { RasterNode } from '../scene.ts';
import { fillPlane } from './fill-plane.ts';
import { soften, toBytes } from './plane.ts';

export type SoftEdge = {
  readonly mask: RasterNode;
  readonly picture: DecodedImage;
  /** The width there was room for, mm. */
  readonly widthMm: number;
};

/** Where the pointers of soft edges end: they are smooth by nature, so few pixels do them no harm. */
export const SOFT_EDGE_POINTER = '/mask/feather';

/** Pixels that an edge takes at least, so that it is smooth. */
const EDGE_PX = 8;
const [LEAST_PX, MOST_PX] = [64, 1000] as const;
/** A figure that is narrower than its soft edge gets a narrower edge, halved so many times at most. */
const HALVINGS = 8;

/**
 * A mask picture of an outline (mm) that fades in from its edge: clear at the outline, solid `featherMm` further in. Null for an outline that
 * fills nothing.
 */
export const softEdge = (outline: Path, featherMm: number, pointer: string): SoftEdge | null => {
  const box = boundsOfPath(outline);
  if (!box || box.width <= 0 || box.height <= 0) return null;
  const { inner, widthMm } = insetBy(outline, featherMm);
  const longest = Math.max(box.width, box.height);
  const perMm = Math.min(MOST_PX, Math.max(LEAST_PX, (longest * EDGE_PX) / widthMm)) / longest;
  const [widthPx, heightPx] = [Math.max(1, Math.ceil(box.width * perMm)), Math.max(1, Math.ceil(box.height * perMm))];
  const inPixels = multiply(scaling(widthPx / box.width, heightPx / box.height), translation(-box.x, -box.y));
  const alpha = toBytes(soften(fillPlane(transformPath(inner, inPixels), widthPx, heightPx), Math.max(0.5, (widthMm * perMm) / 4)));
  const rgba = new Uint8Array(alpha.length * 4).fill(255);
  alpha.forEach((value, i) => {
    rgba[4 * i + 3] = value;
  });
  const digest = sha256(`soft edge ${widthPx} ${heightPx} ${sha256(alpha)}`);
  const picture: DecodedImage = { digest, widthPx, heightPx, hasAlpha: true, rgba, jpeg: null, warnings: [] };
  return {
    picture,
    widthMm,
    mask: {
      kind: 'raster',
      pointer,
      image: { digest, widthPx, heightPx, hasAlpha: true },
      source: { x: 0, y: 0, width: widthPx, height: heightPx },
      at: [box.width, 0, 0, box.height, box.x, box.y],
      adjust: [],
      interpolation: 'smooth',
    },
  };
};

const insetBy = (outline: Path, featherMm: number): { readonly inner: Path; readonly widthMm: number } => {
  for (let widthMm = featherMm, i = 0; i < HALVINGS; i += 1, widthMm /= 2) {
    const inner = offsetPath(outline, -widthMm / 2);
    if (!isEmptyPath(inner)) return { inner, widthMm };
  }
  return { inner: outline, widthMm: featherMm / 2 ** HALVINGS };
};
