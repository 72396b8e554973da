import { labOfSrgb } from '../../colour/lab.ts';
import { type Affine, multiply, translation } from '../../geometry/affine.ts';
import { boundsOfPath, isEmptyPath, joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import { singleStrokes } from '../../geometry/single-strokes.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import { lettersOf } from '../../render/solid/letters.ts';
import type { GlyphsNode, GroupNode, Scene, SceneNode } from '../../scene/scene.ts';

/** The scene without the letters that became lines, and those lines, a path for each run of text; mm of the placement. */
export type SingleLines = { readonly scene: Scene; readonly singles: readonly Path[] };

/** Lines follow the middle of letters at least this closely, mm: half a beam. */
const TOLERANCE_MM = 0.01;
const SMALL_TO_CAPITAL = 0.7;
/** From this lightness on lettering is white: it takes marks away and has no line. L* of 0 to 100. */
const WHITE_FROM = 96;

const SMALL = /^[acemnorsuvwxzаеосхвгдзиклмнпртчшэюя]$/u;
const CAPITAL = /^[A-Z0-9А-Я]$/u;

/**
 * Letters whose capitals are lower than `belowMm` as lines along the middle of their strokes. Lettering that is clipped, see-through, white or
 * no even colour stays as it is.
 */
export const takeSingleLines = (scene: Scene, belowMm: number): SingleLines => {
  if (belowMm <= 0) return { scene, singles: [] };
  const taker = new Taker(belowMm);
  const nodes = scene.nodes.flatMap((node) => taker.take(node));
  return taker.singles.length === 0 ? { scene, singles: [] } : { scene: { ...scene, nodes }, singles: taker.singles };
};

class Taker {
  readonly singles: Path[] = [];
  readonly #belowMm: number;
  /** Lines of a glyph at its size, once for all places it stands at. */
  readonly #known = new Map<Path, Map<string, Path>>();

  constructor(belowMm: number) {
    this.#belowMm = belowMm;
  }

  take(node: SceneNode): readonly SceneNode[] {
    switch (node.kind) {
      case 'path':
      case 'raster':
        return [node];
      case 'group':
        return isPlain(node) ? [{ ...node, children: node.children.flatMap((child) => this.take(child)) }] : [node];
      case 'glyphs':
        return this.#takeGlyphs(node);
    }
  }

  #takeGlyphs(node: GlyphsNode): readonly SceneNode[] {
    const { fill, glyphs } = node;
    if (fill.kind !== 'solid' || labOfSrgb(screenColour(fill.colour)).l >= WHITE_FROM) return [node];
    const height = capitalMm(node);
    if (height === 0 || height >= this.#belowMm) return [node];
    const lines = joinPaths(glyphs.map(({ outline, at }) => this.#linesOf(outline, at)));
    if (isEmptyPath(lines)) return [node];
    this.singles.push(lines);
    return [];
  }

  #linesOf(outline: Path, at: Affine): Path {
    const [a, b, c, d, e, f] = at;
    const key = [a, b, c, d].join();
    const sizes = this.#known.get(outline) ?? new Map<string, Path>();
    this.#known.set(outline, sizes);
    const lines = sizes.get(key) ?? singleStrokes(transformPath(outline, [a, b, c, d, 0, 0]), TOLERANCE_MM);
    sizes.set(key, lines);
    return transformPath(lines, multiply(translation(e, f)));
  }
}

const isPlain = ({ clip, mask, opacity, blend }: GroupNode): boolean => !clip && !mask && opacity === 1 && blend === 'normal';

/** The height of capitals in a run of text: measured on one, reckoned from small letters, or that of the tallest sign. */
const capitalMm = (node: GlyphsNode): number => {
  const letters = lettersOf(node);
  let [capital, small, tallest] = [0, 0, 0];
  node.glyphs.forEach(({ outline, at }, i) => {
    const height = (boundsOfPath(outline)?.height ?? 0) * Math.hypot(at[2], at[3]);
    const letter = letters[i] ?? '';
    if (CAPITAL.test(letter)) capital = Math.max(capital, height);
    if (SMALL.test(letter)) small = Math.max(small, height);
    tallest = Math.max(tallest, height);
  });
  if (capital > 0) return capital;
  return small > 0 ? small / SMALL_TO_CAPITAL : tallest;
};
