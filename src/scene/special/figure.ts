import { z } from 'zod';
import { joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import type { Rect } from '../../geometry/point.ts';
import { unionPaths } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import { type TextFieldsInput, textLayerFields } from '../../model/text-layer.ts';
import { boundsOfNodes } from '../bounds.ts';
import type { SceneNode } from '../scene.ts';
import type { FontSet } from '../text/font-set.ts';
import { layoutText } from '../text/layout-text.ts';

/** The size figures are set at, mm: the lattice of a scene is a hundred-thousandth of it. */
export const FIGURE_EM = 100;

/** One line of lettering as outlines at 100 mm: the pen starts at 0, the baseline is y = 0. */
export type Figure = {
  /** Glyph by glyph, in the order of painting. */
  readonly glyphs: readonly Path[];
  /** Of the outlines; null when there are none. */
  readonly ink: Rect | null;
  readonly findings: readonly Finding[];
};

const fields = z.object(textLayerFields);

const outlinesOf = (node: SceneNode): readonly Path[] => {
  switch (node.kind) {
    case 'glyphs':
      return node.glyphs.map(({ outline, at }) => transformPath(outline, at));
    case 'path':
      return [node.path];
    case 'group':
      return node.children.flatMap(outlinesOf);
    case 'raster':
      return [];
  }
};

type FigureRequest = Pick<TextFieldsInput, 'font' | 'locale' | 'tracking' | 'features'> & { readonly text: string };

/** Lettering to be bent, cut and woven as a figure; never an emoji, which has colours of its own. Line breaks become spaces. */
export const figureOf = (request: FigureRequest, fonts: FontSet, pointer: string): Figure => {
  const set = fields.parse({
    ...request,
    text: '',
    emoji: false,
    size: FIGURE_EM,
    align: 'left',
    direction: 'ltr',
    valign: 'bottom',
    edge: 'cap',
  });
  // The engine itself tells of a text that is too long.
  const layer = { ...set, text: request.text.replace(/\s+/gu, ' ') };
  const laid = layoutText(layer, { widthMm: FIGURE_EM, heightMm: FIGURE_EM }, fonts, pointer);
  const up = [1, 0, 0, 1, 0, -FIGURE_EM] as const;
  const ink = boundsOfNodes(laid.nodes);
  return {
    glyphs: laid.nodes.flatMap(outlinesOf).map((path) => transformPath(path, up)),
    ink: ink && { ...ink, y: ink.y - FIGURE_EM },
    // Figures are scaled afterwards: how they lie in the box they were set in says nothing.
    findings: laid.findings.filter(({ code }) => code !== 'text.overflow'),
  };
};

/** The glyphs as one outline without overlaps, as a knife or a needle needs it. */
export const weldGlyphs = (glyphs: readonly Path[]): Path => (glyphs.length === 0 ? joinPaths([]) : unionPaths(glyphs, 'nonzero', 0.004));
