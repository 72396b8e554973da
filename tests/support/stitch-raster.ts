import { flattenPath } from '../../src/geometry/flatten.ts';
import { boundsOfPath, type Path } from '../../src/geometry/path.ts';
import { ROLE } from '../../src/stitch/plan.ts';
import type { Sewn } from '../../src/stitch/region.ts';

/** A picture of stitches over the region they fill: row-major, one number a pixel. */
export type StitchRaster = {
  readonly width: number;
  readonly height: number;
  readonly pxPerMm: number;
  readonly left: number;
  readonly top: number;
  readonly region: Uint8Array;
  /** The last stitch on each pixel (by the point it ends in), -1 where there is none. */
  readonly last: Int32Array;
};

export type StitchFigures = {
  readonly areaMm2: number;
  readonly stitches: number;
  readonly perMm2: number;
  readonly threadMm: number;
  /** Share of the region under thread. */
  readonly coverage: number;
  /** mm² under thread beyond the region grown by half a thread and `allowMm`, as a share of the region. */
  readonly overshoot: number;
  /** Shares of all stitches, ties left out. */
  readonly shortShare: number;
  readonly tiny: number;
  readonly longestMm: number;
  readonly densityP99: number;
  readonly densityMax: number;
  readonly penetrationsMax: number;
  readonly travelShare: number;
  /** Share of travel under later top stitches. */
  readonly travelHidden: number;
  readonly underlayShare: number;
};

export const THREAD_MM = 0.4;

/** Draws stitches of 0.40 mm thread over their region; `marginMm` of cloth about it. */
export const rasterStitches = (path: Path, { points }: Sewn, pxPerMm = 20, marginMm = 2): StitchRaster => {
  const box = boundsOfPath(path) ?? { x: 0, y: 0, width: 1, height: 1 };
  const [left, top] = [box.x - marginMm, box.y - marginMm];
  const width = Math.ceil((box.width + 2 * marginMm) * pxPerMm);
  const height = Math.ceil((box.height + 2 * marginMm) * pxPerMm);
  const last = new Int32Array(width * height).fill(-1);
  const raster = { width, height, pxPerMm, left, top, region: regionMask(path, left, top, pxPerMm, width, height), last };
  for (let i = 2; i + 1 < points.length; i += 2) {
    stamp(raster, points[i - 2] ?? 0, points[i - 1] ?? 0, points[i] ?? 0, points[i + 1] ?? 0, i / 2);
  }
  return raster;
};

const regionMask = (path: Path, left: number, top: number, px: number, width: number, height: number): Uint8Array => {
  const mask = new Uint8Array(width * height);
  const winding = new Int32Array(width * height + 1);
  for (const { points } of flattenPath(path)) {
    let [ax, ay] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [bx, by] = [points[i] ?? 0, points[i + 1] ?? 0];
      const [low, high] = [Math.min(ay, by), Math.max(ay, by)];
      const first = Math.max(0, Math.ceil((low - top) * px - 0.5));
      for (let row = first; row < height && top + (row + 0.5) / px < high; row += 1) {
        const x = ax + ((bx - ax) * (top + (row + 0.5) / px - ay)) / (by - ay);
        const column = Math.min(width - 1, Math.max(0, Math.ceil((x - left) * px - 0.5)));
        winding[row * width + column] = (winding[row * width + column] ?? 0) + (by > ay ? 1 : -1);
      }
      [ax, ay] = [bx, by];
    }
  }
  for (let row = 0; row < height; row += 1) {
    let sum = 0;
    for (let column = 0; column < width; column += 1) {
      sum += winding[row * width + column] ?? 0;
      mask[row * width + column] = sum === 0 ? 0 : 1;
    }
  }
  return mask;
};

const stamp = (raster: StitchRaster, x1: number, y1: number, x2: number, y2: number, value: number): void => {
  const { width, height, pxPerMm: px, left, top, last } = raster;
  const [ax, ay, bx, by] = [(x1 - left) * px - 0.5, (y1 - top) * px - 0.5, (x2 - left) * px - 0.5, (y2 - top) * px - 0.5];
  const radius = (THREAD_MM / 2) * px;
  const [dx, dy] = [bx - ax, by - ay];
  const long = dx * dx + dy * dy;
  for (let y = Math.max(0, Math.ceil(Math.min(ay, by) - radius)); y <= Math.min(height - 1, Math.max(ay, by) + radius); y += 1) {
    // Only the part of the pixel row near the stitch is looked at.
    const t1 = dy === 0 ? 0 : clamp01((y - radius - ay) / dy);
    const t2 = dy === 0 ? 1 : clamp01((y + radius - ay) / dy);
    const from = Math.max(0, Math.ceil(Math.min(ax + dx * t1, ax + dx * t2) - radius));
    const to = Math.min(width - 1, Math.floor(Math.max(ax + dx * t1, ax + dx * t2) + radius));
    for (let x = from; x <= to; x += 1) {
      const t = long === 0 ? 0 : clamp01(((x - ax) * dx + (y - ay) * dy) / long);
      if ((x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2 <= radius * radius) last[y * width + x] = value;
    }
  }
};

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));

