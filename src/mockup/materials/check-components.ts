import type { Finding } from '../../model/finding.ts';
import type { Product } from '../../model/product.ts';
import type { View, ViewZone } from '../../model/view.ts';

const shows = ({ id, follows }: ViewZone, component: string): boolean =>
  follows !== 'scene' && (typeof follows === 'object' ? follows.component === component : id === component);

/** A warning for every component of the product that no view shows: a choice that no picture shows the shopper. */
export const checkComponents = (product: Product, views: readonly View[]): readonly Finding[] =>
  product.components.flatMap(({ id }, i): readonly Finding[] =>
    views.some(({ zones }) => zones.some((zone) => shows(zone, id)))
      ? []
      : [
          {
            severity: 'warning',
            code: 'product.component-unseen',
            pointer: `/components/${i}`,
            message: `No view shows the component "${id}".`,
            hint: 'Zones show a component when they have its id or follow it.',
          },
        ],
  );
