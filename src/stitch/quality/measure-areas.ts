import type { Steps } from '../../model/steps.ts';
import type { StitchRegion } from '../region.ts';
import { distanceMap } from './distance-map.ts';
import type { QualityReport } from './quality-report.ts';
import { CLOTH_PATCH, type StitchCanvas } from './stitch-canvas.ts';
import type { StitchList } from './stitch-list.ts';

type AreaFigures = Pick<
  QualityReport,
  | 'areaMm2'
  | 'coverage'
  | 'leastCoverage'
  | 'rightColourOnTop'
  | 'overshootMm2'
  | 'overshootShare'
  | 'overshootMaxMm'
  | 'gaps'
  | 'largestGapMm2'
  | 'exposedMm2'
  | 'underlaid'
  | 'satinShare'
>;

/** Thread may reach beyond the outline by half its width, mm. */
const HALF_THREAD_MM = 0.2;
const FAR_MM = 8;

/** The figures that compare what is drawn with what should be there. */
export function* measureAreas(
  canvas: StitchCanvas,
  list: StitchList,
  regions: readonly StitchRegion[],
  pullMm: number,
): Steps<AreaFigures> {
  const { frame, pxPerMm, target } = canvas;
  const most = FAR_MM * pxPerMm;
  const art = new Uint8Array(target.length);
  const cloth = new Uint8Array(target.length);
  for (let at = 0; at < art.length; at += 1) {
    if (target[at] === 0) cloth[at] = 1;
    else art[at] = 1;
  }
  const outside = distanceMap(frame.columns, frame.rows, art, most);
  yield;
  const inside = distanceMap(frame.columns, frame.rows, cloth, most);
  yield;
  const exposedMm2 = yield* exposure(canvas, inside, list.threads.length);
  const beyond = overshoot(canvas, outside, pullMm);
  yield;
  const open = gapsOf(canvas, inside);
  yield;
  const byWidth = yield* widths(canvas, regions);
  return { ...coverages(canvas, list, regions), ...beyond, ...open, exposedMm2, ...byWidth };
}

/** What the thread covers, and in which colour. */
export const coverages = (
  { target, top, mask, pxPerMm }: StitchCanvas,
  list: StitchList,
  regions: readonly StitchRegion[],
): Pick<QualityReport, 'areaMm2' | 'coverage' | 'leastCoverage' | 'rightColourOnTop'> => {
  const colours = regions.map(({ thread }) => thread.colour);
  const totals = new Map<string, { px: number; covered: number; right: number }>();
  const sums = colours.map((colour) => {
    const sum = totals.get(colour) ?? { px: 0, covered: 0, right: 0 };
    totals.set(colour, sum);
    return sum;
  });
  for (let at = 0; at < target.length; at += 1) {
    const region = (target[at] ?? 0) - 1;
    const sum = sums[region];
    if (!sum) continue;
    sum.px += 1;
    if (mask[at] !== 0) sum.covered += 1;
    const stitch = (top[at] ?? 0) - 1;
    if (stitch >= 0 && list.threads[list.block[stitch] ?? 0]?.colour === colours[region]) sum.right += 1;
  }
  const seen = [...totals.values()].filter(({ px }) => px > 0);
  const px = seen.reduce((sum, one) => sum + one.px, 0);
  return {
    areaMm2: px / (pxPerMm * pxPerMm),
    coverage: px === 0 ? 1 : seen.reduce((sum, one) => sum + one.covered, 0) / px,
    leastCoverage: seen.reduce((least, one) => Math.min(least, one.covered / one.px), 1),
    rightColourOnTop: px === 0 ? 1 : seen.reduce((sum, one) => sum + one.right, 0) / px,
  };
};

const overshoot = (
  { target, mask, pxPerMm }: StitchCanvas,
  outside: Float32Array,
  pullMm: number,
): Pick<QualityReport, 'overshootMm2' | 'overshootShare' | 'overshootMaxMm'> => {
  // Half a pixel for the middle of the edge.
  const allowed = (HALF_THREAD_MM + pullMm) * pxPerMm + 0.5;
  let [px, area, most] = [0, 0, 0];
  for (let at = 0; at < mask.length; at += 1) {
    if (target[at] !== 0) area += 1;
    else if (mask[at] !== 0 && (outside[at] ?? 0) > allowed) {
      px += 1;
      most = Math.max(most, (outside[at] ?? 0) - allowed);
    }
  }
  return { overshootMm2: px / (pxPerMm * pxPerMm), overshootShare: area === 0 ? 0 : px / area, overshootMaxMm: most / pxPerMm };
};

