import type { Scene } from '../../scene/scene.ts';
import type { Made, MadeFile, MakeContext, Work } from '../method.ts';
import { bleedRegion } from '../region.ts';
import { bandOf, coneSheet } from './cone-sheet.ts';
import { type Guides, guideFiles } from './guides.ts';
import { makePanelRoll } from './panel-roll.ts';
import { pictureFile } from './picture-file.ts';
import type { SublimationSettings } from './settings.ts';
import { wrapAround } from './wrap-around.ts';

/** sRGB pictures of trim plus bleed, one a page; of vessels that narrow as part of a ring, and of cloth on pages of its roll. */
export const makeSublimation = async (work: Work<SublimationSettings>, context: MakeContext): Promise<Made> => {
  const { name, pages, settings } = work;
  if (settings.panels) return makePanelRoll(work, settings.panels, context);
  const files: MadeFile[] = [];
  const guides: Guides[] = [];
  const stems: string[] = [];
  for (const [i, scene] of pages.entries()) {
    const stem = `${name}${pages.length > 1 ? `-${i + 1}` : ''}`;
    const band = settings.taper ? bandOf(settings.taper, scene.area) : null;
    if (!band) {
      files.push(await flatFile(stem, scene, settings, context));
      continue;
    }
    const sheet = await coneSheet(stem, scene, band, settings, context);
    files.push(sheet.file);
    guides.push(sheet.guides);
    stems.push(stem);
  }
  const placement = pages.map(({ area }) => area.placementId).join('+');
  return { files: [...files, ...(await guideFiles(guides, stems, placement, work, context))], findings: [] };
};

const flatFile = async (stem: string, scene: Scene, settings: SublimationSettings, context: MakeContext): Promise<MadeFile> => {
  const { area, ...rest } = wrapAround(scene, settings.overlap);
  const file = await pictureFile(stem, { area, ...rest }, bleedRegion(area), settings, context);
  return { ...file, widthMm: area.widthMm, heightMm: area.heightMm, bleedMm: area.bleedMm };
};
