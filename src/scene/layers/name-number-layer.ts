import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { boundsOfPath, isEmptyPath, joinPaths, type Path, transformPath } from '../../geometry/path.ts';
import { centreOf, type Rect, unionOf } from '../../geometry/point.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import type { Finding } from '../../model/finding.ts';
import type { ColourInput } from '../../model/paint.ts';
import type { NameNumberFields } from '../../model/special-layers.ts';
import type { SceneNode } from '../scene.ts';
import { archLetters } from '../special/arch-letters.ts';
import { checkJersey } from '../special/check-jersey.ts';
import { filled } from '../special/draw.ts';
import { FIGURE_EM, type Figure, figureOf, weldGlyphs } from '../special/figure.ts';
import { strokeWidth } from '../special/stroke-width.ts';
import type { ComposeContext, Composed } from './context.ts';

type Border = NameNumberFields['outlines'][number];

/** A line of lettering, drawn: the letters without borders, their box, and how much they were squeezed. */
type Block = {
  readonly path: Path;
  readonly box: Rect;
  readonly heightMm: number;
  /** Part of the natural width, 1 for all of it. */
  readonly squeeze: number;
  /** Less than 1 where even the narrowest letters were too wide, and all of them had to shrink. */
  readonly shrink: number;
  readonly dropAt: (distance: number) => number;
  readonly borders: readonly Border[];
};

/** More letters than this are no name, and would take seconds to weld and to border. */
const MAX_LETTERS = 80;

/** Name over number, as large as they were asked for; what is too wide is condensed, and told. */
export const composeNameNumber = (layer: NameNumberFields, box: Rect, pointer: string, { fonts }: ComposeContext): Composed => {
  const { font, numberFont = font } = layer;
  const capital = figureOf({ text: 'H', font }, fonts, `${pointer}/name`).ink?.height;
  const digit = figureOf({ text: '0', font: numberFont }, fonts, `${pointer}/number`).ink?.height;
  const spaced = (text: string, face: typeof font, spacing: number, high: number | undefined, at: string): Figure =>
    figureOf(
      { text: text.trim(), font: face, tracking: Math.round(Math.min(5000, Math.max(-500, spacing * (high ?? 70) * (1000 / FIGURE_EM)))) },
      fonts,
      `${pointer}/${at}`,
    );
  const name = spaced(layer.name, font, layer.letterSpacing, capital, 'name');
  const number = spaced(layer.number, numberFont, layer.digitSpacing, digit, 'number');
  const nameBlock = blockOf(name, {
    heightMm: layer.nameHeight,
    naturalHeight: capital ?? name.ink?.height ?? 1,
    bold: layer.embolden.name,
    borders: layer.nameOutlines,
    widthMm: box.width,
    arch: layer.arch,
    layer,
  });
  const numberBlock = blockOf(number, {
    heightMm: layer.numberHeight,
    naturalHeight: number.ink?.height ?? 1,
    bold: layer.embolden.number,
    borders: layer.outlines,
    widthMm: box.width,
    arch: undefined,
    layer,
  });
  const placed = stack(nameBlock, numberBlock, layer, box);
  const measures = {
    nameHeightMm: nameBlock?.heightMm ?? null,
    numberHeightMm: numberBlock?.heightMm ?? null,
    strokeMm: numberBlock && layer.rules !== 'none' ? strokeWidth(numberBlock.path) : null,
    gapMm: nameBlock && numberBlock ? layer.gap : null,
  };
  return {
    nodes: [
      ...bordered(placed.name, layer.nameFill ?? layer.fill, `${pointer}/nameOutlines`, `${pointer}/name`),
      ...bordered(placed.number, layer.fill, `${pointer}/outlines`, `${pointer}/number`),
    ],
    findings: [
      ...name.findings,
      ...number.findings,
      ...tooMany(name, 'name', pointer),
      ...tooMany(number, 'number', pointer),
      ...squeezed(nameBlock, layer, 'name', pointer),
      ...squeezed(numberBlock, layer, 'number', pointer),
      ...tooHigh(placed, box, pointer),
      ...checkJersey(layer, measures, pointer),
    ],
  };
};

type BlockRequest = {
  readonly heightMm: number;
  /** Of the capitals or digits in the figure. */
  readonly naturalHeight: number;
  readonly bold: number;
  readonly borders: readonly Border[];
  readonly widthMm: number;
  readonly arch: NameNumberFields['arch'];
  readonly layer: NameNumberFields;
};

const borderWidth = (borders: readonly Border[]): number => borders.reduce((sum, { width }) => sum + width, 0);

/** The figure at its height, squeezed until it fits the width: to the limit first, then smaller altogether. */
const blockOf = (figure: Figure, request: BlockRequest): Block | null => {
  const { ink } = figure;
  if (!ink || ink.width <= 0 || figure.glyphs.length > MAX_LETTERS) return null;
  const limit = request.layer.condense / 100;
  const room = Math.max(request.widthMm - 2 * borderWidth(request.borders), 1);
  const set = (squeeze: number, shrink: number): SetBlock => setBlock(figure, ink, request, squeeze, shrink);
  let [squeeze, shrink] = [1, 1];
  let block = set(squeeze, shrink);
  // An arch makes a block wider than its letters are: a few rounds settle it.
  for (let round = 0; round < 6 && block.widthMm > room + 0.01; round += 1) {
    const wanted = (squeeze * shrink * room) / block.widthMm;
    [squeeze, shrink] = wanted / shrink >= limit && shrink === 1 ? [wanted, 1] : [limit, Math.min(1, wanted / limit)];
    block = set(squeeze, shrink);
  }
  return drawBlock(block, request, squeeze, shrink);
};

