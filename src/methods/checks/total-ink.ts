import { inflate, type Point, rectOf } from '../../geometry/point.ts';
import { MM_PER_INCH, mmToPx, pixelsFor } from '../../geometry/units.ts';
import type { Finding } from '../../model/finding.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { PdfColour } from '../../render/pdf/document.ts';
import { type InkSums, inkSums } from '../../render/pdf/ink-sums.ts';
import type { Scene } from '../../scene/scene.ts';

/** GWG 2022, R0026: the mean over any square of this side, mm. */
const WINDOW_MM = 15;
/** Three pixels a millimetre: the square is whole pixels. */
const DPI = 3 * MM_PER_INCH;

export type HeaviestInk = { readonly percent: number; readonly at: Point };

/** The square of 15 mm that gets the most process ink, by its middle; pages smaller than that count whole. */
export const heaviestInk = async (
  scene: Scene,
  colour: Extract<PdfColour, { mode: 'cmyk' }>,
  { picture, signal }: { readonly picture: (digest: string) => DecodedImage; readonly signal: AbortSignal },
): Promise<HeaviestInk> => {
  const { widthMm, heightMm, bleedMm } = scene.area;
  const region = inflate(rectOf(0, 0, widthMm, heightMm), bleedMm);
  const [widthPx, heightPx] = [pixelsFor(region.width, DPI), pixelsFor(region.height, DPI)];
  const sums = await inkSums(scene, colour, { region, widthPx, heightPx, dpi: DPI }, picture, signal);
  const { percent, x, y } = heaviestSquare(sums, Math.round(mmToPx(WINDOW_MM, DPI)));
  return { percent, at: { x: region.x + (x / DPI) * MM_PER_INCH, y: region.y + (y / DPI) * MM_PER_INCH } };
};

/** Largest mean over squares of a side, by running sums: down the columns of each band of rows, then along it. Per cent, and the middle in pixels. */
export const heaviestSquare = ({ widthPx, heightPx, data }: InkSums, sidePx: number) => {
  const [across, down] = [Math.min(sidePx, widthPx), Math.min(sidePx, heightPx)];
  const columns = new Float64Array(widthPx);
  let best = { percent: 0, x: widthPx / 2, y: heightPx / 2 };
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      columns[x] = (columns[x] ?? 0) + (data[y * widthPx + x] ?? 0) - (y >= down ? (data[(y - down) * widthPx + x] ?? 0) : 0);
    }
    if (y < down - 1) continue;
    let sum = 0;
    for (let x = 0; x < widthPx; x += 1) {
      sum += (columns[x] ?? 0) - (x >= across ? (columns[x - across] ?? 0) : 0);
      const percent = ((sum / (across * down)) * 100) / 255;
      if (x >= across - 1 && percent > best.percent) best = { percent, x: x + 1 - across / 2, y: y + 1 - down / 2 };
    }
  }
  return best;
};

/** Ink that would not dry or that tears the sheet, by the limit of the floor. */
export const totalInkFindings = ({ percent, at }: HeaviestInk, limit: number, pointer: string): readonly Finding[] => {
  const measured = Math.round(percent);
  if (measured <= limit) return [];
  return [
    {
      severity: 'warning',
      code: 'ink.total-area',
      pointer,
      message: `Around (${Math.round(at.x)}, ${Math.round(at.y)}) mm the inks add up to ${measured} % over a square of ${WINDOW_MM} mm; the limit is ${limit} %.`,
      hint: 'Set "inkLimit" to "all" to have colours thinned to "maxInk", "images" to "cmyk" for pictures, or use lighter colours there.',
      measured,
      required: limit,
      unit: '%',
    },
  ];
};
