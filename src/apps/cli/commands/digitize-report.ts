import type { DigitizedArt } from '../../../produce/digitize-art.ts';
import { givingWay } from '../../../render/white/steps.ts';
import type { Fabric } from '../../../stitch/fabric.ts';
import { stitchFacts } from '../../../stitch/formats/stitch-facts.ts';
import { qualitySteps } from '../../../stitch/quality/measure-quality.ts';

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
const rounded = (record: object): object =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]));

/**
 * What a design is and what it is worth, as a JSON file: counts, size and threads of the plan, figures measured on its stitches, and the places
 * that somebody should look at, in mm from the upper left of the box that was asked for. Takes about as long as digitising. @throws what the signal gives
 */
export const digitizeReport = async (
  { plan, regions, remarks, findings, refused }: DigitizedArt,
  fabric: Fabric,
  hoop: string | null,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  const { blocks, extents, ...facts } = stitchFacts(plan);
  const quality = await givingWay(qualitySteps(plan, regions, { fabric }), signal);
  const report = {
    facts: {
      ...rounded(facts),
      extents: rounded(extents),
      hoop,
      blocks: blocks.map(({ thread, stitches, threadMm, stopAfter }) => ({ ...thread, stitches, threadMm: round(threadMm), stopAfter })),
    },
    fabric,
    quality: rounded(quality),
    remarks: remarks.map(({ region, at, ...remark }) => ({ ...rounded(remark), at: rounded(at), label: regions[region]?.label ?? '' })),
    findings: findings.map(({ pointer: _, ...finding }) => finding),
    leftOut: refused.map(({ reason }) => reason),
  };
  return new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
};
