import type { Colour, SrgbColour } from '../../colour/colour.ts';
import { translation } from '../../geometry/affine.ts';
import { type Path, PathBuilder } from '../../geometry/path.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { PathNode, SceneNode } from '../../scene/scene.ts';
import { transformNode } from '../../scene/transform.ts';
import type { Lettering } from '../lettering.ts';

export const SHEET_INK: SrgbColour = { space: 'srgb', r: 0, g: 0, b: 0 };
export const SHEET_GREY: SrgbColour = { space: 'srgb', r: 0.42, g: 0.42, b: 0.42 };
export const SHEET_RULE: SrgbColour = { space: 'srgb', r: 0.78, g: 0.78, b: 0.78 };

export type LineStyle = {
  /** Height of the line, mm. */
  readonly size?: number;
  readonly colour?: Colour;
  readonly align?: 'left' | 'right';
  /** Longer lines are shrunk to it, mm. */
  readonly width?: number;
};

/** Writes a line with its top at y; x is its left end, or its right end for lines that are aligned to the right. */
export type Pen = (text: string, x: number, y: number, style?: LineStyle) => readonly SceneNode[];

/** What sheets for people are written with: run sheets, job tickets. */
export const sheetPen =
  (lettering: Lettering, usual: { readonly size: number; readonly width: number }): Pen =>
  (text, x, y, { size = usual.size, colour = SHEET_INK, align = 'left', width = usual.width } = {}) => {
    if (text === '') return [];
    const line = lettering(text, width, size).map((node) => inked(node, colour));
    const box = align === 'right' ? boundsOfNodes(line) : null;
    return line.map((node) => transformNode(node, translation(box ? x - box.x - box.width : x, y)));
  };

const inked = (node: SceneNode, colour: Colour): SceneNode =>
  node.kind === 'glyphs' ? { ...node, fill: { kind: 'solid', colour } } : node;

/** A filled or stroked shape; lengths in mm. */
export const sheetShape = (path: Path, fill: Colour | null, stroke: Colour | null, widthMm = 0.2): PathNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: fill && { kind: 'solid', colour: fill },
  stroke: stroke && { paint: { kind: 'solid', colour: stroke }, widthMm, cap: 'butt', join: 'miter', miterLimit: 4 },
});

/** A level line. */
export const sheetRule = (x: number, y: number, lengthMm: number, widthMm = 0.2, colour: Colour = SHEET_RULE): PathNode =>
  sheetShape(
    new PathBuilder()
      .moveTo(x, y)
      .lineTo(x + lengthMm, y)
      .finish(),
    null,
    colour,
    widthMm,
  );
