import { type SrgbColour, WHITE } from '../../colour/colour.ts';
import { colourDistance } from '../../colour/delta-e.ts';
import { boundsOfPath, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { type Amounts, tracePlane } from '../../geometry/trace-plane.ts';
import type { PixelImage } from '../adjust/pixel-image.ts';
import { shrinkSteps } from '../adjust/shrink.ts';
import { flatShares } from '../plates/flat-picture.ts';
import { type LogoFacts, logoFacts } from './logo-facts.ts';
import { smoothRing } from './smooth-ring.ts';
import { ringsOf, type TracedRing } from './traced-rings.ts';

export type TraceOptions = {
  /** Most colours; a picture of more is refused. Left out: 24. */
  readonly maxColours?: number;
  /**
   * What becomes of the colour all round the edge of an opaque picture: 'auto' leaves white out where it reaches the edge, 'drop' whatever colour
   * it is, 'keep' traces it like any other. What lies enclosed by other colours always stays.
   */
  readonly background?: 'auto' | 'drop' | 'keep';
  /** Smaller rings are left out, square pixels; at least 4, which are specks of compression. */
  readonly leastAreaPx2?: number;
};

/** One colour of a traced picture: closed rings of lines and cubics to fill nonzero, holes wound against their outer rings. */
export type TracedRegion = { readonly colour: SrgbColour; readonly path: Path };

/**
 * The areas of a flat picture by colour, the most used first, in units of its pixels (pixel (0, 0) spans 0..1); or why it has none: 'photo' for
 * photographs and fades of colour, 'fade' for soft shadows and glows, 'empty' when nothing shows.
 */
export type LogoTrace =
  | { readonly kind: 'flat'; readonly regions: readonly TracedRegion[]; readonly dropped: SrgbColour | null; readonly facts: LogoFacts }
  | { readonly kind: 'refused'; readonly reason: 'photo' | 'fade' | 'empty'; readonly facts: LogoFacts };

/** Larger pictures are shrunk to this first: outlines are true to a fifth of a pixel, so to 0.05 mm on 300 mm of cloth. */
const MOST_SIDE_PX = 1200;
/** How far around a mixed pixel its areas are looked for: the blur of a logo enlarged threefold. */
const EDGE_WINDOW_PX = 4;
/** Half of a pixel, in 255ths: where the edge of an area runs. */
const EDGE = 127;
/** Smaller rings are specks of compression, not of a drawing. */
const LEAST_RING_PX2 = 4;
/** Of the pixels along the edge that a colour needs to be the background. */
const AROUND = 0.9;
/** Farther from white than this, CIEDE2000, a background is a choice and no paper. */
const PAPER = 6;

/**
 * Takes a flat picture (a logo, a drawing; antialiased, with JPEG noise or clear parts) apart into areas by colour whose outlines run where the
 * mixed pixels of its edges say. Neighbours share their outlines. The same picture gives the same areas.
 */
export const traceLogo = (
  picture: PixelImage,
  { maxColours = 24, background = 'auto', leastAreaPx2 = 0 }: TraceOptions = {},
): LogoTrace => {
  const facts = logoFacts(picture, maxColours);
  if (facts.verdict !== 'flat') return { kind: 'refused', reason: facts.verdict, facts };
  const { image, scale } = inReach(picture);
  const shares = flatShares(image, facts.colours, EDGE_WINDOW_PX);
  const around = background === 'keep' ? null : colourAround(image, shares.first, facts.colours, background);
  const least = Math.max(LEAST_RING_PX2, leastAreaPx2 / scale ** 2);
  const regions = facts.colours.flatMap((colour, k): readonly TracedRegion[] => {
    const rings = ringsOf(tracePlane(planeOf(image, shares, k), EDGE), least);
    const kept = k === around ? enclosed(rings, image) : rings;
    const path = joinPaths(kept.map(({ points }) => smoothRing(points, scale)));
    return isEmptyPath(path) ? [] : [{ colour, path }];
  });
  return { kind: 'flat', regions, dropped: around === null ? null : (facts.colours[around] ?? null), facts };
};

const inReach = (picture: PixelImage): { readonly image: PixelImage; readonly scale: number } => {
  const scale = Math.max(picture.widthPx, picture.heightPx) / MOST_SIDE_PX;
  if (scale <= 1) return { image: picture, scale: 1 };
  const size = {
    widthPx: Math.max(1, Math.round(picture.widthPx / scale)),
    heightPx: Math.max(1, Math.round(picture.heightPx / scale)),
  };
  const steps = shrinkSteps(picture, size);
  for (;;) {
    const step = steps.next();
    if (step.done) return { image: step.value, scale };
  }
};

/** How much of every pixel a colour covers. */
const planeOf = ({ widthPx, heightPx, rgba }: PixelImage, { first, second, part }: ReturnType<typeof flatShares>, k: number): Amounts => {
  const data = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < data.length; i += 1) {
    const share = (first[i] === k ? 255 - (part[i] ?? 0) : 0) + (second[i] === k ? (part[i] ?? 0) : 0);
    data[i] = Math.round((share * (rgba[i * 4 + 3] ?? 0)) / 255);
  }
  return { widthPx, heightPx, data };
};

/** The index of the colour that an opaque picture has nearly all round its edge. */
const colourAround = (
  { widthPx, heightPx, rgba }: PixelImage,
  first: Uint8Array,
  colours: readonly SrgbColour[],
  background: 'auto' | 'drop',
): number | null => {
  const counts = colours.map(() => 0);
  let all = 0;
  const look = (i: number): void => {
    all += 1;
    if ((rgba[i * 4 + 3] ?? 0) > EDGE) counts[first[i] ?? 0] = (counts[first[i] ?? 0] ?? 0) + 1;
  };
  for (let x = 0; x < widthPx; x += 1) for (const y of [0, heightPx - 1]) look(y * widthPx + x);
  for (let y = 1; y < heightPx - 1; y += 1) for (const x of [0, widthPx - 1]) look(y * widthPx + x);
  const k = counts.indexOf(Math.max(...counts));
  const colour = colours[k];
  if (!colour || (counts[k] ?? 0) < AROUND * all) return null;
  return background === 'drop' || colourDistance(colour, WHITE) <= PAPER ? k : null;
};

/** What of the background does not reach the edge, with its holes. */
const enclosed = (rings: readonly TracedRing[], { widthPx, heightPx }: PixelImage): readonly TracedRing[] => {
  const reaches = ({ path }: TracedRing): boolean => {
    const box = boundsOfPath(path);
    return box !== null && (box.x < 1 || box.y < 1 || box.x + box.width > widthPx - 1 || box.y + box.height > heightPx - 1);
  };
  const dropped = new Set(rings.filter((ring) => ring.outer === null && reaches(ring)));
  return rings.filter((ring) => !dropped.has(ring) && (ring.outer === null || !dropped.has(ring.outer)));
};
