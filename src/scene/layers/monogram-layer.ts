import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { flattenPath } from '../../geometry/flatten.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import { centreOf, inflate, type Point, type Rect, rectOf, unionOf } from '../../geometry/point.ts';
import { ellipsePath, heartPath, polygonPath } from '../../geometry/shapes.ts';
import type { ColourInput } from '../../model/paint.ts';
import type { MonogramFields } from '../../model/special-layers.ts';
import type { SceneNode } from '../scene.ts';
import { discLetters } from '../special/disc-letters.ts';
import { filled } from '../special/draw.ts';
import { bareFrame, type Frame, frameIn, vinesAround } from '../special/monogram-frames.ts';
import { type Letter, monogramLetters, sized } from '../special/monogram-letters.ts';
import { weave } from '../special/weave.ts';
import type { ComposeContext, Composed } from './context.ts';

/** An outline in the units of the block, before it is fitted into its frame. */
type Piece = { readonly path: Path; readonly paint: 'fill' | 'emphasis' | 'accent' };

const DISC_RADIUS = 50;
/** Size of a separator, and of the two small letters beside a large one, in heights of a letter. */
const SEPARATOR = 0.15;

/** Initials arranged in one of the classic ways, with a frame or without. */
export const composeMonogram = (layer: MonogramFields, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const { letters, findings } = monogramLetters(layer, context.fonts, pointer);
  const colours: Record<Piece['paint'], ColourInput> = {
    fill: layer.fill,
    emphasis: layer.emphasis ?? layer.fill,
    accent: layer.accent ?? layer.fill,
  };
  const frame = layer.frame === 'none' ? bareFrame(box) : frameIn(layer.frame, box, layer);
  const drawn = frame.paths.map((path): SceneNode => filled(path, colours.accent, `${pointer}/frame`));
  if (letters.length === 0) return { nodes: drawn, findings };
  const map = fitted(withVines(arranged(letters, layer), layer), frame);
  return { nodes: [...drawn, ...map.map(({ path, paint }) => filled(path, colours[paint], `${pointer}/letters`))], findings };
};

const arranged = (letters: readonly Letter[], layer: MonogramFields): readonly Piece[] => {
  switch (layer.style) {
    case 'circle':
      return inDisc(letters, layer);
    case 'interlocking':
      return interlocked(letters, layer);
    case 'stacked':
      return stacked(letters, layer);
    case 'single':
    case 'two':
      return inRow(letters, layer, 1);
    case 'three':
      return inRow(letters, layer, letters.length === 3 ? layer.middle : 1);
  }
};

/** Moves a letter so that its ink begins at `x` and the middle of what it stands by is at `y`. */
const placed = ({ path, ink, stand }: Letter, x: number, y: number): Path =>
  transformPath(path, translation(x - ink.x, y - (stand.y + stand.height / 2)));

const separatorPath = (kind: MonogramFields['separator'], box: Rect): Path | null => {
  switch (kind) {
    case 'none':
      return null;
    case 'dot':
      return ellipsePath(box);
    case 'diamond':
      return polygonPath(inflate(box, box.width * 0.12), 4);
    case 'heart':
      return heartPath(inflate(box, box.width * 0.12));
  }
};

/** Side by side, spaced by ink; the second of three may be larger. */
const inRow = (letters: readonly Letter[], layer: MonogramFields, middle: number): readonly Piece[] => {
  const set = letters.map((letter, i) => (i === 1 ? sized(letter, middle) : letter));
  const height = set[0]?.stand.height ?? 1;
  const gap = layer.gap * height * (layer.style === 'two' ? 1.6 : 1);
  const mark = SEPARATOR * height;
  const pieces: Piece[] = [];
  let x = 0;
  set.forEach((letter, i) => {
    if (i > 0) {
      const separator = separatorPath(layer.separator, rectOf(x + gap, -mark / 2, mark, mark));
      if (separator) pieces.push({ path: separator, paint: 'accent' });
      x += gap + (separator ? mark + gap : 0);
    }
    pieces.push({ path: placed(letter, x, 0), paint: i === 1 && middle !== 1 ? 'emphasis' : 'fill' });
    x += letter.ink.width;
  });
  return pieces;
};

