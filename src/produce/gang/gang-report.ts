import { pixelsFor } from '../../geometry/units.ts';
import type { GangCopies } from './gang-job.ts';
import type { GangSettings } from './gang-settings.ts';
import type { GangLayout, GangPlan } from './gang-sheet.ts';

/** What lies where: `sheets.json`. Lengths in mm, places from the top left of the sheet. */
export type GangReport = {
  readonly version: 1;
  readonly settings: GangSettings;
  readonly pieces: number;
  /** Film used, mm. */
  readonly lengthMm: number;
  /** Share of the film that pieces and labels take, 0 to 1. */
  readonly utilisation: number;
  readonly sheets: readonly ReportedSheet[];
  /** What to look for when the film is cut: one entry for each line of an order and placement. */
  readonly pickList: readonly ReportedPick[];
};

export type ReportedSheet = {
  readonly art: string;
  readonly white: string | null;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly utilisation: number;
  readonly places: readonly ReportedPlace[];
};

export type ReportedPlace = {
  readonly job: string;
  readonly reference: string | null;
  readonly line: string | null;
  readonly placement: string | null;
  readonly copy: number;
  readonly quantity: number;
  readonly file: string;
  /** Of the printed part as it lies; turned a quarter clockwise when `rotated`. */
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly rotated: boolean;
};

export type ReportedPick = {
  readonly job: string;
  readonly reference: string | null;
  readonly line: string | null;
  readonly placement: string | null;
  readonly quantity: number;
  /** Numbers of the sheets that hold them, from 1. */
  readonly sheets: readonly number[];
};

const fine = (value: number): number => Math.round(value * 1000) / 1000;

/** Writes down a plan. */
export const gangReport = (plan: GangPlan, copies: GangCopies, settings: GangSettings): GangReport => ({
  version: 1,
  settings,
  pieces: plan.sheets.reduce((sum, { places }) => sum + places.length, 0),
  lengthMm: fine(plan.sheets.reduce((sum, { heightMm }) => sum + heightMm, 0)),
  utilisation: fine(plan.utilisation),
  sheets: plan.sheets.map((layout, i) => sheetReport(layout, i + 1, copies, settings)),
  pickList: pickList(plan, copies),
});

const sheetReport = (layout: GangLayout, number: number, copies: GangCopies, { dpi }: GangSettings): ReportedSheet => {
  const places = layout.places.flatMap(({ id, art, rotated }): readonly ReportedPlace[] => {
    const copy = copies.get(id);
    if (!copy) return [];
    const { job } = copy;
    return [
      {
        job: job.id,
        reference: job.reference,
        line: job.line,
        placement: job.placement,
        copy: copy.copy,
        quantity: job.quantity,
        file: job.art.name,
        xMm: fine(art.x),
        yMm: fine(art.y),
        widthMm: fine(art.width),
        heightMm: fine(art.height),
        rotated,
      },
    ];
  });
  return {
    art: `sheet-${number}.png`,
    white: [...copies.values()].some(({ job }) => job.white !== null) ? `sheet-${number}-white.png` : null,
    widthMm: layout.widthMm,
    heightMm: fine(layout.heightMm),
    widthPx: pixelsFor(layout.widthMm, dpi),
    heightPx: pixelsFor(layout.heightMm, dpi),
    dpi,
    utilisation: fine(layout.utilisation),
    places,
  };
};

const pickList = (plan: GangPlan, copies: GangCopies): readonly ReportedPick[] => {
  const sheets = new Map<string, Set<number>>();
  plan.sheets.forEach(({ places }, i) => {
    for (const { id } of places) {
      const job = copies.get(id)?.job.id ?? id;
      sheets.set(job, (sheets.get(job) ?? new Set()).add(i + 1));
    }
  });
  const jobs = [...new Set([...copies.values()].map(({ job }) => job))];
  return jobs.map(({ id, reference, line, placement, quantity }) => ({
    job: id,
    reference,
    line,
    placement,
    quantity,
    sheets: [...(sheets.get(id) ?? [])],
  }));
};
