import { quantizePath } from '../geometry/path.ts';
import { type Rect, rectOf } from '../geometry/point.ts';
import { quantizeMm } from '../geometry/units.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import { Problem } from '../model/problem.ts';
import type { Product, ProductPlacement } from '../model/product.ts';
import type { Shop } from '../model/shop.ts';
import { outlinePath } from './outline-path.ts';
import type { SceneArea } from './scene.ts';

/** A placement measured out for one order: the area of its scene, and where its panels lie in the trim box. */
export type PlacementArea = { readonly area: SceneArea; readonly panels: ReadonlyMap<string, Rect> };

type Panel = ProductPlacement['panels'][number];

/** Panels left to right, in trim-box mm. A spine's width follows from the page count. */
const layPanels = (placement: ProductPlacement, heightMm: number, pages: number | undefined): ReadonlyMap<string, Rect> => {
  let x = 0;
  const panels = new Map<string, Rect>();
  for (const panel of placement.panels) {
    const width = panelWidth(panel, placement.id, pages);
    panels.set(panel.id, rectOf(quantizeMm(x), 0, width, heightMm));
    x += width;
  }
  return panels;
};

const panelWidth = (panel: Panel, placementId: string, pages: number | undefined): number => {
  if (typeof panel.width === 'number') return panel.width;
  if (pages === undefined) {
    throw new Problem('product.pages-missing', `expected "pages" for the ${panel.label} of placement "${placementId}", got none`, {
      pointer: '/pages',
      hint: 'the width of the spine follows from the page count',
    });
  }
  return quantizeMm(pages * panel.width.perPage + panel.width.plus);
};

/** The choices of a spec with the product's defaults for those it leaves open. */
export const chosenVariant = (product: Product, variant: DesignSpec['variant']): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(product.options.flatMap((option) => (option.default === undefined ? [] : [[option.id, option.default]]))),
  ...variant,
});

const sizeFor = (placement: ProductPlacement, variant: Readonly<Record<string, string>>): { width: number | undefined; height: number } =>
  placement.sizes.find(({ when }) => Object.entries(when).every(([option, values]) => values.includes(variant[option] ?? ''))) ?? {
    width: placement.width,
    height: placement.height,
  };

/**
 * Measures out a placement: product size for the variant, then what the shop's floor changes, then the order's bleed.
 * @throws Problem `product.pages-missing` when a spine needs a page count; `shop.width-unusable`
 */
export const measurePlacement = (product: Product, placement: ProductPlacement, spec: DesignSpec, shop: Shop): PlacementArea => {
  const floor = shop.products[product.id]?.[placement.id];
  const size = sizeFor(placement, chosenVariant(product, spec.variant));
  if (floor?.width !== undefined && placement.panels.length > 0) {
    throw new Problem(
      'shop.width-unusable',
      `expected no width for a placement made of panels, got ${floor.width} mm from shop "${shop.id}"`,
      {
        pointer: '/shop',
        hint: 'the panels of the product give its width',
      },
    );
  }
  const heightMm = quantizeMm(floor?.height ?? size.height);
  const panels = layPanels(placement, heightMm, spec.pages);
  const panelled = [...panels.values()].reduce((sum, panel) => sum + panel.width, 0);
  const widthMm = quantizeMm(placement.panels.length > 0 ? panelled : (floor?.width ?? size.width ?? 0));
  const trimBox = rectOf(0, 0, widthMm, heightMm);
  return {
    panels,
    area: {
      productId: product.id,
      placementId: placement.id,
      widthMm,
      heightMm,
      bleedMm: spec.extraBleed ?? floor?.bleed ?? placement.bleed,
      safeMm: floor?.safe ?? placement.safe,
      trim: quantizePath(outlinePath(placement.shape, trimBox)),
      keepOuts: placement.keepOuts.map(({ id, label, x, y, width, height, shape }) => ({
        id,
        label,
        path: quantizePath(outlinePath(shape, rectOf(x, y, width, height))),
      })),
      folds: foldsOf(placement, panels, heightMm),
    },
  };
};

const foldsOf = (placement: ProductPlacement, panels: ReadonlyMap<string, Rect>, heightMm: number): SceneArea['folds'] =>
  placement.panels.slice(0, -1).flatMap((panel) => {
    const box = panels.get(panel.id);
    if (!box || !panel.fold) return [];
    const x = quantizeMm(box.x + box.width);
    return [{ from: { x, y: 0 }, to: { x, y: heightMm } }];
  });