const inDisc = (letters: readonly Letter[], layer: MonogramFields): readonly Piece[] =>
  // A letter alone keeps its shape: bent on all sides, it would be another letter.
  letters.length === 1
    ? inRow(letters, layer, 1)
    : discLetters(letters, DISC_RADIUS, layer.gap * DISC_RADIUS).map((path, i) => ({
        path,
        paint: i === 1 && letters.length === 3 ? 'emphasis' : 'fill',
      }));

/** Letters over one another, each a step to the right; of two, the second also a step down. */
const interlocked = (letters: readonly Letter[], layer: MonogramFields): readonly Piece[] => {
  const three = letters.length === 3;
  const set = letters.map((letter, i) => (three && i === 1 ? sized(letter, 1.3) : letter));
  const height = set[0]?.stand.height ?? 1;
  const step = three ? 0.62 : 0.52;
  let x = 0;
  const figures = set.map((letter, i) => {
    const before = set[i - 1];
    if (before) x += ((before.ink.width + letter.ink.width) / 2) * step - (letter.ink.width - before.ink.width) / 2;
    const y = three ? 0 : (i - 0.5) * height * 0.26;
    return placed(letter, x, y);
  });
  const woven = weave(figures, Math.max(layer.gap * height * 0.55, height * 0.008));
  return woven.map((path, i) => ({ path, paint: i === 1 && (three || layer.emphasis !== undefined) ? 'emphasis' : 'fill' }));
};

/** The first two over one another, as high together as the third beside them. */
const stacked = (letters: readonly Letter[], layer: MonogramFields): readonly Piece[] => {
  const [first, second, third] = letters;
  if (!first || !second) return inRow(letters, layer, 1);
  const height = first.stand.height;
  const gap = Math.max(layer.gap, 0.04) * height * 1.4;
  const wide = Math.max(first.ink.width, second.ink.width);
  const centred = (letter: Letter, y: number): Path => placed(letter, (wide - letter.ink.width) / 2, y);
  const column: readonly Piece[] = [
    { path: centred(first, -(height + gap) / 2), paint: 'fill' },
    { path: centred(second, (height + gap) / 2), paint: 'fill' },
  ];
  const mark = SEPARATOR * height;
  if (!third) return column;
  const large = sized(third, (2 * height + gap) / third.stand.height);
  const separator = separatorPath(layer.separator, rectOf(wide + gap, -mark / 2, mark, mark));
  const x = wide + gap + (separator ? mark + gap : 0);
  return [
    ...column,
    ...(separator ? [{ path: separator, paint: 'accent' } as const] : []),
    { path: placed(large, x, 0), paint: 'emphasis' },
  ];
};

const boundsOf = (pieces: readonly Piece[]): Rect | null =>
  pieces.reduce<Rect | null>((box, { path }) => unionOf(box, boundsOfPath(path)), null);

const withVines = (pieces: readonly Piece[], layer: MonogramFields): readonly Piece[] => {
  const block = boundsOf(pieces);
  if (!layer.vines || !block) return pieces;
  return [{ path: vinesAround(block, block.height * (layer.gap + 0.06)), paint: 'accent' }, ...pieces];
};

/** The block in the middle of the room of its frame, as large as that takes. */
const fitted = (pieces: readonly Piece[], frame: Frame): readonly Piece[] => {
  const block = boundsOf(pieces);
  if (!block) return [];
  const middle = centreOf(block);
  const points = pieces.flatMap(({ path }) => pointsOf(path, block.height / 400)).map(({ x, y }) => ({ x: x - middle.x, y: y - middle.y }));
  const fits = (scale: number): boolean => points.every(({ x, y }) => frame.reach(x * scale, y * scale) <= 1);
  // Where a point reaches k at scale 1, 1 / k is about right; a room that is no cone needs a few steps more.
  let [low, high] = [0, 2 / points.reduce((most, { x, y }) => Math.max(most, frame.reach(x, y)), 1e-9)];
  for (let i = 0; i < 24; i += 1) {
    const scale = (low + high) / 2;
    if (fits(scale)) low = scale;
    else high = scale;
  }
  const map = multiply(translation(frame.centre.x, frame.centre.y), scaling(low), translation(-middle.x, -middle.y));
  return pieces.map(({ path, paint }) => ({ path: transformPath(path, map), paint }));
};

const pointsOf = (path: Path, toleranceMm: number): readonly Point[] =>
  flattenPath(path, toleranceMm).flatMap(({ points }) =>
    Array.from({ length: points.length / 2 }, (_, i) => ({ x: points[2 * i] ?? 0, y: points[2 * i + 1] ?? 0 })),
  );
