import { makeRuler, type Ruler } from '../../geometry/measure.ts';
import { COORDS_PER_VERB, MOVE, type Path } from '../../geometry/path.ts';
import { pathFromSvg } from '../../geometry/path-text.ts';
import type { Point, Rect } from '../../geometry/point.ts';
import { Problem } from '../../model/problem.ts';
import type { TextFields, TextPlacement } from '../../model/text-layer.ts';
import { bottomCircle, topCircle } from './curve.ts';
import { insideEffects } from './effect-reach.ts';
import { envelopeMap } from './envelope.ts';
import { lineMetrics } from './line-metrics.ts';
import { type CurveBelow, type CurveStart, placeOnCurve, startAboutMiddle, startBy } from './place-on-curve.ts';
import { type BoxSize, type Placement, placeStraight, SIDE_FACTOR, VALIGN_FACTOR } from './place-straight.ts';
import { placeVertical } from './place-vertical.ts';
import { bendBy, inkOf, movePlaced } from './placed-text.ts';
import { rulerCurve, wavePath } from './ruler-curve.ts';
import type { Line } from './shape-line.ts';

/** Text at its final places. `room` is what the advances and metrics had to fit into; an infinite side is not limited. */
export type PlacedLayout = Placement & { readonly ink: () => Rect | null; readonly room: BoxSize };

const UNLIMITED = Number.POSITIVE_INFINITY;

type PlaceContext = { readonly lines: readonly Line[]; readonly sizeMm: number; readonly layer: TextFields; readonly box: BoxSize };

/** Measures ink only when somebody asks, and once: of text far too long, nobody does. */
const finish = (placement: Placement, room: BoxSize): PlacedLayout => {
  let ink: Rect | null | undefined;
  const measure = (): Rect | null => {
    if (ink === undefined) ink = inkOf(placement.runs);
    return ink;
  };
  return { ...placement, ink: measure, room };
};

const capOf = ({ lines, sizeMm }: PlaceContext): { capMm: number; descentMm: number } => {
  const [first] = lines;
  return first === undefined ? { capMm: 0, descentMm: 0 } : lineMetrics(first, sizeMm);
};

/** A circle is full before its end meets its beginning. */
const FULL_CIRCLE = 0.97 * 2 * Math.PI;

/** Further lines stand on circles of their own, further in at the top and further out at the bottom, so that none is squeezed. */
const ringsBelow =
  (centre: Point, radius: number, capMm: number, side: 'top' | 'bottom'): CurveBelow =>
  (dropMm) =>
    side === 'top' ? topCircle(centre, Math.max(capMm / 2, radius - dropMm), capMm) : bottomCircle(centre, radius + dropMm, capMm);

type ArcPlacement = Extract<TextPlacement, { kind: 'arc' }>;

/** The radius letters stand on, or hang from: from the sag over the width of the box, or as given. */
const arcRadius = ({ radius, sag }: ArcPlacement, box: BoxSize): number => {
  if (radius !== undefined) return radius;
  const rise = sag ?? box.heightMm / 4;
  return (box.widthMm ** 2 / 4 + rise ** 2) / (2 * rise);
};

const placeArc = (context: PlaceContext, arc: ArcPlacement): PlacedLayout => {
  const { lines, sizeMm, layer, box } = context;
  const { capMm } = capOf(context);
  const radius = arcRadius(arc, box);
  const middle = radius + capMm / 2;
  const chord = 2 * middle * Math.asin(Math.min(1, box.widthMm / 2 / middle));
  const length = FULL_CIRCLE * middle;
  const rings = ringsBelow({ x: box.widthMm / 2, y: 0 }, radius, capMm, arc.side);
  const placement = placeOnCurve(lines, sizeMm, layer, rings, startAboutMiddle(chord), arc.bend);
  const placed = finish(placement, { widthMm: length, heightMm: UNLIMITED });
  const ink = placement.widthMm > length ? null : placed.ink();
  if (ink === null) return placed;
  // The arc is as high as its ink: only that can be lined up with the box.
  const dy = (box.heightMm - ink.height) * VALIGN_FACTOR[layer.valign] - ink.y;
  return { ...placed, runs: movePlaced(placement.runs, 0, dy), ink: () => ({ ...ink, y: ink.y + dy }) };
};

const placeCircle = (context: PlaceContext, ring: Extract<TextPlacement, { kind: 'circle' }>): PlacedLayout => {
  const { lines, sizeMm, layer, box } = context;
  const { capMm, descentMm } = capOf(context);
  const largest = Math.min(box.widthMm, box.heightMm) / 2 - capMm - descentMm;
  const radius = ring.radius ?? Math.max(capMm / 2, largest);
  const centre = { x: box.widthMm / 2, y: box.heightMm / 2 };
  const length = FULL_CIRCLE * (radius + capMm / 2);
  const rings = ringsBelow(centre, radius, capMm, ring.side);
  const turn = ((ring.angle * Math.PI) / 180) * (radius + capMm / 2) * (ring.side === 'top' ? 1 : -1);
  const about = startAboutMiddle(0);
  const start: CurveStart = (width, side) => about(width, side) + turn;
  return finish(placeOnCurve(lines, sizeMm, layer, rings, start, ring.bend), { widthMm: length, heightMm: UNLIMITED });
};

