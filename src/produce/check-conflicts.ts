import type { Rect } from '../geometry/point.ts';
import { intersectionOf } from '../geometry/point.ts';
import { METHOD_CONFLICTS, workRank } from '../methods/work-order.ts';
import type { Finding } from '../model/finding.ts';
import { boundsOfNodes } from '../scene/bounds.ts';
import { partsFromReference } from './art-position.ts';
import type { PlannedPlacement } from './plan.ts';
import type { Prepared } from './prepared.ts';

/** Less than this is a rounding, mm. */
const TOUCH_MM = 0.1;

/**
 * What cannot be made on one article: placements and methods that exclude one another, and art of two placements that meets on the article. With
 * several methods the order of operations is told.
 */
export const checkConflicts = ({ resolved: { product }, plan }: Pick<Prepared, 'resolved' | 'plan'>): readonly Finding[] => {
  // Pages of a book are one work, and what paints nothing is in nobody's way.
  const works = plan.placements.filter(({ page, scene }) => (page?.number ?? 1) === 1 && boundsOfNodes(scene.nodes) !== null);
  if (works.length < 2) return [];
  return [
    ...product.conflicts.flatMap(({ placements, methods, reason }) =>
      placements
        ? placementFindings(
            works.filter((one) => placements.includes(one.placement.product.id)),
            reason,
          )
        : methodFindings(works, methods ?? [], { severity: 'error', reason, hint: 'Use one of them for all placements.' }),
    ),
    ...METHOD_CONFLICTS.flatMap(({ methods, ...conflict }) => methodFindings(works, methods, conflict)),
    ...overlapFindings(works),
    ...orderFindings(works),
  ];
};

const label = ({ placement }: PlannedPlacement): string => placement.product.label;

const placementFindings = ([first, ...others]: readonly PlannedPlacement[], reason: string): readonly Finding[] =>
  first === undefined
    ? []
    : others.map((other) => ({
        severity: 'error',
        code: 'placements.exclude',
        pointer: other.placement.pointer,
        message: `${label(other)} and ${label(first)} cannot be ordered together. ${reason}`,
        hint: 'Leave one of them out.',
        measured: other.placement.product.id,
        required: first.placement.product.id,
      }));

type Why = Pick<Finding, 'severity'> & { readonly reason: string; readonly hint: string };

/** One finding for every method beyond the first that is used. */
const methodFindings = (works: readonly PlannedPlacement[], methods: readonly string[], why: Why): readonly Finding[] => {
  const used = works.filter(({ method }) => methods.includes(method.id));
  const firsts = used.filter((one, i) => used.findIndex(({ method }) => method.id === one.method.id) === i);
  const [first, ...others] = firsts;
  if (!first) return [];
  return others.map((other) => ({
    severity: why.severity,
    code: 'methods.exclude',
    pointer: `${other.placement.pointer}/method`,
    message: `${other.method.title} on ${label(other)} does not go with ${first.method.title} on ${label(first)}. ${why.reason}`,
    hint: why.hint,
    measured: other.method.id,
    required: first.method.id,
  }));
};

/** Placements that are measured from one place of the article are laid over one another as they are on it. */
const overlapFindings = (works: readonly PlannedPlacement[]): readonly Finding[] =>
  works.flatMap((one, i) =>
    works.slice(0, i).flatMap((other): readonly Finding[] => {
      const both = overlapOf(one, other);
      if (!both || both.width < TOUCH_MM || both.height < TOUCH_MM) return [];
      return [
        {
          severity: 'error',
          code: 'placements.overlap',
          pointer: one.placement.pointer,
          message: `The art on ${label(one)} lies over the art on ${label(other)}: ${round(both.width)} x ${round(both.height)} mm of the article would be decorated twice.`,
          hint: 'Move or shrink one of them, or put both into one placement.',
          measured: round(Math.min(both.width, both.height)),
          required: 0,
          unit: 'mm',
        },
      ];
    }),
  );

const overlapOf = (one: PlannedPlacement, other: PlannedPlacement): Rect | null => {
  const [a, b] = [one.placement.product.reference, other.placement.product.reference];
  if (!a || !b || a.id !== b.id) return null;
  const both = partsFromReference(one).flatMap((here) => partsFromReference(other).flatMap((there) => intersectionOf(here, there) ?? []));
  return both.sort((x, y) => y.width * y.height - x.width * x.height)[0] ?? null;
};

/** Which work comes first, for whoever plans the day. */
const orderFindings = (works: readonly PlannedPlacement[]): readonly Finding[] => {
  const ordered = inWorkOrder(works);
  if (new Set(works.map(({ method }) => method.id)).size < 2) return [];
  const said = ordered.map((one, i) => `${i + 1}. ${one.method.title} (${label(one)})`).join(', ');
  return [
    {
      severity: 'info',
      code: 'work.order',
      pointer: '/placements',
      message: `Made in this order: ${said}.`,
      measured: ordered.map(({ placement }) => placement.product.id).join(', '),
    },
  ];
};

/** As one after the other is done on the article; works of one method as the spec has them. */
export const inWorkOrder = (works: readonly PlannedPlacement[]): readonly PlannedPlacement[] =>
  [...works].sort((one, other) => workRank(one.method.id) - workRank(other.method.id));

const round = (mm: number): number => Math.round(mm * 10) / 10;
