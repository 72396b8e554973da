import { type Colour, colourFromHex } from '../../colour/colour.ts';
import { type Affine, applyToPoint, multiply, scaling, translation } from '../../geometry/affine.ts';
import { type Path, PathBuilder } from '../../geometry/path.ts';
import { centreOf, type Rect, rectOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { StitchesLayer } from '../../model/layers.ts';
import { colourOf } from '../../model/paint.ts';
import { Problem } from '../../model/problem.ts';
import type { StitchFile } from '../../model/resources.ts';
import type { ColourBlock, StitchPlan } from '../../model/stitch-plan.ts';
import { plainGroup } from '../plain-group.ts';
import type { GroupNode, PathNode } from '../scene.ts';
import type { ComposeContext, Composed } from './context.ts';

/** Width of sewn 40 weight thread, mm. */
const THREAD_MM = 0.4;

/** A machine file laid into the middle of its box at true size: the stitches as they are, and the threads as lines for those who cannot sew. */
export const composeStitches = (layer: StitchesLayer, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const file = fileOf(layer, context);
  const sewn = sewnBox(file.plan);
  const at = placed(sewn, box, layer.scale);
  const threads = (layer.threads ?? []).map((one) => (typeof one === 'string' && !one.startsWith('#') ? one : colourOf(one)));
  const group: GroupNode = {
    ...plainGroup(pointer),
    children: file.plan.blocks.flatMap((block, i) => lineOf(block, at, threads[i], pointer)),
    stitches: { digest: file.digest, format: file.format, name: file.name, plan: file.plan, at, threads },
  };
  return { nodes: [group], findings: findingsOf(layer, file, sewn, box, pointer) };
};

const fileOf = ({ source }: Pick<StitchesLayer, 'source'>, { stitches }: Pick<ComposeContext, 'stitches'>): StitchFile => {
  if (stitches) return stitches(source);
  throw new Problem('stitches.unsupported', 'expected a library that reads machine files, got one that does not');
};

/** The box of a layer of stitches: true size where it is told a place and no size, else as any layer's. */
export const stitchesBox = (layer: StitchesLayer, context: Pick<ComposeContext, 'stitches'>): StitchesLayer['box'] => {
  const { box, scale } = layer;
  const own = sewnBox(fileOf(layer, context).plan);
  return {
    ...box,
    ...(box.x !== undefined && box.width === undefined && own.width > 0 ? { width: own.width * scale } : {}),
    ...(box.y !== undefined && box.height === undefined && own.height > 0 ? { height: own.height * scale } : {}),
  };
};

/** Around every place the needle goes in. */
const sewnBox = ({ blocks }: StitchPlan): Rect => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { runs } of blocks) {
    for (const { points } of runs) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0];
        [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      }
    }
  }
  return right >= left ? rectOf(left, top, right - left, bottom - top) : rectOf(0, 0, 0, 0);
};

const placed = (sewn: Rect, box: Rect, scale: number): Affine => {
  const [from, to] = [centreOf(sewn), centreOf(box)];
  // At its own size a file is moved by whole steps of a machine, so that every stitch keeps its place among the others.
  if (scale === 1) return translation(inSteps(to.x - from.x), inSteps(to.y - from.y));
  return multiply(translation(to.x, to.y), scaling(scale), translation(-from.x, -from.y));
};

/** Machine files count in tenths of a mm. */
const inSteps = (mm: number): number => Math.round(mm * 10) / 10;

/** The threads of a colour as one stroked path. */
const lineOf = ({ thread, runs }: ColourBlock, at: Affine, wanted: Colour | string | undefined, pointer: string): readonly PathNode[] => {
  const colour = typeof wanted === 'object' ? wanted : colourFromHex(thread.colour);
  const path = wayOf(runs, at);
  if (!colour || path.coords.length === 0) return [];
  const stroke = { paint: { kind: 'solid', colour }, widthMm: THREAD_MM, cap: 'round', join: 'round', miterLimit: 4 } as const;
  return [{ kind: 'path', pointer, path, fillRule: 'nonzero', fill: null, stroke }];
};

const wayOf = (runs: ColourBlock['runs'], at: Affine): Path => {
  const builder = new PathBuilder();
  for (const { points } of runs) {
    for (let i = 0; i + 1 < points.length; i += 2) {
      const { x, y } = applyToPoint(at, { x: points[i] ?? 0, y: points[i + 1] ?? 0 });
      if (i === 0) builder.moveTo(x, y);
      else builder.lineTo(x, y);
    }
  }
  return builder.finish();
};

/** Half a machine's step: what rounding may do. */
const ROUNDING_MM = 0.05;

const findingsOf = (layer: StitchesLayer, file: StitchFile, sewn: Rect, box: Rect, pointer: string): readonly Finding[] => {
  const { scale, threads } = layer;
  const { blocks } = file.plan;
  const [width, height] = [sewn.width * scale, sewn.height * scale];
  const named = threads?.length ?? 0;
  return [
    ...(scale === 1
      ? []
      : [
          warning('stitches.scaled', `${pointer}/scale`, {
            message: `The stitches are ${scale < 1 ? 'drawn together' : 'pulled apart'}: ${round(100 / scale ** 2)} % of the thread in each place that they were made for.`,
            hint: 'Use the file at its own size, or have the art digitised at the size wanted.',
            measured: round(100 * scale),
            required: 100,
            unit: '%',
          }),
        ]),
    ...(width <= box.width + ROUNDING_MM && height <= box.height + ROUNDING_MM
      ? []
      : [
          warning('stitches.box', `${pointer}/box`, {
            message: `The stitches take ${round(width)} x ${round(height)} mm and reach out of their box: machine files are never fitted.`,
            hint: 'Use a larger box, or a file that was made for this size.',
            measured: `${round(width)} x ${round(height)}`,
            required: `${round(box.width)} x ${round(box.height)}`,
            unit: 'mm',
          }),
        ]),
    ...(file.hasColours || named >= blocks.length
      ? []
      : [
          warning('stitches.colours', `${pointer}/threads`, {
            message: `The file does not say its colours, and ${named === 0 ? 'no threads are' : `only ${named} of ${blocks.length} threads are`} named: stand-ins are sewn.`,
            hint: `Name ${blocks.length === 1 ? 'the thread' : `the ${blocks.length} threads`} in the order of sewing: "threads": ["#c8102e", …].`,
            measured: named,
            required: blocks.length,
          }),
        ]),
    ...(named <= blocks.length
      ? []
      : [
          warning('stitches.threads', `${pointer}/threads`, {
            message: `${named} threads are named, and the file has ${blocks.length} colours.`,
            hint: 'Leave out the threads beyond: colours count from one stop or change to the next.',
            measured: named,
            required: blocks.length,
          }),
        ]),
  ];
};

const round = (value: number): number => Math.round(value * 10) / 10;

const warning = (code: string, pointer: string, rest: Omit<Finding, 'severity' | 'code' | 'pointer'>): Finding => ({
  severity: 'warning',
  code,
  pointer,
  ...rest,
});
