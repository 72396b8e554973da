import type { PathBuilder } from './path.ts';
import type { Point } from './point.ts';

/** Radii, turn of the x axis in degrees, and the two flags of the SVG arc command. */
export type SvgArc = {
  readonly rx: number;
  readonly ry: number;
  readonly turnDeg: number;
  readonly large: boolean;
  readonly sweep: boolean;
};

type Ellipse = {
  readonly rx: number;
  readonly ry: number;
  readonly cos: number;
  readonly sin: number;
  readonly cx: number;
  readonly cy: number;
};

const angleOf = (x: number, y: number): number => Math.atan2(y, x);

/** Adds the arc from `from` to `to` as cubics of at most a quarter turn; SVG 2 appendix B.2 gives the centre and the repairs. */
export const arcToCubics = (out: PathBuilder, from: Point, arc: SvgArc, to: Point): void => {
  if (from.x === to.x && from.y === to.y) return;
  let [rx, ry] = [Math.abs(arc.rx), Math.abs(arc.ry)];
  if (rx === 0 || ry === 0) {
    out.lineTo(to.x, to.y);
    return;
  }
  const turn = (arc.turnDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [hx, hy] = [(from.x - to.x) / 2, (from.y - to.y) / 2];
  const [px, py] = [cos * hx + sin * hy, cos * hy - sin * hx];
  const need = (px / rx) ** 2 + (py / ry) ** 2;
  if (need > 1) [rx, ry] = [rx * Math.sqrt(need), ry * Math.sqrt(need)];
  const free = need >= 1 ? 0 : Math.sqrt(1 / need - 1) * (arc.large === arc.sweep ? -1 : 1);
  const [ux, uy] = [(free * rx * py) / ry, (-free * ry * px) / rx];
  const [cx, cy] = [cos * ux - sin * uy + (from.x + to.x) / 2, sin * ux + cos * uy + (from.y + to.y) / 2];
  const start = angleOf((px - ux) / rx, (py - uy) / ry);
  let sweep = angleOf((-px - ux) / rx, (-py - uy) / ry) - start;
  if (arc.sweep && sweep < 0) sweep += 2 * Math.PI;
  if (!arc.sweep && sweep > 0) sweep -= 2 * Math.PI;
  addEllipseArc(out, { rx, ry, cos, sin, cx, cy }, start, sweep, to);
};

const addEllipseArc = (out: PathBuilder, { rx, ry, cos, sin, cx, cy }: Ellipse, start: number, sweep: number, end: Point): void => {
  const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
  const step = sweep / pieces;
  const reach = (4 / 3) * Math.tan(step / 4);
  const x = (u: number, v: number): number => cx + cos * rx * u - sin * ry * v;
  const y = (u: number, v: number): number => cy + sin * rx * u + cos * ry * v;
  for (let i = 0; i < pieces; i++) {
    const [a, b] = [start + i * step, start + (i + 1) * step];
    const [u1, v1] = [Math.cos(a) - reach * Math.sin(a), Math.sin(a) + reach * Math.cos(a)];
    const [u2, v2] = [Math.cos(b) + reach * Math.sin(b), Math.sin(b) - reach * Math.cos(b)];
    // The last piece ends on the point as given, so that rounding never opens a gap.
    const last = i === pieces - 1;
    const [ex, ey] = last ? [end.x, end.y] : [x(Math.cos(b), Math.sin(b)), y(Math.cos(b), Math.sin(b))];
    out.cubicTo(x(u1, v1), y(u1, v1), x(u2, v2), y(u2, v2), ex, ey);
  }
};
