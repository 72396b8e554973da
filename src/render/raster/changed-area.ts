import { type Rect, unionOf } from '../../geometry/point.ts';
import { outerBoundsOfNodes } from '../../scene/bounds.ts';
import type { GroupNode, SceneNode } from '../../scene/scene.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
};

/** Whether two plain values (typed arrays of numbers included) hold the same. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (!isRecord(a) || !isRecord(b)) return false;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return sameNumbers(a, b);
  if (a instanceof Float64Array && b instanceof Float64Array) return sameNumbers(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
};

const sameShell = ({ children: _a, ...a }: GroupNode, { children: _b, ...b }: GroupNode): boolean => isSame(a, b);

/** What is new in one render is what is old in the next. Nodes are never written into, so their boxes hold. */
const boxes = new WeakMap<SceneNode, Rect | null>();

const boxOf = (node: SceneNode): Rect | null => {
  const known = boxes.get(node);
  if (known !== undefined) return known;
  const box = outerBoundsOfNodes([node]);
  boxes.set(node, box);
  return box;
};

const boxAround = (nodes: readonly SceneNode[]): Rect | null => nodes.reduce<Rect | null>((box, node) => unionOf(box, boxOf(node)), null);

/**
 * A box in mm outside of which both lists paint the same; null when they paint the same everywhere. It may be larger than what really
 * differs.
 */
export const changedArea = (before: readonly SceneNode[], after: readonly SceneNode[]): Rect | null => {
  const shared = Math.min(before.length, after.length);
  let head = 0;
  while (head < shared && isSame(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shared - head && isSame(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail += 1;
  const [old, young] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const [a, b] = [old[0], young[0]];
  // One group in which something changed: only that counts, unless its mask, clip or fading did.
  if (old.length === 1 && young.length === 1 && a?.kind === 'group' && b?.kind === 'group' && sameShell(a, b))
    return changedArea(a.children, b.children);
  return unionOf(boxAround(old), boxAround(young));
};
