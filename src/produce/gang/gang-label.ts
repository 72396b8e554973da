import { BLACK } from '../../colour/colour.ts';
import { type Affine, multiply, scaling, translation } from '../../geometry/affine.ts';
import { type Path, transformPath } from '../../geometry/path.ts';
import type { Lettering } from '../../render/lettering.ts';
import { encodeCode } from '../../scene/code-matrix.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { transformNode } from '../../scene/transform.ts';
import type { GangPlace } from './gang-sheet.ts';

/** How labels stand under pieces, mm. */
const CLEAR_MM = 1;
const TEXT_MM = 2.4;
/** Modules of about 0.27 mm for a short reference: readers want 0.25. */
const CODE_MM = 9;

/** Height of the strip that labels need, and its least width. */
export const labelSize = ({ labels, codes }: { readonly labels: boolean; readonly codes: boolean }) => ({
  labelMm: codes ? CODE_MM + CLEAR_MM : labels ? TEXT_MM + 2 * CLEAR_MM : 0,
  labelWidthMm: codes ? 36 : 25,
});

export type GangLabel = {
  readonly text: string;
  /** What the code says; null for none. */
  readonly code: string | null;
};

/** From millimetres of a block as it is read to millimetres of the sheet. */
export const blockMap = ({ block, rotated }: GangPlace): Affine =>
  rotated ? [0, 1, -1, 0, block.x + block.width, block.y] : translation(block.x, block.y);

/** The label below a piece: a line of text, with a code before it if one is wanted. */
export const labelNodes = (place: GangPlace, { text, code }: GangLabel, lettering: Lettering): readonly SceneNode[] => {
  const [width, top] = place.rotated ? [place.block.height, place.art.width] : [place.block.width, place.art.height];
  const from = code === null ? 0 : CODE_MM + CLEAR_MM;
  const down = top + CLEAR_MM + (code === null ? 0 : (CODE_MM - TEXT_MM) / 2);
  const line = lettering(text, width - from, TEXT_MM).map((node) => transformNode(node, translation(from, down)));
  const nodes = code === null ? line : [codeNode(code, top + CLEAR_MM), ...line];
  const map = blockMap(place);
  return nodes.map((node) => transformNode(node, map));
};

const codeNode = (value: string, top: number): SceneNode => {
  const matrix = encodeCode({ symbology: 'qr', value, level: 'M' }, '');
  const [quiet] = matrix.quiet;
  const module = CODE_MM / (matrix.width + 2 * quiet);
  const map = multiply(translation(quiet * module, top + quiet * module), scaling(module));
  const fill = { kind: 'solid', colour: BLACK } as const;
  return { kind: 'path', pointer: '', path: transformPath(matrix.path, map), fillRule: 'evenodd', fill, stroke: null };
};

/** Of cut marks, mm: a hairline that cutters and eyes still find. */
const MARK_LINE_MM = 0.2;

export const markNode = (path: Path): SceneNode => ({
  kind: 'path',
  pointer: '',
  path,
  fillRule: 'nonzero',
  fill: null,
  stroke: { paint: { kind: 'solid', colour: BLACK }, widthMm: MARK_LINE_MM, cap: 'butt', join: 'miter', miterLimit: 4 },
});
