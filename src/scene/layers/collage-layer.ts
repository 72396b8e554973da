import { about, rotation as rotate } from '../../geometry/affine.ts';
import { dashPath } from '../../geometry/dash.ts';
import { joinPaths, type Path, rectPath } from '../../geometry/path.ts';
import { centreOf, inflate, type Rect, rectOf } from '../../geometry/point.ts';
import { roundedRectPath } from '../../geometry/shapes.ts';
import type { Finding } from '../../model/finding.ts';
import type { CollageLayer, CollageLayout } from '../../model/layers.ts';
import type { StrokeInput } from '../../model/paint.ts';
import { plural } from '../../model/plural.ts';
import { paintOf, strokeOf } from '../paint.ts';
import { photoNode } from '../photo.ts';
import { plainGroup } from '../plain-group.ts';
import type { GroupNode, SceneNode } from '../scene.ts';
import { transformNode } from '../transform.ts';
import type { ComposeContext, Composed } from './context.ts';

type CollageFrame = { readonly box: Rect; readonly degrees: number };

/** The frames of a layout inside a box (mm), in photo order. Relative sizes share what the gutters leave. */
export const collageFrames = (layout: CollageLayout, box: Rect, gutter: number): readonly CollageFrame[] => {
  switch (layout.kind) {
    case 'grid':
      return rowsOfFrames(
        Array.from({ length: layout.rows }, () => Array.from({ length: layout.columns }, () => 1)),
        undefined,
        box,
        gutter,
      );
    case 'rows':
      return rowsOfFrames(layout.rows, layout.heights, box, gutter);
    case 'free':
      return layout.frames.map(({ x, y, width, height, rotation }) => ({
        box: rectOf(box.x + x * box.width, box.y + y * box.height, width * box.width, height * box.height),
        degrees: rotation,
      }));
  }
};

/** Splits a length by weights, with a gap between the parts: start and length of each. */
const split = (start: number, length: number, weights: readonly number[], gap: number): readonly { at: number; size: number }[] => {
  const free = Math.max(0, length - gap * (weights.length - 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let at = start;
  return weights.map((weight) => {
    const part = { at, size: (free * weight) / total };
    at += part.size + gap;
    return part;
  });
};

const rowsOfFrames = (
  rows: readonly (readonly number[])[],
  heights: readonly number[] | undefined,
  box: Rect,
  gutter: number,
): readonly CollageFrame[] => {
  const bands = split(
    box.y,
    box.height,
    rows.map((_, i) => heights?.[i] ?? 1),
    gutter,
  );
  return rows.flatMap((weights, i) => {
    const band = bands[i] ?? { at: box.y, size: 0 };
    return split(box.x, box.width, weights, gutter).map(({ at, size }) => ({ box: rectOf(at, band.at, size, band.size), degrees: 0 }));
  });
};

export const composeCollage = (layer: CollageLayer, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const frames = collageFrames(layer.layout, inflate(box, -layer.margin), layer.gutter);
  const pictures = layer.photos.flatMap((photo, i) => {
    const frame = frames[i];
    return frame ? [collagePicture(layer, frame, photo, `${pointer}/photos/${i}`, context)] : [];
  });
  const background: readonly SceneNode[] = layer.background
    ? [{ kind: 'path', pointer, path: rectPath(box), fillRule: 'nonzero', fill: paintOf(layer.background, box), stroke: null }]
    : [];
  return { nodes: [...background, ...pictures], findings: countFindings(layer, frames.length, pointer) };
};

const collagePicture = (
  layer: CollageLayer,
  { box, degrees }: CollageFrame,
  photo: CollageLayer['photos'][number],
  pointer: string,
  context: ComposeContext,
): SceneNode => {
  const radius = Math.min(layer.radius, box.width / 2, box.height / 2);
  const { border } = layer;
  // Under an unbroken border the photo ends at its middle: ending where the border does, it would shine through as a hairline.
  const edge = insetFrame(box, radius, border && !border.dash ? border.width / 2 : 0);
  const picture = photoNode(photo, context.image(photo.source), box, pointer);
  const group: GroupNode = {
    ...plainGroup(pointer),
    children: [
      { ...plainGroup(pointer), clip: { path: edge, fillRule: 'nonzero' }, children: [picture] },
      ...(border ? [frameBorder(border, box, radius, pointer)] : []),
    ],
  };
  return degrees === 0 ? group : transformNode(group, about(centreOf(box), rotate(degrees)));
};

const insetFrame = (box: Rect, radius: number, by: number): Path => roundedRectPath(inflate(box, -by), Math.max(0, radius - by));

/** A border that lies wholly inside the frame: a ring that keeps the frame's corners, or dashes along its middle. */
const frameBorder = (border: StrokeInput, box: Rect, radius: number, pointer: string): SceneNode => {
  const { width, dash } = border;
  if (dash) {
    const path = dashPath(insetFrame(box, radius, width / 2), dash, 0);
    return { kind: 'path', pointer, path, fillRule: 'nonzero', fill: null, stroke: strokeOf(border, box) };
  }
  const ring = joinPaths([insetFrame(box, radius, 0), insetFrame(box, radius, width)]);
  return { kind: 'path', pointer, path: ring, fillRule: 'evenodd', fill: paintOf(border.paint, box), stroke: null };
};

/** A photo without a frame, or a frame without a photo, is never dropped in silence. */
const countFindings = (layer: CollageLayer, frames: number, pointer: string): readonly Finding[] => {
  const photos = layer.photos.length;
  if (photos === frames) return [];
  const common = { pointer: `${pointer}/photos`, measured: photos, required: frames, unit: 'photos' };
  return [
    photos > frames
      ? {
          ...common,
          severity: 'error',
          code: 'collage.photos-left-over',
          message: `The layout has ${plural(frames, 'frame')} for ${plural(photos, 'photo')}: ${photos - frames} would not be printed.`,
          hint: 'Add frames or leave photos out.',
        }
      : {
          ...common,
          severity: 'warning',
          code: 'collage.frames-empty',
          message: `The layout has ${plural(frames, 'frame')} for ${plural(photos, 'photo')}: ${frames - photos} ${frames - photos === 1 ? 'stays' : 'stay'} empty.`,
          hint: 'Add photos or choose a smaller layout.',
        },
  ];
};
