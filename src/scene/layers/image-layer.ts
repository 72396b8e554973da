import { stretch } from '../../geometry/affine.ts';
import type { Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { ImageLayer } from '../../model/layers.ts';
import { photoNode } from '../photo.ts';
import type { RasterNode } from '../scene.ts';
import type { ComposeContext, Composed } from './context.ts';
import { composeMasked } from './masked-image.ts';

export const composeImage = (layer: ImageLayer, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const photo = photoNode(layer, context.image(layer.source), box, pointer);
  const findings = layer.fit === 'stretch' ? distortion(photo) : layer.fit === 'cover' ? cropped(layer, photo) : [];
  const { mask } = layer;
  if (!mask) return { nodes: [photo], findings };
  const { nodes, findings: told } = composeMasked({ ...layer, mask }, box, pointer, context);
  return { nodes, findings: [...findings, ...told] };
};

/** Faces and logos look wrong from here on, per cent. */
const SEEN_DISTORTION = 5;

/** A picture pulled out of its proportions: the box has another shape than what is shown in it. */
const distortion = ({ at, source, pointer }: RasterNode): readonly Finding[] => {
  const size = stretch(at);
  const ratio = (size.x * source.height) / (size.y * source.width);
  const percent = Math.round((Math.max(ratio, 1 / ratio) - 1) * 1000) / 10;
  if (percent <= SEEN_DISTORTION) return [];
  return [
    {
      severity: 'warning',
      code: 'image.stretched',
      pointer,
      message: `The picture is pulled ${percent} % ${ratio > 1 ? 'wider' : 'higher'} than it is: its shape and that of its box differ.`,
      hint: 'Use fit "cover" to fill the box, "contain" to show all of it, or a box of its shape.',
      measured: percent,
      required: SEEN_DISTORTION,
      unit: '%',
    },
  ];
};

/** Less than this of a picture is a margin that nobody misses, per cent; from the second on it may be another picture. */
const SEEN_CROP = 10;
const MUCH_CROPPED = 50;

/** A picture that fills a box of another shape, and nobody said which part of it matters: a chosen focus or mask is a choice. */
const cropped = ({ crop, focus, mask }: ImageLayer, { image, source, pointer }: RasterNode): readonly Finding[] => {
  if (mask || focus.x !== 0.5 || focus.y !== 0.5) return [];
  const asked = image.widthPx * image.heightPx * (crop ? crop.width * crop.height : 1);
  const percent = Math.round((1 - (source.width * source.height) / asked) * 1000) / 10;
  if (percent <= SEEN_CROP) return [];
  const isWider = source.height >= image.heightPx * (crop?.height ?? 1) - 0.5;
  return [
    {
      severity: percent > MUCH_CROPPED ? 'warning' : 'info',
      code: 'image.cropped',
      pointer,
      message: `${percent} % of the picture is cut off ${isWider ? 'at its sides' : 'at its top and bottom'}, so that it fills its box.`,
      hint: 'Choose with "focus" what stays in sight, show all of it with the fit "contain", or give the box the shape of the picture.',
      measured: percent,
      required: SEEN_CROP,
      unit: '%',
    },
  ];
};
