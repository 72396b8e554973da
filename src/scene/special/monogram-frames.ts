import { about, multiply, rotation, scaling, translation } from '../../geometry/affine.ts';
import { joinPaths, type Path, PathBuilder, transformPath } from '../../geometry/path.ts';
import { centreOf, type Point, type Rect, rectOf } from '../../geometry/point.ts';
import { offsetPath, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import { arcPath, ellipsePath, polygonPath, roundedRectPath } from '../../geometry/shapes.ts';
import { strokeOutline } from '../../geometry/stroke.ts';
import type { MonogramFields } from '../../model/special-layers.ts';

type FrameKind = Exclude<MonogramFields['frame'], 'none'>;

/** A frame and the room in it: `reach` of a point from `centre` is 1 at the edge of the room, and grows along every ray. */
export type Frame = { readonly paths: readonly Path[]; readonly centre: Point; readonly reach: (dx: number, dy: number) => number };

/** Clear space between a frame and the letters, as a part of the room. */
const AIR = { round: 0.86, square: 0.8, diamond: 0.84, laurel: 0.96, shield: 0.8 } as const;

const squareIn = (box: Rect): Rect => {
  const side = Math.min(box.width, box.height);
  const { x, y } = centreOf(box);
  return rectOf(x - side / 2, y - side / 2, side, side);
};

/** The line along the inside of an outline, and a thinner one within it. */
const linesIn = (outline: Path, line: number, double: boolean): readonly Path[] => {
  const inner = (by: number): Path => offsetPath(outline, -by, 'miter');
  const band = (from: number, to: number): Path => subtractPaths(from === 0 ? outline : inner(from), inner(to));
  return double ? [band(0, line), band(line * 2, line * 2.45)] : [band(0, line)];
};

/** @param box - all that the frame may take, its lines included */
export const frameIn = (kind: FrameKind, box: Rect, { line, double }: Pick<MonogramFields, 'line' | 'double'>): Frame => {
  const side = Math.min(box.width, box.height);
  const width = Math.min(line ?? side / 50, side / 6);
  const used = width * (double ? 2.45 : 1);
  const air = AIR[kind];
  const centre = centreOf(box);
  switch (kind) {
    case 'round': {
      const disc = squareIn(box);
      const radius = (disc.width / 2 - used) * air;
      return { paths: linesIn(ellipsePath(disc), width, double), centre, reach: (dx, dy) => Math.hypot(dx, dy) / radius };
    }
    case 'square': {
      const [w, h] = [(box.width / 2 - used) * air, (box.height / 2 - used) * air];
      return {
        paths: linesIn(roundedRectPath(box, side * 0.08), width, double),
        centre,
        reach: (dx, dy) => Math.max(Math.abs(dx) / w, Math.abs(dy) / h),
      };
    }
    case 'diamond': {
      const slope = Math.hypot(box.width, box.height) / box.height;
      const [w, h] = [box.width / 2 - used * slope, box.height / 2 - (used * slope * box.height) / box.width];
      return { paths: linesIn(polygonPath(box, 4), width, double), centre, reach: (dx, dy) => (Math.abs(dx) / w + Math.abs(dy) / h) / air };
    }
    case 'laurel': {
      const disc = squareIn(box);
      const radius = disc.width * 0.5 * 0.66 * air;
      return { paths: [laurel(disc, line ?? side / 90)], centre, reach: (dx, dy) => Math.hypot(dx, dy) / radius };
    }
    case 'shield':
      return shieldFrame(box, { width, used, air, double });
  }
};

type ShieldLines = { readonly width: number; readonly used: number; readonly air: number; readonly double: boolean };

const shieldFrame = (box: Rect, { width, used, air, double }: ShieldLines): Frame => {
  const w = Math.min(box.width, box.height * 0.9);
  const h = Math.min(box.height, w * 1.2);
  const rect = rectOf(box.x + (box.width - w) / 2, box.y + (box.height - h) / 2, w, h);
  const centre = { x: rect.x + w / 2, y: rect.y + h * 0.45 };
  const [hw, up, down] = [(w / 2 - used) * air, (h * 0.4 - used) * air, (h * 0.52 - used) * air];
  const reach = (dx: number, dy: number): number => {
    if (dy <= 0) return Math.max(Math.abs(dx) / hw, -dy / up);
    // Below its middle the shield narrows like an ellipse.
    return Math.max(Math.abs(dx) / hw, Math.hypot((dx / hw) * 0.92, dy / down));
  };
  return { paths: linesIn(shieldPath(rect), width, double), centre, reach };
};

const shieldPath = ({ x, y, width: w, height: h }: Rect): Path =>
  new PathBuilder()
    .moveTo(x, y + h * 0.05)
    .cubicTo(x + w * 0.18, y + h * 0.09, x + w * 0.38, y + h * 0.06, x + w / 2, y)
    .cubicTo(x + w * 0.62, y + h * 0.06, x + w * 0.82, y + h * 0.09, x + w, y + h * 0.05)
    .lineTo(x + w, y + h * 0.5)
    .cubicTo(x + w, y + h * 0.75, x + w * 0.8, y + h * 0.88, x + w / 2, y + h)
    .cubicTo(x + w * 0.2, y + h * 0.88, x, y + h * 0.75, x, y + h * 0.5)
    .close()
    .finish();

/** A leaf of length 1 from 0, 0 to the right. */
const LEAF = new PathBuilder().moveTo(0, 0).cubicTo(0.22, -0.24, 0.66, -0.27, 1, 0).cubicTo(0.7, 0.13, 0.3, 0.15, 0, 0).close().finish();

/** A leaf at a point, `degrees` clockwise from the right; `side` -1 turns its belly over. */
export const leafAt = ({ x, y }: Point, degrees: number, length: number, side: 1 | -1 = 1): Path =>
  transformPath(LEAF, multiply(translation(x, y), rotation(degrees), scaling(length, length * side)));

/** Where the two branches of a laurel begin and end, degrees from the bottom. */
const [LAUREL_FROM, LAUREL_TO] = [9, 156];

/** Two branches that rise from the bottom and all but meet at the top. */
const laurel = (box: Rect, line: number): Path => {
  const centre = centreOf(box);
  const radius = box.width * 0.405;
  const length = box.width * 0.125;
  const steps = 13;
  const branch: Path[] = [
    strokeOutline(arcPath(centre, radius, 90 + LAUREL_FROM, LAUREL_TO - LAUREL_FROM), {
      widthMm: line,
      cap: 'round',
      join: 'round',
      miterLimit: 4,
    }),
  ];
  for (let i = 0; i <= steps; i += 1) {
    const turn = 90 + LAUREL_FROM + 4 + ((LAUREL_TO - LAUREL_FROM - 4) * i) / steps;
    const at = { x: centre.x + radius * Math.cos((turn * Math.PI) / 180), y: centre.y + radius * Math.sin((turn * Math.PI) / 180) };
    const along = turn + 90;
    const size = length * (i === steps ? 1 : 0.72 + 0.28 * Math.sin((Math.PI * (i + 1.5)) / (steps + 2)));
    if (i === steps) branch.push(leafAt(at, along, size));
    else branch.push(leafAt(at, along - 33, size, 1), leafAt(at, along + 33, size * 0.9, -1));
  }
  const left = unionPaths(branch);
  const mirror = about(centre, scaling(-1, 1));
  return unionPaths([left, transformPath(left, mirror)]);
};

/** A spiral that winds in from a point, as points of a line. */
const curl = (from: Point, degrees: number, size: number, side: 1 | -1): readonly Point[] =>
  Array.from({ length: 34 }, (_, i) => {
    const t = i / 33;
    const turn = (degrees * Math.PI) / 180 + side * t * 7.4;
    const radius = size * (1 - t) ** 1.15;
    const centre = {
      x: from.x + size * Math.cos((degrees * Math.PI) / 180 + side * Math.PI),
      y: from.y + size * Math.sin((degrees * Math.PI) / 180 + side * Math.PI),
    };
    return { x: centre.x + radius * Math.cos(turn), y: centre.y + radius * Math.sin(turn) };
  });

const lineThrough = (points: readonly Point[]): Path => {
  const out = new PathBuilder();
  points.forEach(({ x, y }, i) => {
    if (i === 0) out.moveTo(x, y);
    else out.lineTo(x, y);
  });
  return out.finish();
};

/** A tendril of height 1 about 0, 0 that bows to the right, with curls and leaves. */
const TENDRIL: Path = (() => {
  const stem = new PathBuilder()
    .moveTo(-0.02, 0.5)
    .cubicTo(0.2, 0.36, 0.2, 0.14, 0.1, 0)
    .cubicTo(0.2, -0.14, 0.2, -0.36, -0.02, -0.5)
    .finish();
  const pen = { widthMm: 0.022, cap: 'round', join: 'round', miterLimit: 4 } as const;
  const lines = [
    stem,
    lineThrough(curl({ x: 0.1, y: 0 }, 180, 0.075, -1)),
    lineThrough(curl({ x: 0.145, y: -0.24 }, 200, 0.055, 1)),
    lineThrough(curl({ x: 0.145, y: 0.24 }, 160, 0.055, -1)),
  ];
  const leaves = [
    leafAt({ x: 0.155, y: 0.2 }, -20, 0.15),
    leafAt({ x: 0.155, y: -0.2 }, 20, 0.15, -1),
    leafAt({ x: 0.1, y: 0.39 }, 10, 0.13),
    leafAt({ x: 0.1, y: -0.39 }, -10, 0.13, -1),
    leafAt({ x: 0.0, y: 0.485 }, 165, 0.12, -1),
    leafAt({ x: 0.0, y: -0.485 }, 195, 0.12),
  ];
  return unionPaths([...lines.map((path) => strokeOutline(path, pen, 0.0005)), ...leaves], 'nonzero', 0.0005);
})();

/** Tendrils at both sides of a block of letters, as high as it is. */
export const vinesAround = (block: Rect, gap: number): Path => {
  const { x, y } = centreOf(block);
  const right = transformPath(TENDRIL, multiply(translation(block.x + block.width + gap + block.height * 0.02, y), scaling(block.height)));
  return joinPaths([right, transformPath(right, about({ x, y }, scaling(-1, 1)))]);
};

/** The room there is without a frame: the box itself. */
export const bareFrame = (box: Rect): Frame => ({
  paths: [],
  centre: centreOf(box),
  reach: (dx, dy) => Math.max(Math.abs(dx) / (box.width / 2), Math.abs(dy) / (box.height / 2)),
});
