import { type Affine, multiply, rotation, stretch, translation } from '../geometry/affine.ts';
import { type Rect, rectOf } from '../geometry/point.ts';
import { MM_PER_INCH } from '../geometry/units.ts';
import type { PhotoInput } from '../model/layers.ts';
import type { DecodedImage } from '../model/resources.ts';
import type { ImageFacts, RasterNode } from './scene.ts';

export const factsOf = ({ digest, widthPx, heightPx, hasAlpha }: DecodedImage): ImageFacts => ({ digest, widthPx, heightPx, hasAlpha });

type Placed = { readonly source: Rect; readonly box: Rect };

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Shows as much of the picture as the frame's shape allows, keeping the focus point in sight. */
const cover = (whole: Rect, frame: Rect, focus: { readonly x: number; readonly y: number }, image: ImageFacts): Placed => {
  const scale = Math.max(frame.width / whole.width, frame.height / whole.height);
  const width = Math.min(whole.width, frame.width / scale);
  const height = Math.min(whole.height, frame.height / scale);
  const x = clamp(focus.x * image.widthPx - width / 2, whole.x, whole.x + whole.width - width);
  const y = clamp(focus.y * image.heightPx - height / 2, whole.y, whole.y + whole.height - height);
  return { source: rectOf(x, y, width, height), box: frame };
};

const contain = (whole: Rect, frame: Rect): Placed => {
  const scale = Math.min(frame.width / whole.width, frame.height / whole.height);
  const [width, height] = [whole.width * scale, whole.height * scale];
  return { source: whole, box: rectOf(frame.x + (frame.width - width) / 2, frame.y + (frame.height - height) / 2, width, height) };
};

/** A quarter turn of the picture inside its frame: the frame seen from the picture, and the way back. */
const turned = (frame: Rect, turn: number): { readonly seen: Rect; readonly back: Affine } => {
  if (turn === 0) return { seen: frame, back: translation(0, 0) };
  const [cx, cy] = [frame.x + frame.width / 2, frame.y + frame.height / 2];
  const sideways = turn === 90 || turn === 270;
  const [width, height] = sideways ? [frame.height, frame.width] : [frame.width, frame.height];
  return { seen: rectOf(-width / 2, -height / 2, width, height), back: multiply(translation(cx, cy), rotation(turn)) };
};

/** A photo in a frame (mm): which part of it shows, and where. Never changes a pixel. */
export const photoNode = (
  photo: PhotoInput & { readonly interpolation?: 'smooth' | 'nearest' },
  image: DecodedImage,
  frame: Rect,
  pointer: string,
): RasterNode => {
  const facts = factsOf(image);
  const { x, y, width, height } = photo.crop ?? { x: 0, y: 0, width: 1, height: 1 };
  const whole = rectOf(x * facts.widthPx, y * facts.heightPx, width * facts.widthPx, height * facts.heightPx);
  const { seen, back } = turned(frame, photo.turn);
  const placed =
    photo.fit === 'cover'
      ? cover(whole, seen, photo.focus, facts)
      : photo.fit === 'contain'
        ? contain(whole, seen)
        : { source: whole, box: seen };
  const { box, source } = placed;
  return {
    kind: 'raster',
    pointer,
    image: facts,
    source,
    at: multiply(back, [box.width, 0, 0, box.height, box.x, box.y]),
    adjust: photo.adjust,
    interpolation: photo.interpolation ?? 'smooth',
  };
};

/** Pixels of the picture per inch on the article, the smaller of across and down: what decides how sharp it prints. */
export const effectiveDpi = ({ source, at }: RasterNode): number => {
  const size = stretch(at);
  return Math.min(source.width / size.x, source.height / size.y) * MM_PER_INCH;
};
