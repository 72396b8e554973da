import type { ProductView } from '../model/view.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import type { MockupLayer } from './art-texture.ts';
import { type CompiledView, compileView } from './compile-view.ts';
import { withMockupKernel } from './kernel/mockup-kernel.ts';
import { paintRows } from './paint-rows.ts';
import { preparePicture } from './prepare-picture.ts';
import type { MockupChoices } from './zone-colours.ts';
import type { ZoneTexture } from './zone-texture.ts';

/** What else a picture may be painted with. */
export type PaintOptions = {
  /** Materials, by zone id. */
  readonly textures?: ReadonlyMap<string, ZoneTexture> | undefined;
  /** Paints only these rows, over a picture of the same view that was painted before. */
  readonly repaint?: { readonly picture: PixelImage; readonly fromRow: number; readonly toRow: number } | undefined;
};

/**
 * A picture of a view that was compiled before: zone colours, then the layers in their order, in linear light, lit by the view's maps.
 * The same input gives the same bytes. An abort is heard while painting.
 * @returns with `repaint` that picture, its rows replaced
 * @throws Problem `mockup.placement-unknown`, `mockup.zone-unknown`, `mockup.colour` or `mockup.art-size`; RangeError for a texture or a picture
 * to repaint that does not fit the view
 */
export const paintMockup = (
  view: CompiledView,
  layers: readonly MockupLayer[],
  choices: MockupChoices,
  signal: AbortSignal,
  { textures = new Map(), repaint }: PaintOptions = {},
): Promise<PixelImage> =>
  withMockupKernel(view.record.knee, async (kernel) => {
    signal.throwIfAborted();
    const { widthPx, heightPx } = view;
    const rgba = repaint?.picture.rgba ?? new Uint8Array(widthPx * heightPx * 4);
    if (rgba.length !== widthPx * heightPx * 4)
      throw new RangeError(`expected ${widthPx} x ${heightPx} px to repaint, got ${rgba.length} bytes`);
    const picture = preparePicture(kernel, view, layers, choices, textures);
    const from = Math.max(0, repaint?.fromRow ?? 0);
    await paintRows(picture, from, Math.min(heightPx, repaint?.toRow ?? heightPx), rgba, signal);
    return { widthPx, heightPx, rgba };
  });

/**
 * One mockup picture, `widthPx` wide. For several of one view and size, compile the view once and use `paintMockup`.
 * @throws what `compileView` and `paintMockup` throw
 */
export const renderMockup = async (
  view: ProductView,
  layers: readonly MockupLayer[],
  choices: MockupChoices,
  { widthPx }: { readonly widthPx: number },
  signal: AbortSignal,
): Promise<PixelImage> => {
  signal.throwIfAborted();
  return paintMockup(await compileView(view, widthPx), layers, choices, signal);
};
