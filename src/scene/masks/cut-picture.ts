import { scaling } from '../../geometry/affine.ts';
import { contoursOf } from '../../geometry/contours.ts';
import { signedAreas } from '../../geometry/measure.ts';
import { joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { tracePlane } from '../../geometry/trace-plane.ts';
import { sha256 } from '../../model/digest.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { BackdropSurface } from './backdrop-surface.ts';
import { foregroundColours } from './foreground-colours.ts';
import { type Plane, planeOf, stretchPlane, toBytes } from './plane.ts';
import { smallPicture } from './small-picture.ts';

/** A photo with everything but its subject made clear, as resolve hands it on. */
export type CutPicture = {
  /** Same size as the photo; its digest follows from that of the photo and from how it was cut. */
  readonly image: DecodedImage;
  /** What is left, in pixels of the picture. */
  readonly bounds: Rect;
  /** The outline of what is left, 0..1 across and down the picture; fill nonzero. */
  readonly outline: Path;
};

/** What was found out about a cut, for findings. */
export type CutFacts = {
  /** How much of the picture is left, 0..1. */
  readonly share: number;
  /** How much of the outline is neither clear nor solid: the finder was not sure. 0..1 of what is left. */
  readonly unsure: number;
  /** Sides of the picture at which what is left ends straight. */
  readonly cutOff: readonly ('top' | 'right' | 'bottom' | 'left')[];
};

/** Longest side of the plane that outlines are traced on. */
const TRACE_PX = 360;
/** Rings smaller than this part of the largest are left out of the outline; the pixels stay. */
const SMALLEST_RING = 0.004;

/**
 * Lays a matte over a photo. Pixels that are part clear lose the colour of the background: with `backdrop` by working it out, without by taking
 * the subject's colour from near by. Null when nothing is left. @param alpha - any size; it covers the whole photo
 */
export const cutPicture = (photo: DecodedImage, alpha: Plane, backdrop: BackdropSurface | null, recipe: string): CutPicture | null => {
  const bounds = boundsOf(alpha);
  if (!bounds) return null;
  const { widthPx, heightPx } = photo;
  const full = toBytes(stretchPlane(alpha, widthPx, heightPx));
  const rgba = backdrop ? unmixedPixels(photo, full, alpha, backdrop) : carriedPixels(photo, full, alpha);
  const [sx, sy] = [widthPx / alpha.width, heightPx / alpha.height];
  return {
    image: { ...photo, digest: sha256(`cut ${photo.digest} ${recipe}`), hasAlpha: true, rgba, jpeg: null },
    bounds: rectOf(bounds.x * sx, bounds.y * sy, bounds.width * sx, bounds.height * sy),
    outline: outlineOf(alpha),
  };
};

/** The box of all that is at least a little visible. */
const boundsOf = ({ width, height, values }: Plane): Rect | null => {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((values[y * width + x] ?? 0) < 0.1) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right > left ? rectOf(left, top, right - left, bottom - top) : null;
};

const outlineOf = (alpha: Plane): Path => {
  const scale = Math.min(1, TRACE_PX / Math.max(alpha.width, alpha.height));
  const [widthPx, heightPx] = [Math.max(1, Math.round(alpha.width * scale)), Math.max(1, Math.round(alpha.height * scale))];
  const data = toBytes(stretchPlane(alpha, widthPx, heightPx));
  const rings = tracePlane({ widthPx, heightPx, data }, 96);
  const areas = signedAreas(rings).map(Math.abs);
  const least = SMALLEST_RING * Math.max(0, ...areas);
  const kept = contoursOf(rings).filter((_, i) => (areas[i] ?? 0) >= least);
  return transformPath(joinPaths(kept), scaling(1 / widthPx, 1 / heightPx));
};

const unmixedPixels = (photo: DecodedImage, full: Uint8Array, alpha: Plane, { at }: BackdropSurface): Uint8Array => {
  const [sx, sy] = [alpha.width / photo.widthPx, alpha.height / photo.heightPx];
  return withColours(photo, full, (i, c, own, share) => {
    const back = at(c, ((i % photo.widthPx) + 0.5) * sx - 0.5, (Math.floor(i / photo.widthPx) + 0.5) * sy - 0.5) * 255;
    return (own - (1 - share) * back) / share;
  });
};

const carriedPixels = (photo: DecodedImage, full: Uint8Array, alpha: Plane): Uint8Array => {
  const small = smallPicture(photo, Math.max(alpha.width, alpha.height));
  const fits = small.width === alpha.width && small.height === alpha.height ? alpha : stretchPlane(alpha, small.width, small.height);
  const core = planeOf(small.width, small.height);
  core.values.set(fits.values.map((v) => (v > 0.97 ? 1 : 0)));
  const inner = foregroundColours(small, core);
  const [sx, sy] = [small.width / photo.widthPx, small.height / photo.heightPx];
  return withColours(photo, full, (i, c, own, share) => {
    const x = Math.min(small.width - 1, Math.floor(((i % photo.widthPx) + 0.5) * sx));
    const y = Math.min(small.height - 1, Math.floor((Math.floor(i / photo.widthPx) + 0.5) * sy));
    const carried = (inner[c].values[y * small.width + x] ?? 0) * 255;
    return own * share + carried * (1 - share);
  });
};

type Colour = (i: number, channel: 0 | 1 | 2, own: number, share: number) => number;

/** The photo with the matte as its alpha; `colour` is asked for pixels that are part clear. */
const withColours = ({ rgba }: DecodedImage, full: Uint8Array, colour: Colour): Uint8Array => {
  const out = new Uint8Array(rgba.length);
  full.forEach((alpha, i) => {
    const p = 4 * i;
    if (alpha === 0) return;
    out[p + 3] = Math.min(alpha, rgba[p + 3] ?? 0);
    for (const c of [0, 1, 2] as const) {
      const own = rgba[p + c] ?? 0;
      out[p + c] = alpha === 255 ? own : Math.min(255, Math.max(0, Math.round(colour(i, c, own, alpha / 255))));
    }
  });
  return out;
};

/** How much of an edge what is left must take up before it is said to be cut off there. */
const CUT_OFF = 0.06;

export const cutFacts = ({ width, height, values }: Plane): CutFacts => {
  let [sum, soft] = [0, 0];
  for (const value of values) {
    sum += value;
    if (value > 0.15 && value < 0.85) soft += 1;
  }
  const along = (count: number, at: (k: number) => number): number => {
    let solid = 0;
    for (let k = 0; k < count; k += 1) if ((values[at(k)] ?? 0) > 0.5) solid += 1;
    return solid / count;
  };
  const sides = [
    ['top', along(width, (x) => x)],
    ['right', along(height, (y) => y * width + width - 1)],
    ['bottom', along(width, (x) => (height - 1) * width + x)],
    ['left', along(height, (y) => y * width)],
  ] as const;
  return {
    share: sum / values.length,
    unsure: sum === 0 ? 0 : soft / sum,
    cutOff: sides.filter(([, share]) => share > CUT_OFF).map(([side]) => side),
  };
};
