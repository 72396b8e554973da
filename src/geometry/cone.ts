import { type Path, PathBuilder } from './path.ts';
import { type Point, type Rect, rectOf } from './point.ts';

/** A vessel that narrows evenly: outer diameters at its two ends and its upright height between them, mm. */
export type Frustum = { readonly topDiameterMm: number; readonly bottomDiameterMm: number; readonly heightMm: number };

/** Below this difference of diameters a wall is a plain cylinder: laid flat it is a rectangle, to a hundredth of a millimetre. */
const STRAIGHT_MM = 0.005;

/** Arcs are cut into cubics of at most this angle; each is then off by less than 1e-7 of the radius. */
const MOST_ARC = Math.PI / 12;

/** Length of the wall from rim to rim, measured on it, mm. */
export const slantOf = ({ topDiameterMm, bottomDiameterMm, heightMm }: Frustum): number =>
  Math.hypot(heightMm, (topDiameterMm - bottomDiameterMm) / 2);

/** Outer diameter at a distance down the wall from its top, measured on the wall, mm. */
export const diameterAt = (frustum: Frustum, fromTopMm: number): number =>
  frustum.topDiameterMm + ((frustum.bottomDiameterMm - frustum.topDiameterMm) * fromTopMm) / slantOf(frustum);

/**
 * A band of the wall laid flat: part of a ring about the tip of the cone. Points of the flat sheet count from the middle of the band, y down.
 * A rectangle of art as wide as the band is round at half its height keeps its lengths along that middle arc and along the wall.
 */
export type ConeBand = {
  /** Radius of the arc half way down the band, mm. */
  readonly midRadiusMm: number;
  /** 1: the upper end is the wider one and arcs are highest in their middle; -1 the other way round. */
  readonly turn: 1 | -1;
  /** The middle of the art's box, which comes to lie at 0,0 of the sheet. */
  readonly centre: Point;
};

/** The band that a print area of these millimetres takes up, `fromTopMm` down the wall. Null for a cylinder, and past the tip of the cone. */
export const coneBand = (
  frustum: Frustum,
  area: { readonly widthMm: number; readonly heightMm: number },
  fromTopMm: number,
): ConeBand | null => {
  const narrowing = frustum.topDiameterMm - frustum.bottomDiameterMm;
  const ends = [fromTopMm, fromTopMm + area.heightMm].map((down) => diameterAt(frustum, down));
  if (Math.abs(narrowing) < STRAIGHT_MM || Math.min(...ends) <= 0) return null;
  const middle = diameterAt(frustum, fromTopMm + area.heightMm / 2);
  return {
    midRadiusMm: (middle * slantOf(frustum)) / Math.abs(narrowing),
    turn: narrowing > 0 ? 1 : -1,
    centre: { x: area.widthMm / 2, y: area.heightMm / 2 },
  };
};

/** Where a point of the art comes to lie on the flat sheet. Lines across the art become arcs about one centre, lines down it its radii. */
export const toSheet = ({ midRadiusMm, turn, centre }: ConeBand, { x, y }: Point): Point => {
  const angle = (x - centre.x) / midRadiusMm;
  const radius = midRadiusMm - turn * (y - centre.y);
  return { x: radius * Math.sin(angle), y: turn * (midRadiusMm - radius * Math.cos(angle)) };
};

/** The point of the art that lies there: the inverse of `toSheet` for angles up to half a turn. */
export const toArt = ({ midRadiusMm, turn, centre }: ConeBand, { x, y }: Point): Point => {
  const up = midRadiusMm - turn * y;
  return { x: centre.x + midRadiusMm * Math.atan2(x, up), y: centre.y + turn * (midRadiusMm - Math.hypot(x, up)) };
};

/** The outline on the sheet of a rectangle of the art, clockwise from its top left corner. */
export const sheetOutline = (band: ConeBand, { x, y, width, height }: Rect): Path => {
  const start = toSheet(band, { x, y });
  const builder = new PathBuilder().moveTo(start.x, start.y);
  addArc(builder, band, { x, y }, width);
  const corner = toSheet(band, { x: x + width, y: y + height });
  builder.lineTo(corner.x, corner.y);
  addArc(builder, band, { x: x + width, y: y + height }, -width);
  return builder.close().finish();
};

/** The arc on the sheet of a line across the art, as an open path. */
export const sheetArc = (band: ConeBand, from: Point, widthMm: number): Path => {
  const start = toSheet(band, from);
  const builder = new PathBuilder().moveTo(start.x, start.y);
  addArc(builder, band, from, widthMm);
  return builder.finish();
};

const addArc = (builder: PathBuilder, band: ConeBand, { x, y }: Point, widthMm: number): void => {
  const sweep = widthMm / band.midRadiusMm;
  const count = Math.max(1, Math.ceil(Math.abs(sweep) / MOST_ARC));
  const radius = band.midRadiusMm - band.turn * (y - band.centre.y);
  const reach = (4 / 3) * Math.tan(sweep / count / 4) * radius;
  const heading = (angle: number): Point => ({ x: Math.cos(angle), y: band.turn * Math.sin(angle) });
  for (let i = 0; i < count; i += 1) {
    const [before, after] = [i, i + 1].map((step) => x + (widthMm * step) / count).map((at) => ({ x: at, y }));
    if (!before || !after) continue;
    const [p, q] = [toSheet(band, before), toSheet(band, after)];
    const [a, b] = [before, after].map((at) => heading((at.x - band.centre.x) / band.midRadiusMm));
    if (!a || !b) continue;
    builder.cubicTo(p.x + a.x * reach, p.y + a.y * reach, q.x - b.x * reach, q.y - b.y * reach, q.x, q.y);
  }
};

/** The box on the sheet around a rectangle of the art. */
export const sheetBounds = (band: ConeBand, { x, y, width, height }: Rect): Rect => {
  // An arc turns back where it points straight up, sideways or down.
  const turns = [-1, -0.5, 0, 0.5, 1]
    .map((half) => band.centre.x + half * Math.PI * band.midRadiusMm)
    .filter((at) => at > x && at < x + width);
  const points = [x, ...turns, x + width].flatMap((at) => [y, y + height].map((down) => toSheet(band, { x: at, y: down })));
  const [xs, ys] = [points.map((one) => one.x), points.map((one) => one.y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return rectOf(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
};
