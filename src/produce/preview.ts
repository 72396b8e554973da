import type { MadeFile } from '../methods/method.ts';
import type { Fit } from '../mockup/frame-view.ts';
import { artboardOf, artboardPicture } from '../mockup/index.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import { Problem } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { encodePixels, type PreviewFormat } from '../render/raster/encode-pixels.ts';
import { articleColourOf } from './article-colour.ts';
import { spreadFile, spreadSheet, spreadsOf } from './book-previews.ts';
import { checkPlan } from './check-plan.ts';
import { contactSheet, type SheetPicture, sheetLayout, sheetPicture } from './contact-sheet.ts';
import { flatPixels } from './flat-pixels.ts';
import { cellSize, loadView, loadViews, mockupFile, mockupPixels, pictureSize } from './mockups.ts';
import type { PlannedPlacement } from './plan.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './prepared.ts';
import type { RenderCache } from './render-cache.ts';

/** The flat picture of one placement: its art on the article's colour, cut at the trim. */
export const previewFile = async (planned: PlannedPlacement, prepared: Prepared, widthPx: number): Promise<MadeFile> => {
  const { scene, method, placement } = planned;
  const picture = await flatPixels(planned, prepared, widthPx);
  return {
    name: `${placement.product.id}-preview.png`,
    role: 'preview',
    mediaType: 'image/png',
    data: await encodePixels(picture, { format: 'png' }),
    placement: placement.product.id,
    method: method.id,
    widthMm: scene.area.widthMm,
    heightMm: scene.area.heightMm,
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
  };
};

/** One placement on an artboard with its guides, for people to approve. */
export const proofFile = async (
  { scene, method, settings, placement, page }: PlannedPlacement,
  { resolved, context }: Prepared,
  widthPx: number,
): Promise<MadeFile> => {
  const ground = articleColourOf(resolved.product, resolved.spec.variant) ?? '#ffffff';
  const board = artboardOf(scene, ground, context.lettering);
  const heightPx = Math.max(1, Math.round((widthPx * board.region.height) / board.region.width));
  const request = { widthPx, heightPx, region: board.region };
  const picture = await artboardPicture(board, await method.appearance(scene, settings, request, context), request, context.signal);
  return {
    name: `${placement.product.id}${page ? `-${String(page.number).padStart(2, '0')}` : ''}-proof.png`,
    role: 'report',
    mediaType: 'image/png',
    data: await encodePixels(picture, { format: 'png' }),
    placement: placement.product.id,
    method: method.id,
    widthPx,
    heightPx,
  };
};

export type PreviewOptions = {
  /** A mockup view; without it the flat art of a placement is shown, or the first view of an article without print. */
  readonly view?: string | undefined;
  /** Of a book: "pages" for all spreads on one sheet, "pages/7" for the spread with page 7. */
  readonly placement?: string | undefined;
  readonly widthPx: number;
  /** Of a view: see `mockups.height` and `mockups.fit` of a spec. */
  readonly heightPx?: number | undefined;
  readonly fit?: Fit | undefined;
  /** Of a view: the spec's when it has alpha for a clear background, else JPEG, which is the fastest; flat art is always PNG. */
  readonly format?: PreviewFormat | undefined;
  readonly signal: AbortSignal;
  /** Kept from preview to preview, it lets the next one paint only what changed: see RenderCache. */
  readonly cache?: RenderCache | undefined;
};

export type Preview = { readonly file: MadeFile; readonly findings: readonly Finding[]; readonly ok: boolean };

/**
 * One picture, without production files: a mockup view, or the flat art of a placement. Shows the art even when findings of
 * severity error stand: they come along.
 * @throws Problem `placement.unknown` when the spec has no such placement, `preview.format` for a clear background as JPEG
 */
