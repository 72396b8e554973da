import type { MadeFile, Work } from '../methods/method.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { digestOf, sha256 } from '../model/digest.ts';
import { type Finding, hasErrors, sortFindings } from '../model/finding.ts';
import type { Artifact, Manifest } from '../model/manifest.ts';
import type { Resources } from '../model/resources.ts';
import type { Sink } from '../model/sink.ts';
import type { ProductView } from '../model/view.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { chosenVariant } from '../scene/area.ts';
import type { ManifestInput } from '../scene/resolve.ts';
import { booksOf, spreadFile, spreadSheet, spreadsOf } from './book-previews.ts';
import { checkPlan } from './check-plan.ts';
import { checkTexts } from './check-texts.ts';
import { contactSheet, type SheetPicture, sheetLayout, sheetPicture } from './contact-sheet.ts';
import { cellSize, loadViews, mockupFile, mockupPixels, showsOrder } from './mockups.ts';
import type { PlannedPlacement, WorkPiece } from './plan.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './prepared.ts';
import { previewFile, proofFile } from './preview.ts';
import type { RenderCache } from './render-cache.ts';
import { jobTicket } from './ticket/job-ticket.ts';
import { type TicketColour, ticketColours } from './ticket/ticket-colours.ts';
import { ticketFacts } from './ticket/ticket-facts.ts';
import { ticketHtml } from './ticket/ticket-html.ts';
import { ticketPictures } from './ticket/ticket-pictures.ts';
import { wantsTicket } from './ticket/wants-ticket.ts';

/** Dates in files when the spec gives none: fixed, so that the same spec gives the same bytes. */
export const FIXED_DATE = '2000-01-01';

export type Progress = {
  readonly step: 'resolved' | 'checked' | 'made' | 'committed';
  readonly name?: string;
  readonly done: number;
  readonly total: number;
};

export type ProduceOptions = {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Version written into the manifest. */
  readonly version: string;
  /** Which role to make; all by default. */
  readonly only?: 'production' | 'preview' | 'mockup';
  /** Make files although findings of severity error stand. */
  readonly force?: boolean;
  /** Shared between runs in one process: a service keeps one, so that caches stay warm. */
  readonly cache?: RenderCache;
};

/**
 * The whole run: resolve, compose, check, make, preview, mock up, store, manifest last. With error findings nothing is made (unless
 * forced), but the manifest is written: it says why.
 * @throws Problem (InvalidInput, Unresolved …) when the spec cannot be understood or loaded; the sink is then left aborted
 */
export const produce = async (spec: DesignSpec, resources: Resources, sink: Sink, options: ProduceOptions): Promise<Manifest> => {
  try {
    const prepared = await prepare(spec, resources, options.signal, options.cache);
    try {
      return await run(spec, prepared, resources, sink, options);
    } finally {
      prepared.close();
    }
  } catch (error) {
    await sink.abort();
    throw error;
  }
};

const NO_SHEET: Finding = {
  severity: 'warning',
  code: 'mockup.no-sheet',
  pointer: '/mockups/contactSheet',
  message: 'There is no view to put on a contact sheet: none is asked for, or none shows what is ordered.',
  hint: 'Name views of the product in /mockups/views, or leave them out to have all that show the order.',
};

/** Views that the order names although nothing of it is seen there: made, since that may be meant, and told. */
const unprinted = (spec: DesignSpec, views: readonly ProductView[], prepared: Prepared): readonly Finding[] =>
  spec.mockups.views === undefined || Object.keys(spec.components).length > 0
    ? []
    : views.flatMap((view, index): readonly Finding[] =>
        showsOrder(view, prepared)
          ? []
          : [
              {
                severity: 'warning',
                code: 'mockup.shows-nothing',
                pointer: `/mockups/views/${index}`,
                message: `The view "${view.record.id}" shows none of the placements of this order: its picture has no print.`,
                hint: 'Name a view that shows a placement of the order, or leave /mockups/views out to have all that do.',
              },
            ],
      );

