import type { Finding } from '../../model/finding.ts';
import type { PixelMask } from '../../model/image-mask.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { MadeCut } from './cut-memory.ts';

/** Less background than this along the edge of a picture: it has no plain one. */
const LEAST_EDGE = 0.2;
/** A subject that takes up less than this of its picture is a crumb. */
const LEAST_SHARE = 0.004;
/** Soft pixels to solid ones: hair and fur stay below. */
const MOST_UNSURE = 0.22;

const told = (code: string, severity: Finding['severity'], pointer: string, message: string, hint: string, figures = {}): Finding => ({
  severity,
  code,
  pointer: `${pointer}/mask`,
  message,
  hint,
  ...figures,
});

/** What a customer or designer should know about a cut; that nothing is left is told when the layer is composed. */
export const cutFindings = (mask: PixelMask, cut: MadeCut, pointer: string, alpha: DecodedImage | null): readonly Finding[] => {
  const { facts, faces, edgeShare, picture } = cut;
  const out: Finding[] = [];
  if (faces === 0) return [noFace(pointer)];
  if (faces !== null && faces > 1 && mask.by === 'cut-out' && mask.which === 'largest') out.push(severalFaces(faces, pointer));
  if (alpha && !alpha.hasAlpha) out.push(noAlpha(pointer));
  if (edgeShare !== null && edgeShare < LEAST_EDGE) out.push(noPlainGround(edgeShare, pointer));
  if (!picture) return out;
  if (facts.share < LEAST_SHARE) out.push(tiny(facts.share, pointer));
  if (mask.by === 'cut-out' && mask.of !== 'face' && facts.unsure > MOST_UNSURE) out.push(unsure(facts.unsure, pointer));
  if (mask.by !== 'alpha' && facts.cutOff.length > 0) out.push(cutOff(facts.cutOff, pointer));
  return out;
};

const noFace = (pointer: string): Finding =>
  told(
    'cut-out.no-face',
    'error',
    pointer,
    'No face was found in this photo.',
    'Choose a photo in which a face looks at the camera, or draw the outline by hand.',
    {
      measured: 0,
      required: 1,
      unit: 'faces',
    },
  );

const severalFaces = (count: number, pointer: string): Finding =>
  told(
    'cut-out.several-faces',
    'warning',
    pointer,
    `There are ${count} faces in this photo; the largest is used.`,
    'Crop the photo to one person, or set "which" to "all".',
    { measured: count, required: 1, unit: 'faces' },
  );

const noAlpha = (pointer: string): Finding =>
  told(
    'mask.no-alpha',
    'warning',
    pointer,
    'The picture that is to be the mask has no clear parts, so nothing is cut away.',
    'Send a mask with transparency, or use it with "by": "luminance".',
  );

const noPlainGround = (share: number, pointer: string): Finding =>
  told(
    'mask.no-plain-ground',
    'warning',
    pointer,
    `Only ${Math.round(100 * share)} % of the edge of this photo has the colour of its background, so little was taken away.`,
    'Take the photo in front of a plain wall or sheet, raise "tolerance", or draw the outline by hand.',
    { measured: Math.round(100 * share), required: 100 * LEAST_EDGE, unit: '%' },
  );

const tiny = (share: number, pointer: string): Finding =>
  told(
    'mask.little-left',
    'warning',
    pointer,
    `Only ${Math.round(1000 * share) / 10} % of the photo is left after cutting out.`,
    'Compare the preview with the photo; a closer photo cuts better.',
    { measured: Math.round(1000 * share) / 10, required: 100 * LEAST_SHARE, unit: '%' },
  );

const unsure = (share: number, pointer: string): Finding =>
  told(
    'cut-out.unsure',
    'warning',
    pointer,
    'It is not clear where the subject of this photo ends: parts of it may be missing or see-through.',
    'Compare the preview with the photo; a plain background and good light help, or draw the outline by hand.',
    { measured: Math.round(100 * share), required: 100 * MOST_UNSURE, unit: '%' },
  );

const cutOff = (sides: readonly string[], pointer: string): Finding =>
  told(
    'cut-out.touches-edge',
    'warning',
    pointer,
    `What is cut out reaches the ${sides.join(' and ')} edge of the photo and ends straight there.`,
    'Let that side lie at the edge of the print, or choose a photo with room round the subject.',
  );
