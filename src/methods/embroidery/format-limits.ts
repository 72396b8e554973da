import { intersectionOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import { boundsOfNodes } from '../../scene/bounds.ts';
import type { Scene } from '../../scene/scene.ts';
import { STITCH_FORMATS, type StitchFormat } from '../../stitch/formats/formats.ts';
import { stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import type { StitchPlan } from '../../stitch/plan.ts';
import { trimRegion } from '../region.ts';
import type { EmbroiderySettings } from './settings.ts';

/** Formats that the settings ask for, the plainest first. */
const askedFormats = ({ formats }: Pick<EmbroiderySettings, 'formats'>): readonly StitchFormat[] =>
  STITCH_FORMATS.filter(({ id }) => formats.some((one) => one === id));

/** Machine files that cannot hold the art, by its size. @param pointer - of the placement */
export const checkFormatReach = (scene: Scene, settings: EmbroiderySettings, pointer: string): readonly Finding[] => {
  const painted = boundsOfNodes(scene.nodes);
  const box = painted && intersectionOf(painted, trimRegion(scene.area));
  return box ? askedFormats(settings).flatMap((format) => reachFinding(format, Math.max(box.width, box.height), pointer)) : [];
};

/** Formats that hold the finished design, and what is to be said of the others. */
export const formatsFor = (
  plan: StitchPlan,
  settings: EmbroiderySettings,
  pointer: string,
): { readonly formats: readonly StitchFormat[]; readonly findings: readonly Finding[] } => {
  const { widthMm, heightMm, changes, stops } = stitchFacts(plan);
  const asked = askedFormats(settings).map((format) => ({
    format,
    findings: [...reachFinding(format, Math.max(widthMm, heightMm), pointer), ...changesFinding(format, changes + stops, pointer)],
  }));
  return {
    formats: asked.flatMap(({ format, findings }) => (findings.length === 0 ? [format] : [])),
    findings: asked.flatMap(({ findings }) => findings),
  };
};

const reachFinding = ({ id, maxSizeMm }: StitchFormat, sizeMm: number, pointer: string): readonly Finding[] => {
  if (maxSizeMm === null || sizeMm <= maxSizeMm) return [];
  return [
    {
      severity: 'error',
      code: 'format.limit',
      pointer,
      message: `The design is ${Math.round(sizeMm)} mm long; ${id.toUpperCase()} files reach ${maxSizeMm} mm.`,
      hint: `Make the art smaller, or leave "${id}" out of "formats".`,
      measured: Math.round(sizeMm * 10) / 10,
      required: maxSizeMm,
      unit: 'mm',
    },
  ];
};

const changesFinding = ({ id, maxChanges }: StitchFormat, changes: number, pointer: string): readonly Finding[] => {
  if (maxChanges === null || changes <= maxChanges) return [];
  return [
    {
      severity: 'error',
      code: 'format.limit',
      pointer,
      message: `The design changes thread or halts ${changes} times; ${id.toUpperCase()} files hold ${maxChanges}. The file is not made.`,
      hint: `Use fewer colours or patches, or leave "${id}" out of "formats".`,
      measured: changes,
      required: maxChanges,
      unit: 'changes',
    },
  ];
};
