import type { Steps } from '../../model/steps.ts';
import { isSameThread, ROLE, type StitchPlan } from '../plan.ts';
import type { QualityReport } from './quality-report.ts';
import { STITCHES_AT_ONCE, type StitchCanvas } from './stitch-canvas.ts';
import type { StitchList } from './stitch-list.ts';

type StitchFigures = Pick<
  QualityReport,
  | 'stitches'
  | 'threadMm'
  | 'shortShare'
  | 'tinyStitches'
  | 'longStitches'
  | 'longestMm'
  | 'densityP99'
  | 'densityMax'
  | 'layerDensityP99'
  | 'layerDensityMax'
  | 'penetrationsMax'
  | 'sameHoleMax'
  | 'underlayShare'
>;

/** The figures that need only the list of stitches. */
export function* measureStitches(list: StitchList): Steps<StitchFigures> {
  let [threadMm, underlayMm, counted, short, tiny, long, longestMm] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < list.count; i += 1) {
    const mm = list.mm[i] ?? 0;
    threadMm += mm;
    if (list.role[i] === ROLE.underlay) underlayMm += mm;
    longestMm = Math.max(longestMm, mm);
    if (mm > 7 + 1e-6) long += 1;
    if (list.role[i] === ROLE.tie) continue;
    counted += 1;
    if (mm < 0.5 - 1e-6) short += 1;
    if (mm < 0.3 - 1e-6) tiny += 1;
  }
  const thickness = yield* densities(list);
  yield;
  return {
    stitches: list.count,
    threadMm,
    shortShare: counted === 0 ? 0 : short / counted,
    tinyStitches: tiny,
    longStitches: long,
    longestMm,
    underlayShare: threadMm === 0 ? 0 : underlayMm / threadMm,
    ...thickness,
    ...holes(list),
  };
}

type Densities = Pick<QualityReport, 'densityP99' | 'densityMax' | 'layerDensityP99' | 'layerDensityMax'>;

/** Thread laid in cells of a millimetre, in steps of a tenth. */
function* densities(list: StitchList): Steps<Densities> {
  const cells = new Map<number, number>();
  const layers: number[] = [];
  let layer = new Map<number, number>();
  const closeLayer = (): void => {
    for (const [key, mm] of layer) {
      layers.push(mm);
      cells.set(key, (cells.get(key) ?? 0) + mm);
    }
    layer = new Map();
  };
  for (let i = 0; i < list.count; i += 1) {
    if (i % STITCHES_AT_ONCE === 0) yield;
    if (i > 0 && list.block[i] !== list.block[i - 1]) closeLayer();
    const mm = list.mm[i] ?? 0;
    const [ax, ay, bx, by] = [list.ax[i] ?? 0, list.ay[i] ?? 0, list.bx[i] ?? 0, list.by[i] ?? 0];
    const steps = Math.max(1, Math.ceil(mm * 10));
    for (let k = 0; k < steps; k += 1) {
      const t = (k + 0.5) / steps;
      const key = cellKey(ax + (bx - ax) * t, ay + (by - ay) * t);
      layer.set(key, (layer.get(key) ?? 0) + mm / steps);
    }
  }
  closeLayer();
  const [all, single] = [Float64Array.from(cells.values()).sort(), Float64Array.from(layers).sort()];
  return { densityP99: p99(all), densityMax: all.at(-1) ?? 0, layerDensityP99: p99(single), layerDensityMax: single.at(-1) ?? 0 };
}

const p99 = (sorted: Float64Array): number => sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0;

const cellKey = (x: number, y: number): number => Math.floor(y) * 65536 + Math.floor(x);

const holes = (list: StitchList): Pick<QualityReport, 'penetrationsMax' | 'sameHoleMax'> => {
  const cells = new Map<number, number>();
  const points = new Map<number, number>();
  let [penetrationsMax, sameHoleMax] = [0, 0];
  const pierce = (x: number, y: number, isTie: boolean): void => {
    const key = cellKey(x, y);
    const count = (cells.get(key) ?? 0) + 1;
    cells.set(key, count);
    penetrationsMax = Math.max(penetrationsMax, count);
    if (isTie) return;
    const hole = Math.round(y * 10) * 1_048_576 + Math.round(x * 10);
    const repeats = (points.get(hole) ?? 0) + 1;
    points.set(hole, repeats);
    sameHoleMax = Math.max(sameHoleMax, repeats);
  };
  for (let i = 0; i < list.count; i += 1) {
    const isTie = list.role[i] === ROLE.tie;
    if (list.first[i] === 1) pierce(list.ax[i] ?? 0, list.ay[i] ?? 0, isTie);
    pierce(list.bx[i] ?? 0, list.by[i] ?? 0, isTie);
  }
  return { penetrationsMax, sameHoleMax };
};

type WayFigures = Pick<QualityReport, 'trims' | 'floats' | 'colourChanges' | 'travelShare' | 'travelHidden'>;

/** How the needle gets about: cuts, threads left lying, and ways under cover. */
export const measureWays = (plan: StitchPlan, list: StitchList, canvas: StitchCanvas): WayFigures => {
  let [travelMm, hiddenMm, threadMm] = [0, 0, 0];
  for (let i = 0; i < list.count; i += 1) {
    const mm = list.mm[i] ?? 0;
    threadMm += mm;
    if (list.role[i] !== ROLE.travel) continue;
    travelMm += mm;
    hiddenMm += mm * coveredShare(canvas, list.ax[i] ?? 0, list.ay[i] ?? 0, list.bx[i] ?? 0, list.by[i] ?? 0, i + 1);
  }
  return {
    ...cutsAndFloats(plan, canvas),
    colourChanges: plan.blocks.filter(({ thread }, i) => i > 0 && !isSameThread(thread, plan.blocks[i - 1]?.thread ?? thread)).length,
    travelShare: threadMm === 0 ? 0 : travelMm / threadMm,
    travelHidden: travelMm === 0 ? 1 : hiddenMm / travelMm,
  };
};

const cutsAndFloats = (plan: StitchPlan, canvas: StitchCanvas): Pick<QualityReport, 'trims' | 'floats'> => {
  let [trims, floats, sewn] = [0, 0, 0];
  for (const { runs } of plan.blocks) {
    let [x, y] = [Number.NaN, Number.NaN];
    for (const { points, roles, from } of runs) {
      const [toX = 0, toY = 0] = points;
      const mm = Math.hypot(toX - x, toY - y);
      if (from === 'trim' && !Number.isNaN(x)) trims += 1;
      if (from === 'jump' && mm > 2 && coveredShare(canvas, x, y, toX, toY, sewn) < 0.95) floats += 1;
      sewn += Math.max(0, roles.length - 1);
      [x, y] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
    }
  }
  return { trims, floats };
};

/** The share of a straight way over which thread lies that was sewn after stitch number `after`. */
const coveredShare = ({ frame, cover }: StitchCanvas, ax: number, ay: number, bx: number, by: number, after: number): number => {
  const steps = Math.max(2, Math.ceil(Math.hypot(bx - ax, by - ay) / frame.step));
  let covered = 0;
  for (let k = 0; k < steps; k += 1) {
    const t = (k + 0.5) / steps;
    const column = Math.floor((ax + (bx - ax) * t - frame.x0) / frame.step);
    const row = Math.floor((ay + (by - ay) * t - frame.y0) / frame.step);
    if ((cover[row * frame.columns + column] ?? 0) > after) covered += 1;
  }
  return covered / steps;
};
