import { boundsOfPath } from '../../geometry/path.ts';
import type { Point } from '../../geometry/point.ts';
import { pathContainsPoint } from '../../geometry/polygons.ts';
import type { SolidArt, SolidPiece } from '../../render/solid/solid-art.ts';

/** The piece that paints a place, the topmost when several do; near ones count where none does. Undefined when the art is empty. */
export const pieceAt = ({ pieces }: Pick<SolidArt, 'pieces'>, at: Point, slackMm: number): SolidPiece | undefined => {
  const near = pieces.filter(({ path }) => distanceToBox(path, at) <= slackMm);
  return near.findLast(({ path }) => pathContainsPoint(path, at)) ?? nearest(near.length > 0 ? near : pieces, at);
};

const nearest = (pieces: readonly SolidPiece[], at: Point): SolidPiece | undefined =>
  pieces.reduce<SolidPiece | undefined>(
    (best, piece) => (best && distanceToBox(best.path, at) <= distanceToBox(piece.path, at) ? best : piece),
    undefined,
  );

const distanceToBox = (path: SolidPiece['path'], { x, y }: Point): number => {
  const box = boundsOfPath(path);
  if (!box) return Infinity;
  const across = Math.max(box.x - x, 0, x - box.x - box.width);
  const down = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(across, down);
};

/** "the stroke of 'a'" for letters, "a line" for other art. */
export const partName = (piece: SolidPiece | undefined, ofLetter: string, otherwise: string): string =>
  piece?.letter ? `${ofLetter} of '${piece.letter}'` : otherwise;

/** "'a', 'b' and 'c'", and how many more when there are many. */
export const listLetters = (letters: readonly string[], most = 6): string => {
  const distinct = [...new Set(letters)];
  const shown = distinct.slice(0, most).map((letter) => `'${letter}'`);
  const more = distinct.length - shown.length;
  const last = more > 0 ? `${more} more` : shown.pop();
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last}`;
};
