import type { Layer } from '../model/layers.ts';
import type { RasterNode, SceneNode } from './scene.ts';

export type Visited = { readonly layer: Layer; readonly pointer: string };

/** Every layer of a list with its JSON pointer, groups and pattern tiles included, in paint order. */
export const layersOf = (layers: readonly Layer[], pointer: string): readonly Visited[] =>
  layers.flatMap((layer, i): readonly Visited[] => {
    const here = { layer, pointer: `${pointer}/${i}` };
    return layer.type === 'group' || layer.type === 'pattern' ? [here, ...layersOf(layer.layers, `${here.pointer}/layers`)] : [here];
  });

/** Every node of a scene in paint order; a group comes before its children. */
export const nodesOf = (nodes: readonly SceneNode[]): readonly SceneNode[] =>
  nodes.flatMap((node) => (node.kind === 'group' ? [node, ...nodesOf(node.children)] : [node]));

/** Every picture a scene shows, masks included. */
export const rastersOf = (nodes: readonly SceneNode[]): readonly RasterNode[] =>
  nodesOf(nodes).flatMap((node) => (node.kind === 'raster' ? [node] : node.kind === 'group' && node.mask ? [node.mask] : []));
