import { type Path, PathBuilder, rectPath } from '../../../src/geometry/path.ts';
import { subtractPaths } from '../../../src/geometry/polygons.ts';
import { ellipsePath } from '../../../src/geometry/shapes.ts';
import { atOnce } from '../../../src/model/steps.ts';
import { FABRICS, type Fabric } from '../../../src/stitch/fabric.ts';
import { sewFill } from '../../../src/stitch/fill/sew-fill.ts';
import type { DigitizeOptions, FillArea, SewEnds, Sewn } from '../../../src/stitch/region.ts';

export const disc = (x: number, y: number, radius: number): Path =>
  ellipsePath({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });

/** A wheel of 72 mm with 16 teeth and 7 holes. */
export const gear = (): Path => {
  const outline = new PathBuilder();
  for (let i = 0; i < 16; i += 1) {
    for (const [share, radius] of [
      [0, 31],
      [0.3, 31],
      [0.35, 36],
      [0.75, 36],
      [0.8, 31],
    ] as const) {
      const angle = (2 * Math.PI * (i + share)) / 16;
      const [x, y] = [40 + radius * Math.cos(angle), 40 + radius * Math.sin(angle)];
      if (i + share === 0) outline.moveTo(x, y);
      else outline.lineTo(x, y);
    }
  }
  let wheel = subtractPaths(outline.close().finish(), disc(40, 40, 7));
  for (let i = 0; i < 6; i += 1) {
    const angle = (Math.PI * i) / 3;
    wheel = subtractPaths(wheel, disc(40 + 19 * Math.cos(angle), 40 + 19 * Math.sin(angle), 5));
  }
  return wheel;
};

export const crescent = (): Path => subtractPaths(disc(30, 30, 30), disc(42, 30, 27));
export const square = (x: number, y: number, side: number): Path => rectPath({ x, y, width: side, height: side });

const woven = FABRICS[0];
if (!woven) throw new Error('expected a fabric');
export const WOVEN: Fabric = woven;

export const OPTIONS: DigitizeOptions = {
  fabric: WOVEN,
  satinFromMm: 1,
  satinToMm: 7,
  splitSatinMm: 9,
  fillStitchMm: 4,
  runStitchMm: 2.5,
  minStitchMm: 0.5,
  order: 'nearest',
  puff: false,
};

export const fillOf = (
  path: Path,
  angleDeg = 45,
  style: FillArea['style'] = 'tatami',
  ends: SewEnds = { entry: null, exit: null },
  fabric: Fabric = WOVEN,
): Sewn => atOnce(sewFill({ kind: 'fill', region: 0, path, angleDeg, style }, { fabric, ends, options: OPTIONS }));
