import type { Point, Rect } from '../../geometry/point.ts';

type EnvelopeShape = 'arch' | 'vertical-arch' | 'bulge' | 'flag' | 'perspective';

/** A map of the unit square (y down) onto a figure that fills the unit square; `aspect` is width over height for shapes that keep it. */
type UnitMap = { readonly map: (u: number, v: number) => Point; readonly aspect: number | null };

/** The strongest vertical displacement: beyond it letters would have no height left. */
const STRONGEST = 0.9;
const WIDEST_FAN = Math.PI;

/** Letters fan out on a ring; the ring's figure is scaled to the unit square and keeps its own proportions. */
const arch = (amount: number, textAspect: number): UnitMap => {
  // The inner edge of the ring must not close: that limits the angle of short text.
  const angle = Math.min(Math.abs(amount) * WIDEST_FAN, textAspect / 0.55);
  if (angle < 1e-3) return { map: (x, y) => ({ x, y }), aspect: textAspect };
  const middle = textAspect / angle;
  const [outer, inner] = [middle + 0.5, middle - 0.5];
  const width = 2 * outer * Math.sin(Math.min(angle, Math.PI) / 2);
  const height = outer - inner * Math.cos(angle / 2);
  const flip = amount < 0;
  const map = (u: number, v: number): Point => {
    const turn = (u - 0.5) * angle;
    const radius = inner + (1 - (flip ? 1 - v : v)) * (outer - inner);
    const x = 0.5 + (radius * Math.sin(turn)) / width;
    const y = (outer - radius * Math.cos(turn)) / height;
    return { x, y: flip ? 1 - y : y };
  };
  return { map, aspect: width / height };
};

/** Letters stay upright and slide up towards the middle (down when negative). */
const verticalArch = (amount: number): UnitMap => {
  const depth = Math.abs(amount) * STRONGEST;
  const drop = (u: number): number => (amount >= 0 ? (2 * u - 1) ** 2 : 1 - (2 * u - 1) ** 2);
  return { map: (u, v) => ({ x: u, y: v * (1 - depth) + depth * drop(u) }), aspect: null };
};

/** Tallest in the middle, or pinched there when negative. */
const bulge = (amount: number): UnitMap => {
  const depth = Math.abs(amount) * STRONGEST;
  const height = (u: number): number => 1 - depth * (amount >= 0 ? (2 * u - 1) ** 2 : 1 - (2 * u - 1) ** 2);
  return { map: (u, v) => ({ x: u, y: 0.5 + (v - 0.5) * height(u) }), aspect: null };
};

/** One wave, crest first, or trough first when negative. */
const flag = (amount: number): UnitMap => {
  const depth = Math.abs(amount) * STRONGEST;
  const drop = (u: number): number => 0.5 - 0.5 * Math.sign(amount) * Math.sin(2 * Math.PI * u);
  return { map: (u, v) => ({ x: u, y: v * (1 - depth) + depth * drop(u) }), aspect: null };
};

/** A wall receding to the right (to the left when negative), foreshortened as a camera sees it. */
const perspective = (amount: number): UnitMap => {
  const far = 1 - Math.abs(amount) * STRONGEST;
  const map = (u: number, v: number): Point => {
    const along = amount >= 0 ? u : 1 - u;
    const depth = 1 + along * (1 / far - 1);
    const x = along / far / depth;
    return { x: amount >= 0 ? x : 1 - x, y: 0.5 + (v - 0.5) / depth };
  };
  return { map, aspect: null };
};

const unitMap = (shape: EnvelopeShape, amount: number, textAspect: number): UnitMap => {
  switch (shape) {
    case 'arch':
      return arch(amount, textAspect);
    case 'vertical-arch':
      return verticalArch(amount);
    case 'bulge':
      return bulge(amount);
    case 'flag':
      return flag(amount);
    case 'perspective':
      return perspective(amount);
  }
};

/** The largest box of an aspect inside another, centred. */
const inscribed = (box: Rect, aspect: number): Rect => {
  const width = Math.min(box.width, box.height * aspect);
  const height = width / aspect;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
};

/**
 * The map that carries text whose ink fills `ink` into an envelope whose outermost points touch `target` (both in mm).
 * `stretch` fills the target; otherwise the figure keeps the proportions of the text, inside the target.
 */
export const envelopeMap = (shape: EnvelopeShape, amount: number, ink: Rect, target: Rect, stretch: boolean): ((point: Point) => Point) => {
  const aspect = ink.width / ink.height;
  const unit = unitMap(shape, amount, aspect);
  const into = stretch ? target : inscribed(target, unit.aspect ?? aspect);
  return ({ x, y }) => {
    const at = unit.map((x - ink.x) / ink.width, (y - ink.y) / ink.height);
    return { x: into.x + at.x * into.width, y: into.y + at.y * into.height };
  };
};
