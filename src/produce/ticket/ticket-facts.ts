import { type Component, componentChoiceOf } from '../../model/component.ts';
import type { DesignSpec } from '../../model/design-spec.ts';
import { digestOf } from '../../model/digest.ts';
import { type Finding, sortFindings } from '../../model/finding.ts';
import type { Artifact } from '../../model/manifest.ts';
import { chosenVariant } from '../../scene/area.ts';
import { inWorkOrder } from '../check-conflicts.ts';
import type { PlannedPlacement } from '../plan.ts';
import type { Prepared } from '../prepared.ts';
import { textsOfSpec } from '../texts-of-spec.ts';
import type { TicketColour } from './ticket-colours.ts';
import { ticketPlace } from './ticket-place.ts';
import { workTitle } from './work-title.ts';

/** A line of a section: what it is, and its value; `swatch` "#rrggbb" is drawn before the value, `digest` stands whole where there is room. */
export type TicketRow = {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly swatch: string | null;
  readonly digest?: string;
};
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
 * @param colours - what each placement is made with
 */
export const ticketFacts = (
  spec: DesignSpec,
  prepared: Prepared,
  artifacts: readonly Artifact[],
  findings: readonly Finding[],
  colours: ReadonlyMap<PlannedPlacement, readonly TicketColour[]> = new Map(),
): TicketFacts => {
  const { product } = prepared.resolved;
  const { reference = '', line = '', quantity = 1 } = spec.order ?? {};
  const works = inWorkOrder(prepared.plan.placements.filter(isFirstPage));
  const sections: readonly TicketSection[] = [
    { title: 'Article', rows: articleRows(spec, prepared) },
    { title: 'Parts', rows: product.components.map((part) => partRow(part, spec, prepared)) },
    { title: 'Work', rows: works.flatMap((planned, i) => workRows(planned, works.length > 1 ? `${i + 1}. ` : '', prepared)) },
    { title: 'Colours', rows: works.flatMap((planned) => colourRows(planned, colours.get(planned) ?? [])) },
    { title: 'Reads', rows: textRows(spec, prepared) },
    { title: 'Files', rows: artifacts.filter(({ role }) => role === 'production' || role === 'report').map(fileRow) },
    { title: 'Findings', rows: sortFindings(findings).map(({ severity, message, code }) => row(severity, withoutSources(message), code)) },
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

/** What is done where, and where the art goes, one after the other as the article goes from bench to bench. */
const workRows = (planned: PlannedPlacement, number: string, { plan }: Prepared): readonly TicketRow[] => {
  const { placement, scene } = planned;
  const { widthMm, heightMm } = scene.area;
  const pages = plan.placements.filter((one) => one.placement.product.id === placement.product.id).length;
  const size = `area ${round(widthMm)} x ${round(heightMm)} mm`;
  const place = pages > 1 ? null : ticketPlace(planned);
  return [
    row(`${number}${placement.product.label}`, workTitle(planned), pages > 1 ? `${size}, ${pages} pages` : size),
    ...(place ? [row('', `${place.size}, ${place.where}`, place.from)] : []),
  ];
};

const colourRows = ({ placement, method }: PlannedPlacement, colours: readonly TicketColour[]): readonly TicketRow[] => {
  const { label } = placement.product;
  const mixed = MIXED.includes(method.id) ? [row(label, 'full colour, mixed by the printer')] : [];
  return [...mixed, ...colours.map(({ name, note, swatch }, i) => row(i + mixed.length === 0 ? label : '', name, note, swatch))];
};

/** Methods that print any colour with inks of their own. */
const MIXED: readonly string[] = ['dtg', 'dtf', 'sublimation', 'uv-print', 'paper-print'];

/** Addresses may carry keys, and paths say where a shop keeps what: the paper that goes along names neither. */
const withoutSources = (message: string): string =>
  message.replace(/\b(?:https?:\/\/|data:|file:|s3:\/\/)\S+/gi, 'the source').replace(/(?<![\w.])(?:\/[\w.@~-]+){2,}/g, 'the file');

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

/** So many digits of a digest tell any two files of a shop apart. */
const SHORT_DIGEST = 12;

const fileRow = ({ name, placement, method, widthMm, heightMm, pages, mirrored, sha256 }: Artifact): TicketRow => {
  const facts = [
    widthMm === undefined || heightMm === undefined ? '' : `${round(widthMm)} x ${round(heightMm)} mm`,
    pages === undefined || pages === 1 ? '' : `${pages} pages`,
    mirrored ? 'mirrored' : '',
    sha256.slice(0, SHORT_DIGEST),
  ];
  const note = facts.filter((part) => part !== '').join(', ');
  return { ...row([placement, method].filter(Boolean).join(', '), name, note), digest: `sha256 ${sha256}` };
};
