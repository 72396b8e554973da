import { mmToPx, pixelsFor, pxToMm } from '../../geometry/units.ts';
import { sha256 } from '../../model/digest.ts';
import { Problem } from '../../model/problem.ts';
import type { Resources } from '../../model/resources.ts';
import type { Sink } from '../../model/sink.ts';
import { paintSheet, paintWhiteSheet, type Sheet, type SheetPiece } from '../../render/gang/paint-sheet.ts';
import { cutPiece, measurePiece } from '../../render/gang/piece-pixels.ts';
import { CAPTION_FONT } from '../../scene/layers/code-caption.ts';
import { lineOfText } from '../../scene/layers/line-of-text.ts';
import type { SceneNode } from '../../scene/scene.ts';
import { FontSet } from '../../scene/text/font-set.ts';
import type { GangCopies, GangCopy, GangJob, MeasuredJob } from './gang-job.ts';
import { labelNodes, labelSize, markNode } from './gang-label.ts';
import { type GangReport, gangReport } from './gang-report.ts';
import type { GangSettings } from './gang-settings.ts';
import { type GangLayout, type GangPlan, gangSheet } from './gang-sheet.ts';
import { sheetsPdf } from './sheets-pdf.ts';

export type GangOptions = {
  readonly signal: AbortSignal;
  /** ISO 8601 date of the sheets; the caller's, never the clock's. */
  readonly date: string;
  readonly onProgress?: (progress: { readonly step: 'measured' | 'made'; readonly name: string }) => void;
};

/** Resolutions this near to each other are the same. */
const SAME_DPI = 0.002;

/** Pictures stand in the PDF at this resolution: enough to tell them apart and to proof them. */
const THUMB_DPI = 100;

/**
 * Lays the pictures of many jobs onto sheets of film and writes them: a picture and a plate of white for each sheet, a PDF to look at and
 * `sheets.json`, which says what lies where. The same jobs in the same order give the same bytes.
 * @throws Problem `gang.empty`, `gang.picture`, `gang.blank`, `gang.mirrored`, `gang.too-large`; the sink is then left aborted
 */
export const makeGang = async (
  jobs: readonly GangJob[],
  settings: GangSettings,
  resources: Pick<Resources, 'font'>,
  sink: Sink,
  options: GangOptions,
): Promise<GangReport> => {
  requireAlike(jobs);
  const fonts = await FontSet.open([{ request: CAPTION_FONT, file: await resources.font(CAPTION_FONT) }]);
  try {
    const measured: MeasuredJob[] = [];
    for (const job of jobs) measured.push(await measureJob(job, options));
    const copies = measured.flatMap((job) =>
      Array.from({ length: job.quantity }, (_, i) => ({ id: `${job.id}#${i + 1}`, job, copy: i + 1 })),
    );
    const plan = planOf(copies, settings);
    const byId = new Map(copies.map((copy) => [copy.id, copy]));
    const files: { readonly name: string; readonly bytes: number; readonly sha256: string }[] = [];
    const put = async (name: string, data: Uint8Array): Promise<void> => {
      files.push({ name, bytes: data.length, sha256: sha256(data) });
      await sink.put(name, data);
      options.onProgress?.({ step: 'made', name });
    };
    const labels: (readonly SceneNode[])[] = [];
    for (const [i, layout] of plan.sheets.entries()) {
      const nodes = lettersOf(layout, byId, settings, (text, widthMm, heightMm) => lineOfText(text, { widthMm, heightMm }, fonts));
      labels.push(nodes);
      await put(`sheet-${i + 1}.png`, await paintSheet(sheetOf(layout, byId, settings, 'art'), nodes, options.signal));
      if (measured.some(({ white }) => white !== null))
        await put(`sheet-${i + 1}-white.png`, await paintWhiteSheet(sheetOf(layout, byId, settings, 'white'), options.signal));
    }
    await put('sheets.pdf', await sheetsPdf(plan.sheets, labels, byId, options));
    const report = gangReport(plan, byId, settings);
    await put('sheets.json', textOf(report));
    await sink.commit(textOf({ version: 1, kind: 'gang', artifacts: files }));
    return report;
  } catch (error) {
    await sink.abort();
    throw error;
  } finally {
    fonts.dispose();
  }
};

const textOf = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

