import type { Polyline } from '../../geometry/flatten.ts';
import type { CutDrawing, CutLayer } from './cut-drawing.ts';
import { indexedColour } from './drawing-colour.ts';
import { endOf, layerLines } from './layer-lines.ts';
import { uniqueNames } from './layer-names.ts';

export type DxfOptions = {
  /** How far the straight pieces may stray from curves; 0.01 mm when left out. */
  readonly toleranceMm?: number;
};

/** Ten-thousandths: finer than any machine, and short to write. */
const STEPS_PER_MM = 10_000;
/** Layer names of release 12: this many of A-Z, 0-9, $, - and _. */
const LONGEST_NAME = 31;

/**
 * The drawing as an ASCII DXF of AutoCAD release 12 (AC1009), which every cutter and laser program reads: closed polylines in millimetres,
 * y up from the lower left corner, a layer each with the nearest indexed colour. The file does not name its unit: the variables for that
 * ($MEASUREMENT, $INSUNITS) came with later releases and strict readers of R12 refuse them. Choose millimetres where a program asks.
 */
export const writeDxf = (drawing: CutDrawing, { toleranceMm = 0.01 }: DxfOptions = {}): Uint8Array => {
  const { heightMm, layers } = drawing;
  const names = uniqueNames(layers.map(nameOf), LONGEST_NAME);
  let from = { x: 0, y: heightMm };
  const lines = layers.map((layer) => {
    const options = { toleranceMm, stepsPerMm: STEPS_PER_MM, heightMm, from };
    const found = layerLines(layer, options);
    from = endOf(found, options);
    return found;
  });
  const groups = [
    ...headerOf(drawing, lines.flat()),
    ...tablesOf(layers, names),
    ...['0', 'SECTION', '2', 'ENTITIES'],
    ...lines.flatMap((list, i) => list.flatMap((line) => polylineOf(line, names[i] ?? '0'))),
    ...['0', 'ENDSEC', '0', 'EOF'],
  ];
  return new TextEncoder().encode(`${groups.join('\r\n')}\r\n`);
};

/** Layer 0 exists in every file; a layer of ours must not be it. */
const nameOf = ({ name }: CutLayer): string => {
  const plain = name.toUpperCase().replace(/[^A-Z0-9$_-]+/g, '_');
  return plain === '' || plain === '0' ? 'LAYER' : plain;
};

const mm = (steps: number): string => (steps / STEPS_PER_MM).toFixed(4);

const headerOf = ({ widthMm, heightMm }: CutDrawing, lines: readonly Polyline[]): readonly string[] => {
  const sheet = { minX: 0, minY: 0, maxX: widthMm * STEPS_PER_MM, maxY: heightMm * STEPS_PER_MM };
  const extent = extentOf(lines) ?? sheet;
  return [
    ...['999', 'millimetres', '0', 'SECTION', '2', 'HEADER', '9', '$ACADVER', '1', 'AC1009'],
    ...['9', '$INSBASE', '10', '0.0', '20', '0.0', '30', '0.0'],
    ...['9', '$EXTMIN', '10', mm(extent.minX), '20', mm(extent.minY), '30', '0.0'],
    ...['9', '$EXTMAX', '10', mm(extent.maxX), '20', mm(extent.maxY), '30', '0.0'],
    ...['9', '$LIMMIN', '10', mm(sheet.minX), '20', mm(sheet.minY), '9', '$LIMMAX', '10', mm(sheet.maxX), '20', mm(sheet.maxY)],
    ...['0', 'ENDSEC'],
  ];
};

const extentOf = (lines: readonly Polyline[]) => {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of lines) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
      [minX, minY, maxX, maxY] = [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)];
    }
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : null;
};

const tablesOf = (layers: readonly CutLayer[], names: readonly string[]): readonly string[] => [
  ...['0', 'SECTION', '2', 'TABLES'],
  ...['0', 'TABLE', '2', 'LTYPE', '70', '1', '0', 'LTYPE', '2', 'CONTINUOUS', '70', '0', '3', 'Solid line', '72', '65', '73', '0'],
  ...['40', '0.0', '0', 'ENDTAB', '0', 'TABLE', '2', 'LAYER', '70', String(layers.length + 1)],
  ...layerRow('0', 7),
  ...layers.flatMap((layer, i) => layerRow(names[i] ?? '', indexedColour(layer.colour))),
  ...['0', 'ENDTAB', '0', 'ENDSEC'],
];

const layerRow = (name: string, colour: number): readonly string[] => [
  ...['0', 'LAYER', '2', name, '70', '0', '62', String(colour), '6', 'CONTINUOUS'],
];

/** Colour and line type are the layer's. */
const polylineOf = ({ points, closed }: Polyline, layer: string): readonly string[] => {
  const out = ['0', 'POLYLINE', '8', layer, '66', '1', '10', '0.0', '20', '0.0', '30', '0.0', '70', closed ? '1' : '0'];
  for (let i = 0; i + 1 < points.length; i += 2) {
    out.push('0', 'VERTEX', '8', layer, '10', mm(points[i] ?? 0), '20', mm(points[i + 1] ?? 0), '30', '0.0');
  }
  out.push('0', 'SEQEND', '8', layer);
  return out;
};
