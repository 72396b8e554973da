import { multiply, rotation, translation } from '../../geometry/affine.ts';
import { boundsOfPath, type Path, transformPath } from '../../geometry/path.ts';
import { centreOf, type Rect } from '../../geometry/point.ts';
import { warpPath } from '../../geometry/warp.ts';
import type { NameNumberFields } from '../../model/special-layers.ts';
import { resolveScripts, tearsWhenTurned } from '../text/scripts.ts';

/** The steepest arch, as a part of the width: beyond it letters would stand on their sides. */
const STEEPEST = 0.42;
const TOLERANCE_MM = 0.03;

/** An arch over lettering whose baseline is y = 0: the same glyphs set on it, and how far it has fallen at a distance from its middle. */
export type Arched = { readonly glyphs: readonly Path[]; readonly dropAt: (distance: number) => number };

export const archLetters = (glyphs: readonly Path[], ink: Rect, arch: NameNumberFields['arch'], text: string): Arched => {
  if (!arch) return { glyphs, dropAt: () => 0 };
  const sag = Math.min(arch.sag, ink.width * STEEPEST);
  const { x: middle } = centreOf(ink);
  const half = ink.width / 2;
  if (arch.kind === 'vertical') {
    const dropAt = (distance: number): number => sag * Math.min(1, distance / half) ** 2;
    const bow = (x: number): number => sag * ((x - middle) / half) ** 2;
    return { glyphs: glyphs.map((path) => warpPath(path, ({ x, y }) => ({ x, y: y + bow(x) }), TOLERANCE_MM)), dropAt };
  }
  const radius = (half ** 2 + sag ** 2) / (2 * sag);
  const dropAt = (distance: number): number => radius - Math.sqrt(Math.max(0, radius ** 2 - Math.min(distance, half) ** 2));
  // Letters that join would tear if they were turned one by one.
  const joined = resolveScripts(text).some(tearsWhenTurned);
  const onCircle = (x: number, y: number) => {
    const turn = (x - middle) / radius;
    return { x: middle + (radius - y) * Math.sin(turn), y: radius - (radius - y) * Math.cos(turn) };
  };
  if (joined) return { glyphs: glyphs.map((path) => warpPath(path, ({ x, y }) => onCircle(x, y), TOLERANCE_MM)), dropAt };
  const turned = glyphs.map((path) => {
    const box = boundsOfPath(path);
    if (!box) return path;
    const { x } = centreOf(box);
    const at = onCircle(x, 0);
    return transformPath(path, multiply(translation(at.x, at.y), rotation(((x - middle) / radius) * (180 / Math.PI)), translation(-x, 0)));
  });
  return { glyphs: turned, dropAt };
};
