import { rectPath } from '../geometry/path.ts';
import { rectOf } from '../geometry/point.ts';
import type { Scene, SceneNode } from './scene.ts';

/** Nodes on a bare sheet of a size, mm: for pages and pictures that are no placement of a product, such as labels, guides and run sheets. */
export const sheetScene = (nodes: readonly SceneNode[], widthMm: number, heightMm: number): Scene => ({
  version: 1,
  area: {
    productId: '',
    placementId: '',
    widthMm,
    heightMm,
    bleedMm: 0,
    safeMm: 0,
    trim: rectPath(rectOf(0, 0, widthMm, heightMm)),
    keepOuts: [],
    folds: [],
  },
  nodes,
});
