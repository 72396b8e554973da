import type { StitchFormat } from '../../stitch/formats/formats.ts';
import { writeInf } from '../../stitch/formats/inf.ts';
import { stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import type { MadeFile } from '../method.ts';
import { roundMm, type SewnPage } from './sewn-page.ts';

/** The plan as machines of some formats take it; they start at the middle of the design. @throws Problem of the writers */
export const machineFiles = ({ plan, scene, stem, work }: SewnPage, formats: readonly StitchFormat[]): readonly MadeFile[] => {
  const { widthMm, heightMm } = stitchFacts(plan);
  const file = (ending: string, data: Uint8Array): MadeFile => ({
    name: `${stem}${ending}`,
    role: 'production',
    mediaType: 'application/octet-stream',
    data,
    placement: scene.area.placementId,
    method: 'embroidery',
    widthMm: roundMm(widthMm),
    heightMm: roundMm(heightMm),
    mirrored: false,
  });
  const design = { name: displayName(work.label, work.title) };
  return formats.flatMap(({ id, extension, write }) => [
    file(id === 'pes1' ? `-v1.${extension}` : `.${extension}`, write(plan, design)),
    ...(id === 'exp' ? [file('.inf', writeInf(plan))] : []),
  ]);
};

/** Displays show eight to sixteen characters: the order's reference tells designs apart. */
const displayName = (label: string, title: string): string => (label === '' ? title : label);
