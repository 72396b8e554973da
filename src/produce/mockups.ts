import type { MadeFile } from '../methods/method.ts';
import { appearanceRequestFor, type CompiledView, type MockupChoices, type MockupLayer, paintMockup } from '../mockup/index.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { didYouMean, InvalidInput } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import type { ProductView } from '../model/view.ts';
import { encodePixels } from '../render/raster/encode-pixels.ts';
import { chosenVariant } from '../scene/area.ts';
import { articleColourOf } from './check.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepare.ts';
import { zoneColoursOf } from './product-look.ts';

/**
 * The views a spec asks for, in its order, or all that show one of its placements.
 * @throws Problem `view.unknown` for a view the product has not
 */
export const loadViews = async (
  { product, mockups }: DesignSpec,
  prepared: Prepared,
  resources: Resources,
): Promise<readonly ProductView[]> => {
  const known = await resources.views(product);
  const wanted = mockups.views ?? known;
  const missing = wanted.findIndex((id) => !known.includes(id));
  if (missing >= 0) {
    const id = wanted[missing] ?? '';
    throw new Problem('view.unknown', `expected a view of ${product} (${known.join(', ') || 'it has none'}), got "${id}"`, {
      pointer: `/mockups/views/${missing}`,
      hint: didYouMean(id, known),
    });
  }
  const views: ProductView[] = [];
  for (const id of wanted) {
    prepared.context.signal.throwIfAborted();
    const view = await resources.view(product, id);
    if (mockups.views || (pictures(view, prepared) && layersOf(view, prepared).length > 0)) views.push(view);
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

/** What the order chose for the zones of a view. */
const choicesFor = ({ record }: ProductView, spec: DesignSpec, { look, resolved }: Prepared): MockupChoices => {
  if (look.mistakes.length > 0) throw new InvalidInput('design spec', look.mistakes);
  const articleColour = articleColourOf(resolved.product, spec.variant);
  return {
    zones: zoneColoursOf(record, look),
    ...(articleColour === null ? {} : { article: articleColour }),
    ...(spec.mockups.background === undefined ? {} : { background: spec.mockups.background }),
  };
};

const ENDING = { jpeg: 'jpg', webp: 'webp', png: 'png' } as const;

/**
 * One mockup picture: every placement the view shows, from the same scenes as the production files.
 * @throws InvalidInput when the chosen components, colours or materials are not those of the product
 */
export const mockupFile = async (view: ProductView, spec: DesignSpec, prepared: Prepared, widthPx: number): Promise<MadeFile> => {
  const { format } = spec.mockups;
  const compiled = await prepared.cache.compiledView(view, widthPx);
  const layers: MockupLayer[] = [];
  for (const planned of layersOf(view, prepared)) layers.push(...(await artOf(planned, compiled, prepared)));
  const choices = choicesFor(view, spec, prepared);
  const picture = await paintMockup(compiled, layers, choices, prepared.context.signal);
  return {
    name: `mockup-${view.record.id}.${ENDING[format]}`,
    role: 'mockup',
    mediaType: `image/${format}`,
    data: await encodePixels(picture, { format }),
    view: view.record.id,
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
  };
};

const artOf = async (
  { scene, method, settings, placement }: PlannedPlacement,
  view: CompiledView,
  prepared: Prepared,
): Promise<readonly MockupLayer[]> => {
  const request = appearanceRequestFor(view, placement.product.id, scene.area);
  const appearances = await method.appearance(scene, settings, request, prepared.context);
  return appearances.map((appearance) => ({ placement: placement.product.id, appearance }));
};
