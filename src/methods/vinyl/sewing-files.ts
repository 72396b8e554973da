import { smallestHoop } from '../../render/stitches/hoops.ts';
import { STITCH_FORMATS } from '../../stitch/formats/formats.ts';
import { writeInf } from '../../stitch/formats/inf.ts';
import { stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import type { StitchPlan } from '../../stitch/plan.ts';
import type { MadeFile, Work } from '../method.ts';
import type { LayerSheet } from './cut-sheet.ts';
import type { VinylSettings } from './settings.ts';
import { type Sewing, sewingOf, sewingPlan } from './sewing.ts';

const round = (mm: number): number => Math.round(mm * 1000) / 1000;

/** Machine files of each layer of twill, from the bottom up, and what an operator has to know of them; none for film. */
export const sewingFiles = async (
  sheets: readonly LayerSheet[],
  stem: string,
  { settings, title, label }: Work<VinylSettings>,
  signal: AbortSignal,
): Promise<readonly MadeFile[]> => {
  const sewing = sewingOf(settings);
  if (!sewing) return [];
  const [first] = sheets;
  const layers: { readonly facts: object; readonly files: readonly MadeFile[] }[] = [];
  for (const sheet of sheets) {
    const plan = await sewingPlan(sheet.layer, sewing, signal);
    if (plan.blocks.length === 0) continue;
    const files = machineFiles(sheet, plan, sewing, label === '' ? title : label);
    layers.push({ files, facts: layerFacts(sheet, plan, files) });
  }
  if (!first || layers.length === 0) return [];
  const report = {
    placement: first.placement,
    zigzag: { widthMm: sewing.widthMm, pitchMm: sewing.pitchMm },
    layers: layers.map(({ facts }) => facts),
  };
  return [
    ...layers.flatMap(({ files }) => files),
    {
      name: `${stem}-sewing.json`,
      role: 'report',
      mediaType: 'application/json',
      data: new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`),
      placement: first.placement,
      method: 'vinyl',
    },
  ];
};

const machineFiles = ({ stem, placement }: LayerSheet, plan: StitchPlan, sewing: Sewing, name: string): readonly MadeFile[] => {
  const { widthMm, heightMm } = stitchFacts(plan);
  const file = (ending: string, data: Uint8Array): MadeFile => ({
    name: `${stem}-sew${ending}`,
    role: 'production',
    mediaType: 'application/octet-stream',
    data,
    placement,
    method: 'vinyl',
    widthMm: round(widthMm),
    heightMm: round(heightMm),
    mirrored: false,
  });
  return STITCH_FORMATS.filter(({ id }) => sewing.formats.some((one) => one === id)).flatMap(({ id, extension, write }) => [
    file(`.${extension}`, write(plan, { name })),
    ...(id === 'exp' ? [file('.inf', writeInf(plan))] : []),
  ]);
};

/** What stands on a run sheet: the machine starts at the middle, which is given from the left and the top of the print area. */
const layerFacts = ({ layer }: LayerSheet, plan: StitchPlan, files: readonly MadeFile[]): object => {
  const { stitches, trims, stops, threadMm, minutes, widthMm, heightMm, extents } = stitchFacts(plan);
  const middle = { xMm: round((extents.left + extents.right) / 2), yMm: round((extents.top + extents.bottom) / 2) };
  const { name, colour, code = '' } = layer.swatch;
  return {
    cloth: { name, colour, code },
    files: files.map((file) => file.name),
    stitches,
    trims,
    stops,
    threadMm: Math.round(threadMm),
    minutes: Math.round(minutes * 10) / 10,
    widthMm: round(widthMm),
    heightMm: round(heightMm),
    /** Null: no usual hoop holds it, and it has to be sewn in parts. */
    hoop: smallestHoop(widthMm, heightMm)?.name ?? null,
    middle,
  };
};
