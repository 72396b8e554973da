import type { Ruler } from '../../geometry/measure.ts';
import { type Path, PathBuilder } from '../../geometry/path.ts';
import type { Curve } from './curve.ts';

/** Text along a ruler, its baseline lifted off the ruler by `lift` mm. */
export const rulerCurve = (ruler: Ruler, lift: number): Curve => ({
  at: (s, rise) => {
    const { x, y, angleDeg } = ruler.at(s);
    const angle = (angleDeg * Math.PI) / 180;
    return { x: x + (rise + lift) * Math.sin(angle), y: y - (rise + lift) * Math.cos(angle) };
  },
  angle: (s) => (ruler.at(s).angleDeg * Math.PI) / 180,
});

const STEPS_PER_WAVE = 16;

/** A sine wave across a box, crest first, its axis at `axisY`. */
export const wavePath = (widthMm: number, axisY: number, amplitude: number, waves: number): Path => {
  const steps = Math.max(4, Math.ceil(STEPS_PER_WAVE * waves));
  const k = (2 * Math.PI * waves) / widthMm;
  const y = (x: number): number => axisY - amplitude * Math.sin(k * x);
  const slope = (x: number): number => -amplitude * k * Math.cos(k * x);
  const builder = new PathBuilder().moveTo(0, y(0));
  const dx = widthMm / steps;
  for (let i = 0; i < steps; i++) {
    const [x0, x1] = [i * dx, (i + 1) * dx];
    builder.cubicTo(x0 + dx / 3, y(x0) + (slope(x0) * dx) / 3, x1 - dx / 3, y(x1) - (slope(x1) * dx) / 3, x1, y(x1));
  }
  return builder.finish();
};
