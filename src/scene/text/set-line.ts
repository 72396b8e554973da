import { standsUpright } from './scripts.ts';
import { isTrackable, type Line, type LineRun, scaleOf } from './shape-line.ts';

/**
 * A run with pen positions in mm along its line. `x` is where the pen of each glyph stands; `cellStart` and `cellWidth` span the
 * advance of the whole cluster the glyph belongs to, so that a placement can turn clusters as one piece.
 */
export type SetRun = {
  readonly run: LineRun;
  /** Millimetres per font unit. */
  readonly scale: number;
  readonly x: Float64Array;
  readonly cellStart: Float64Array;
  readonly cellWidth: Float64Array;
};

/** Runs from left to right (or top to bottom) with pens counted from the start of the line. */
export type SetLine = { readonly line: Line; readonly runs: readonly SetRun[]; readonly widthMm: number };

/** Extra room in mm after every space and between every two ideographs. */
type Stretch = { readonly space: number; readonly ideograph: number };
const NO_STRETCH: Stretch = { space: 0, ideograph: 0 };

const isSpaceAt = ({ run }: { run: LineRun }, text: string, cluster: number): boolean => /[ \u00A0]/.test(text.charAt(run.start + cluster));

const setRun = (
  run: LineRun,
  text: string,
  sizeMm: number,
  trackingMm: number,
  stretch: Stretch,
  from: number,
): { set: SetRun; to: number } => {
  const { item, shaped } = run;
  const { count, clusters, advances } = shaped;
  const scale = scaleOf(item, sizeMm);
  const tracking = isTrackable(item) ? trackingMm + item.style.trackingEm * sizeMm * item.style.sizeFactor : 0;
  const set: SetRun = { run, scale, x: new Float64Array(count), cellStart: new Float64Array(count), cellWidth: new Float64Array(count) };
  const stretches = stretch !== NO_STRETCH;
  let pen = from;
  for (let first = 0; first < count; ) {
    const cluster = clusters[first] ?? 0;
    const start = pen;
    let end = first;
    for (; end < count && clusters[end] === cluster; end++) {
      set.x[end] = pen;
      pen += (advances[end] ?? 0) * scale;
    }
    set.cellStart.fill(start, first, end);
    set.cellWidth.fill(pen - start, first, end);
    pen += tracking;
    if (stretches) {
      if (isSpaceAt({ run }, text, cluster)) pen += stretch.space;
      else if (standsUpright(item.script)) pen += stretch.ideograph;
    }
    first = end;
  }
  return { set, to: pen };
};

const lastTracking = (line: Line, sizeMm: number, trackingMm: number): number => {
  const last = line.runs.at(-1);
  if (last === undefined || last.shaped.count === 0 || !isTrackable(last.item)) return 0;
  return trackingMm + last.item.style.trackingEm * sizeMm * last.item.style.sizeFactor;
};

const setWith = (line: Line, sizeMm: number, trackingMm: number, stretch: Stretch): SetLine => {
  const runs: SetRun[] = [];
  let pen = 0;
  for (const run of line.runs) {
    const { set, to } = setRun(run, line.paragraph.text, sizeMm, trackingMm, stretch, pen);
    runs.push(set);
    pen = to;
  }
  return { line, runs, widthMm: pen - lastTracking(line, sizeMm, trackingMm) };
};

/** Places the glyphs of a line one after the other; tracking goes between clusters, not after the last. */
export const setLine = (line: Line, sizeMm: number, trackingMm: number): SetLine => setWith(line, sizeMm, trackingMm, NO_STRETCH);

/** Where the ink of a line begins and ends along it, in mm from its start; null without ink, and for upright columns. */
export const inkSpan = ({ runs }: SetLine): { readonly from: number; readonly to: number } | null => {
  let [from, to] = [Infinity, -Infinity];
  for (const { run, scale, x } of runs) {
    const { item, shaped } = run;
    if (item.flow === 'ttb' || item.flow === 'stacked') return null;
    for (let i = 0; i < shaped.count; i++) {
      const { bounds } = item.font.silhouette(shaped.glyphs[i] ?? 0);
      if (bounds === null) continue;
      const left = (x[i] ?? 0) + ((shaped.xOffsets[i] ?? 0) + bounds.x) * scale;
      from = Math.min(from, left);
      to = Math.max(to, left + bounds.width * scale);
    }
  }
  return from <= to ? { from, to } : null;
};

/** The width a line needs: its advances, or its ink with `reachMm` of effects around it when that is wider. */
export const neededWidth = (set: SetLine, reachMm: number): number => {
  const span = inkSpan(set);
  return span === null ? set.widthMm : Math.max(set.widthMm, span.to - span.from + reachMm);
};

const countGaps = ({ runs, paragraph }: Line): { spaces: number; ideographs: number } => {
  let [spaces, ideographs] = [0, 0];
  for (const run of runs) {
    let before = -1;
    for (const cluster of run.shaped.clusters) {
      if (cluster === before) continue;
      before = cluster;
      if (isSpaceAt({ run }, paragraph.text, cluster)) spaces += 1;
      else if (standsUpright(run.item.script)) ideographs += 1;
    }
  }
  const last = runs.at(-1);
  return { spaces, ideographs: last && standsUpright(last.item.script) ? ideographs - 1 : ideographs };
};

/**
 * The line stretched to a width: at its spaces, or between ideographs when it has none; as it is when neither is there.
 * @param mostShrinkMm - what it may be drawn together by, all spaces together
 */
export const setJustified = (line: Line, sizeMm: number, trackingMm: number, widthMm: number, mostShrinkMm = 0): SetLine => {
  const natural = setLine(line, sizeMm, trackingMm);
  const missing = widthMm - natural.widthMm;
  const { spaces, ideographs } = countGaps(line);
  if (missing === 0 || missing < -mostShrinkMm || (spaces === 0 && ideographs <= 0)) return natural;
  const stretch = spaces > 0 ? { space: missing / spaces, ideograph: 0 } : { space: 0, ideograph: missing / ideographs };
  const set = setWith(line, sizeMm, trackingMm, stretch);
  return { ...set, widthMm };
};
