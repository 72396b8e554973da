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

/** An ellipse by its centre, its radii and the cosine and sine of the turn of its x axis. */
export type Ellipse = {
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly cos: number;
  readonly sin: number;
};

/** The point of the ellipse at an angle (radians, clockwise on a y-down page, before its turn). */
export const pointOnEllipse = ({ cx, cy, rx, ry, cos, sin }: Ellipse, angle: number, reach = 0): Point => {
  // `reach` goes on along the tangent, in radii: where the control points of an arc lie.
  const u = rx * (Math.cos(angle) - reach * Math.sin(angle));
  const v = ry * (Math.sin(angle) + reach * Math.cos(angle));
  return { x: cx + cos * u - sin * v, y: cy + sin * u + cos * v };
};

/** Adds an arc as cubics of at most a quarter turn; the pen must stand on its start. The last ends exactly on `end`, so no gap opens. */
export const addEllipseArc = (out: PathBuilder, ellipse: Ellipse, start: number, sweep: number, end: Point): void => {
  const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
  const step = sweep / pieces;
  const reach = (4 / 3) * Math.tan(step / 4);
  for (let i = 0; i < pieces; i++) {
    const [from, to] = [start + i * step, start + (i + 1) * step];
    const leave = pointOnEllipse(ellipse, from, reach);
    const arrive = pointOnEllipse(ellipse, to, -reach);
    const { x, y } = i === pieces - 1 ? end : pointOnEllipse(ellipse, to);
    out.cubicTo(leave.x, leave.y, arrive.x, arrive.y, x, y);
  }
};

/** Adds the arc of an SVG path command as cubics; SVG 2 appendix B.2 gives the centre and the repairs of impossible radii. */
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
  const start = Math.atan2((py - uy) / ry, (px - ux) / rx);
  let sweep = Math.atan2((-py - uy) / ry, (-px - ux) / rx) - start;
  if (arc.sweep && sweep < 0) sweep += 2 * Math.PI;
  if (!arc.sweep && sweep > 0) sweep -= 2 * Math.PI;
  addEllipseArc(out, { cx, cy, rx, ry, cos, sin }, start, sweep, to);
};
