import { hexOf } from '../../colour/colour.ts';
import { MM_PER_INCH } from '../../geometry/units.ts';
import type { InkPlan } from './ink-plan.ts';
import type { Sheet } from './plate-sheet.ts';
import { type PressPlate, perCentimetre } from './press-sheet.ts';
import type { ScreenPrintSettings } from './settings.ts';

export type ReportedPlate = { readonly plate: PressPlate; readonly file: string; readonly dots: number };

/** The list for the floor: what to mix, which mesh, in which order, where to flash. */
export const inkList = (
  work: { readonly title: string; readonly label: string },
  plan: InkPlan,
  plates: readonly ReportedPlate[],
  sheet: Sheet,
  settings: ScreenPrintSettings,
): Uint8Array => {
  const { dpi, lpi, angle, dot } = settings;
  const cm2PerDot = (MM_PER_INCH / dpi / 10) ** 2;
  const areaCm2 = ((sheet.region.width - 2 * sheet.marginMm) * (sheet.region.height - 2 * sheet.marginMm)) / 100;
  const list = {
    version: 1,
    title: work.title,
    order: work.label,
    article: hexOf(plan.article.colour),
    process: settings.process,
    printAreaMm: [round(sheet.region.width - 2 * sheet.marginMm), round(sheet.region.height - 2 * sheet.marginMm)],
    plateMm: [round(sheet.region.width), round(sheet.region.height)],
    dpi,
    trapMm: settings.trap,
    chokeMm: plan.base ? settings.choke : null,
    plates: plates.map(({ plate, file, dots }) => ({
      order: plate.order,
      name: plate.name,
      role: plate.role,
      ink: plate.ink.swatch.name,
      ...(plate.ink.swatch.code === undefined ? {} : { code: plate.ink.swatch.code }),
      colour: plate.ink.swatch.colour,
      file,
      coveragePercent: round((100 * dots * cm2PerDot) / areaCm2),
      areaCm2: round(dots * cm2PerDot),
      meshPerInch: plate.mesh,
      meshPerCm: perCentimetre(plate.mesh),
      halftone: plate.hasTones ? { lpi, angle, dot } : null,
      after: plate.flashAfter ? 'flash' : null,
    })),
    note: 'Coverage and area are of the dots of the plate, without marks.',
  };
  return new TextEncoder().encode(`${JSON.stringify(list, null, 2)}\n`);
};

const round = (value: number): number => Math.round(value * 100) / 100;
