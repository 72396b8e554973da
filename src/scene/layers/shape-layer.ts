import { dashPath } from '../../geometry/dash.ts';
import type { Path } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import type { ShapeLayer } from '../../model/layers.ts';
import type { OutlineInput } from '../../model/outline.ts';
import { Problem } from '../../model/problem.ts';
import { outlinePath } from '../outline-path.ts';
import { paintOf, strokeOf } from '../paint.ts';
import type { SceneNode } from '../scene.ts';
import type { Composed } from './context.ts';

/** An outline in a box; unreadable path data becomes a Problem that points at it. */
export const outlineIn = (outline: OutlineInput, box: Rect, pointer: string): Path => {
  try {
    return outlinePath(outline, box);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('shape.path-invalid', error.message, { pointer: `${pointer}/d`, cause: error });
  }
};

export const composeShape = (layer: ShapeLayer, box: Rect, pointer: string): Composed => {
  const path = outlineIn(layer.shape, box, `${pointer}/shape`);
  if (!layer.fill && !layer.stroke) {
    return {
      nodes: [],
      findings: [
        {
          severity: 'warning',
          code: 'shape.invisible',
          pointer,
          message: 'The shape has neither a fill nor a stroke, so it prints nothing.',
          hint: 'Add "fill" or "stroke".',
        },
      ],
    };
  }
  const nodes: SceneNode[] = [];
  if (layer.fill) {
    nodes.push({ kind: 'path', pointer, path, fillRule: 'nonzero', fill: paintOf(layer.fill, box), stroke: null });
  }
  if (layer.stroke) {
    const { dash } = layer.stroke;
    const line = dash ? dashPath(path, dash, 0) : path;
    nodes.push({ kind: 'path', pointer, path: line, fillRule: 'nonzero', fill: null, stroke: strokeOf(layer.stroke, box) });
  }
  return { nodes, findings: [] };
};