export const preview = async (spec: DesignSpec, resources: Resources, options: PreviewOptions): Promise<Preview> => {
  const { view, placement, widthPx, signal, cache } = options;
  const prepared = await prepare(spec, resources, signal, cache);
  try {
    const findings = checkPlan(prepared);
    const ok = !hasErrors(findings);
    const shown =
      view ?? (placement === undefined && spec.placements.length === 0 ? await firstView(spec, resources, prepared) : undefined);
    if (shown !== undefined) return { file: await viewFile(shown, spec, resources, prepared, options), findings, ok };
    const [id, page] = placement?.split('/') ?? [];
    const planned = prepared.plan.placements.find((one) => id === undefined || one.placement.product.id === id);
    if (!planned) {
      const ids = prepared.plan.placements.map((one) => one.placement.product.id);
      throw new Problem('placement.unknown', `expected a placement of this spec (${ids.join(', ') || 'it has none'}), got "${placement}"`);
    }
    const file = planned.page ? bookFile(planned, page, prepared, widthPx) : previewFile(planned, prepared, widthPx);
    return { file: await file, findings, ok };
  } finally {
    prepared.close();
  }
};

/** The spread that holds a page, or all of them on one sheet. */
const bookFile = async (first: PlannedPlacement, page: string | undefined, prepared: Prepared, widthPx: number): Promise<MadeFile> => {
  const pages = prepared.plan.placements.filter(({ placement }) => placement === first.placement);
  const spreads = spreadsOf(pages);
  if (page === undefined) return spreadSheet(spreads, prepared, widthPx);
  const spread = spreads.find(({ left, right }) => [left, right].some((one) => String(one?.page?.number) === page));
  if (spread) return spreadFile(spread, prepared, widthPx);
  throw new Problem('preview.page', `expected a page from 1 to ${pages.length} of this book, got "${page}"`);
};

const firstView = async (spec: DesignSpec, resources: Resources, prepared: Prepared): Promise<string> => {
  const [first] = await loadViews(spec, prepared, resources);
  if (first) return first.record.id;
  throw new Problem('preview.no-views', `expected a view of ${spec.product} to show it without print, got none`);
};

const viewFile = async (
  id: string,
  spec: DesignSpec,
  resources: Resources,
  prepared: Prepared,
  { widthPx, heightPx, fit, format }: PreviewOptions,
): Promise<MadeFile> => {
  const view = await loadView(id, spec, resources);
  const size = pictureSize(widthPx, heightPx, fit ?? spec.mockups.fit);
  return mockupFile(view, spec, prepared, { size, format: formatFor(spec, format) });
};

const formatFor = ({ mockups: { background, format: said } }: DesignSpec, wanted: PreviewFormat | undefined): PreviewFormat => {
  if (background !== 'transparent') return wanted ?? 'jpeg';
  if (wanted !== 'jpeg') return wanted ?? (said === 'jpeg' ? 'png' : said);
  throw new Problem('preview.format', 'expected a format with transparency (png, webp, avif) for a clear background, got jpeg', {
    hint: 'Ask for another format, or give the mockups a background.',
  });
};

/**
 * All views of an order in one picture: see `mockups.contactSheet` of a spec.
 * @param options.widthPx - of the whole sheet; about 1600 unless given
 * @throws Problem `preview.no-views` when none shows what is ordered, `sheet.width` when it is too narrow for them
 */
export const previewSheet = async (
  spec: DesignSpec,
  resources: Resources,
  { widthPx, format, signal, cache }: Pick<PreviewOptions, 'format' | 'signal' | 'cache'> & { readonly widthPx?: number | undefined },
): Promise<Preview> => {
  const asked = { ...spec, mockups: { ...spec.mockups, contactSheet: true } };
  const prepared = await prepare(asked, resources, signal, cache);
  try {
    const findings = checkPlan(prepared);
    const views = await loadViews(asked, prepared, resources);
    if (views.length === 0) throw new Problem('preview.no-views', `expected a view of ${spec.product} that shows the order, got none`);
    const layout = sheetLayout(views.length, widthPx);
    const size = cellSize(spec.mockups, layout.cellPx);
    const thumbs: SheetPicture[] = [];
    for (const view of views) {
      const seen = async (picture: PixelImage): Promise<void> => {
        thumbs.push(await sheetPicture(view.record.label, picture, layout, signal));
      };
      await mockupPixels(view, asked, prepared, size, seen);
    }
    return { file: await contactSheet(thumbs, layout, format ?? 'jpeg', prepared.context), findings, ok: !hasErrors(findings) };
  } finally {
    prepared.close();
  }
};
