import { centreOf, type Rect } from '../../geometry/point.ts';

/** Boxes whose heights share this much of the lower one form a line. */
const SAME_LINE = 0.5;

/**
 * The order for caps, as indices of the boxes: line by line from the bottom up, in each from the middle of the design outwards, first to the
 * right, then to the left, so that the cloth is smoothed away from the middle of the curved front.
 */
export const capOrder = (boxes: readonly Rect[]): readonly number[] => {
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const middle = (left + right) / 2;
  return linesOf(boxes).flatMap((line) => {
    const far = (i: number): number => middleOf(boxes, i) - middle;
    const toRight = line.filter((i) => far(i) >= 0).sort((a, b) => far(a) - far(b) || a - b);
    const toLeft = line.filter((i) => far(i) < 0).sort((a, b) => far(b) - far(a) || a - b);
    return [...toRight, ...toLeft];
  });
};

const middleOf = (boxes: readonly Rect[], i: number): number => {
  const box = boxes[i];
  return box ? centreOf(box).x : 0;
};

const linesOf = (boxes: readonly Rect[]): readonly (readonly number[])[] => {
  const order = boxes.map((_, i) => i).sort((a, b) => bottomOf(boxes[b]) - bottomOf(boxes[a]) || a - b);
  const lines: { top: number; bottom: number; readonly members: number[] }[] = [];
  for (const i of order) {
    const box = boxes[i];
    if (!box) continue;
    const line = lines.find(({ top, bottom }) => sharedHeight(box, top, bottom) >= SAME_LINE * Math.min(box.height, bottom - top));
    if (line) line.members.push(i);
    else lines.push({ top: box.y, bottom: box.y + box.height, members: [i] });
  }
  return lines.map(({ members }) => members);
};

const bottomOf = (box: Rect | undefined): number => (box ? box.y + box.height : 0);

const sharedHeight = (box: Rect, top: number, bottom: number): number => Math.min(bottom, box.y + box.height) - Math.max(top, box.y);