/** The figures of a fill; `allowMm` is the compensation that may go beyond the region. */
export const measureStitches = (path: Path, sewn: Sewn, allowMm: number, pxPerMm = 20): StitchFigures => {
  const raster = rasterStitches(path, sewn, pxPerMm);
  const { points, roles } = sewn;
  const count = Math.max(0, roles.length - 1);
  const lengths = Array.from({ length: count }, (_, i) =>
    Math.hypot((points[2 * i + 2] ?? 0) - (points[2 * i] ?? 0), (points[2 * i + 3] ?? 0) - (points[2 * i + 1] ?? 0)),
  );
  const threadMm = lengths.reduce((sum, mm) => sum + mm, 0);
  const share = (role: number): number => lengths.reduce((sum, mm, i) => sum + (roles[i + 1] === role ? mm : 0), 0) / threadMm;
  const isTie = (i: number): boolean => roles[i + 1] === ROLE.tie;
  return {
    ...areas(raster, allowMm),
    stitches: count,
    perMm2: count / (raster.region.reduce((sum, v) => sum + v, 0) / pxPerMm ** 2),
    threadMm,
    shortShare: lengths.filter((mm, i) => mm < 0.5 && !isTie(i)).length / count,
    tiny: lengths.filter((mm, i) => mm < 0.3 && !isTie(i)).length,
    longestMm: lengths.reduce((most, mm) => Math.max(most, mm), 0),
    ...cells(sewn),
    travelShare: share(ROLE.travel),
    underlayShare: share(ROLE.underlay),
    travelHidden: hiddenShare(raster, sewn),
  };
};

const areas = (raster: StitchRaster, allowMm: number): Pick<StitchFigures, 'areaMm2' | 'coverage' | 'overshoot'> => {
  const { region, last, pxPerMm } = raster;
  const grown = grow(raster, THREAD_MM / 2 + allowMm);
  let [area, covered, over] = [0, 0, 0];
  for (let i = 0; i < region.length; i += 1) {
    const isSewn = (last[i] ?? -1) >= 0;
    if (region[i] === 1) {
      area += 1;
      if (isSewn) covered += 1;
    } else if (isSewn && (grown[i] ?? 0) === 0) over += 1;
  }
  return { areaMm2: area / pxPerMm ** 2, coverage: covered / area, overshoot: over / area };
};

/** The region grown by a disc, by the outline pixels of it. */
const grow = ({ region, width, height, pxPerMm }: StitchRaster, byMm: number): Uint8Array => {
  const out = region.slice();
  const radius = byMm * pxPerMm + 1;
  const reach = Math.ceil(radius);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      if (region[i] !== 1 || (region[i - 1] === 1 && region[i + 1] === 1 && region[i - width] === 1 && region[i + width] === 1)) continue;
      for (let dy = -reach; dy <= reach; dy += 1) {
        const half = Math.floor(Math.sqrt(Math.max(0, radius * radius - dy * dy)));
        const row = y + dy;
        if (row >= 0 && row < height) out.fill(1, row * width + Math.max(0, x - half), row * width + Math.min(width, x + half + 1));
      }
    }
  }
  return out;
};

/** Thread length and needle holes in each square millimetre. */
const cells = ({ points }: Sewn): Pick<StitchFigures, 'densityP99' | 'densityMax' | 'penetrationsMax'> => {
  const thread = new Map<string, number>();
  const holes = new Map<string, number>();
  const add = (map: Map<string, number>, x: number, y: number, by: number): void => {
    const key = `${Math.floor(x)} ${Math.floor(y)}`;
    map.set(key, (map.get(key) ?? 0) + by);
  };
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
    add(holes, x, y, 1);
    if (i === 0) continue;
    const [px, py] = [points[i - 2] ?? 0, points[i - 1] ?? 0];
    const length = Math.hypot(x - px, y - py);
    const parts = Math.ceil(length / 0.05);
    for (let k = 0; k < parts; k += 1)
      add(thread, px + ((x - px) * (k + 0.5)) / parts, py + ((y - py) * (k + 0.5)) / parts, length / parts);
  }
  const sorted = [...thread.values()].toSorted((a, b) => a - b);
  return {
    densityP99: sorted[Math.floor((sorted.length - 1) * 0.99)] ?? 0,
    densityMax: sorted.at(-1) ?? 0,
    penetrationsMax: Math.max(0, ...holes.values()),
  };
};

/** Places along travel on which later thread of the top lies. */
const hiddenShare = (raster: StitchRaster, { points, roles }: Sewn): number => {
  const { width, pxPerMm, left, top, last } = raster;
  let [all, hidden] = [0, 0];
  for (let i = 1; i < roles.length; i += 1) {
    if (roles[i] !== ROLE.travel) continue;
    const [ax, ay, bx, by] = [points[2 * i - 2] ?? 0, points[2 * i - 1] ?? 0, points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
    const parts = Math.ceil(Math.hypot(bx - ax, by - ay) / 0.05);
    for (let k = 0; k < parts; k += 1) {
      const x = Math.floor((ax + ((bx - ax) * (k + 0.5)) / parts - left) * pxPerMm);
      const y = Math.floor((ay + ((by - ay) * (k + 0.5)) / parts - top) * pxPerMm);
      const over = last[y * width + x] ?? -1;
      all += 1;
      if (over > i && (roles[over] === ROLE.top || roles[over] === ROLE.satin)) hidden += 1;
    }
  }
  return all === 0 ? 1 : hidden / all;
};
