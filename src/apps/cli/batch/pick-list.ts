import type { Manifest } from '../../../model/manifest.ts';
import { csvText } from './csv-text.ts';

export const PICK_LIST_NAME = 'pick-list.csv';

export type PickLine = {
  readonly reference: string;
  readonly line: string;
  readonly product: string;
  readonly variant: Readonly<Record<string, string>>;
  readonly quantity: number;
  readonly notes: string;
  readonly folder: string;
  readonly manifest: Manifest;
};

const filesOf = ({ folder, manifest }: PickLine): string =>
  manifest.artifacts
    .filter(({ role }) => role === 'production' || role === 'ticket')
    .map(({ name }) => `${folder}/${name}`)
    .join(' ');

const variantText = (variant: Readonly<Record<string, string>>): string =>
  Object.entries(variant)
    .map(([option, value]) => `${option}: ${value}`)
    .join(', ');

/** A row a line of an order, in the order of the batch: what to fetch from the shelf, how often, and which files go with it. */
export const pickList = (picks: readonly PickLine[]): string => {
  const rows = picks.map((pick) => [
    pick.reference,
    pick.line,
    pick.product,
    variantText(pick.variant),
    String(pick.quantity),
    filesOf(pick),
    pick.notes,
  ]);
  return csvText([['reference', 'line', 'product', 'variant', 'quantity', 'files', 'notes'], ...rows]);
};
