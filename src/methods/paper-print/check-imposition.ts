import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { planSheets } from './imposition/plan-sheets.ts';
import type { PaperPrintSettings } from './settings.ts';

/** Whether a page fits the sheet it is to be imposed on. */
export const checkImposition = ({ area }: Scene, { imposition, format }: PaperPrintSettings, pointer: string): readonly Finding[] => {
  if (!imposition || format === 'tiff') return [];
  if (planSheets(1, area, imposition).length > 0) return [];
  const across = imposition.kind === 'booklet' ? 2 * area.widthMm : area.widthMm;
  const [width, height] = imposition.sheet;
  return [
    {
      severity: 'error',
      code: 'imposition.too-small',
      pointer: `${pointer}/settings`,
      message: `The sheet of ${width} x ${height} mm is too small for ${across} x ${area.heightMm} mm with a margin of ${imposition.margin} mm.`,
      hint: 'Use a larger sheet or a smaller margin.',
      measured: `${width} x ${height}`,
      required: `${across + 2 * imposition.margin} x ${area.heightMm + 2 * imposition.margin}`,
      unit: 'mm',
    },
  ];
};

/** What is known once all pages are together. */
export const checkPages = (pages: readonly Scene[], { imposition }: PaperPrintSettings): readonly Finding[] => {
  const [first] = pages;
  if (!imposition || !first) return [];
  const findings: Finding[] = [];
  const other = pages.find(({ area }) => area.widthMm !== first.area.widthMm || area.heightMm !== first.area.heightMm);
  if (other)
    findings.push({
      severity: 'error',
      code: 'imposition.sizes-differ',
      pointer: '',
      message: 'The pages have different sizes and cannot be imposed together.',
      hint: 'Give every page the same size, or turn imposition off.',
      measured: `${other.area.widthMm} x ${other.area.heightMm}`,
      required: `${first.area.widthMm} x ${first.area.heightMm}`,
      unit: 'mm',
    });
  if (imposition.kind !== 'booklet') return findings;
  if (pages.length % 4 !== 0)
    findings.push({
      severity: 'warning',
      code: 'imposition.pages-added',
      pointer: '',
      message: `A booklet has four pages to a sheet; ${4 - (pages.length % 4)} blank ones are put in at its end.`,
      hint: 'Add pages or take some out.',
      measured: pages.length,
      required: Math.ceil(pages.length / 4) * 4,
    });
  const creep = Math.round((Math.ceil(pages.length / 4) - 1) * imposition.creepPerSheetMm * 1000) / 1000;
  // The knife follows the pages as they move, so their bleed lasts; what they lose is at the fold.
  if (creep > first.area.safeMm)
    findings.push({
      severity: 'warning',
      code: 'imposition.creep',
      pointer: '',
      message: `The innermost pages move ${creep} mm into the fold, farther than their safe margin of ${first.area.safeMm} mm: lettering beside it may be lost.`,
      hint: 'Keep art farther from the spine, use thinner paper, or bind the pages another way.',
      measured: creep,
      required: first.area.safeMm,
      unit: 'mm',
    });
  return findings;
};
