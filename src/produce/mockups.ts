import type { MadeFile } from '../methods/method.ts';
import { appearanceRequestFor, type CompiledView, type MockupChoices, type MockupLayer, paintMockup } from '../mockup/index.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import { didYouMean } from '../model/parse.ts';
import { Problem } from '../model/problem.ts';
import type { Resources } from '../model/resources.ts';
import type { ProductView, ViewZone } from '../model/view.ts';
import { encodePixels } from '../render/raster/encode-pixels.ts';
import { chosenVariant } from '../scene/area.ts';
import { articleColourOf } from './check.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepare.ts';

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

/** Component colours that no view knows are told: a picture would not show what was ordered. */
export const componentFindings = ({ components }: DesignSpec, views: readonly ProductView[]): readonly Finding[] => {
  const known = [...new Set(views.flatMap(({ record }) => record.zones.flatMap(componentNames)))].sort();
  return Object.keys(components).flatMap((name): readonly Finding[] =>
    known.includes(name)
      ? []
      : [
          {
            severity: 'warning',
            code: 'component.unknown',
            pointer: `/components/${name}`,
            message: `No picture of this product shows a part called "${name}" (${known.join(', ') || 'there are no pictures'}).`,
            hint: didYouMean(name, known),
          },
        ],
  );
};

const componentNames = (zone: ViewZone): readonly string[] =>
  typeof zone.follows === 'object' ? [zone.id, zone.follows.component] : zone.follows === 'own' ? [zone.id] : [];

const layersOf = ({ record }: ProductView, { plan }: Prepared): readonly PlannedPlacement[] =>
  plan.placements.filter((planned) => record.placements.some(({ placement }) => placement === planned.placement.product.id));

/** What the order chose for the zones of a view. */
const choicesFor = ({ record }: ProductView, spec: DesignSpec, articleColour: string | null): MockupChoices => {
  const ofZones = record.zones.filter(({ id, follows }) => follows === 'own' && spec.components[id] !== undefined).map(({ id }) => id);
  return {
    components: spec.components,
    zones: Object.fromEntries(ofZones.map((id) => [id, spec.components[id] ?? ''])),
    ...(articleColour === null ? {} : { article: articleColour }),
    ...(spec.mockups.background === undefined ? {} : { background: spec.mockups.background }),
  };
};

const ENDING = { jpeg: 'jpg', webp: 'webp', png: 'png' } as const;

/** One mockup picture: every placement the view shows, from the same scenes as the production files. */
export const mockupFile = async (view: ProductView, spec: DesignSpec, prepared: Prepared, widthPx: number): Promise<MadeFile> => {
  const { format } = spec.mockups;
  const compiled = await prepared.cache.compiledView(view, widthPx);
  const layers: MockupLayer[] = [];
  for (const planned of layersOf(view, prepared)) layers.push(...(await artOf(planned, compiled, prepared)));
  const choices = choicesFor(view, spec, articleColourOf(prepared.resolved.product, spec.variant));
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
