import { applyToPoint } from '../../geometry/affine.ts';
import type { Finding } from '../../model/finding.ts';
import type { GroupNode, PlacedStitches, Scene, SceneArea, SceneNode } from '../../scene/scene.ts';
import { MAX_MOVE_MM } from '../../stitch/plan.ts';

/** What stands against sewing the machine files of a scene as they are: groups that would change them, the edge of the area, moves too long. */
export const checkPlaced = ({ nodes, area }: Scene): readonly Finding[] => walk(nodes, [], area);

const walk = (nodes: readonly SceneNode[], around: readonly GroupNode[], area: SceneArea): readonly Finding[] =>
  nodes.flatMap((node) => {
    if (node.kind !== 'group') return [];
    if (!node.stitches) return walk(node.children, [...around, node], area);
    return [...changedBy(around, node.pointer), ...limits(measured(node.stitches), area, node.pointer)];
  });

/** Groups around finished stitches may ask for what thread cannot do. */
const changedBy = (around: readonly GroupNode[], pointer: string): readonly Finding[] => {
  const asked = around.find(({ clip, mask, opacity, blend }) => clip !== null || mask !== null || opacity < 1 || blend !== 'normal');
  if (!asked) return [];
  const what = asked.clip ? 'cut off' : asked.mask ? 'masked' : asked.opacity < 1 ? 'made see-through' : 'blended';
  return [
    {
      severity: 'error',
      code: 'stitches.changed',
      pointer,
      message: `Finished stitches cannot be ${what}: they are sewn whole.`,
      hint: 'Place the machine file by itself, with full opacity and without a clip.',
    },
  ];
};

type Extent = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Moves beyond what machines take, and the longest along an axis, mm. */
  readonly long: number;
  readonly longest: number;
};

/** Half a step of a machine. */
const ROUNDING_MM = 0.05;

const measured = ({ plan, at }: PlacedStitches): Extent => {
  let [left, top, right, bottom, long, longest] = [Infinity, Infinity, -Infinity, -Infinity, 0, 0];
  for (const { points } of plan.blocks.flatMap(({ runs }) => runs)) {
    let before: { readonly x: number; readonly y: number } | null = null;
    for (let i = 0; i + 1 < points.length; i += 2) {
      const here = applyToPoint(at, { x: points[i] ?? 0, y: points[i + 1] ?? 0 });
      [left, top, right, bottom] = [Math.min(left, here.x), Math.min(top, here.y), Math.max(right, here.x), Math.max(bottom, here.y)];
      const move = before ? Math.max(Math.abs(here.x - before.x), Math.abs(here.y - before.y)) : 0;
      if (move > MAX_MOVE_MM + ROUNDING_MM) long += 1;
      longest = Math.max(longest, move);
      before = here;
    }
  }
  return { left, top, right, bottom, long, longest };
};

const limits = ({ left, top, right, bottom, long, longest }: Extent, { widthMm, heightMm }: SceneArea, pointer: string) => {
  const over = Math.max(-left, -top, right - widthMm, bottom - heightMm);
  const found: Finding[] = [];
  if (over > ROUNDING_MM)
    found.push({
      severity: 'error',
      code: 'stitches.outside',
      pointer,
      message: `The stitches reach ${round(over)} mm out of the print area; nothing cuts them off there.`,
      hint: 'Move the layer inwards, or use a smaller file.',
      measured: round(over),
      required: 0,
      unit: 'mm',
    });
  if (long > 0)
    found.push({
      severity: 'warning',
      code: 'stitches.long',
      pointer,
      message: `${long === 1 ? 'One stitch is' : `${long} stitches are`} longer than machines take and ${long === 1 ? 'is' : 'are'} divided; the longest is ${round(longest)} mm.`,
      hint: 'Thread that long catches on things: have the file digitised with shorter stitches.',
      measured: round(longest),
      required: MAX_MOVE_MM,
      unit: 'mm',
    });
  return found;
};

const round = (value: number): number => Math.round(value * 10) / 10;
