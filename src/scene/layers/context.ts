import type { Rect } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { ImageLayer, Layer } from '../../model/layers.ts';
import type { DecodedImage, Drawing, StitchFile } from '../../model/resources.ts';
import type { CutPicture } from '../masks/cut-picture.ts';
import type { SceneNode } from '../scene.ts';
import type { FontSet } from '../text/font-set.ts';

/** Everything from outside that composing may look up. All of it is loaded: a miss is a fault of resolve, not of the spec. */
export type ComposeContext = {
  readonly fonts: FontSet;
  readonly image: (source: string) => DecodedImage;
  readonly drawing: (source: string) => Drawing;
  /** The cut that a mask of a layer asks for; null when nothing is left of the photo, undefined when there is none. */
  readonly cut?: (layer: ImageLayer) => CutPicture | null | undefined;
  /** Takes a picture that composing made, such as a soft edge, so that renderers find its pixels by its digest. */
  readonly made?: (picture: DecodedImage) => void;
  /** Left out: there are none. */
  readonly stitches?: (source: string) => StitchFile;
  /** Composes a child layer within a box of its own mm. */
  readonly layer: (layer: Layer, within: Rect, pointer: string) => Composed;
};

/** Nodes in the mm of the frame they were asked for, before rotation, flip, opacity and blend of their layer. */
export type Composed = { readonly nodes: readonly SceneNode[]; readonly findings: readonly Finding[] };

export const NOTHING: Composed = { nodes: [], findings: [] };

export const joinComposed = (parts: readonly Composed[]): Composed => ({
  nodes: parts.flatMap(({ nodes }) => nodes),
  findings: parts.flatMap(({ findings }) => findings),
});
