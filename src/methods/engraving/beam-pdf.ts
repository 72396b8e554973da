import { BLACK, colourFromHex } from '../../colour/colour.ts';
import type { PdfDocument } from '../../render/pdf/document.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import type { CutDrawing, CutLayer } from '../../render/vector/cut-drawing.ts';
import type { PathNode } from '../../scene/scene.ts';
import { sheetScene } from '../../scene/sheet-scene.ts';

/** The drawing as a PDF of its size in screen colours, a layer each: laser drivers tell operations by colour and line width. */
export const beamPdf = (drawing: CutDrawing, date: string): PdfDocument => {
  const { widthMm, heightMm, layers } = drawing;
  const scene = sheetScene([], widthMm, heightMm);
  return {
    pages: [
      {
        scene,
        boxes: pageBoxes(scene.area, 0),
        marks: null,
        mirror: false,
        over: layers.map((layer) => ({ layer: layer.name, nodes: nodesOf(layer) })),
      },
    ],
    colour: { mode: 'rgb' },
    title: drawing.title,
    date,
    creator: 'Platen',
    layers: layers.map(({ name }) => ({ name, processingStep: null })),
  };
};

const nodesOf = ({ paths, colour, work, lineWidthMm }: CutLayer): readonly PathNode[] => {
  const paint = { kind: 'solid', colour: colourFromHex(colour) ?? BLACK } as const;
  return paths.map(({ path, fillRule }) => ({
    kind: 'path',
    pointer: '',
    path,
    fillRule,
    fill: work === 'fill' ? paint : null,
    stroke: work === 'line' ? { paint, widthMm: lineWidthMm, cap: 'butt', join: 'miter', miterLimit: 4 } : null,
  }));
};
