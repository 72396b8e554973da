import { boundsOfPath, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { containsRect, intersectionOf, type Rect, unionOf } from '../../geometry/point.ts';
import { intersectPaths, type PathFillRule } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import type { Scene, SceneArea, SceneNode } from '../../scene/scene.ts';

type KeepOut = SceneArea['keepOuts'][number];

/** What a layer has in common with a keep-out. */
type Touch = { readonly label: string; readonly overlap: Rect; readonly runsThrough: boolean };

/** Less than this is a rounding, mm. */
const TOUCH_MM = 0.01;
/** Outlines of more numbers than this are judged by their boxes: a check must stay cheap. */
const MOST_COORDS = 20_000;

const round = (mm: number): number => Math.round(mm * 100) / 100;

/**
 * Art in an area the product asks to keep clear: one finding for a layer, whatever number of shapes and keep-outs it is about. Backgrounds
 * that run right through one are told as information, apart from those that they end in.
 */
export const checkKeepOuts = ({ nodes, area }: Scene): readonly Finding[] => {
  if (area.keepOuts.length === 0) return [];
  const layers = new Map<string, readonly SceneNode[]>();
  for (const node of nodes) {
    const layer = layerOf(node.pointer);
    layers.set(layer, [...(layers.get(layer) ?? []), node]);
  }
  return [...layers].flatMap(([pointer, layer]) => {
    const touches = area.keepOuts.flatMap((keepOut) => touchOf(layer, keepOut));
    const through = touches.filter((one) => one.runsThrough);
    const ending = touches.filter((one) => !one.runsThrough);
    return [
      ...(ending.length > 0 ? [findingOf(pointer, ending, 'warning', 'Move it out of there, or make it smaller.')] : []),
      ...(through.length > 0
        ? [findingOf(pointer, through, 'info', 'A background may run through; nothing important should be there.')]
        : []),
    ];
  });
};

/** Outlines, shadows and captions of a layer have pointers of their own below its. */
const layerOf = (pointer: string): string => /^.*\/layers\/\d+/.exec(pointer)?.[0] ?? pointer;

const touchOf = (layer: readonly SceneNode[], keepOut: KeepOut): readonly Touch[] => {
  const zone = boundsOfPath(keepOut.path);
  if (!zone) return [];
  const parts = layer.flatMap(partsOf);
  const overlap = parts.reduce<Rect | null>((all, part) => unionOf(all, overlapOf(part, zone, keepOut)), null);
  if (!overlap) return [];
  const whole = parts.reduce<Rect | null>((all, { box }) => unionOf(all, box), null);
  const lettered = layer.some((node) => node.kind === 'glyphs');
  return [{ label: keepOut.label, overlap, runsThrough: !lettered && whole !== null && containsRect(whole, zone, TOUCH_MM) }];
};

/** One thing a node paints: its box, and its outline where that says more. */
type Part = { readonly box: Rect; readonly path: Path; readonly fillRule: PathFillRule };

const partOfPath = (path: Path, fillRule: PathFillRule): readonly Part[] => {
  const box = boundsOfPath(path);
  return box ? [{ box, path: path.coords.length > MOST_COORDS ? rectPath(box) : path, fillRule }] : [];
};

/** Letters and parts each on their own, so that nothing is said of the room between them. */
const partsOf = (node: SceneNode): readonly Part[] => {
  if (node.kind === 'glyphs') return node.glyphs.flatMap(({ outline, at }) => partOfPath(transformPath(outline, at), 'nonzero'));
  if (node.kind === 'group' && !node.clip && !node.mask) return node.children.flatMap(partsOf);
  if (node.kind === 'path' && node.fill && !node.stroke) return partOfPath(node.path, node.fillRule);
  const box = boundsOfNode(node);
  return box ? partOfPath(rectPath(box), 'nonzero') : [];
};

const overlapOf = ({ box, path, fillRule }: Part, zone: Rect, keepOut: KeepOut): Rect | null => {
  if (!intersectionOf(box, zone)) return null;
  const common = boundsOfPath(intersectPaths(keepOut.path, path, fillRule));
  return common && common.width >= TOUCH_MM && common.height >= TOUCH_MM ? common : null;
};

const findingOf = (pointer: string, touches: readonly Touch[], severity: 'warning' | 'info', hint: string): Finding => {
  const parts = touches.map(({ label, overlap: { width, height } }) => `${round(width)} x ${round(height)} mm of "${label}"`);
  const deepest = Math.max(...touches.map(({ overlap: { width, height } }) => Math.min(width, height)));
  return {
    severity,
    code: 'art.in-keep-out',
    pointer,
    message: `The art lies on ${parts.join(' and ')}, which should stay clear.`,
    hint,
    measured: round(deepest),
    required: 0,
    unit: 'mm',
  };
};
