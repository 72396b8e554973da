import type { Colour } from '../colour/colour.ts';
import type { Paint, SceneNode } from '../scene/scene.ts';

/** The same art in other colours. */
export const mapColours = (nodes: readonly SceneNode[], of: (colour: Colour) => Colour): readonly SceneNode[] =>
  nodes.map((node) => mapNode(node, of));

const mapNode = (node: SceneNode, of: (colour: Colour) => Colour): SceneNode => {
  switch (node.kind) {
    case 'raster':
      return node;
    case 'glyphs':
      return { ...node, fill: mapPaint(node.fill, of) };
    case 'path':
      return {
        ...node,
        fill: node.fill && mapPaint(node.fill, of),
        stroke: node.stroke && { ...node.stroke, paint: mapPaint(node.stroke.paint, of) },
      };
    case 'group':
      return { ...node, children: mapColours(node.children, of) };
  }
};

const mapPaint = (paint: Paint, of: (colour: Colour) => Colour): Paint =>
  paint.kind === 'solid'
    ? { ...paint, colour: of(paint.colour) }
    : { ...paint, stops: paint.stops.map((stop) => ({ ...stop, colour: of(stop.colour) })) };
