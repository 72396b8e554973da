import type { PlacedStitches, SceneNode } from '../../scene/scene.ts';

/** A stretch of a scene in paint order: art to be digitised, or a machine file that is sewn as it is. */
export type ScenePart =
  | { readonly kind: 'art'; readonly nodes: readonly SceneNode[] }
  | { readonly kind: 'file'; readonly placed: PlacedStitches; readonly pointer: string };

/** A scene by what is digitised and what is finished; groups around machine files are taken apart. */
export const scenePartsOf = (nodes: readonly SceneNode[]): readonly ScenePart[] => {
  const parts: ScenePart[] = [];
  for (const part of nodes.flatMap(partsOf)) {
    const last = parts.at(-1);
    if (last?.kind === 'art' && part.kind === 'art') parts[parts.length - 1] = { kind: 'art', nodes: [...last.nodes, ...part.nodes] };
    else parts.push(part);
  }
  return parts;
};

const partsOf = (node: SceneNode): readonly ScenePart[] => {
  if (node.kind !== 'group') return [{ kind: 'art', nodes: [node] }];
  if (node.stitches) return [{ kind: 'file', placed: node.stitches, pointer: node.pointer }];
  const inner = scenePartsOf(node.children);
  if (inner.every(({ kind }) => kind === 'art')) return [{ kind: 'art', nodes: [node] }];
  return inner.map((part) => (part.kind === 'art' ? { kind: 'art', nodes: [{ ...node, children: part.nodes }] } : part));
};

/** What of a scene is to be digitised. */
export const artNodesOf = (parts: readonly ScenePart[]): readonly SceneNode[] =>
  parts.flatMap((part) => (part.kind === 'art' ? part.nodes : []));
