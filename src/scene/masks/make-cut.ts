import { rectOf } from '../../geometry/point.ts';
import { canonicalJson } from '../../model/digest.ts';
import type { PixelMask } from '../../model/image-mask.ts';
import type { FoundFace, PhotoFinder } from '../../model/photo-finder.ts';
import { Problem } from '../../model/problem.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { backgroundMatte, type Rgb } from './background-matte.ts';
import type { MadeCut } from './cut-memory.ts';
import { cutFacts, cutPicture } from './cut-picture.ts';
import { faceWithin, headPart, headWithin } from './head-matte.ts';
import { dropSpecks, fillGaps } from './islands.ts';
import { combine, type Plane, planeOf } from './plane.ts';
import { refineMatte } from './refine-matte.ts';
import { type SmallPicture, smallPicture } from './small-picture.ts';

/** Longest side of the planes that mattes are worked out on: 200 mm at 200 dpi. */
const WORK_PX = 1600;
/** Steps of a finder's answer change with this. */
const RECIPE_VERSION = 1;

export type CutTools = {
  readonly finder: PhotoFinder | undefined;
  readonly alphaOf: (source: string) => DecodedImage;
  readonly signal: AbortSignal;
};

/** Says everything about a cut but the photo: equal recipes of one photo give equal cuts. */
export const recipeOf = (mask: PixelMask, alphaOf: (source: string) => DecodedImage): string => {
  switch (mask.by) {
    case 'alpha':
      return canonicalJson({ by: mask.by, alpha: alphaOf(mask.source).digest, version: RECIPE_VERSION });
    case 'background':
      return canonicalJson({ by: mask.by, colour: mask.colour, tolerance: mask.tolerance, holes: mask.holes, version: RECIPE_VERSION });
    case 'cut-out':
      return canonicalJson({ by: mask.by, of: mask.of, which: mask.which, version: RECIPE_VERSION });
  }
};

/** Works a mask out from the pixels of a photo. @throws Problem `cut-out.unavailable`, or whatever the finder throws */
export const makeCut = async (photo: DecodedImage, mask: PixelMask, tools: CutTools): Promise<MadeCut> => {
  const recipe = recipeOf(mask, tools.alphaOf);
  const found = { faces: null, edgeShare: null, models: [] };
  switch (mask.by) {
    case 'alpha': {
      const alpha = alphaPlane(tools.alphaOf(mask.source));
      return { ...found, facts: cutFacts(alpha), picture: cutPicture(photo, alpha, null, recipe) };
    }
    case 'background': {
      const colour = mask.colour ? rgbOf(mask.colour) : null;
      const { alpha, backdrop, edgeShare } = backgroundMatte(smallPicture(photo, WORK_PX), { ...mask, colour });
      return { ...found, edgeShare, facts: cutFacts(alpha), picture: cutPicture(photo, alpha, backdrop, recipe) };
    }
    case 'cut-out': {
      const { alpha, faces, models } = await findCut(photo, mask, tools);
      return {
        ...found,
        faces,
        models,
        facts: cutFacts(alpha),
        picture: cutPicture(photo, alpha, null, `${recipe} ${canonicalJson(models)}`),
      };
    }
  }
};

const rgbOf = (hex: string): Rgb => {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
};

const alphaPlane = ({ widthPx, heightPx, rgba }: DecodedImage): Plane => {
  const out = planeOf(widthPx, heightPx);
  for (let i = 0; i < out.values.length; i += 1) out.values[i] = (rgba[4 * i + 3] ?? 0) / 255;
  return out;
};

type FoundCut = { readonly alpha: Plane; readonly faces: number | null; readonly models: MadeCut['models'] };

const findCut = async (photo: DecodedImage, mask: Extract<PixelMask, { by: 'cut-out' }>, tools: CutTools): Promise<FoundCut> => {
  const { finder, signal } = tools;
  if (!finder) throw unavailable();
  const small = smallPicture(photo, WORK_PX);
  const whole = rectOf(0, 0, photo.widthPx, photo.heightPx);
  if (mask.of === 'subject') {
    const { matte, model } = await finder.subject(photo, whole, signal);
    return { alpha: tidied(refineMatte(matte, rectOf(0, 0, small.width, small.height), small)), faces: null, models: [model] };
  }
  const { faces, model } = await finder.faces(photo, signal);
  const chosen = mask.which === 'all' ? faces : faces.slice(0, 1);
  const models = [model];
  let alpha = planeOf(small.width, small.height);
  for (const face of chosen) {
    const [subject, box] = [await subjectAt(face), scaled(face, photo, small)];
    alpha = combine(alpha, mask.of === 'face' ? faceWithin(subject, box) : headWithin(subject, box), Math.max);
  }
  return { alpha: combine(alpha, small.alpha, (a, b) => a * b), faces: faces.length, models };

  async function subjectAt(face: FoundFace): Promise<Plane> {
    const part = headPart(face.box, whole);
    const { matte, model: used } = await (finder ?? fail()).subject(photo, part, signal);
    if (!models.some((one) => one.name === used.name)) models.push(used);
    const [sx, sy] = [small.width / photo.widthPx, small.height / photo.heightPx];
    return refineMatte(matte, rectOf(part.x * sx, part.y * sy, part.width * sx, part.height * sy), small);
  }
};

/** Gaps and specks of a subject, as parts of it. */
const [LARGEST_GAP, LARGEST_SPECK] = [0.02, 0.01] as const;

const tidied = (alpha: Plane): Plane => {
  const solid = Uint8Array.from(alpha.values, (v) => (v > 0.35 ? 1 : 0));
  const kept = solid.slice();
  fillGaps(kept, alpha.width, LARGEST_GAP);
  dropSpecks(kept, alpha.width, LARGEST_SPECK);
  return {
    ...alpha,
    values: alpha.values.map((v, i) => (kept[i] === solid[i] ? v : (kept[i] ?? 0))),
  };
};

const scaled = ({ box }: FoundFace, photo: DecodedImage, small: SmallPicture) => {
  const [sx, sy] = [small.width / photo.widthPx, small.height / photo.heightPx];
  return rectOf(box.x * sx, box.y * sy, box.width * sx, box.height * sy);
};

const unavailable = (): Problem =>
  new Problem('cut-out.unavailable', 'expected a finder for cut-outs, got none', {
    hint: 'Use a drawn mask, an oval or the background mask, or let the operator set up cut-outs (docs/photos.md).',
  });

const fail = (): never => {
  throw unavailable();
};