const firstSubPath = (path: Path): Path => {
  const next = path.verbs.indexOf(MOVE, 1);
  if (next < 0) return path;
  const verbs = path.verbs.subarray(0, next);
  const coords = verbs.reduce((sum, verb) => sum + (COORDS_PER_VERB[verb] ?? 0), 0);
  return { verbs: verbs.slice(), coords: path.coords.slice(0, coords) };
};

/** Throws Problem `text.path-invalid` when the path data cannot carry text. */
const placeOnPath = (
  { lines, sizeMm, layer }: PlaceContext,
  { d, along, offset, bend }: Extract<TextPlacement, { kind: 'path' }>,
): PlacedLayout => {
  let ruler: Ruler;
  try {
    ruler = makeRuler(firstSubPath(pathFromSvg(d)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unreadable data';
    throw new Problem('text.path-invalid', `expected SVG path data for text to stand on: ${reason}`, { cause });
  }
  const placement = placeOnCurve(lines, sizeMm, layer, (drop) => rulerCurve(ruler, offset - drop), startBy(ruler.lengthMm, along), bend);
  return finish(placement, { widthMm: ruler.lengthMm, heightMm: UNLIMITED });
};

const placeWave = (context: PlaceContext, { amplitude, waves, along, bend }: Extract<TextPlacement, { kind: 'wave' }>): PlacedLayout => {
  const { lines, sizeMm, layer, box } = context;
  const { capMm } = capOf(context);
  const block = capMm + (lines.length - 1) * layer.leading * sizeMm;
  const axis = (box.heightMm - block) * VALIGN_FACTOR[layer.valign] + capMm;
  const reach = layer.valign === 'middle' ? 0 : Math.abs(amplitude) * (layer.valign === 'top' ? 1 : -1);
  const ruler = makeRuler(wavePath(box.widthMm, axis + reach, amplitude, waves));
  const placement = placeOnCurve(lines, sizeMm, layer, (drop) => rulerCurve(ruler, -drop), startBy(ruler.lengthMm, along), bend);
  return finish(placement, { widthMm: ruler.lengthMm, heightMm: UNLIMITED });
};

const placeEnvelope = (context: PlaceContext, { shape, amount, stretch }: Extract<TextPlacement, { kind: 'envelope' }>): PlacedLayout => {
  const { lines, sizeMm, layer, box } = context;
  const flat = placeStraight(lines, sizeMm, layer, box);
  const ink = inkOf(flat.runs);
  const room = { widthMm: UNLIMITED, heightMm: UNLIMITED };
  if (ink === null || ink.width === 0 || ink.height === 0) return finish(flat, room);
  if (!stretch) {
    const bend = bendBy(envelopeMap(shape, amount, ink, ink, false));
    return finish({ ...flat, runs: flat.runs.map((run) => ({ ...run, bend })) }, box);
  }
  const target = insideEffects({ x: 0, y: 0, width: box.widthMm, height: box.heightMm }, layer);
  const map = envelopeMap(shape, amount, ink, target, true);
  const first = bendBy(map);
  const warped = flat.runs.map((run) => ({ ...run, bend: first }));
  // Letters seldom reach the outermost points of the figure: stretched once more, their ink fills the box.
  const reached = inkOf(warped) ?? target;
  const [sx, sy] = [target.width / (reached.width || 1), target.height / (reached.height || 1)];
  const filled = (point: Point): Point => {
    const { x, y } = map(point);
    return { x: target.x + (x - reached.x) * sx, y: target.y + (y - reached.y) * sy };
  };
  const bend = bendBy(filled);
  return finish({ ...flat, runs: flat.runs.map((run) => ({ ...run, bend })) }, room);
};

/** With edge "ink", the letters themselves are what is lined up and what has to fit, side bearings left out. */
const alignInk = (placed: PlacedLayout, layer: TextFields, box: BoxSize): PlacedLayout => {
  const ink = layer.edge === 'ink' ? placed.ink() : null;
  if (ink === null) return placed;
  const base = layer.align === 'start' || layer.align === 'end' || layer.align === 'justify' ? null : SIDE_FACTOR[layer.align];
  const dx = base === null ? 0 : (box.widthMm - ink.width) * base - ink.x;
  const dy = (box.heightMm - ink.height) * VALIGN_FACTOR[layer.valign] - ink.y;
  const moved = { ...ink, x: ink.x + dx, y: ink.y + dy };
  return { ...placed, runs: movePlaced(placed.runs, dx, dy), widthMm: ink.width, heightMm: ink.height, ink: () => moved };
};

/** Puts lines of one size where the layer wants them. Throws Problem `text.path-invalid` for an unusable path. */
export const placeText = (lines: readonly Line[], sizeMm: number, layer: TextFields, box: BoxSize): PlacedLayout => {
  const { placement } = layer;
  const context: PlaceContext = { lines, sizeMm, layer, box };
  switch (placement.kind) {
    case 'straight':
      return alignInk(finish(placeStraight(lines, sizeMm, layer, box), box), layer, box);
    case 'arc':
      return placeArc(context, placement);
    case 'circle':
      return placeCircle(context, placement);
    case 'wave':
      return placeWave(context, placement);
    case 'path':
      return placeOnPath(context, placement);
    case 'vertical':
      return finish(placeVertical(lines, sizeMm, layer, placement.columns, box), box);
    case 'envelope':
      return placeEnvelope(context, placement);
  }
};
