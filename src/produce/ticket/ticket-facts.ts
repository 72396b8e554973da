import { type Component, componentChoiceOf } from '../../model/component.ts';
import type { DesignSpec } from '../../model/design-spec.ts';
import { digestOf } from '../../model/digest.ts';
import { type Finding, sortFindings } from '../../model/finding.ts';
import type { Artifact } from '../../model/manifest.ts';
import { chosenVariant } from '../../scene/area.ts';
import type { PlannedPlacement } from '../plan.ts';
import type { Prepared } from '../prepared.ts';
import { textsOfSpec } from '../texts-of-spec.ts';

/** A line of a section: what it is, and its value; `swatch` "#rrggbb" is drawn before the value. */
export type TicketRow = { readonly name: string; readonly value: string; readonly note: string; readonly swatch: string | null };
export type TicketSection = { readonly title: string; readonly rows: readonly TicketRow[] };

/** Everything a job ticket says, as plain text. */
export type TicketFacts = {
  readonly title: string;
  readonly product: string;
  readonly reference: string;
  readonly line: string;
  readonly quantity: number;
  /** ISO date; empty when the order names none. */
  readonly date: string;
  /** What its code says when it is scanned: reference and line; empty without a reference. */
  readonly scan: string;
  readonly sections: readonly TicketSection[];
  readonly foot: string;
};

const row = (name: string, value: string, note = '', swatch: string | null = null): TicketRow => ({ name, value, note, swatch });

/**
 * What the floor must know of one order line: the article and its parts, what is put where, the customer's words to read against, the files
 * and what preflight found.
 */
export const ticketFacts = (
  spec: DesignSpec,
  prepared: Prepared,
  artifacts: readonly Artifact[],
  findings: readonly Finding[],
): TicketFacts => {
  const { product } = prepared.resolved;
  const { reference = '', line = '', quantity = 1 } = spec.order ?? {};
  const sections: readonly TicketSection[] = [
    { title: 'Article', rows: articleRows(spec, prepared) },
    { title: 'Parts', rows: product.components.map((part) => partRow(part, spec, prepared)) },
    { title: 'Work', rows: prepared.plan.placements.filter(isFirstPage).map((planned) => workRow(planned, prepared)) },
    { title: 'Reads', rows: textRows(spec, prepared) },
    { title: 'Files', rows: artifacts.filter(({ role }) => role === 'production' || role === 'report').map(fileRow) },
    { title: 'Findings', rows: sortFindings(findings).map(({ severity, message, code }) => row(severity, message, code)) },
  ];
  return {
    title: spec.title ?? product.name,
    product: product.name,
    reference,
    line,
    quantity,
    date: spec.date ?? '',
    scan: [reference, line].filter((part) => part !== '').join('/'),
    sections: sections.filter(({ rows }) => rows.length > 0),
    foot: [`Spec ${digestOf(spec).slice(0, 12)}`, ...(spec.design ? [`design ${spec.design.id}`] : []), `shop ${spec.shop}`].join(', '),
  };
};

const isFirstPage = ({ page }: PlannedPlacement): boolean => page === undefined || page.number === 1;

const articleRows = (spec: DesignSpec, { resolved: { product } }: Prepared): readonly TicketRow[] => {
  const chosen = chosenVariant(product, spec.variant);
  const options = product.options.flatMap(({ id, label, values }) => {
    const value = values.find((one) => one.id === chosen[id]);
    return value ? [row(label, value.label, value.id === value.label.toLowerCase() ? '' : value.id, value.colour ?? null)] : [];
  });
  return [row('Product', product.name, product.id), ...options, ...(spec.pages === undefined ? [] : [row('Pages', String(spec.pages))])];
};

/** Parts that were left as they come are on the list too: whoever builds the article needs all of them. */
const partRow = ({ id, label, colours }: Component, spec: DesignSpec, { look }: Prepared): TicketRow => {
  const { colour = null, material } = look.parts.get(id) ?? {};
  const said = spec.components[id];
  const named = said === undefined ? null : componentChoiceOf(said).colour;
  const own = colours?.find((one) => one.id === named || one.colour === colour);
  const value = [own?.label ?? colour ?? '', material ?? ''].filter((part) => part !== '').join(', ');
  return row(label, value === '' ? 'as it comes' : value, said === undefined ? 'standard' : 'chosen', colour);
};

const workRow = ({ placement, method, scene }: PlannedPlacement, { plan }: Prepared): TicketRow => {
  const { widthMm, heightMm } = scene.area;
  const pages = plan.placements.filter((one) => one.placement.product.id === placement.product.id).length;
  const size = `${round(widthMm)} x ${round(heightMm)} mm`;
  return row(placement.product.label, method.title, pages > 1 ? `${size}, ${pages} pages` : size);
};

/** A book's story is read in its pages. */
const MOST_TEXTS = 16;

/** The customer's words, to be held against the finished article. */
const textRows = (spec: DesignSpec, { resolved: { product } }: Prepared): readonly TicketRow[] => {
  const texts = textsOfSpec(spec);
  const rows = texts.slice(0, MOST_TEXTS).map(({ pointer, text }) => {
    const id = spec.placements[Number(pointer.split('/')[2])]?.placement;
    const label = product.placements.find((one) => one.id === id)?.label ?? '';
    return row(label, text.replace(/\s*\n\s*/g, ' / '));
  });
  return texts.length > MOST_TEXTS ? [...rows, row('', `and ${texts.length - MOST_TEXTS} more`)] : rows;
};

const round = (mm: number): string => String(Math.round(mm * 10) / 10);

const fileRow = ({ name, placement, method, widthMm, heightMm, pages, mirrored }: Artifact): TicketRow => {
  const facts = [
    widthMm === undefined || heightMm === undefined ? '' : `${round(widthMm)} x ${round(heightMm)} mm`,
    pages === undefined || pages === 1 ? '' : `${pages} pages`,
    mirrored ? 'mirrored' : '',
  ];
  return row([placement, method].filter(Boolean).join(', '), name, facts.filter((part) => part !== '').join(', '));
};
