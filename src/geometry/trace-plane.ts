import { type Path, PathBuilder } from './path.ts';

/** A byte a pixel, row-major. */
export type Amounts = { readonly widthPx: number; readonly heightPx: number; readonly data: Uint8Array };

/**
 * The outline of what lies above a level, in pixels (pixel (0, 0) spans 0..1): closed rings of lines, placed between pixel centres as the amounts
 * say (marching squares, Lorensen and Cline 1987 in the plane). Around the plane lies nothing. Where four pixels meet corner to corner, covered
 * ones stay apart. @param level - 0 to 254; amounts above it are inside
 */
export const tracePlane = (plane: Amounts, level: number): Path => {
  const { ends, points } = segmentsOf(plane, level + 0.5);
  const out = new PathBuilder();
  for (const start of [...ends.keys()]) {
    if (!ends.has(start)) continue;
    let at: number | undefined = start;
    let first = true;
    while (at !== undefined) {
      const next: number | undefined = ends.get(at);
      if (next === undefined) break;
      const [x, y] = points.get(at) ?? [0, 0];
      if (first) out.moveTo(x, y);
      else out.lineTo(x, y);
      first = false;
      ends.delete(at);
      at = next;
    }
    out.close();
  }
  return out.finish();
};

/** Edges between neighbouring pixel centres, numbered: even ones run across, odd ones down. */
type Segments = { readonly ends: Map<number, number>; readonly points: Map<number, readonly [number, number]> };

const segmentsOf = ({ widthPx, heightPx, data }: Amounts, level: number): Segments => {
  const ends = new Map<number, number>();
  const points = new Map<number, readonly [number, number]>();
  const stride = widthPx + 2;
  const amount = (x: number, y: number): number => (x < 0 || y < 0 || x >= widthPx || y >= heightPx ? 0 : (data[y * widthPx + x] ?? 0));
  const across = (x: number, y: number): number => 2 * ((y + 1) * stride + x + 1);
  const point = (edge: number, x: number, y: number, down: boolean): number => {
    if (points.has(edge)) return edge;
    const [from, to] = [amount(x, y), down ? amount(x, y + 1) : amount(x + 1, y)];
    const t = (level - from) / (to - from);
    points.set(edge, down ? [x + 0.5, y + 0.5 + t] : [x + 0.5 + t, y + 0.5]);
    return edge;
  };
  for (let y = -1; y < heightPx; y += 1) {
    for (let x = -1; x < widthPx; x += 1) {
      const kind =
        (amount(x, y) > level ? 1 : 0) |
        (amount(x + 1, y) > level ? 2 : 0) |
        (amount(x + 1, y + 1) > level ? 4 : 0) |
        (amount(x, y + 1) > level ? 8 : 0);
      // Most of a plane lies within or without.
      if (kind === 0 || kind === 15) continue;
      const sides = [
        () => point(across(x, y), x, y, false),
        () => point(across(x + 1, y) + 1, x + 1, y, true),
        () => point(across(x, y + 1), x, y + 1, false),
        () => point(across(x, y) + 1, x, y, true),
      ] as const;
      for (const [from, to] of TURNS[kind] ?? []) {
        const [start, end] = [sides[from], sides[to]];
        ends.set(start(), end());
      }
    }
  }
  return { ends, points };
};

const [TOP, RIGHT, BOTTOM, LEFT] = [0, 1, 2, 3] as const;

/** Ways through a cell by which corners lie inside (bit 0 top left, clockwise), the inside on the right hand. */
const TURNS: readonly (readonly (readonly [0 | 1 | 2 | 3, 0 | 1 | 2 | 3])[])[] = [
  [],
  [[TOP, LEFT]],
  [[RIGHT, TOP]],
  [[RIGHT, LEFT]],
  [[BOTTOM, RIGHT]],
  [
    [TOP, LEFT],
    [BOTTOM, RIGHT],
  ],
  [[BOTTOM, TOP]],
  [[BOTTOM, LEFT]],
  [[LEFT, BOTTOM]],
  [[TOP, BOTTOM]],
  [
    [RIGHT, TOP],
    [LEFT, BOTTOM],
  ],
  [[RIGHT, BOTTOM]],
  [[LEFT, RIGHT]],
  [[TOP, RIGHT]],
  [[LEFT, TOP]],
  [],
];
