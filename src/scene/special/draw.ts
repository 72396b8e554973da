import type { Path } from '../../geometry/path.ts';
import { type ColourInput, colourOf } from '../../model/paint.ts';
import type { PathNode } from '../scene.ts';

/** A filled outline in one colour. */
export const filled = (path: Path, colour: ColourInput, pointer: string, fillRule: PathNode['fillRule'] = 'nonzero'): PathNode => ({
  kind: 'path',
  pointer,
  path,
  fillRule,
  fill: { kind: 'solid', colour: colourOf(colour) },
  stroke: null,
});

/** A line along an outline, round at its ends and corners. */
export const lined = (path: Path, colour: ColourInput, widthMm: number, pointer: string): PathNode => ({
  kind: 'path',
  pointer,
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: { paint: { kind: 'solid', colour: colourOf(colour) }, widthMm, cap: 'round', join: 'round', miterLimit: 4 },
});
