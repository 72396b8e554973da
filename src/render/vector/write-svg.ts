import { CLOSE, COORDS_PER_VERB, CUBIC, forEachStep, MOVE, type Path } from '../../geometry/path.ts';
import { quantizeMm } from '../../geometry/units.ts';
import { xmlText } from '../xml-text.ts';
import type { CutDrawing, CutLayer } from './cut-drawing.ts';
import { uniqueNames } from './layer-names.ts';
import { orderContours } from './order-contours.ts';

/**
 * The drawing as an SVG of true size: width and height in mm, one user unit a millimetre, a group with an id for each layer, a path for
 * each piece with its inner contours first. Plain shapes and attributes only: no styles, transforms, references or names of one editor.
 */
export const writeSvg = (drawing: CutDrawing): Uint8Array => {
  const { title, widthMm, heightMm, layers } = drawing;
  const [width, height] = [quantizeMm(widthMm), quantizeMm(heightMm)];
  const ids = uniqueNames(layers.map(({ name }) => idOf(name)));
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">`,
    `<title>${xmlText(title)}</title>`,
    ...layers.flatMap((layer, i) => groupOf(layer, ids[i] ?? '', heightMm)),
    '</svg>\n',
  ].join('\n');
  return new TextEncoder().encode(text);
};

const groupOf = (layer: CutLayer, id: string, heightMm: number): readonly string[] => {
  const { colour, work, lineWidthMm, name } = layer;
  const paint =
    work === 'fill' ? `fill="${colour}" stroke="none"` : `fill="none" stroke="${colour}" stroke-width="${quantizeMm(lineWidthMm)}"`;
  const title = id === name ? [] : [`<title>${xmlText(name)}</title>`];
  return [`<g id="${id}" ${paint}>`, ...title, ...(work === 'fill' ? fillsOf(layer, heightMm) : linesOf(layer, heightMm)), '</g>'];
};

/** Areas stay whole paths: which contours are holes is the fill rule's to say. */
const fillsOf = ({ paths }: CutLayer, heightMm: number): readonly string[] =>
  paths.flatMap(({ path, fillRule }) => {
    const ordered = orderContours([path], { x: 0, y: heightMm }).flat();
    return ordered.length === 0 ? [] : [`<path fill-rule="${fillRule}" d="${ordered.map((one) => dataOf(one.path)).join('')}"/>`];
  });

const linesOf = ({ paths }: CutLayer, heightMm: number): readonly string[] =>
  orderContours(
    paths.map(({ path }) => path),
    { x: 0, y: heightMm },
  ).map((group) => `<path d="${group.map((one) => dataOf(one.path)).join('')}"/>`);

const dataOf = (path: Path): string => {
  let data = '';
  forEachStep(path, (verb, at) => {
    if (verb === CLOSE) data += 'Z';
    else data += (verb === MOVE ? 'M' : verb === CUBIC ? 'C' : 'L') + numbers(path.coords.subarray(at, at + (COORDS_PER_VERB[verb] ?? 0)));
  });
  return data;
};

const numbers = (coords: Float64Array): string => Array.from(coords, quantizeMm).join(' ');

/** What an XML id may be: a letter first, then letters, digits, hyphens and underscores. */
const idOf = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9_-]+/g, '_');
  return /^[A-Za-z_]/.test(plain) ? plain : `L${plain}`;
};
