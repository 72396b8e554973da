import { type DesignSpec, parseDesignSpec } from '../../../model/design-spec.ts';
import { digestOf } from '../../../model/digest.ts';
import type { Finding } from '../../../model/finding.ts';
import { didYouMean, InvalidInput, mistakeText } from '../../../model/parse.ts';
import { isProblem } from '../../../model/problem.ts';
import type { Product } from '../../../model/product.ts';
import type { OpenDesign } from '../../../personalize/filled-design.ts';
import { personalize } from '../../../personalize/personalize.ts';
import { wordingIn } from '../../../personalize/wording.ts';
import type { OrderFacts, OrderRow, RowFinding } from './order-row.ts';
import type { PlannedRow, RowOrigin } from './planned-row.ts';
import { RowFolders } from './row-folders.ts';

export type PlanParts = {
  /** Both keep what they have read. @throws Problem for an unknown id */
  readonly designOf: (id: string) => Promise<OpenDesign>;
  readonly productOf: (id: string) => Promise<Product>;
};

type Filled = { readonly spec: DesignSpec | null; readonly origin: RowOrigin | null; readonly findings: readonly RowFinding[] };

const error = (code: string, message: string, more: Partial<RowFinding> = {}): RowFinding => ({
  severity: 'error',
  code,
  message,
  ...more,
});

/** A problem of a record or a schema as findings: every mistake of its own. */
const problemFindings = (caught: unknown): readonly RowFinding[] => {
  if (!isProblem(caught)) throw caught;
  if (caught instanceof InvalidInput)
    return caught.mistakes.map((one) =>
      error(caught.code, mistakeText({ ...one, pointer: '' }).replace(/^\(whole file\): /, ''), { pointer: one.pointer }),
    );
  return [
    error(caught.code, caught.message, { ...(caught.pointer === undefined ? {} : { pointer: caught.pointer }), ...withHint(caught.hint) }),
  ];
};

const withHint = (hint: string | undefined): { readonly hint?: string } => (hint === undefined ? {} : { hint });

const specFacts = (order: OrderFacts) => ({ ...order, quantity: order.quantity ?? 1 });

const plain = (text: string): string => text.trim().toLowerCase();

/** Chosen values of a product by id or by label: a spreadsheet says "Navy blue". */
const variantOf = (
  product: Product,
  chosen: Readonly<Record<string, string>>,
): { readonly variant: Record<string, string>; readonly findings: RowFinding[] } => {
  const variant: Record<string, string> = {};
  const findings: RowFinding[] = [];
  for (const [name, said] of Object.entries(chosen)) {
    const option = product.options.find(({ id, label }) => plain(id) === plain(name) || plain(label) === plain(name));
    const value = option?.values.find(({ id, label }) => plain(id) === plain(said) || plain(label) === plain(said));
    const ids = option ? option.values.map(({ id }) => id) : product.options.map(({ id }) => id);
    const what = option ? `a ${option.label} of ${product.name}` : `an option of ${product.name}`;
    const got = option ? said : name;
    if (option && value) variant[option.id] = value.id;
    else
      findings.push(
        error('row.variant', `expected ${what} (${ids.join(', ') || 'it has none'}), got "${got}"`, {
          field: name,
          ...withHint(didYouMean(got, ids)),
        }),
      );
  }
  return { variant, findings };
};

const fieldOf = ({ design }: OpenDesign, { pointer }: Finding, language: unknown): { readonly field?: string } => {
  const field = design.fields.find(({ id }) => pointer === `/${id}`);
  return field ? { field: wordingIn(field.label, [typeof language === 'string' ? language : design.language, design.language]) } : {};
};

const nameIn = (pointer: string): string => pointer.slice(1).replace(/~1/g, '/').replace(/~0/g, '~');

/**
 * What is told of a filled design: answers that none of its fields takes, which are slips of whoever wrote the row, and not that a label
 * stands for several fields, of which one is shown.
 */
const told = ({ design }: OpenDesign, findings: readonly Finding[]): readonly Finding[] => {
  const ids = design.fields.map(({ id }) => id);
  return findings.flatMap((finding) => {
    if (finding.severity !== 'info') return [finding];
    const name = nameIn(finding.pointer);
    return finding.code !== 'answer.unknown' || ids.includes(name)
      ? []
      : [{ ...finding, ...withHint(finding.hint ?? didYouMean(name, ids)) }];
  });
};

