import type { Rect } from '../../geometry/point.ts';
import type { ImageLayer } from '../../model/layers.ts';
import { photoNode } from '../photo.ts';
import type { GroupNode, RasterNode } from '../scene.ts';
import type { ComposeContext, Composed } from './context.ts';
import { outlineIn } from './shape-layer.ts';

export const composeImage = (layer: ImageLayer, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const photo = photoNode(layer, context.image(layer.source), box, pointer);
  return { nodes: [layer.mask ? masked(photo, layer.mask, box, pointer, context) : photo], findings: [] };
};

const masked = (
  photo: RasterNode,
  mask: NonNullable<ImageLayer['mask']>,
  box: Rect,
  pointer: string,
  context: ComposeContext,
): GroupNode => {
  const group: GroupNode = { kind: 'group', pointer, clip: null, mask: null, opacity: 1, blend: 'normal', children: [photo] };
  if (mask.by === 'shape') {
    return { ...group, clip: { path: outlineIn(mask.shape, box, `${pointer}/mask/shape`), fillRule: 'nonzero' } };
  }
  const picture = context.image(mask.source);
  const whole = { source: mask.source, fit: 'stretch', focus: { x: 0.5, y: 0.5 }, turn: 0, adjust: [] } as const;
  return { ...group, mask: photoNode({ ...whole, adjust: [] }, picture, box, `${pointer}/mask`) };
};