/** Bare patches over 0.1 mm² at least 0.2 mm inside the artwork, and the largest. */
const gapsOf = ({ frame, mask, target, pxPerMm }: StitchCanvas, inside: Float32Array): Pick<QualityReport, 'gaps' | 'largestGapMm2'> => {
  const bare = new Uint8Array(mask.length);
  for (let at = 0; at < bare.length; at += 1)
    bare[at] = mask[at] === 0 && target[at] !== CLOTH_PATCH && (inside[at] ?? 0) > HALF_THREAD_MM * pxPerMm ? 1 : 0;
  const least = 0.1 * pxPerMm * pxPerMm;
  const open: number[] = [];
  let [gaps, largest] = [0, 0];
  for (let seed = 0; seed < bare.length; seed += 1) {
    if (bare[seed] !== 1) continue;
    let size = 0;
    bare[seed] = 0;
    open.push(seed);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      size += 1;
      for (const next of [at - 1, at + 1, at - frame.columns, at + frame.columns]) {
        if (bare[next] !== 1) continue;
        bare[next] = 0;
        open.push(next);
      }
    }
    if (size > least) gaps += 1;
    largest = Math.max(largest, size);
  }
  return { gaps, largestGapMm2: largest / (pxPerMm * pxPerMm) };
};

/** From each change of colour on, all that follows is moved in four directions by 0.3 mm. */
function* exposure({ frame, mask, target, pxPerMm }: StitchCanvas, inside: Float32Array, blocks: number): Steps<number> {
  const side = Math.max(1, Math.round(0.3 * pxPerMm));
  const row = side * frame.columns;
  const deep = 0.5 * pxPerMm;
  let worst = 0;
  for (let k = 1; k < Math.min(blocks, 32); k += 1) {
    yield;
    const early = 2 ** k - 1;
    let [left, right, up, down] = [0, 0, 0, 0];
    for (let at = 0; at < mask.length; at += 1) {
      const here = mask[at] ?? 0;
      if (here === 0 || (here & early) !== 0 || target[at] === CLOTH_PATCH || (inside[at] ?? 0) < deep) continue;
      if (((mask[at + side] ?? 0) & ~early) === 0) left += 1;
      if (((mask[at - side] ?? 0) & ~early) === 0) right += 1;
      if (((mask[at + row] ?? 0) & ~early) === 0) up += 1;
      if (((mask[at - row] ?? 0) & ~early) === 0) down += 1;
    }
    worst = Math.max(worst, left, right, up, down);
  }
  return worst / (pxPerMm * pxPerMm);
}

/**
 * Underlay and satin by local width, each region by itself, on every second pixel. A place is as wide as the largest disc in the region that
 * holds it.
 */
function* widths(canvas: StitchCanvas, regions: readonly StitchRegion[]): Steps<Pick<QualityReport, 'underlaid' | 'satinShare'>> {
  const { columns, rows, target, kinds, pxPerMm } = halved(canvas);
  const most = FAR_MM * pxPerMm;
  const own = distanceMap(columns, rows, bordersOf(target, columns), most);
  yield;
  const thin = 0.5 * pxPerMm;
  const wide = 3.5 * pxPerMm;
  const toThin = distanceMap(columns, rows, atLeast(own, thin), most);
  const toWide = distanceMap(columns, rows, atLeast(own, wide), most);
  yield;
  const isWideRegion = new Uint8Array(regions.length + 1);
  const hasUnderlay = new Uint8Array(regions.length + 1);
  let [fit, satin] = [0, 0];
  for (let at = 0; at < target.length; at += 1) {
    const region = target[at] ?? 0;
    if (region === 0 || region === CLOTH_PATCH) continue;
    const kind = kinds[at] ?? 0;
    if ((own[at] ?? 0) > 0.75 * pxPerMm) isWideRegion[region] = 1;
    if ((kind & 1) !== 0) hasUnderlay[region] = 1;
    if ((toThin[at] ?? 0) > thin || (toWide[at] ?? 0) <= wide + 1) continue;
    fit += 1;
    if ((kind & 2) !== 0) satin += 1;
  }
  let [wideRegions, laid] = [0, 0];
  isWideRegion.forEach((isWide, region) => {
    wideRegions += isWide;
    laid += isWide & (hasUnderlay[region] ?? 0);
  });
  return { underlaid: wideRegions === 0 ? 1 : laid / wideRegions, satinShare: fit === 0 ? 1 : satin / fit };
}

type Halved = Pick<StitchCanvas, 'target' | 'kinds' | 'pxPerMm'> & { readonly columns: number; readonly rows: number };

const halved = ({ frame, target, kinds, pxPerMm }: StitchCanvas): Halved => {
  const [columns, rows] = [frame.columns >> 1, frame.rows >> 1];
  const small = { target: new Uint16Array(columns * rows), kinds: new Uint8Array(columns * rows) };
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      const from = 2 * row * frame.columns + 2 * column;
      small.target[at] = target[from] ?? 0;
      small.kinds[at] = kinds[from] ?? 0;
    }
  }
  return { ...small, columns, rows, pxPerMm: pxPerMm / 2 };
};

/** Pixels beside another region or the cloth. */
const bordersOf = (target: Uint16Array, columns: number): Uint8Array => {
  const out = new Uint8Array(target.length);
  for (let at = 0; at < out.length; at += 1) {
    const here = target[at] ?? 0;
    if (here === 0 || here !== target[at - 1] || here !== target[at + 1] || here !== target[at - columns]) out[at] = 1;
  }
  return out;
};

const atLeast = (map: Float32Array, least: number): Uint8Array => {
  const out = new Uint8Array(map.length);
  for (let at = 0; at < out.length; at += 1) if ((map[at] ?? 0) >= least) out[at] = 1;
  return out;
};
