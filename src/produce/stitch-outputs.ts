import { inflate, rectOf } from '../geometry/point.ts';
import { MM_PER_INCH } from '../geometry/units.ts';
import { Problem } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import { writePdf } from '../render/pdf/write-pdf.ts';
import { encodePixels } from '../render/raster/encode-pixels.ts';
import { needleBox } from '../render/stitches/needle-box.ts';
import { type RunSheetFacts, runSheet } from '../render/stitches/run-sheet.ts';
import { runSheetDocument } from '../render/stitches/run-sheet-document.ts';
import { stitchPixels } from '../render/stitches/stitch-pixels.ts';
import { CAPTION_FONT } from '../scene/layers/code-caption.ts';
import { lineOfText } from '../scene/layers/line-of-text.ts';
import { FontSet } from '../scene/text/font-set.ts';
import type { StitchPlan } from '../stitch/plan.ts';

export type StitchPictureOptions = {
  readonly dpi: number;
  /** Colour of the cloth, "#rrggbb"; null leaves it clear. */
  readonly cloth: string | null;
};

const AROUND_MM = 2;
/** A picture of more pixels than this needs gigabytes while it is painted. */
const MOST_PIXELS = 60_000_000;

/** The design as it looks sewn, at true size: PNG. @throws Problem `stitches.picture` for one that would be too large */
export const stitchPicture = async (plan: StitchPlan, { dpi, cloth }: StitchPictureOptions, signal: AbortSignal): Promise<Uint8Array> => {
  const region = inflate(needleBox(plan) ?? rectOf(0, 0, 10, 10), AROUND_MM);
  const px = (mm: number): number => Math.max(1, Math.ceil((mm * dpi) / MM_PER_INCH));
  const [widthPx, heightPx] = [px(region.width), px(region.height)];
  if (widthPx * heightPx > MOST_PIXELS) {
    throw new Problem('stitches.picture', `expected a picture of at most ${MOST_PIXELS} pixels, got ${widthPx} x ${heightPx}`, {
      hint: 'Ask for fewer dots an inch.',
    });
  }
  // What is drawn is as large as whole pixels are.
  const drawn = rectOf(region.x, region.y, (widthPx * MM_PER_INCH) / dpi, (heightPx * MM_PER_INCH) / dpi);
  const pixels = await stitchPixels(plan, { region: drawn, widthPx, heightPx, background: cloth }, signal);
  return encodePixels(pixels, { format: 'png', dpi });
};

/** A file has a date; where nobody says one, this. */
const FIXED_DATE = '2000-01-01';

/** The run sheet of a design: PDF. `facts.date` is YYYY-MM-DD, or empty for none on the sheet. */
export const stitchSheet = async (
  plan: StitchPlan,
  facts: RunSheetFacts,
  resources: Pick<Resources, 'font'>,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  const fonts = await FontSet.open([{ request: CAPTION_FONT, file: await resources.font(CAPTION_FONT) }]);
  try {
    const sheet = await runSheet(plan, facts, (text, widthMm, heightMm) => lineOfText(text, { widthMm, heightMm }, fonts), signal);
    const date = `${facts.date === '' ? FIXED_DATE : facts.date}T00:00:00Z`;
    return await writePdf(runSheetDocument(sheet, { title: facts.title, date }), () => sheet.picture, signal);
  } finally {
    fonts.dispose();
  }
};
