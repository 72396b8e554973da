import type { Finding } from '../../model/finding.ts';
import { pause } from '../../render/raster/pause.ts';
import { givingWay } from '../../render/white/steps.ts';
import type { Scene } from '../../scene/scene.ts';
import { qualitySteps } from '../../stitch/quality/measure-quality.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { digitizeOptions } from './digitizing.ts';
import { formatsFor } from './format-limits.ts';
import { machineFiles } from './machine-files.ts';
import { patchFiles } from './patch-files.ts';
import { patchesOf } from './patches.ts';
import { countFindings, qualityFindings } from './quality-findings.ts';
import { remarkFindings } from './remark-findings.ts';
import { scenePartsOf } from './scene-parts.ts';
import type { EmbroiderySettings } from './settings.ts';
import { sewScene } from './sew-scene.ts';
import { sheetFiles } from './sheet-files.ts';

/** Machine files of each page, and what people need beside them. */
export const makeEmbroidery = async (work: Work<EmbroiderySettings>, context: MakeContext): Promise<Made> => {
  const { settings, pages, name } = work;
  const { signal } = context;
  const files: MadeFile[] = [];
  const findings: Finding[] = [];
  for (const [i, scene] of pages.entries()) {
    await pause(signal);
    const stem = `${name}${pages.length > 1 ? `-${i + 1}` : ''}`;
    const { plan, own, regions, remarks } = await sewScene(scene, settings, context);
    // Patches that are none have been told before.
    findings.push(
      ...remarkFindings(
        remarks.filter(({ code }) => code !== 'patch.small'),
        regions,
      ),
    );
    if (plan.blocks.length === 0) continue;
    await pause(signal);
    const options = digitizeOptions(settings, signal);
    const quality = own.blocks.length > 0 ? await givingWay(qualitySteps(own, regions, options), signal) : null;
    const pointer = placementPointer(scene);
    findings.push(...countFindings(plan, pointer, settings), ...(quality ? qualityFindings(quality, pointer, settings) : []));
    await pause(signal);
    const sewn = { plan, quality, patches: patchesOf(regions), scene, stem, work, options, files: [] };
    const held = formatsFor(plan, settings, pointer);
    findings.push(...held.findings);
    const page = { ...sewn, files: [...machineFiles(sewn, held.formats), ...patchFiles(sewn)] };
    files.push(...page.files, ...(await sheetFiles(page, context)));
  }
  return { files, findings };
};

/** Of the placement, from that of its first layer: "/placements/0". */
const placementPointer = ({ nodes }: Scene): string => {
  const [first] = scenePartsOf(nodes);
  const pointer = first?.kind === 'file' ? first.pointer : (first?.nodes[0]?.pointer ?? '');
  return /^\/placements\/\d+/.exec(pointer)?.[0] ?? pointer;
};
