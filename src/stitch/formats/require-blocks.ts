import { Problem } from '../../model/problem.ts';
import type { Lattice } from './lattice.ts';

/** Refuses a plan with more threads in turn than a format has room for. */
export const requireBlocks = ({ blocks }: Lattice, most: number, format: string): void => {
  if (blocks.length <= most) return;
  throw new Problem('stitches.too-many-colours', `expected at most ${most - 1} colour changes for ${format}, got ${blocks.length - 1}`, {
    hint: 'Sew what has one colour in one go, or divide the design.',
  });
};