const rowFindings = (open: OpenDesign, findings: readonly Finding[], language: unknown): readonly RowFinding[] =>
  told(open, findings).map((finding) => {
    const { severity, code, message, pointer, hint } = finding;
    return { severity, code, message, pointer, ...withHint(hint), ...fieldOf(open, finding, language) };
  });

/** The spec of an order of a design. Never throws for what the order holds. */
export const fillRow = async (origin: RowOrigin, order: OrderFacts, { designOf, productOf }: PlanParts): Promise<Filled> => {
  try {
    const open = await designOf(origin.design);
    const filled = personalize(open, origin.answers, { ...origin.data, order: { ...Object(origin.data.order), ...order } });
    const findings = rowFindings(open, filled.findings, origin.data.language);
    if (filled.spec === null) return { spec: null, origin, findings };
    const chosen = variantOf(await productOf(filled.spec.product), origin.variant);
    if (chosen.findings.length > 0) return { spec: null, origin, findings: [...findings, ...chosen.findings] };
    const spec = { ...filled.spec, variant: { ...filled.spec.variant, ...chosen.variant }, order: specFacts(order) };
    return { spec, origin, findings };
  } catch (caught) {
    return { spec: null, origin, findings: problemFindings(caught) };
  }
};

const readSpec = async (value: unknown, { productOf }: PlanParts): Promise<Filled> => {
  try {
    const spec = parseDesignSpec(value);
    await productOf(spec.product);
    return { spec, origin: null, findings: [] };
  } catch (caught) {
    return { spec: null, origin: null, findings: problemFindings(caught) };
  }
};

const filledFrom = ({ content, order }: OrderRow, parts: PlanParts): Promise<Filled> | Filled => {
  switch (content.kind) {
    case 'spec':
      return readSpec(content.spec, parts);
    case 'answers': {
      const { design, answers, data, variant } = content;
      return fillRow({ design: plain(design), answers, data, variant }, order, parts);
    }
    case 'unreadable':
      return { spec: null, origin: null, findings: [] };
  }
};

/** The list of a team and the field of a player find the same number wrong. */
const onceEach = (findings: readonly RowFinding[]): readonly RowFinding[] =>
  findings.filter(
    ({ code, pointer }, i) => pointer === undefined || findings.findIndex((one) => one.code === code && one.pointer === pointer) === i,
  );

const isWrong = (findings: readonly RowFinding[]): boolean => findings.some(({ severity }) => severity === 'error');

/** Rows between two breaths: a long table must not make a program deaf to an interrupt. */
const ROWS_AT_ONCE = 256;

/** Every row to a spec and a folder, with all that is wrong with it. Rows fail alone. */
export const planBatch = async (
  rows: readonly OrderRow[],
  parts: PlanParts,
  signal: AbortSignal,
  atOnce: number = ROWS_AT_ONCE,
): Promise<readonly PlannedRow[]> => {
  const folders = new RowFolders();
  const planned: PlannedRow[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % atOnce === atOnce - 1) await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    const { spec, origin, findings } = await filledFrom(row, parts);
    const { reference, line, quantity = 1 } = row.order;
    const { folder, sharedWith } = folders.folderOf({ row: row.row, reference, line });
    const shared: readonly RowFinding[] =
      sharedWith === null
        ? []
        : [
            {
              severity: 'warning',
              code: 'row.folder-shared',
              message: `the reference is also that of row ${sharedWith}: this row goes into ${folder}`,
              hint: 'Give the lines of an order a column "line".',
            },
          ];
    const all = onceEach([...findings, ...row.findings, ...shared]);
    const good = isWrong(all) ? null : spec;
    planned.push({
      row: row.row,
      folder,
      reference: reference ?? null,
      line: line ?? null,
      quantity,
      notes: row.notes ?? '',
      digest: good === null ? null : digestOf(good),
      origin,
      spec: good,
      mistakes: row.findings.filter(({ severity }) => severity === 'error'),
      findings: all,
    });
  }
  return planned;
};
