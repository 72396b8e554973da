import type { Polyline } from '../../geometry/flatten.ts';
import type { CutDrawing } from './cut-drawing.ts';
import { endOf, layerLines } from './layer-lines.ts';

export type HpglOptions = {
  /** Pen of each layer, in their order; left out: 1, 2, 3 and so on. */
  readonly pens?: readonly number[];
  /** How far a closed contour is run on beyond its start, so that a trailing blade leaves no tag; 0 when left out. */
  readonly overcutMm?: number;
  /** How far the straight pieces may stray from curves; half a step of the plotter when left out. */
  readonly toleranceMm?: number;
};

/** HP-GL counts in 0.025 mm. */
const STEPS_PER_MM = 40;
/** Points of one command: small plotters have small buffers. */
const POINTS_PER_COMMAND = 16;

/**
 * The drawing in HP-GL for cutting plotters: 40 steps a millimetre, y up from the lower left corner, one pen for each layer, inner contours
 * first. Only IN, SP, PU and PD, which every cutter knows; speed, force and blade offset stay with the machine.
 */
export const writeHpgl = (drawing: CutDrawing, { pens = [], overcutMm = 0, toleranceMm = 0.0125 }: HpglOptions = {}): Uint8Array => {
  const { heightMm, layers } = drawing;
  const commands = ['IN;'];
  let from = { x: 0, y: heightMm };
  let held = 0;
  layers.forEach((layer, i) => {
    const options = { toleranceMm, stepsPerMm: STEPS_PER_MM, heightMm, from };
    const lines = layerLines(layer, options);
    const pen = pens[i] ?? i + 1;
    if (lines.length > 0 && pen !== held) commands.push(`SP${pen};`);
    if (lines.length > 0) held = pen;
    for (const line of lines) commands.push(...commandsOf(line, overcutMm * STEPS_PER_MM));
    from = endOf(lines, options);
  });
  commands.push('PU0,0;SP0;');
  return new TextEncoder().encode(`${commands.join('\n')}\n`);
};

const commandsOf = (line: Polyline, overcutSteps: number): readonly string[] => {
  const [start, ...rest] = pointsOf(line);
  const run = line.closed && start ? [...rest, start, ...beyond([start, ...rest], overcutSteps)] : rest;
  const commands = [`PU${start?.join(',') ?? '0,0'};`];
  for (let i = 0; i < run.length; i += POINTS_PER_COMMAND) {
    commands.push(
      `PD${run
        .slice(i, i + POINTS_PER_COMMAND)
        .map((point) => point.join(','))
        .join(',')};`,
    );
  }
  return commands;
};

type Step = readonly [x: number, y: number];

const pointsOf = ({ points }: Polyline): readonly Step[] =>
  Array.from({ length: points.length / 2 }, (_, i): Step => [points[2 * i] ?? 0, points[2 * i + 1] ?? 0]);

/** The way along a ring from its first point, as long as asked and at most once around. */
const beyond = (ring: readonly Step[], steps: number): readonly Step[] => {
  const out: Step[] = [];
  let left = steps;
  for (let i = 0; i < ring.length && left > 0; i += 1) {
    const [ax, ay] = ring[i] ?? [0, 0];
    const [bx, by] = ring[(i + 1) % ring.length] ?? [0, 0];
    const length = Math.hypot(bx - ax, by - ay);
    const share = Math.min(1, left / length);
    out.push([Math.round(ax + (bx - ax) * share), Math.round(ay + (by - ay) * share)]);
    left -= length;
  }
  return out;
};
