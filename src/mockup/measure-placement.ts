import { NO_POSITION, type ProductView, type ShownPlacement } from '../model/view.ts';

/** What a view really shows of a placement. */
export type PlacementMeasure = {
  /** Share of the trim area that some pixel shows, 0..1. */
  readonly coverage: number;
  /** Picture pixels per mm in the direction where they are fewest: the lowest 5 % and the median; 0 when nothing is shown. */
  readonly pxPerMm: { readonly min: number; readonly median: number };
  /** Neighbouring samples within the trim that lie further apart than the map's seam length. */
  readonly seams: number;
};

/** The trim is counted in cells, so many a side. */
const CELLS = 40;

type Step = { readonly u: number; readonly v: number };

/** The longest of all steps of one pixel, from the steps to the right and downwards. */
const longestStep = (right: Step, below: Step): number => {
  const sum = right.u * right.u + right.v * right.v + below.u * below.u + below.v * below.v;
  const area = right.u * below.v - right.v * below.u;
  return Math.sqrt((sum + Math.sqrt(Math.max(0, sum * sum - 4 * area * area))) / 2);
};

/** Measures one placement over the samples of the position map whose pixel belongs at least half to the printed zone. */
export const measurePlacement = ({ record, positions, coverage }: ProductView, shown: ShownPlacement): PlacementMeasure => {
  const { widthPx, heightPx, mm } = positions;
  const { step, offset, seam } = record.maps.positions;
  const zone = coverage.get(shown.zone);
  const cells = new Set<number>();
  const scales: number[] = [];
  let seams = 0;
  const isZone = (x: number, y: number): boolean =>
    (zone?.[Math.round(y * step + offset[1]) * record.widthPx + Math.round(x * step + offset[0])] ?? 0) > 127;
  for (let y = 0; y + 1 < heightPx; y += 1) {
    for (let x = 0; x + 1 < widthPx; x += 1) {
      const at = (y * widthPx + x) * 2;
      const [u = NO_POSITION, v = 0] = [mm[at], mm[at + 1]];
      const [across, down] = [(u - shown.x) / shown.width, (v - shown.y) / shown.height];
      if (across < 0 || across >= 1 || down < 0 || down >= 1 || !isZone(x, y)) continue;
      cells.add(Math.floor(down * CELLS) * CELLS + Math.floor(across * CELLS));
      const under = at + widthPx * 2;
      if (mm[at + 2] === NO_POSITION || mm[under] === NO_POSITION) continue;
      const right = { u: (mm[at + 2] ?? 0) - u, v: (mm[at + 3] ?? 0) - v };
      const below = { u: (mm[under] ?? 0) - u, v: (mm[under + 1] ?? 0) - v };
      const longest = longestStep(right, below);
      if (longest > seam) seams += isZone(x + 1, y) && isZone(x, y + 1) ? 1 : 0;
      else scales.push(step / longest);
    }
  }
  scales.sort((a, b) => a - b);
  const share = (part: number): number => scales[Math.floor(part * (scales.length - 1))] ?? 0;
  return { coverage: cells.size / (CELLS * CELLS), pxPerMm: { min: share(0.05), median: share(0.5) }, seams };
};
