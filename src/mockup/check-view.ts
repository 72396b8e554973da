import { type Finding, sortFindings } from '../model/finding.ts';
import type { Product, ProductPlacement } from '../model/product.ts';
import type { ProductView, ShownPlacement, View } from '../model/view.ts';
import { measurePlacement } from './measure-placement.ts';

/** Sizes that differ by less are the same. */
const SIZE_SLACK_MM = 0.5;
/** Less of a placement than this is not a view of it. */
const LEAST_COVERAGE = 0.2;
const LEAST_PX_PER_MM = 0.8;
/** Where zones overlap by more than this on more than one pixel in a thousand, colours come out too bright. */
const OVERLAP = 16;

const error = (code: string, pointer: string, message: string, more: Partial<Finding> = {}): Finding => ({
  severity: 'error',
  code,
  pointer,
  message,
  ...more,
});
const warning = (code: string, pointer: string, message: string, more: Partial<Finding> = {}): Finding => ({
  ...error(code, pointer, message, more),
  severity: 'warning',
});

/** The trim of the pictured variant; null where a width follows from the page count. */
const sizeOf = ({ width, height, panels }: ProductPlacement): { readonly width: number; readonly height: number } | null => {
  if (width !== undefined) return { width, height };
  const widths = panels.map((panel) => panel.width);
  const fixed = widths.filter((one): one is number => typeof one === 'number');
  return fixed.length === widths.length ? { width: fixed.reduce((sum, one) => sum + one, 0), height } : null;
};

const round = (value: number): number => Math.round(value * 100) / 100;

const overlapFindings = ({ record, coverage }: ProductView): readonly Finding[] => {
  const planes = [...coverage].filter(([id]) => id !== record.background).map(([, plane]) => plane);
  const total = record.widthPx * record.heightPx;
  let over = 0;
  for (let i = 0; i < total; i += 1) {
    let sum = 0;
    for (const plane of planes) sum += plane[i] ?? 0;
    if (sum > 255 + OVERLAP) over += 1;
  }
  if (over * 1000 <= total) return [];
  return [
    error('view.zones-overlap', '/maps/zones', 'The zones cover some pixels more than once.', {
      measured: round((100 * over) / total),
      required: 0.1,
      unit: '%',
    }),
  ];
};

const placementFindings = (view: ProductView, product: Product, shown: ShownPlacement, pointer: string): readonly Finding[] => {
  const placement = product.placements.find(({ id }) => id === shown.placement);
  if (!placement) return [error('view.placement-unknown', `${pointer}/placement`, `The product has no placement "${shown.placement}".`)];
  const size = sizeOf(placement);
  const differs = size && Math.max(Math.abs(size.width - shown.width), Math.abs(size.height - shown.height)) > SIZE_SLACK_MM;
  const { coverage, pxPerMm, seams } = measurePlacement(view, shown);
  return [
    ...(size && differs
      ? [
          error('view.trim-size', pointer, `The trim of "${shown.placement}" has another size in the product.`, {
            measured: `${round(shown.width)} x ${round(shown.height)}`,
            required: `${round(size.width)} x ${round(size.height)}`,
            unit: 'mm',
          }),
        ]
      : []),
    ...(coverage === 0
      ? [error('view.coverage', pointer, `No pixel of the view shows "${shown.placement}".`, { measured: 0, unit: '%' })]
      : coverage < LEAST_COVERAGE
        ? [
            warning('view.coverage', pointer, `The view shows little of "${shown.placement}".`, {
              measured: round(100 * coverage),
              required: 100 * LEAST_COVERAGE,
              unit: '%',
            }),
          ]
        : []),
    ...(coverage > 0 && pxPerMm.median < LEAST_PX_PER_MM
      ? [
          warning('view.scale', pointer, `The view shows "${shown.placement}" too small to read.`, {
            measured: round(pxPerMm.median),
            required: LEAST_PX_PER_MM,
            unit: 'px/mm',
          }),
        ]
      : []),
    ...(seams > 0
      ? [
          {
            severity: 'info' as const,
            code: 'view.seams',
            pointer,
            message: `Art breaks at folds within "${shown.placement}".`,
            measured: seams,
            unit: 'samples',
          },
        ]
      : []),
  ];
};

/** A view that is `when` something is chosen which nobody can choose is never shown. */
const whenFindings = ({ when }: View, { options }: Product): readonly Finding[] =>
  Object.entries(when).flatMap(([id, values]): readonly Finding[] => {
    const option = options.find((one) => one.id === id);
    if (!option) return [error('view.option-unknown', `/when/${id}`, `The product has no option "${id}".`)];
    return values
      .filter((value) => !option.values.some((one) => one.id === value))
      .map((value) => error('view.option-unknown', `/when/${id}`, `The option "${id}" of the product has no value "${value}".`));
  });

/** Whether a view's maps and the product agree; a record that contradicts itself is refused when it is read, and so are broken maps. */
export const checkView = (view: ProductView, product: Product): readonly Finding[] =>
  sortFindings([
    ...whenFindings(view.record, product),
    ...overlapFindings(view),
    ...view.record.placements.flatMap((shown, i) => placementFindings(view, product, shown, `/placements/${i}`)),
  ]);

/** A warning for every placement of the product that no view shows; pages of books are shown as spreads. */
export const checkShown = (product: Product, views: readonly View[]): readonly Finding[] =>
  product.placements.flatMap(({ id, pages }, i): readonly Finding[] =>
    pages || views.some(({ placements }) => placements.some(({ placement }) => placement === id))
      ? []
      : [
          warning('product.placement-unseen', `/placements/${i}`, `No view shows "${id}".`, {
            hint: 'Shoppers see it only as a flat proof.',
          }),
        ],
  );
