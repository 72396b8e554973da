import { type Path, PathBuilder, rectPath } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import { ellipsePath, heartPath, starPath } from '../../geometry/shapes.ts';
import type { CoordinatesFields } from '../../model/special-layers.ts';
import type { FontChoice, TextFieldsInput } from '../../model/text-layer.ts';
import { coordinateTexts } from '../special/coordinate-text.ts';
import { filled } from '../special/draw.ts';
import { setText } from '../special/set-text.ts';
import type { FontSet } from '../text/font-set.ts';
import { type ComposeContext, type Composed, joinComposed } from './context.ts';

/** A row of the block: how high it is and how far from the one above, in parts that share the box. */
type Part = { readonly height: number; readonly before: number; readonly compose: (box: Rect) => Composed };

const fontsOf = (font: CoordinatesFields['font']): readonly FontChoice[] => (Array.isArray(font) ? font : [font as FontChoice]);

/** Whether a font of the list has the sign; fonts without primes take the apostrophe and the quotation mark instead. */
const hasSign = (sign: string, font: CoordinatesFields['font'], fonts: FontSet): boolean =>
  fontsOf(font).some((one) => fonts.font(one, {})?.has(sign.codePointAt(0) ?? 0) === true);

const marksOf = ({ font }: CoordinatesFields, fonts: FontSet) => ({
  minute: hasSign('′', font, fonts) ? '′' : '’',
  second: hasSign('″', font, fonts) ? '″' : '”',
});

/** A place on the earth without a map: name, latitude and longitude, a day; stacked in the middle of the box. */
export const composeCoordinates = (layer: CoordinatesFields, box: Rect, pointer: string, { fonts }: ComposeContext): Composed => {
  const [latitude, longitude] = coordinateTexts(layer, marksOf(layer, fonts));
  const row =
    (text: TextFieldsInput, at: string) =>
    (place: Rect): Composed =>
      setText(text, place, fonts, `${pointer}/${at}`);
  const { fill, font, accent = fill } = layer;
  const two = layer.lines === 'two';
  const figuresHigh = two ? 1.9 : 0.8;
  const figures = { text: two ? `${latitude}\n${longitude}` : `${latitude}   ${longitude}`, font, fill, tracking: 60, leading: 1.15 };
  const parts: readonly Part[] = [
    ...(layer.place === ''
      ? []
      : [{ height: 1.5, before: 0, compose: row({ text: layer.place, font: layer.placeFont ?? font, fill, tracking: 40 }, 'place') }]),
    ...(layer.ornament === 'none'
      ? []
      : [{ ...ORNAMENT_ROOM[layer.ornament], compose: ornament(layer.ornament, accent, `${pointer}/ornament`) }]),
    { height: figuresHigh, before: 0.5, compose: row(figures, 'latitude') },
    ...(layer.date === ''
      ? []
      : [{ height: 0.62, before: 0.5, compose: row({ text: layer.date, font, fill: accent, tracking: 60 }, 'date') }]),
  ];
  const [first, ...others] = parts;
  const total = (first?.height ?? 0) + others.reduce((sum, { height, before }) => sum + height + before, 0);
  const unit = (box.height / total) * slimness(figures, rectOf(0, 0, box.width, (box.height / total) * figuresHigh), fonts);
  let y = box.y + (box.height - total * unit) / 2;
  return joinComposed(
    parts.map(({ height, before, compose }, i) => {
      y += i === 0 ? 0 : before * unit;
      const place = rectOf(box.x, y, box.width, height * unit);
      y += height * unit;
      return compose(place);
    }),
  );
};

/** Figures that are limited by the width take the rest of the block along, or the name would shout over them. */
const slimness = (figures: TextFieldsInput, box: Rect, fonts: FontSet): number => {
  const { ink } = setText(figures, box, fonts, '');
  return ink ? Math.max(0.45, Math.min(1, (ink.height / box.height) * 1.05) ** 0.7) : 1;
};

type Ornament = Exclude<CoordinatesFields['ornament'], 'none'>;

const ORNAMENT_ROOM: Record<Ornament, Pick<Part, 'height' | 'before'>> = {
  rule: { height: 0.06, before: 0.5 },
  heart: { height: 0.5, before: 0.45 },
  pin: { height: 0.8, before: 0.4 },
  compass: { height: 1, before: 0.4 },
};

const ornament =
  (kind: Ornament, colour: CoordinatesFields['fill'], pointer: string) =>
  ({ x, y, width, height }: Rect): Composed => {
    const middle = x + width / 2;
    const square = rectOf(middle - height / 2, y, height, height);
    const bar = rectOf(x + width * 0.36, y, width * 0.28, height);
    const path = {
      rule: () => rectPath(bar),
      heart: () => heartPath(square),
      pin: () => pinPath(square),
      compass: () => compassPath(square),
    }[kind]();
    return { nodes: [filled(path, colour, pointer)], findings: [] };
  };

/** A drop that stands on its tip, with a hole. */
const pinPath = ({ x, y, width, height }: Rect): Path => {
  const [cx, r] = [x + width / 2, height * 0.36];
  const [top, k] = [y, 0.5523 * height * 0.36];
  const drop = new PathBuilder()
    .moveTo(cx, y + height)
    .cubicTo(cx - r * 0.35, y + height * 0.78, cx - r, top + r * 1.75, cx - r, top + r)
    .cubicTo(cx - r, top + r - k, cx - k, top, cx, top)
    .cubicTo(cx + k, top, cx + r, top + r - k, cx + r, top + r)
    .cubicTo(cx + r, top + r * 1.75, cx + r * 0.35, y + height * 0.78, cx, y + height)
    .close()
    .finish();
  const hole = r * 0.42;
  return subtractPaths(drop, ellipsePath(rectOf(cx - hole, top + r - hole, hole * 2, hole * 2)));
};

/** A wind rose: four long points over a ring. */
const compassPath = (box: Rect): Path => {
  const ring = (share: number): Path => {
    const size = box.width * share;
    return ellipsePath(rectOf(box.x + (box.width - size) / 2, box.y + (box.height - size) / 2, size, size));
  };
  // United, so that no sliver is left between ring and points.
  return unionPaths([subtractPaths(ring(0.68), ring(0.58)), starPath(box, 4, 0.22)]);
};
