import type { Finding } from '../../model/finding.ts';
import type { MaterialId } from '../../model/material.ts';
import type { Product } from '../../model/product.ts';
import type { View, ViewZone } from '../../model/view.ts';
import { MATERIALS } from './materials.ts';

/** Mirrors so sharply that it looks like nothing where the picture does not know which way its surfaces face. */
const SHARP = 0.4;

const shows = ({ id, follows }: ViewZone, component: string): boolean =>
  follows !== 'scene' && (typeof follows === 'object' ? follows.component === component : id === component);

const warning = (code: string, pointer: string, message: string, hint: string): Finding => ({
  severity: 'warning',
  code,
  pointer,
  message,
  hint,
});

const needsDirections = (id: MaterialId): boolean => MATERIALS[id].finish.mirror > 0 && MATERIALS[id].finish.roughness < SHARP;

const unseen = (product: Product, views: readonly View[]): readonly Finding[] =>
  product.components.flatMap(({ id }, i): readonly Finding[] =>
    views.some(({ zones }) => zones.some((zone) => shows(zone, id)))
      ? []
      : [
          warning(
            'product.component-unseen',
            `/components/${i}`,
            `No view shows the component "${id}".`,
            'Zones show a component when they have its id or follow it.',
          ),
        ],
  );

/** Zones that follow a component which the product does not offer: nobody can choose their colour. */
const unknown = ({ components }: Product, views: readonly View[]): readonly Finding[] => {
  if (components.length === 0) return [];
  const followed = views.flatMap(({ id, zones }) =>
    zones.flatMap(({ follows }) => (typeof follows === 'object' ? [{ view: id, component: follows.component }] : [])),
  );
  return followed
    .filter(({ component }) => !components.some(({ id }) => id === component))
    .map(({ view, component }) =>
      warning(
        'product.component-unknown',
        '/components',
        `The view "${view}" follows the component "${component}", which the product has not.`,
        'Declare it, or let the zone follow another.',
      ),
    );
};

type Offer = { readonly material: MaterialId; readonly pointer: string; readonly shownBy: (zone: ViewZone) => boolean };

/** Every material that can be ordered, and the zones that would show it. */
const offersOf = ({ components, options }: Product): readonly Offer[] => [
  ...components.flatMap(({ id, materials, pictured }, i) =>
    materials
      .map((material, j): Offer => ({ material, pointer: `/components/${i}/materials/${j}`, shownBy: (zone) => shows(zone, id) }))
      .filter(({ material }) => material !== pictured && material !== 'plain'),
  ),
  ...options.flatMap(({ values }, i) =>
    values.flatMap(({ material }, j): readonly Offer[] =>
      material ? [{ material, pointer: `/options/${i}/values/${j}/material`, shownBy: ({ follows }) => follows === 'article' }] : [],
    ),
  ),
];

const unfitting = ({ material, pointer, shownBy }: Offer, { id, zones, maps }: View): readonly Finding[] => {
  const shown = zones.filter(shownBy);
  if (shown.length === 0) return [];
  return [
    ...(needsDirections(material) && !maps.normal
      ? [
          warning(
            'product.material-flat',
            pointer,
            `The view "${id}" cannot show "${material}" as glossy as it is.`,
            'It has no map of surface directions.',
          ),
        ]
      : []),
    ...(shown.some((zone) => zone.material === 'metal') && MATERIALS[material].finish.diffuse > 0
      ? [
          warning(
            'product.material-dark',
            pointer,
            `The view "${id}" would show "${material}" almost black.`,
            'Its zone is pictured in metal.',
          ),
        ]
      : []),
  ];
};

/** Warnings for choices that pictures do not show: components in no view or unknown to the product, and materials that a view has no light or directions for. */
export const checkComponents = (product: Product, views: readonly View[]): readonly Finding[] => [
  ...unseen(product, views),
  ...unknown(product, views),
  ...offersOf(product).flatMap((offer) => views.flatMap((view) => unfitting(offer, view))),
];
