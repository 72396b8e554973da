/** How a row of a batch ended, or that it did not. */
export const ROW_STATUSES = ['made', 'refused', 'failed', 'unmade'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];
