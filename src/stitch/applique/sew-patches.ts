import { flattenPath } from '../../geometry/flatten.ts';
import { isEmptyPath, type Path } from '../../geometry/path.ts';
import { offsetPath } from '../../geometry/polygons.ts';
import type { Steps } from '../../model/steps.ts';
import { runStitches } from '../fill/run-stitches.ts';
import { nearestFirst } from '../order/nearest-first.ts';
import { ROLE } from '../plan.ts';
import type { PatchWork, SatinColumn, Sewn } from '../region.ts';
import { borderColumns } from './border-columns.ts';
import { zigzagLine } from './zigzag-line.ts';

/** One thing the machine does before it halts, or goes on. Threads are cut in between. */
export type PatchStep = { readonly threads: readonly Sewn[]; readonly stopAfter: boolean; readonly note: string };

/** A shape of cloth to be sewn on. */
export type Patch = { readonly path: Path; readonly work: PatchWork };

/** The line that shows where the cloth goes lies this far within its edge, and the tack-down this far, mm. */
const PLACE_INSET_MM = 0.2;
const TACK_INSET_MM = 1;
const TACK_ZIGZAG = { widthMm: 1.6, pitchMm: 2, insetMm: 1.3 };
const RUN_MM = 3;
const RUN_TOLERANCE_MM = 0.1;
/** The border reaches this far beyond the edge, so that no thread of the cloth looks out, mm. */
export const OUTSIDE_MM = 0.4;
/** Of the block after which the cloth is laid. */
export const LAY_NOTE = 'Appliqué: lay the patch';
/** Open zigzag over cut twill: from stitch to stitch on one side, mm. */
const TWILL_PITCH_MM = 1.2;
/** So much cloth is left to be seen between borders, mm. */
const SEEN_MM = 2;

/** How wide a patch has to be for cloth to be seen between its borders, mm. */
export const patchNeedsMm = (work: PatchWork): number => 2 * insideOf(work) + SEEN_MM;

/** Whether cloth is left to be seen within the border. */
export const holdsPatch = ({ path, work }: Patch): boolean =>
  !isEmptyPath(offsetPath(path, -patchNeedsMm(work) / 2, 'round', 'nonzero', 0.02));

/**
 * Patches that the same thread holds down, all in step: their places are drawn and the machine halts for the cloth; they are tacked down and it
 * halts for the scissors, if wanted; their edges are covered. `sewColumn` sews a closed column of satin.
 */
export function* sewPatches(patches: readonly Patch[], sewColumn: (column: SatinColumn) => Steps<Sewn>): Steps<readonly PatchStep[]> {
  const tacks: Sewn[] = [];
  const borders: Sewn[] = [];
  for (const patch of patches) {
    yield;
    tacks.push(...(yield* tackDown(patch)));
    borders.push(...(yield* border(patch, sewColumn)));
  }
  const isTrimmed = patches.some(({ work }) => work.trimStop);
  const steps = [
    { threads: patches.flatMap(({ path }) => outlines(path, PLACE_INSET_MM)), stopAfter: true, note: LAY_NOTE },
    {
      threads: tacks,
      stopAfter: isTrimmed,
      note: isTrimmed ? 'Appliqué: trim the patch' : 'Appliqué: tack-down',
    },
    { threads: borders, stopAfter: false, note: 'Appliqué: border' },
  ];
  return steps.filter(({ threads }) => threads.length > 0).map((step) => ({ ...step, threads: nearestFirst(step.threads) }));
}

const insideOf = ({ border, borderMm }: PatchWork): number => (border === 'none' ? TACK_INSET_MM : borderMm - OUTSIDE_MM);

const outlines = (path: Path, insetMm: number): readonly Sewn[] =>
  flattenPath(offsetPath(path, -insetMm, 'miter', 'nonzero', 0.02), 0.02).flatMap(({ points }): readonly Sewn[] => {
    const [x = 0, y = 0] = points;
    const line = [x, y, ...runStitches([...points, x, y], RUN_MM, RUN_TOLERANCE_MM)];
    return line.length < 8 ? [] : [{ points: Float64Array.from(line), roles: new Uint8Array(line.length / 2).fill(ROLE.run) }];
  });

function* tackDown({ path, work }: Patch): Steps<readonly Sewn[]> {
  if (work.tack === 'run') return outlines(path, TACK_INSET_MM);
  const { insetMm, ...line } = TACK_ZIGZAG;
  return yield* zigzagLine(path, { ...line, outsideMm: line.widthMm / 2 - insetMm });
}

function* border({ path, work }: Patch, sewColumn: (column: SatinColumn) => Steps<Sewn>): Steps<readonly Sewn[]> {
  if (work.border === 'none') return [];
  if (work.border === 'zigzag') return yield* zigzagLine(path, { widthMm: work.borderMm, pitchMm: TWILL_PITCH_MM, outsideMm: OUTSIDE_MM });
  const threads: Sewn[] = [];
  for (const column of yield* borderColumns(path, { outsideMm: OUTSIDE_MM, insideMm: insideOf(work) }))
    threads.push(yield* sewColumn(column));
  return threads;
}
