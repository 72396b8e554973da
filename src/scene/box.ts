import { type Affine, about, multiply, rotation, scaling } from '../geometry/affine.ts';
import { centreOf, inflate, type Rect, rectOf } from '../geometry/point.ts';
import type { BoxInput, LayerCommon } from '../model/layers.ts';
import { didYouMean } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';

/** The areas a box may refer to, all in the same mm. */
export type Frame = {
  readonly trim: Rect;
  readonly bleed: Rect;
  readonly safe: Rect;
  readonly panels: ReadonlyMap<string, Rect>;
  /** What of the plane can be seen at all. */
  readonly seen: Rect;
};

/** The frame of a group or tile: one box is all three areas. Where it ends up is for its parent to judge. */
export const frameOf = (box: Rect): Frame => ({ trim: box, bleed: box, safe: box, panels: new Map(), seen: rectOf(-1e6, -1e6, 2e6, 2e6) });

const ANCHOR_AT: Record<BoxInput['anchor'], readonly [number, number]> = {
  'top-left': [0, 0],
  top: [0.5, 0],
  'top-right': [1, 0],
  left: [0, 0.5],
  center: [0.5, 0.5],
  right: [1, 0.5],
  'bottom-left': [0, 1],
  bottom: [0.5, 1],
  'bottom-right': [1, 1],
};

/**
 * Where a layer's box lies, in the frame's mm.
 * @param pointer - of the layer, for the error
 * @throws Problem `box.panel-unknown` with the panels there are
 */
export const placeBox = (input: BoxInput, frame: Frame, pointer: string): Rect => {
  const area = areaOf(input, frame, pointer);
  const [ax, ay] = ANCHOR_AT[input.anchor];
  const width = input.width ?? area.width;
  const height = input.height ?? area.height;
  // x and y count from the trim (or panel) corner, whichever area gives the default size: moving "within" never moves a placed layer.
  const origin = input.panel === undefined ? frame.trim : area;
  const x = input.x === undefined ? area.x + ax * area.width : origin.x + input.x;
  const y = input.y === undefined ? area.y + ay * area.height : origin.y + input.y;
  return rectOf(x - ax * width, y - ay * height, width, height);
};

const areaOf = (input: BoxInput, frame: Frame, pointer: string): Rect => {
  if (input.panel === undefined) return frame[input.within];
  const panel = frame.panels.get(input.panel);
  if (panel) return within(panel, input.within, frame);
  const names = [...frame.panels.keys()];
  throw new Problem('box.panel-unknown', `expected a panel (${names.join(', ') || 'this placement has none'}), got "${input.panel}"`, {
    pointer: `${pointer}/box/panel`,
    hint: didYouMean(input.panel, names),
  });
};

/** A panel's safe area keeps the margin on its folds too; its bleed reaches out only where the panel meets the trim. */
const within = (panel: Rect, which: BoxInput['within'], { trim, bleed, safe }: Frame): Rect => {
  if (which === 'trim') return panel;
  if (which === 'safe') return inflate(panel, -(safe.x - trim.x));
  const left = panel.x <= trim.x + 1e-6 ? bleed.x : panel.x;
  const right = panel.x + panel.width >= trim.x + trim.width - 1e-6 ? bleed.x + bleed.width : panel.x + panel.width;
  return rectOf(left, bleed.y, right - left, bleed.height);
};

/** Flip, then turn about the middle of the box. */
export const layerTransform = ({ rotation: degrees, flip }: Pick<LayerCommon, 'rotation' | 'flip'>, box: Rect): Affine => {
  const mirrored = scaling(flip === 'horizontal' || flip === 'both' ? -1 : 1, flip === 'vertical' || flip === 'both' ? -1 : 1);
  return about(centreOf(box), multiply(rotation(degrees), mirrored));
};
