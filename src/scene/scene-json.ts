import type { Path } from '../geometry/path.ts';
import { pathFromSvg, pathToSvg } from '../geometry/path-text.ts';
import type { StitchPlan } from '../model/stitch-plan.ts';
import type { GlyphsNode, GroupNode, PathNode, PlacedStitches, Scene, SceneArea, SceneNode } from './scene.ts';

/**
 * A scene as JSON text: paths become SVG path data, outlines of glyphs stand once in a table. Equal scenes give equal text, and
 * `sceneFromJson` gives an equal scene back.
 */
export const sceneToJson = (scene: Scene): string => {
  const outlines = new OutlineTable();
  const nodes = scene.nodes.map((node) => packNode(node, outlines));
  return `${JSON.stringify({ version: scene.version, area: packArea(scene.area), outlines: outlines.list(), nodes }, null, 1)}\n`;
};

/** Numbers different glyph outlines in order of first use. */
class OutlineTable {
  readonly #index = new Map<string, number>();
  readonly #paths: string[] = [];

  indexOf(outline: Path): number {
    const text = pathToSvg(outline);
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    this.#index.set(text, this.#paths.length);
    this.#paths.push(text);
    return this.#paths.length - 1;
  }

  list(): readonly string[] {
    return this.#paths;
  }
}

const packArea = (area: SceneArea) => ({
  ...area,
  trim: pathToSvg(area.trim),
  keepOuts: area.keepOuts.map((one) => ({ ...one, path: pathToSvg(one.path) })),
});

const packNode = (node: SceneNode, outlines: OutlineTable): unknown => {
  switch (node.kind) {
    case 'path':
      return { ...node, path: pathToSvg(node.path) };
    case 'glyphs':
      return {
        ...node,
        glyphs: node.glyphs.map(({ glyph, outline, at }) => ({ glyph, outline: outlines.indexOf(outline), at })),
      };
    case 'raster':
      return node;
    case 'group':
      return {
        ...node,
        clip: node.clip && { ...node.clip, path: pathToSvg(node.clip.path) },
        children: node.children.map((child) => packNode(child, outlines)),
        ...(node.stitches ? { stitches: { ...node.stitches, plan: packPlan(node.stitches.plan) } } : {}),
      };
  }
};

/** Points and roles as plain numbers. */
const packPlan = ({ blocks }: StitchPlan) => ({
  blocks: blocks.map((block) => ({
    ...block,
    runs: block.runs.map(({ points, roles, from }) => ({ points: [...points], roles: [...roles], from })),
  })),
});

type PackedPlan = ReturnType<typeof packPlan>;

const unpackPlan = ({ blocks }: PackedPlan): StitchPlan => ({
  blocks: blocks.map((block) => ({
    ...block,
    runs: block.runs.map(({ points, roles, from }) => ({ points: Float64Array.from(points), roles: Uint8Array.from(roles), from })),
  })),
});

type Packed<T, K extends keyof T, V> = Omit<T, K> & { readonly [Key in K]: V };
type PackedNode =
  | Packed<PathNode, 'path', string>
  | (Omit<GlyphsNode, 'glyphs'> & {
      readonly glyphs: readonly { glyph: number; outline: number; at: GlyphsNode['glyphs'][number]['at'] }[];
    })
  | Extract<SceneNode, { kind: 'raster' }>
  | (Omit<GroupNode, 'clip' | 'children' | 'stitches'> & {
      readonly clip: { readonly path: string; readonly fillRule: 'nonzero' | 'evenodd' } | null;
      readonly children: readonly PackedNode[];
      readonly stitches?: Packed<PlacedStitches, 'plan', PackedPlan>;
    });
type PackedScene = {
  readonly version: 1;
  readonly area: Omit<SceneArea, 'trim' | 'keepOuts'> & {
    readonly trim: string;
    readonly keepOuts: readonly { readonly id: string; readonly label: string; readonly path: string }[];
  };
  readonly outlines: readonly string[];
  readonly nodes: readonly PackedNode[];
};

/** The scene that `sceneToJson` wrote. Only for text written by Platen itself: it is not checked as a spec is. */
export const sceneFromJson = (json: string): Scene => {
  const packed: PackedScene = JSON.parse(json);
  const outlines = packed.outlines.map(pathFromSvg);
  return {
    version: packed.version,
    area: {
      ...packed.area,
      trim: pathFromSvg(packed.area.trim),
      keepOuts: packed.area.keepOuts.map((one) => ({ ...one, path: pathFromSvg(one.path) })),
    },
    nodes: packed.nodes.map((node) => unpackNode(node, outlines)),
  };
};

const unpackNode = (node: PackedNode, outlines: readonly Path[]): SceneNode => {
  switch (node.kind) {
    case 'path':
      return { ...node, path: pathFromSvg(node.path) };
    case 'glyphs':
      return { ...node, glyphs: node.glyphs.map((one) => ({ ...one, outline: outlines[one.outline] ?? pathFromSvg('') })) };
    case 'raster':
      return node;
    case 'group': {
      const { stitches, ...rest } = node;
      return {
        ...rest,
        clip: node.clip && { ...node.clip, path: pathFromSvg(node.clip.path) },
        children: node.children.map((child) => unpackNode(child, outlines)),
        ...(stitches ? { stitches: { ...stitches, plan: unpackPlan(stitches.plan) } } : {}),
      };
    }
  }
};
