import { type Affine, determinant, multiply } from '../geometry/affine.ts';
import { quantizePath, transformPath } from '../geometry/path.ts';
import type { Point } from '../geometry/point.ts';
import { quantizeMm } from '../geometry/units.ts';
import type { Paint, RasterNode, SceneNode, Stroke } from './scene.ts';

const isIdentity = (map: Affine): boolean => map.every((v, i) => v === (i === 0 || i === 3 ? 1 : 0));

/** Linear parts keep nine decimals (they multiply font units and pixels), translations are lengths. */
export const quantizeAffine = ([a, b, c, d, e, f]: Affine): Affine => {
  const fine = (v: number): number => Math.round(v * 1e9) / 1e9 + 0;
  return [fine(a), fine(b), fine(c), fine(d), quantizeMm(e), quantizeMm(f)];
};

export const transformPaint = (paint: Paint, map: Affine): Paint =>
  paint.kind === 'solid' ? paint : { ...paint, transform: multiply(map, paint.transform) };

const transformStroke = (stroke: Stroke, map: Affine): Stroke => ({
  ...stroke,
  paint: transformPaint(stroke.paint, map),
  widthMm: stroke.widthMm * Math.sqrt(Math.abs(determinant(map))),
});

const transformRaster = (node: RasterNode, map: Affine): RasterNode => ({ ...node, at: multiply(map, node.at) });

/** The node moved by an affine. Stroke widths scale by the root of the area factor, so only similarities keep a stroke true. */
export const transformNode = (node: SceneNode, map: Affine): SceneNode => {
  if (isIdentity(map)) return node;
  switch (node.kind) {
    case 'path':
      return {
        ...node,
        path: transformPath(node.path, map),
        fill: node.fill && transformPaint(node.fill, map),
        stroke: node.stroke && transformStroke(node.stroke, map),
      };
    case 'glyphs':
      return {
        ...node,
        fill: transformPaint(node.fill, map),
        glyphs: node.glyphs.map((glyph) => ({ ...glyph, at: multiply(map, glyph.at) })),
      };
    case 'raster':
      return transformRaster(node, map);
    case 'group':
      return {
        ...node,
        clip: node.clip && { ...node.clip, path: transformPath(node.clip.path, map) },
        mask: node.mask && transformRaster(node.mask, map),
        children: node.children.map((child) => transformNode(child, map)),
        ...(node.stitches ? { stitches: { ...node.stitches, at: multiply(map, node.stitches.at) } } : {}),
      };
  }
};

const quantizePaint = (paint: Paint): Paint => {
  switch (paint.kind) {
    case 'solid':
      return paint;
    case 'linear':
      return { ...paint, from: finePoint(paint.from), to: finePoint(paint.to), transform: quantizeGradient(paint.transform) };
    case 'radial':
      return {
        ...paint,
        centre: finePoint(paint.centre),
        focus: finePoint(paint.focus),
        radius: fine(paint.radius),
        transform: quantizeGradient(paint.transform),
      };
  }
};

const fine = (v: number): number => Math.round(v * 1e6) / 1e6 + 0;

const finePoint = ({ x, y }: Point): Point => ({ x: fine(x), y: fine(y) });

/** Gradients may live in a unit square, so their maps keep six decimals throughout. */
const quantizeGradient = (map: Affine): Affine => {
  const [a, b, c, d, e, f] = map;
  return [fine(a), fine(b), fine(c), fine(d), fine(e), fine(f)];
};

/** The node with every number on the lattice that a scene promises: the last thing compose does. */
export const quantizeNode = (node: SceneNode): SceneNode => {
  switch (node.kind) {
    case 'path':
      return {
        ...node,
        path: quantizePath(node.path),
        fill: node.fill && quantizePaint(node.fill),
        stroke: node.stroke && { ...node.stroke, widthMm: quantizeMm(node.stroke.widthMm), paint: quantizePaint(node.stroke.paint) },
      };
    case 'glyphs':
      return {
        ...node,
        fill: quantizePaint(node.fill),
        glyphs: node.glyphs.map((glyph) => ({ ...glyph, at: quantizeAffine(glyph.at) })),
      };
    case 'raster':
      return { ...node, at: quantizeAffine(node.at) };
    case 'group':
      return {
        ...node,
        clip: node.clip && { ...node.clip, path: quantizePath(node.clip.path) },
        mask: node.mask && { ...node.mask, at: quantizeAffine(node.mask.at) },
        children: node.children.map(quantizeNode),
        ...(node.stitches ? { stitches: { ...node.stitches, at: quantizeAffine(node.stitches.at) } } : {}),
      };
  }
};
