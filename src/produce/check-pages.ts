import type { Finding } from '../model/finding.ts';
import type { Prepared } from './prepared.ts';

/** The pages that are ordered, for a cover by itself: a spine for leaves that no binding takes fits no book. Books check their own pages. */
export const checkPageCount = ({ resolved: { product, spec }, plan }: Pick<Prepared, 'resolved' | 'plan'>): readonly Finding[] => {
  const rule = product.placements.find(({ pages }) => pages !== undefined)?.pages;
  const { pages } = spec;
  if (!rule || pages === undefined || plan.placements.some(({ page }) => page)) return [];
  const { min, max, multiple } = rule;
  if (pages >= min && pages <= max && pages % multiple === 0) return [];
  const nearest = Math.min(max, Math.max(min, Math.ceil(pages / multiple) * multiple));
  return [
    {
      severity: 'error',
      code: 'book.page-count',
      pointer: '/pages',
      message: `${pages} pages cannot be bound: this binding takes ${min} to ${max}, in steps of ${multiple}.`,
      hint: `Order ${nearest} pages.`,
      measured: pages,
      required: nearest,
    },
  ];
};
