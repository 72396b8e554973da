import type { DecodedImage, Drawing, DrawingNode, StitchFile } from '../../model/resources.ts';

/** About what a small object costs beside its arrays. */
const OBJECT_BYTES = 400;

export const imageBytes = ({ rgba, jpeg }: DecodedImage): number =>
  OBJECT_BYTES + rgba.length + (jpeg?.bytes.length ?? 0) + (jpeg?.icc?.length ?? 0);

const nodeBytes = (node: DrawingNode): number => {
  switch (node.kind) {
    case 'path':
      return OBJECT_BYTES + node.path.coords.byteLength + node.path.verbs.length;
    case 'image':
      return imageBytes(node.image);
    case 'group':
      return OBJECT_BYTES + (node.clip?.path.coords.byteLength ?? 0) + node.children.reduce((sum, child) => sum + nodeBytes(child), 0);
  }
};

/** An estimate, pictures used twice counted twice. */
export const drawingBytes = ({ nodes }: Drawing): number => OBJECT_BYTES + nodes.reduce((sum, node) => sum + nodeBytes(node), 0);

export const stitchBytes = ({ plan }: StitchFile): number =>
  plan.blocks.reduce(
    (sum, { runs }) =>
      sum + OBJECT_BYTES + runs.reduce((some, { points, roles }) => some + OBJECT_BYTES + points.byteLength + roles.length, 0),
    OBJECT_BYTES,
  );
