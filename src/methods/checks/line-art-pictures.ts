import type { Finding } from '../../model/finding.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { effectiveDpi } from '../../scene/photo.ts';
import type { RasterNode, Scene } from '../../scene/scene.ts';
import { rastersOf } from '../../scene/walk.ts';
import type { ResolutionLimits } from './resolution.ts';

/** Pixels of a picture that are looked at, at the most. */
const SAMPLES = 10_000;
/** Pictures this small are textures and marks. */
const EXEMPT_PX = 16;
/** Channels that differ by less are one colour. */
const SAME = 6;

/**
 * Line art sent as pixels of two colours without any smoothing: its edges are stairs, and it needs far more of them than a photo
 * (`image.jagged`). Coarser pictures are told of by their resolution already.
 * @param limits - for line art, dpi at the printed size
 * @param photos - below this the picture is too coarse even for a photo
 */
export const checkLineArtPictures = (
  scene: Scene,
  picture: (digest: string) => DecodedImage,
  limits: ResolutionLimits,
  photos: Pick<ResolutionLimits, 'warnDpi'>,
): readonly Finding[] => {
  const found = new Map<string, Finding>();
  for (const node of rastersOf(scene.nodes)) {
    const dpi = Math.round(effectiveDpi(node));
    if (dpi >= limits.warnDpi || dpi < photos.warnDpi || node.interpolation === 'nearest') continue;
    if (node.source.width <= EXEMPT_PX || node.source.height <= EXEMPT_PX) continue;
    if (isLineArt(node, picture(node.image.digest))) found.set(node.pointer, jaggedFinding(node.pointer, dpi, limits));
  }
  return [...found.values()];
};

const isLineArt = ({ adjust, source }: RasterNode, image: DecodedImage): boolean => {
  const last = adjust.at(-1);
  return last ? last.kind === 'threshold' : hasTwoColours(image, source);
};

type Rgba = readonly [number, number, number, number];

const hasTwoColours = ({ rgba, widthPx }: DecodedImage, source: RasterNode['source']): boolean => {
  const step = Math.max(1, Math.floor(Math.sqrt((source.width * source.height) / SAMPLES)));
  const colours: Rgba[] = [];
  for (let y = Math.floor(source.y); y < source.y + source.height; y += step)
    for (let x = Math.floor(source.x); x < source.x + source.width; x += step) {
      const at = (y * widthPx + x) * 4;
      const colour: Rgba = [rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0, rgba[at + 3] ?? 0];
      if (colours.some((known) => isSame(known, colour))) continue;
      if (colours.length === 2) return false;
      colours.push(colour);
    }
  return colours.length === 2;
};

const isSame = (one: Rgba, other: Rgba): boolean =>
  (one[3] < SAME && other[3] < SAME) || one.every((value, i) => Math.abs(value - (other[i] ?? 0)) < SAME);

const jaggedFinding = (pointer: string, dpi: number, { errorDpi, warnDpi }: ResolutionLimits): Finding => ({
  severity: dpi < errorDpi ? 'error' : 'warning',
  code: 'image.jagged',
  pointer,
  message: `Line art in two colours prints at ${dpi} dpi: its edges will be stairs; it needs ${warnDpi} dpi (${errorDpi} at the least).`,
  hint: 'Send it as a drawing (SVG), at 1200 dpi, or with smooth edges.',
  measured: dpi,
  required: warnDpi,
  unit: 'dpi',
});
