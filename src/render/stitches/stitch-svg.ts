import { inflate, type Rect, rectOf } from '../../geometry/point.ts';
import { quantizeMm } from '../../geometry/units.ts';
import type { ColourBlock, Run, StitchPlan } from '../../stitch/plan.ts';
import { xmlText } from '../xml-text.ts';
import { needleBox } from './needle-box.ts';

export type StitchSvgOptions = {
  readonly title?: string;
  /** Mm of the plan that the drawing shows; left out: what is sewn, and 2 mm around it. */
  readonly region?: Rect;
  /** Draw the moves between runs as dashed lines. */
  readonly jumps?: boolean;
  /** Width of the lines, mm: 0.4 (default) is the thread itself, less shows the path. */
  readonly lineMm?: number;
};

const AROUND_MM = 2;
/** A plan without stitches has a drawing too. */
const EMPTY = rectOf(0, 0, 10, 10);

/**
 * The needle's path as an SVG of true size: width and height in mm and one user unit a mm, a group for each colour in sewing order, a
 * polyline for each run. Plain shapes and attributes only. UTF-8.
 */
export const stitchSvg = (plan: StitchPlan, { title = '', region, jumps = false, lineMm = 0.4 }: StitchSvgOptions = {}): Uint8Array => {
  const sewn = needleBox(plan);
  const { x, y, width, height } = region ?? (sewn ? inflate(sewn, AROUND_MM) : EMPTY);
  const box = [x, y, width, height].map(quantizeMm).join(' ');
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${quantizeMm(width)}mm" height="${quantizeMm(height)}mm" viewBox="${box}">`,
    ...(title === '' ? [] : [`<title>${xmlText(title)}</title>`]),
    ...plan.blocks.flatMap((block, i) => groupOf(block, i, jumps, lineMm)),
    '</svg>\n',
  ].join('\n');
  return new TextEncoder().encode(text);
};

const groupOf = (block: ColourBlock, index: number, jumps: boolean, lineMm: number): readonly string[] => {
  const { thread, runs, note } = block;
  const title = [`${index + 1}`, thread.maker, thread.code, thread.name, note].filter((part) => part !== '').join(' ');
  const attributes = `fill="none" stroke="${thread.colour}" stroke-width="${quantizeMm(lineMm)}" stroke-linecap="round" stroke-linejoin="round"`;
  return [
    `<g id="colour-${index + 1}" ${attributes}>`,
    `<title>${xmlText(title)}</title>`,
    ...runs.filter(({ points }) => points.length >= 4).map(({ points }) => `<polyline points="${numbers(points)}"/>`),
    ...(jumps ? movesOf(runs, lineMm) : []),
    '</g>',
  ];
};

/** What the needle does not sew on its way from run to run. */
const movesOf = (runs: readonly Run[], lineMm: number): readonly string[] =>
  runs.flatMap((run, i) => {
    const before = runs[i - 1]?.points;
    if (!before || before.length < 2 || run.points.length < 2) return [];
    const [x1, y1, x2, y2] = [before.at(-2), before.at(-1), run.points[0], run.points[1]].map((mm) => quantizeMm(mm ?? 0));
    return [
      `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke-width="${quantizeMm(lineMm / 2)}" stroke-dasharray="${run.from === 'trim' ? '0.5 1' : '1.5 1'}"/>`,
    ];
  });

const numbers = (points: Float64Array): string => {
  const places: string[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) places.push(`${quantizeMm(points[i] ?? 0)},${quantizeMm(points[i + 1] ?? 0)}`);
  return places.join(' ');
};