const run = async (spec: DesignSpec, prepared: Prepared, resources: Resources, sink: Sink, options: ProduceOptions): Promise<Manifest> => {
  const { signal, onProgress } = options;
  const { pieces, placements } = prepared.plan;
  const wants = (role: 'production' | 'preview' | 'mockup'): boolean => options.only === undefined || options.only === role;
  const proofs = spec.proofs && wants('preview');
  // Forced or not: no picture of something else than what was ordered.
  const views = wants('mockup') && prepared.look.mistakes.length === 0 ? await loadViews(spec, prepared, resources) : [];
  const sheet = spec.mockups.contactSheet && views.length > 0;
  const sheetless = spec.mockups.contactSheet && wants('mockup') && prepared.look.mistakes.length === 0 && !sheet;
  const flat = placements.filter(({ page }) => !page);
  const spreads = booksOf(placements).map(spreadsOf);
  const ticket = wants('production') && wantsTicket(prepared.resolved);
  const total =
    (wants('production') ? pieces.length : 0) +
    (ticket ? 2 : 0) +
    (wants('preview') ? flat.length + spreads.flat().length + spreads.length : 0) +
    (proofs ? placements.length : 0) +
    views.length +
    (sheet ? 1 : 0);
  onProgress?.({ step: 'resolved', done: 0, total });
  const findings: Finding[] = [
    ...checkPlan(prepared),
    ...(await checkTexts(spec, prepared.resolved.shop, resources)),
    ...(sheetless ? [NO_SHEET] : []),
    ...unprinted(spec, views, prepared),
  ];
  onProgress?.({ step: 'checked', done: 0, total });
  const refused = hasErrors(findings) && options.force !== true;
  const artifacts: Artifact[] = [];
  const colours = new Map<PlannedPlacement, readonly TicketColour[]>();
  const store = async (file: MadeFile): Promise<void> => {
    signal.throwIfAborted();
    const artifact = artifactOf(file);
    await sink.put(file.name, file.data, artifact);
    artifacts.push(artifact);
    onProgress?.({ step: 'made', name: file.name, done: artifacts.length, total });
  };
  if (!refused) {
    if (wants('production')) {
      for (const piece of pieces) {
        const made = await makePiece(spec, piece, prepared);
        findings.push(...made.findings, ...unmade(piece, made.files));
        if (ticket)
          for (const planned of piece.placements)
            colours.set(planned, ticketColours(planned, made.files, piece.name, prepared.context.palette));
        for (const file of made.files) await store(file);
      }
    }
    if (wants('preview')) {
      for (const planned of flat) await store(await previewFile(planned, prepared, spec.previewWidth));
      for (const book of spreads) {
        for (const spread of book) await store(await spreadFile(spread, prepared, spec.previewWidth));
        await store(await spreadSheet(book, prepared));
      }
    }
    if (proofs) for (const planned of placements) await store(await proofFile(planned, prepared, spec.previewWidth));
    const thumbs: SheetPicture[] = [];
    const layout = sheetLayout(views.length);
    for (const view of views) {
      const thumb = async (picture: PixelImage): Promise<void> => {
        thumbs.push(await sheetPicture(view.record.label, picture, layout, signal));
      };
      const large = Math.max(spec.mockups.width, spec.mockups.height ?? 0) >= layout.cellPx;
      await store(await mockupFile(view, spec, prepared, { seen: sheet && large ? thumb : undefined }));
      // Enlarged, a small picture would look out of focus.
      if (sheet && !large) await mockupPixels(view, spec, prepared, cellSize(spec.mockups, layout.cellPx), thumb);
    }
    if (sheet) await store(await contactSheet(thumbs, layout, spec.mockups.format, prepared.context));
    if (ticket) {
      const pictures = await ticketPictures(prepared, resources);
      const facts = ticketFacts(spec, prepared, artifacts, findings, colours);
      await store(await jobTicket(facts, pictures, dateOf(spec), prepared.context));
      await store(await ticketHtml(facts, pictures));
    }
  }
  const inputs = [
    ...prepared.inputs,
    ...views.map(({ record, digest }): ManifestInput => ({ kind: 'view', name: record.id, sha256: digest })),
  ];
  const empty = wants('production') && pieces.length > 0 && artifacts.every(({ role }) => role !== 'production');
  const manifest = manifestOf(spec, inputs, artifacts, findings, refused || empty, options.version);
  await sink.commit(manifestBytes(manifest));
  onProgress?.({ step: 'committed', done: total, total });
  return manifest;
};

/** Force makes what can be made; where that is nothing, nobody may take an empty folder for a job that is done. */
const unmade = ({ placements: [first] }: WorkPiece, files: readonly MadeFile[]): readonly Finding[] =>
  !first || files.some(({ role }) => role === 'production')
    ? []
    : [
        {
          severity: 'error',
          code: 'art.blank',
          pointer: first.placement.pointer,
          message: 'Nothing of this placement can be made, not even by force: there is no production file.',
          hint: 'Mend the errors of its layers, or choose a method that can make them.',
        },
      ];

const dateOf = (spec: DesignSpec): string => `${spec.date ?? FIXED_DATE}T00:00:00Z`;

const makePiece = (spec: DesignSpec, piece: WorkPiece, { context, resolved }: Prepared) => {
  const [first] = piece.placements;
  if (!first) return Promise.resolve({ files: [], findings: [] });
  const work: Work<unknown> = {
    name: piece.name,
    pages: piece.placements.map(({ scene }) => scene),
    settings: first.settings,
    title: spec.title ?? resolved.product.name,
    date: dateOf(spec),
    label: [spec.order?.reference, spec.order?.line].filter((part) => part !== undefined).join(' / '),
    variant: chosenVariant(resolved.product, spec.variant),
  };
  return first.method.make(work, context);
};

const artifactOf = ({ data, ...facts }: MadeFile): Artifact => ({ ...facts, bytes: data.length, sha256: sha256(data) });

const manifestOf = (
  spec: DesignSpec,
  inputs: readonly ManifestInput[],
  artifacts: readonly Artifact[],
  findings: readonly Finding[],
  refused: boolean,
  version: string,
): Manifest => ({
  version: 1,
  platen: version,
  status: refused ? 'refused' : 'made',
  specDigest: digestOf(spec),
  product: spec.product,
  shop: spec.shop,
  ...(spec.design ? { design: spec.design } : {}),
  ...(spec.order ? { order: spec.order } : {}),
  inputs: [...inputs],
  artifacts: [...artifacts],
  findings: [...sortFindings(findings)],
});

/** The manifest as the bytes that are stored: pretty JSON, keys in a fixed order, newline at the end. */
export const manifestBytes = (manifest: Manifest): Uint8Array => new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
