import { ROLE, type StitchPlan, type Thread } from '../plan.ts';

/** All stitches of a plan as flat arrays in the order they are sewn; stitch i goes from (ax, ay) to (bx, by). */
export type StitchList = {
  readonly count: number;
  readonly ax: Float64Array;
  readonly ay: Float64Array;
  readonly bx: Float64Array;
  readonly by: Float64Array;
  readonly mm: Float64Array;
  readonly role: Uint8Array;
  readonly block: Uint16Array;
  /** 1 for the first stitch of a run: its start is a penetration of its own. */
  readonly first: Uint8Array;
  readonly threads: readonly Thread[];
};

export const stitchList = ({ blocks }: StitchPlan): StitchList => {
  const count = blocks.reduce((sum, { runs }) => sum + runs.reduce((n, { roles }) => n + Math.max(0, roles.length - 1), 0), 0);
  const floats = (): Float64Array => new Float64Array(count);
  const list = { count, ax: floats(), ay: floats(), bx: floats(), by: floats(), mm: floats() };
  const tags = { role: new Uint8Array(count), block: new Uint16Array(count), first: new Uint8Array(count) };
  let at = 0;
  blocks.forEach(({ runs }, block) => {
    for (const { points, roles } of runs) {
      for (let i = 1; i < roles.length; i += 1, at += 1) {
        const [ax, ay, bx, by] = [points[2 * i - 2] ?? 0, points[2 * i - 1] ?? 0, points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
        list.ax[at] = ax;
        list.ay[at] = ay;
        list.bx[at] = bx;
        list.by[at] = by;
        list.mm[at] = Math.hypot(bx - ax, by - ay);
        tags.role[at] = roles[i] ?? ROLE.top;
        tags.block[at] = block;
        tags.first[at] = i === 1 ? 1 : 0;
      }
    }
  });
  return { ...list, ...tags, threads: blocks.map(({ thread }) => thread) };
};

/** Width of thread as it lies, mm. */
export const threadWidthMm = ({ weight }: Thread): number => ({ 30: 0.48, 40: 0.4, 60: 0.3, 75: 0.26 })[weight];
