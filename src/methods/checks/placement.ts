import { containsRect, inflate, type Rect, rectOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { boundsOfNode } from '../../scene/bounds.ts';
import { fadesOut } from '../../scene/edges.ts';
import type { Scene, SceneNode } from '../../scene/scene.ts';

const round = (mm: number): number => Math.round(mm * 100) / 100;

const trimOf = ({ area }: Scene): Rect => rectOf(0, 0, area.widthMm, area.heightMm);

/** How far a box sticks out of another, the most on any side (mm, 0 when inside). */
const overhang = (box: Rect, outer: Rect): number =>
  Math.max(0, outer.x - box.x, outer.y - box.y, box.x + box.width - outer.x - outer.width, box.y + box.height - outer.y - outer.height);

/** Art that would be cut off by the edge of a print area which has no bleed. */
export const checkInsideArea = (scene: Scene): readonly Finding[] =>
  scene.nodes.flatMap((node): readonly Finding[] => {
    const box = boundsOfNode(node);
    const over = box ? overhang(box, inflate(trimOf(scene), scene.area.bleedMm)) : 0;
    if (over <= 0.05) return [];
    return [
      {
        severity: 'warning',
        code: 'art.clipped',
        pointer: node.pointer,
        message: `The art reaches ${round(over)} mm outside the print area and is cut off there.`,
        hint: 'Make its box smaller or move it inwards.',
        measured: round(over),
        required: 0,
        unit: 'mm',
      },
    ];
  });

/** Lettering, codes and small art must keep clear of the cut and the folds; backgrounds that run off the edge need not. */
export const checkSafeArea = (scene: Scene): readonly Finding[] => {
  const { safeMm, folds } = scene.area;
  if (safeMm === 0) return [];
  const trim = trimOf(scene);
  const safe = inflate(trim, -safeMm);
  const worst = new Map<string, Finding>();
  for (const node of scene.nodes) {
    const box = isLive(node, trim);
    if (!box || containsRect(safe, box, 0.01)) continue;
    const clear = round(safeMm - overhang(box, safe));
    worst.set(node.pointer, edgeFinding(node.pointer, clear, safeMm));
  }
  const crossing = scene.nodes.flatMap((node) => {
    const box = node.kind === 'glyphs' ? boundsOfNode(node) : null;
    return box && folds.some((fold) => fold.from.x > box.x + 0.5 && fold.from.x < box.x + box.width - 0.5)
      ? [foldFinding(node.pointer)]
      : [];
  });
  const onFold = new Set(crossing.map(({ pointer }) => pointer));
  return [...worst.values(), ...crossing, ...nearFolds(scene).filter(({ pointer }) => !onFold.has(pointer))];
};

/** Folding drifts as cutting does, mm. */
const FOLD_CLEAR_MM = 3;
/** Spines and hinges have folds at both sides and rules of their own. */
const PANEL_MM = 30;

/** Lettering so near to a fold that a fold beside its place runs into it; one finding for a layer. */
const nearFolds = ({ nodes, area }: Scene): readonly Finding[] => {
  const folds = area.folds.map(({ from }) => from.x);
  const needed = Math.min(FOLD_CLEAR_MM, area.safeMm);
  const edges = [0, ...folds, area.widthMm].sort((a, b) => a - b);
  const nearest = new Map<string, number>();
  for (const node of nodes) {
    const box = node.kind === 'glyphs' ? boundsOfNode(node) : null;
    const middle = box ? box.x + box.width / 2 : 0;
    const right = edges.findIndex((edge) => edge > middle);
    const [from, to] = [edges[right - 1], edges[right]];
    if (!box || from === undefined || to === undefined || to - from < PANEL_MM) continue;
    const gaps = [...(folds.includes(from) ? [box.x - from] : []), ...(folds.includes(to) ? [to - box.x - box.width] : [])];
    const clear = Math.min(...gaps);
    if (clear < needed - 0.01) nearest.set(node.pointer, Math.min(clear, nearest.get(node.pointer) ?? clear));
  }
  return [...nearest].map(([pointer, clear]) => ({
    severity: 'warning',
    code: 'art.near-fold',
    pointer,
    message: `The lettering is ${round(clear)} mm from a fold; it needs ${needed} mm, as folds drift.`,
    hint: `Move it ${round(needed - clear)} mm towards the middle of its panel.`,
    measured: round(clear),
    required: needed,
    unit: 'mm',
  }));
};

/** The box of a node that is meant to be seen whole: it does not run off the trim. Null for backgrounds and cut-off art. */
const isLive = (node: SceneNode, trim: Rect): Rect | null => {
  const box = boundsOfNode(node);
  if (!box || fadesOut(node)) return null;
  if (node.kind === 'glyphs') return box;
  return containsRect(trim, box, -0.1) ? box : null;
};

const edgeFinding = (pointer: string, clear: number, safeMm: number): Finding => ({
  severity: clear < 0 ? 'error' : 'warning',
  code: 'art.unsafe',
  pointer,
  message:
    clear < 0
      ? 'The lettering runs over the cut edge and would be cut off.'
      : `This is ${clear} mm from the cut edge; it needs ${safeMm} mm.`,
  hint: `Move it inwards by ${round(safeMm - clear)} mm, or use box {"within": "safe"}.`,
  measured: clear,
  required: safeMm,
  unit: 'mm',
});

const foldFinding = (pointer: string): Finding => ({
  severity: 'warning',
  code: 'art.on-fold',
  pointer,
  message: 'The lettering crosses a fold or hinge.',
  hint: 'Place it in one panel.',
});
