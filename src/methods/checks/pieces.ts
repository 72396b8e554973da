import { flattenPath, pathOfPolylines } from '../../geometry/flatten.ts';
import { signedAreas } from '../../geometry/measure.ts';
import { boundsOfPath } from '../../geometry/path.ts';
import { centreOf, type Point } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { SolidArt, SolidPiece } from '../../render/solid/solid-art.ts';
import { type MmLimits, missedLimit, roundMm } from './limits.ts';
import { partName, pieceAt } from './piece-at.ts';

type Small = { readonly at: Point; readonly sizeMm: number };

/**
 * Separate pieces that are small in both directions (`piece.small`): they fall off, stay behind or close up. One finding for a layer, about its
 * smallest; a piece measures its longer side.
 */
export const checkPieces = (art: SolidArt, limits: MmLimits): readonly Finding[] => {
  if (limits.warnMm <= 0) return [];
  const smallest = new Map<string, { readonly small: Small; readonly piece: SolidPiece | undefined; readonly count: number }>();
  for (const small of art.regions.flatMap(({ path }) => smallPieces(path, limits.warnMm))) {
    const piece = pieceAt(art, small.at, limits.warnMm);
    const pointer = piece?.pointer ?? '';
    const known = smallest.get(pointer);
    const best = known && known.small.sizeMm <= small.sizeMm ? known : { small, piece };
    smallest.set(pointer, { ...best, count: (known?.count ?? 0) + 1 });
  }
  return [...smallest].flatMap(([pointer, { small, piece, count }]): readonly Finding[] => {
    const missed = missedLimit(small.sizeMm, limits);
    if (!missed) return [];
    const size = roundMm(small.sizeMm);
    const more = count > 1 ? `, and ${count - 1} more ${count === 2 ? 'is' : 'are'} as small` : '';
    return [
      {
        severity: missed.severity,
        code: 'piece.small',
        pointer,
        message: `${partName(piece, 'A piece', 'A piece')} is ${size} mm long${more}; it needs ${missed.requiredMm} mm.`,
        hint: 'Make it larger, join it to its neighbour, or leave it out.',
        measured: size,
        required: missed.requiredMm,
        unit: 'mm',
      },
    ];
  });
};

const smallPieces = (path: SolidPiece['path'], belowMm: number): readonly Small[] => {
  const areas = signedAreas(path);
  return flattenPath(path).flatMap((ring, i): readonly Small[] => {
    const box = boundsOfPath(pathOfPolylines([ring]));
    if (!box || (areas[i] ?? 0) <= 0) return [];
    const sizeMm = Math.max(box.width, box.height);
    return sizeMm < belowMm ? [{ at: centreOf(box), sizeMm }] : [];
  });
};
