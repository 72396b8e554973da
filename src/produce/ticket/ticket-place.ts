import { artBox, referencePoint } from '../art-position.ts';
import type { PlannedPlacement } from '../plan.ts';

/** Where the art goes, in words for somebody with a ruler in front of the article. */
export type TicketPlace = { readonly size: string; readonly where: string; readonly from: string };

/** Nearer than this is on the line, mm. */
const ON_MM = 0.5;

const round = (mm: number): string => String(Math.round(mm * 10) / 10);

/**
 * Size of the art, and its distances from the place that the product is measured from: the middle of the art across, and down to its upper edge,
 * or up to its lower one where it lies above. Null where nothing is painted.
 */
export const ticketPlace = (planned: Pick<PlannedPlacement, 'placement' | 'scene'>): TicketPlace | null => {
  const box = artBox(planned);
  if (!box) return null;
  const size = `art ${round(box.width)} x ${round(box.height)} mm`;
  const { reference } = planned.placement.product;
  if (!reference)
    return { size, where: `left edge ${round(box.x)} mm in, upper edge ${round(box.y)} mm down`, from: 'from the top left of the area' };
  const from = referencePoint(planned);
  const across = box.x + box.width / 2 - from.x;
  const down = box.y - from.y;
  const up = from.y - box.y - box.height;
  return { size, where: `${besides(across)}, ${belowOr(down, up)}`, from: `from ${reference.label}` };
};

const besides = (mm: number): string => {
  if (Math.abs(mm) < ON_MM) return 'middle in line';
  return `middle ${round(Math.abs(mm))} mm to the ${mm < 0 ? 'left' : 'right'}`;
};

const belowOr = (down: number, up: number): string => {
  if (down >= 0) return `upper edge ${round(down)} mm below`;
  return up >= 0 ? `lower edge ${round(up)} mm above` : `upper edge ${round(-down)} mm above`;
};
