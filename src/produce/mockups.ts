import type { MadeFile } from '../methods/method.ts';
import type { Fit } from '../mockup/frame-view.ts';
import type { MockupChoices } from '../mockup/index.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { InvalidInput } from '../model/parse.ts';
import type { Resources } from '../model/resources.ts';
import type { ProductView } from '../model/view.ts';
import type { PixelImage } from '../render/adjust/pixel-image.ts';
import { PREVIEW_FORMATS, type PreviewFormat } from '../render/raster/encode-pixels.ts';
import { chosenVariant } from '../scene/area.ts';
import { articleColourOf } from './article-colour.ts';
import type { LentPicture } from './lent-picture.ts';
import { withMockupPicture } from './mockup-picture.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepared.ts';
import { zoneColoursOf, zoneMaterialsOf } from './product-look.ts';
import type { PictureSize } from './render-cache.ts';
import { unknownView, wantedViews } from './wanted-views.ts';

/** One view of the product of a spec. @throws Problem `view.unknown` */
export const loadView = async (id: string, { product }: DesignSpec, resources: Resources): Promise<ProductView> => {
  const known = await resources.views(product);
  if (!known.includes(id)) throw unknownView(product, known, id, undefined);
  return resources.view(product, id);
};

/**
 * The views a spec asks for, in its order, or all that show one of its placements; all of an article without print.
 * @throws as `wantedViews`
 */
export const loadViews = async (spec: DesignSpec, prepared: Prepared, resources: Resources): Promise<readonly ProductView[]> => {
  const views: ProductView[] = [];
  for (const id of await wantedViews(spec, resources)) {
    prepared.context.signal.throwIfAborted();
    const view = await resources.view(spec.product, id);
    if (spec.mockups.views || (pictures(view, prepared) && showsOrder(view, prepared))) views.push(view);
  }
  return views;
};

/** Whether a view is of the ordered variant: some materials have pictures of their own. */
const pictures = ({ record }: ProductView, { resolved: { product, spec } }: Prepared): boolean => {
  const chosen = chosenVariant(product, spec.variant);
  return Object.entries(record.when).every(([option, values]) => values.includes(chosen[option] ?? ''));
};

const layersOf = ({ record }: ProductView, { plan }: Prepared): readonly PlannedPlacement[] =>
  plan.placements.filter((planned) => record.placements.some(({ placement }) => placement === planned.placement.product.id));

/** Whether a placement of the order is seen in a view; of an order without print every view does. */
export const showsOrder = (view: ProductView, prepared: Prepared): boolean =>
  prepared.plan.placements.length === 0 || layersOf(view, prepared).length > 0;

/** What the order chose for the zones of a view. */
const choicesFor = ({ record }: ProductView, spec: DesignSpec, { look, resolved }: Prepared): MockupChoices => {
  if (look.mistakes.length > 0) throw new InvalidInput('design spec', look.mistakes);
  const articleColour = articleColourOf(resolved.product, spec.variant);
  return {
    zones: zoneColoursOf(record, look),
    ...(articleColour === null ? {} : { article: articleColour }),
    // Pictures and gradients behind the product are textures: see withMockupPicture.
    ...(typeof spec.mockups.background === 'string' ? { background: spec.mockups.background } : {}),
  };
};

/** A size as a spec writes it. */
export const pictureSize = (widthPx: number, heightPx: number | undefined, fit: Fit): PictureSize =>
  heightPx === undefined ? { widthPx } : { widthPx, frame: { widthPx, heightPx, fit } };

/** The size of a spec's mockups when they are as wide as the cell of a sheet. */
export const cellSize = ({ width, height, fit }: DesignSpec['mockups'], cellPx: number): PictureSize =>
  pictureSize(cellPx, height && Math.max(1, Math.round((height * cellPx) / width)), fit);

/** The pixels of one mockup, lent to `use`. @throws as `mockupFile` */
export const mockupPixels = <T>(
  view: ProductView,
  spec: DesignSpec,
  prepared: Prepared,
  size: PictureSize,
  use: (picture: LentPicture) => Promise<T>,
): Promise<T> => {
  const content = {
    placements: layersOf(view, prepared),
    choices: choicesFor(view, spec, prepared),
    materials: zoneMaterialsOf(view.record, prepared.look),
  };
  return withMockupPicture(view, size, content, prepared, use);
};

export type MockupFileOptions = {
  /** The spec's unless given. */
  readonly size?: PictureSize | undefined;
  readonly format?: PreviewFormat | undefined;
  /** Called with the pixels, which are only lent: they are painted over afterwards. */
  readonly seen?: ((picture: PixelImage) => Promise<void>) | undefined;
};

/**
 * One mockup picture: every placement the view shows, from the same scenes as the production files.
 * @throws InvalidInput when the chosen components, colours or materials are not those of the product
 */
export const mockupFile = (view: ProductView, spec: DesignSpec, prepared: Prepared, options: MockupFileOptions = {}): Promise<MadeFile> => {
  const { width, height, fit, format: said } = spec.mockups;
  const { size = pictureSize(width, height, fit), format = said, seen } = options;
  const { ending, mediaType } = PREVIEW_FORMATS[format];
  return mockupPixels(view, spec, prepared, size, async (picture): Promise<MadeFile> => {
    await seen?.(picture);
    return {
      name: `mockup-${view.record.id}.${ending}`,
      role: 'mockup',
      mediaType,
      data: await picture.encode(format),
      view: view.record.id,
      widthPx: picture.widthPx,
      heightPx: picture.heightPx,
    };
  });
};
