import { transformPath } from '../../dist/geometry/path.js';

const LETTERS = ['M', 'L', 'C', 'Z'];
const COORDS = [2, 2, 6, 0];

/** SVG path data of an outline, every number finite, three decimals. */
export const pathData = ({ verbs, coords }) => {
  const out = [];
  let at = 0;
  for (const verb of verbs) {
    const end = at + COORDS[verb];
    const numbers = Array.from(coords.subarray(at, end), (value) => Math.round(value * 1000) / 1000);
    if (!numbers.every(Number.isFinite)) throw new Error('expected finite numbers in path data');
    out.push(LETTERS[verb] + numbers.join(' '));
    at = end;
  }
  return out.join('');
};

const hexOf = ({ colour }) => {
  const { r, g, b } = colour.space === 'spot' ? colour.alternate : colour;
  return `#${[r, g, b]
    .map((value) =>
      Math.round(value * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
};

/** Fills as path data in the units of `map`: one entry for each path, one for each line of glyphs. */
export const fillsOf = (nodes, map) =>
  nodes.flatMap((node) => {
    if (node.kind === 'path') return [{ data: pathData(transformPath(node.path, map)), fill: hexOf(node.fill) }];
    if (node.kind !== 'glyphs') return [];
    const glyphs = node.glyphs.map(({ outline, at }) => pathData(transformPath(transformPath(outline, at), map)));
    return [{ data: glyphs.join(''), fill: hexOf(node.fill) }];
  });