const requireAlike = (jobs: readonly GangJob[]): void => {
  if (jobs.length === 0) throw new Problem('gang.empty', 'expected pictures to lay onto film, got none');
  const mirrored = jobs.filter(({ art }) => art.mirrored).length;
  if (mirrored === 0 || mirrored === jobs.length) return;
  throw new Problem('gang.mirrored', `expected all pictures of a gang mirrored or none, got ${mirrored} of ${jobs.length}`, {
    hint: 'Render the jobs with the same setting "mirror".',
  });
};

const measureJob = async (job: GangJob, { signal, onProgress }: GangOptions): Promise<MeasuredJob> => {
  signal.throwIfAborted();
  const { art } = job;
  const { ink, thumb } = await measurePiece(await art.read(), art.name, Math.min(1, THUMB_DPI / art.dpi));
  if (!ink || !thumb) throw new Problem('gang.blank', `expected a picture that prints for "${art.name}", got a clear one`);
  onProgress?.({ step: 'measured', name: art.name });
  return { ...job, ink, thumb, widthMm: pxToMm(ink.width, art.dpi), heightMm: pxToMm(ink.height, art.dpi) };
};

const planOf = (copies: readonly GangCopy[], settings: GangSettings): GangPlan => {
  const pieces = copies.map(({ id, job }) => ({ id, widthMm: job.widthMm, heightMm: job.heightMm }));
  const plan = gangSheet(pieces, { ...settings, ...labelSize(settings) });
  const [first] = plan.tooLarge;
  if (first === undefined) return plan;
  const piece = pieces.find(({ id }) => id === first);
  const room = settings.widthMm - 2 * settings.marginMm;
  throw new Problem(
    'gang.too-large',
    `expected pictures that fit onto film with room for ${room} mm, got ${Math.round(piece?.widthMm ?? 0)} x ${Math.round(piece?.heightMm ?? 0)} mm for ${first}`,
    { hint: 'Use wider film, longer sheets, or let pieces turn.' },
  );
};

const labelOf = ({ job, copy }: GangCopy): string =>
  [[job.reference ?? job.id, job.line].filter((part) => part !== null).join(' / '), job.placement, `${copy} of ${job.quantity}`]
    .filter((part) => part !== null)
    .join('  ');

/** Labels and cut marks of a sheet. */
const lettersOf = (
  { places, cutMarks }: GangLayout,
  copies: GangCopies,
  { labels, codes, cutMarks: marked }: GangSettings,
  lettering: (text: string, widthMm: number, heightMm: number) => readonly SceneNode[],
): readonly SceneNode[] => {
  const nodes = places.flatMap((place) => {
    const copy = copies.get(place.id);
    if (!copy || !(labels || codes)) return [];
    return labelNodes(place, { text: labels ? labelOf(copy) : '', code: codes ? (copy.job.reference ?? copy.job.id) : null }, lettering);
  });
  return marked ? [...nodes, markNode(cutMarks)] : nodes;
};

/** The sheet in pixels: pieces at whole ones, each as large as it was printed. */
const sheetOf = (layout: GangLayout, copies: GangCopies, { dpi }: GangSettings, plate: 'art' | 'white'): Sheet => ({
  widthPx: pixelsFor(layout.widthMm, dpi),
  heightPx: pixelsFor(layout.heightMm, dpi),
  dpi,
  pieces: layout.places.flatMap(({ id, art, rotated }): readonly SheetPiece[] => {
    const job = copies.get(id)?.job;
    const file = job?.[plate];
    if (!job || !file) return [];
    const size = sizeOnSheet(job, dpi);
    const [widthPx, heightPx] = rotated ? [size.heightPx, size.widthPx] : [size.widthPx, size.heightPx];
    const pixels = async (): Promise<Uint8Array> =>
      cutPiece(await file.read(), { ink: job.ink, rotated, widthPx, heightPx }, plate === 'art' ? 4 : 1);
    const [x, y] = [Math.round(mmToPx(art.x, dpi)), Math.round(mmToPx(art.y, dpi))];
    return [{ key: `${job.id} ${rotated}`, x, y, widthPx, heightPx, pixels }];
  }),
});

/** Pixel for pixel where the picture has the sheet's resolution, give or take what whole pixels of a print area cannot meet. */
const sizeOnSheet = ({ ink, art }: MeasuredJob, dpi: number): { readonly widthPx: number; readonly heightPx: number } => {
  const scale = Math.abs(art.dpi / dpi - 1) < SAME_DPI ? 1 : dpi / art.dpi;
  return { widthPx: Math.max(1, Math.round(ink.width * scale)), heightPx: Math.max(1, Math.round(ink.height * scale)) };
};
