import { boundsOfPath } from '../../geometry/path.ts';
import { intersectionOf, type Rect } from '../../geometry/point.ts';
import { colourKey } from './colour-key.ts';
import type { SolidPiece } from './solid-art.ts';

/** Pieces of one colour that can be painted in one go. */
export type PaintRun = { readonly key: string; readonly pieces: SolidPiece[]; readonly boxes: Rect[] };

/**
 * Few runs that paint the same picture: a piece joins the last run of its colour unless something painted since then may lie below it. Busy
 * drawings would otherwise be cut as often as they change colour.
 */
export const paintRuns = (pieces: readonly SolidPiece[]): readonly PaintRun[] => {
  const runs: PaintRun[] = [];
  for (const piece of pieces) {
    const box = boundsOfPath(piece.path);
    if (!box) continue;
    const key = colourKey(piece.colour);
    let run = joinableRun(runs, key, box);
    if (!run) {
      run = { key, pieces: [], boxes: [] };
      runs.push(run);
    }
    run.pieces.push(piece);
    run.boxes.push(box);
  }
  return runs;
};

const joinableRun = (runs: readonly PaintRun[], key: string, box: Rect): PaintRun | undefined => {
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    const run = runs[i];
    if (run?.key === key) return run;
    if (run?.boxes.some((other) => intersectionOf(other, box) !== null)) return undefined;
  }
  return undefined;
};
