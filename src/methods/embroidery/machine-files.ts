import { STITCH_FORMATS } from '../../stitch/formats/formats.ts';
import { writeInf } from '../../stitch/formats/inf.ts';
import { stitchFacts } from '../../stitch/formats/stitch-facts.ts';
import type { MadeFile } from '../method.ts';
import type { EmbroideryFormat } from './settings.ts';
import { roundMm, type SewnPage } from './sewn-page.ts';

/** The plan as every machine takes it that the settings name; they start at the middle of the design. @throws Problem of the writers */
export const machineFiles = ({ plan, scene, stem, work }: SewnPage): readonly MadeFile[] => {
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
  return STITCH_FORMATS.filter(({ id }) => asked(work.settings.formats, id)).flatMap(({ id, extension, write }) => [
    file(id === 'pes1' ? `-v1.${extension}` : `.${extension}`, write(plan, design)),
    ...(id === 'exp' ? [file('.inf', writeInf(plan))] : []),
  ]);
};

const asked = (formats: readonly EmbroideryFormat[], id: string): boolean => formats.some((one) => one === id);

/** Displays show eight to sixteen characters: the order's reference tells designs apart. */
const displayName = (label: string, title: string): string => (label === '' ? title : label);
