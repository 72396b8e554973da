import type { ResolvedDesign } from '../../scene/resolve.ts';

/** The order's own word, else the shop's. */
export const wantsTicket = ({ spec, shop }: ResolvedDesign): boolean => spec.ticket ?? shop.ticket;