/** Letters in their places, not yet welded. */
type SetBlock = { readonly glyphs: readonly Path[]; readonly widthMm: number; readonly bold: number; readonly dropAt: Block['dropAt'] };

const setBlock = (
  figure: Figure,
  ink: Rect,
  { heightMm, naturalHeight, bold: wanted, arch, layer }: BlockRequest,
  squeeze: number,
  shrink: number,
): SetBlock => {
  const height = Math.max(heightMm * shrink, 0.01);
  const bold = Math.min(wanted * shrink, height / 4);
  const scale = (height - 2 * bold) / naturalHeight;
  const map = scaling(scale * squeeze, scale);
  const flat = figure.glyphs.map((path) => transformPath(path, map));
  const flatInk = { x: ink.x * scale * squeeze, y: ink.y * scale, width: ink.width * scale * squeeze, height: ink.height * scale };
  const { glyphs, dropAt } = archLetters(flat, flatInk, arch, layer.name);
  const box = glyphs.reduce<Rect | null>((all, path) => unionOf(all, boundsOfPath(path)), null);
  return { glyphs, widthMm: (box?.width ?? 0) + 2 * bold, bold, dropAt };
};

const drawBlock = (
  { glyphs, bold, dropAt }: SetBlock,
  { heightMm, borders }: BlockRequest,
  squeeze: number,
  shrink: number,
): Block | null => {
  const welded = weldGlyphs(glyphs);
  const path = bold > 0 ? offsetPath(welded, bold, 'miter') : welded;
  const box = boundsOfPath(path);
  return box && !isEmptyPath(path) ? { path, box, heightMm: Math.max(heightMm * shrink, 0.01), squeeze, shrink, dropAt, borders } : null;
};

type Placed = { readonly name: Block | null; readonly number: Block | null; readonly box: Rect | null };

const moved = (block: Block, dx: number, dy: number): Block => ({
  ...block,
  path: transformPath(block.path, multiply(translation(dx, dy))),
  box: { ...block.box, x: block.box.x + dx, y: block.box.y + dy },
});

const withBorders = ({ box, borders }: Block): Rect => {
  const by = borderWidth(borders);
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
};

/** One above the other in the middle of the box. The number rises into an arch as far as its own width lets it. */
const stack = (name: Block | null, number: Block | null, { gap }: NameNumberFields, box: Rect): Placed => {
  const { x: middle } = centreOf(box);
  const centred = (block: Block, top: number): Block => moved(block, middle - centreOf(block.box).x, top - block.box.y);
  const topName = name && centred(name, 0);
  // The baseline of the middle letter was y = 0 before the block was moved.
  const baseline = name ? -name.box.y : 0;
  const below = name && number ? baseline + name.dropAt(number.box.width / 2) + gap : 0;
  const topNumber = number && centred(number, below);
  const all = unionOf(topName && withBorders(topName), topNumber && withBorders(topNumber));
  if (!all) return { name: null, number: null, box: null };
  const dy = centreOf(box).y - centreOf(all).y;
  return { name: topName && moved(topName, 0, dy), number: topNumber && moved(topNumber, 0, dy), box: { ...all, y: all.y + dy } };
};

/** Borders below the letters, the widest first, each a full figure, so that no gap can open between two films. */
const bordered = (block: Block | null, fill: ColourInput, borders: string, letters: string): readonly SceneNode[] => {
  if (!block) return [];
  let width = 0;
  const under = block.borders.map((border, i): SceneNode => {
    width += border.width;
    return filled(offsetPath(block.path, width, 'miter'), border.colour, `${borders}/${i}`);
  });
  return [...under.reverse(), filled(joinPaths([block.path]), fill, letters)];
};

const tooMany = ({ glyphs }: Figure, what: 'name' | 'number', pointer: string): readonly Finding[] =>
  glyphs.length <= MAX_LETTERS
    ? []
    : [
        {
          severity: 'error',
          code: 'text.too-complex',
          pointer: `${pointer}/${what}`,
          message: `expected at most ${MAX_LETTERS} letters in a ${what} on a shirt, got ${glyphs.length}`,
          hint: 'shorten it',
          measured: glyphs.length,
          required: MAX_LETTERS,
        },
      ];

const percent = (part: number): number => Math.round(part * 100);

const squeezed = (block: Block | null, { condense }: NameNumberFields, what: 'name' | 'number', pointer: string): readonly Finding[] => {
  if (!block || block.squeeze > 0.999) return [];
  const at = `${pointer}/${what}`;
  if (block.shrink > 0.999) {
    return [
      {
        severity: 'info',
        code: 'jersey.condensed',
        pointer: at,
        message: `The ${what} was condensed to ${percent(block.squeeze)} % of its width to fit.`,
        measured: percent(block.squeeze),
        required: condense,
        unit: '%',
      },
    ];
  }
  return [
    {
      severity: 'error',
      code: 'jersey.too-wide',
      pointer: at,
      message: `The ${what} would need ${percent(block.squeeze * block.shrink)} % of its width to fit at its height; ${condense} % is the limit. It was made smaller.`,
      hint: 'Shorten it, make its letters lower or allow more condensing.',
      measured: percent(block.squeeze * block.shrink),
      required: condense,
      unit: '%',
    },
  ];
};

const tooHigh = ({ box: block }: Placed, box: Rect, pointer: string): readonly Finding[] => {
  if (!block || block.height <= box.height + 0.01) return [];
  return [
    {
      severity: 'error',
      code: 'jersey.too-high',
      pointer,
      message: `Name and number are ${Math.round(block.height)} mm high together; their box is ${Math.round(box.height)} mm.`,
      hint: 'Make the number or the name lower, their gap smaller or the box larger.',
      measured: Math.round(block.height),
      required: Math.round(box.height),
      unit: 'mm',
    },
  ];
};
