import type { Paint, SceneNode } from '../scene/scene.ts';

/** Art without what is painted in some spot inks, and that art by ink; groups stand in every part that has something of theirs. */
export type TakenOut = { readonly rest: readonly SceneNode[]; readonly taken: ReadonlyMap<string, readonly SceneNode[]> };

/** Takes everything painted in the named spot inks out of the art: a finishing ink goes to a layer of its own and prints nowhere else. */
export const takeOutSpots = (nodes: readonly SceneNode[], names: readonly string[]): TakenOut => {
  const inks = [...new Set(names)];
  const taken = new Map<string, readonly SceneNode[]>();
  for (const name of inks) {
    const own = only(nodes, { paint: (paint) => spotOf(paint) === name, pictures: false });
    if (own.length > 0) taken.set(name, own);
  }
  if (taken.size === 0) return { rest: nodes, taken };
  return { rest: only(nodes, { paint: (paint) => !inks.includes(spotOf(paint) ?? ''), pictures: true }), taken };
};

/** The one spot ink of a paint: its colour, or that of all stops. */
const spotOf = (paint: Paint): string | null => {
  const [first, ...others] = paint.kind === 'solid' ? [paint.colour] : paint.stops.map(({ colour }) => colour);
  if (first?.space !== 'spot') return null;
  return others.every((colour) => colour.space === 'spot' && colour.name === first.name) ? first.name : null;
};

type Wanted = {
  readonly paint: (paint: Paint) => boolean;
  /** Pictures, which have no one ink. */
  readonly pictures: boolean;
};

const only = (nodes: readonly SceneNode[], wanted: Wanted): readonly SceneNode[] => nodes.flatMap((node) => wantedPart(node, wanted) ?? []);

/** The node with those paints only that are wanted. */
const wantedPart = (node: SceneNode, wanted: Wanted): SceneNode | null => {
  switch (node.kind) {
    case 'raster':
      return wanted.pictures ? node : null;
    case 'glyphs':
      return wanted.paint(node.fill) ? node : null;
    case 'path': {
      const fill = node.fill && wanted.paint(node.fill) ? node.fill : null;
      const stroke = node.stroke && wanted.paint(node.stroke.paint) ? node.stroke : null;
      return fill || stroke ? { ...node, fill, stroke } : null;
    }
    case 'group': {
      const children = only(node.children, wanted);
      if (children.length === 0) return null;
      // Inks of a finishing machine do not blend: they are there or not.
      return wanted.pictures ? { ...node, children } : { ...node, blend: 'normal', children };
    }
  }
};
