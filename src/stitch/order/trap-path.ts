import { EMPTY_PATH, isEmptyPath, joinPaths, type Path } from '../../geometry/path.ts';
import { intersectPaths, offsetPath, unionPaths } from '../../geometry/polygons.ts';

/** Holes under later colours that would be left narrower than twice this are filled: rows that break off for them gain nothing. */
const CLOSE_MM = 2.2;
/** The same beneath what an outline runs around: it is satin, and open within. */
const OUTLINE_CLOSE_MM = 0.9;
/** Gaps between outlines up to twice this wide show no cloth, mm. */
const HAIR_MM = 0.1;
/** Stitches bend no finer than this, mm. */
const TOLERANCE_MM = 0.02;

export type Trap = {
  /** How far to go on beneath later colours, mm. */
  readonly trapMm: number;
  /** How far stitches will reach beyond the outline they are given, mm: kept beneath the later colours as well. */
  readonly pullMm: number;
  /** Whether what is seen is an outline about what lies on it. */
  readonly isOutline?: boolean;
};

/**
 * What to sew of a piece of which `visible` is seen and that later colours `over` touch or cover: the visible part, going on beneath them by
 * the trap, and right through where they are narrow. It never reaches beyond what is visible or covered later.
 */
export const trapPath = (visible: Path, over: Path, { trapMm, pullMm, isOutline = false }: Trap): Path => {
  if (isEmptyPath(over) || isEmptyPath(visible) || trapMm <= 0) return visible;
  // Outlines that only touch must melt, and so must those that tracing left a hair apart: no needle sews the cloth between them.
  const all = offsetPath(joinPaths([visible, over]), HAIR_MM, 'miter', 'nonzero', TOLERANCE_MM);
  const inner = offsetPath(all, -HAIR_MM - pullMm, 'miter', 'nonzero', TOLERANCE_MM);
  const closeMm = isOutline ? OUTLINE_CLOSE_MM : CLOSE_MM;
  const wide = offsetPath(visible, trapMm + closeMm, 'round', 'nonzero', TOLERANCE_MM);
  const closed = offsetPath(wide, -closeMm, 'round', 'nonzero', TOLERANCE_MM);
  const beneath = isEmptyPath(inner) ? EMPTY_PATH : intersectPaths(closed, inner, 'nonzero', TOLERANCE_MM);
  return isEmptyPath(beneath) ? visible : withoutHairs(unionPaths([visible, beneath], 'nonzero', TOLERANCE_MM));
};

/** Cuts left by rounding between what is visible and what lies beneath are closed. */
const withoutHairs = (path: Path): Path =>
  offsetPath(offsetPath(path, 0.03, 'miter', 'nonzero', TOLERANCE_MM), -0.03, 'miter', 'nonzero', TOLERANCE_MM);
