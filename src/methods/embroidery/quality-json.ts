import { stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import { hoopFor } from './hoop.ts';
import type { SewnPage } from './sewn-page.ts';

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
const rounded = (record: object): object =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]));

/** What the plan is and what it is worth, for programs: facts of the files, the fabric it was made for, figures measured on the stitches. */
export const qualityJson = ({ plan, quality, work, scene, options }: SewnPage): Uint8Array => {
  const { blocks, extents, ...facts } = stitchFacts(plan);
  const report = {
    placement: scene.area.placementId,
    facts: {
      ...rounded(facts),
      extents: rounded(extents),
      hoop: hoopFor(facts.widthMm, facts.heightMm, work.settings),
      colours: blocks.map(({ thread, stitches, threadMm, stopAfter, note }) => ({
        ...thread,
        stitches,
        threadMm: round(threadMm),
        stopAfter,
        note,
      })),
    },
    fabric: options.fabric,
    order: options.order,
    quality: quality && rounded(quality),
  };
  return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
};
