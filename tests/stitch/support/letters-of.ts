import { type Path, transformPath } from '../../../src/geometry/path.ts';
import type { GlyphsNode } from '../../../src/scene/scene.ts';
import { nodesOf } from '../../../src/scene/walk.ts';
import { composeLayers } from '../../support/compose-spec.ts';

const SIZE_MM = 8;
/** Height of capitals by size of type, of most fonts. */
const CAPITALS = 0.7;

/** The outlines of letters with capitals of a height, mm, in a bundled font. */
export const lettersIn = async (text: string, family: string, capMm: number): Promise<readonly Path[]> => {
  const { scene } = await composeLayers({
    layers: [{ type: 'text', text, font: { family }, size: SIZE_MM, box: { x: 0, y: 10, width: 100, height: 40 } }],
  });
  const scale = capMm / (SIZE_MM * CAPITALS);
  return [...nodesOf(scene.nodes)]
    .filter((node): node is GlyphsNode => node.kind === 'glyphs')
    .flatMap((node) => node.glyphs.map(({ outline, at }) => transformPath(transformPath(outline, at), [scale, 0, 0, scale, 0, 0])))
    .filter((path) => path.coords.length > 0);
};
