import type { Finding } from '../../model/finding.ts';
import { pause } from '../../render/raster/pause.ts';
import { digitize } from '../../stitch/digitize.ts';
import { measureQuality } from '../../stitch/quality/measure-quality.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { digitizeOptions } from './digitizing.ts';
import { machineFiles } from './machine-files.ts';
import { qualityFindings } from './quality-findings.ts';
import { remarkFindings } from './remark-findings.ts';
import type { EmbroiderySettings } from './settings.ts';
import { sheetFiles } from './sheet-files.ts';
import { stitchArt } from './stitch-art.ts';

/** Machine files of each page, and what people need beside them. */
export const makeEmbroidery = async (work: Work<EmbroiderySettings>, context: MakeContext): Promise<Made> => {
  const { settings, pages, name } = work;
  const { signal } = context;
  const files: MadeFile[] = [];
  const findings: Finding[] = [];
  for (const [i, scene] of pages.entries()) {
    await pause(signal);
    const stem = `${name}${pages.length > 1 ? `-${i + 1}` : ''}`;
    const options = digitizeOptions(settings, signal);
    const found = stitchArt(scene, settings, context.palette(settings.palette));
    await pause(signal);
    const { plan, remarks } = digitize(found.regions, options);
    findings.push(...remarkFindings(remarks, found));
    if (plan.blocks.length === 0) continue;
    await pause(signal);
    const quality = measureQuality(plan, found.regions, options);
    findings.push(...qualityFindings(quality, found, settings));
    const sewn = { plan, quality, scene, stem, work, options };
    await pause(signal);
    files.push(...machineFiles(sewn), ...(await sheetFiles(sewn, context)));
  }
  return { files, findings };
};
