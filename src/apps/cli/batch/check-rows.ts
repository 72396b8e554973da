import { failureOf } from '../../../jobs/job-problem.ts';
import { isProblem } from '../../../model/problem.ts';
import type { RowFinding } from './order-row.ts';
import type { PlannedRow } from './planned-row.ts';
import type { RowProcess } from './row-process.ts';
import { inRowProcesses, type RowWorkersOptions } from './row-workers.ts';

export type CheckingOptions = RowWorkersOptions & {
  /** Errors of preflight do not stop a row. */
  readonly force?: boolean | undefined;
  /** Of each row that could be filled, with all that is known of it now; in the order in which they end. */
  readonly onRow: (row: PlannedRow) => void;
};

/** What cannot be loaded or understood, each for itself: a picture, a font, a view. */
const problemFindings = (error: unknown): readonly RowFinding[] => {
  if (!isProblem(error)) throw error;
  const { code, message, pointer, hint, errors } = failureOf(error).problem;
  return (errors ?? [{ pointer, message, hint }]).map((one) => ({
    severity: 'error',
    code,
    message: one.message,
    ...(one.pointer ? { pointer: one.pointer } : {}),
    ...(one.hint === undefined ? {} : { hint: one.hint }),
  }));
};

type Found = { readonly findings: readonly RowFinding[]; readonly canBeMade: boolean };

const found = async (row: PlannedRow, fresh: () => Promise<RowProcess>, force: boolean): Promise<Found> => {
  try {
    const findings = (await (await fresh()).check(row.spec)).filter(({ severity }) => severity !== 'info');
    return { findings, canBeMade: force || !findings.some(({ severity }) => severity === 'error') };
  } catch (error) {
    return { findings: problemFindings(error), canBeMade: false };
  }
};

/**
 * Looks for the pictures and fonts of every row that could be filled, and holds it against the limits of its method: all that making it
 * would say, and nothing is made. A process that dies over a row takes only that row with it; one that has grown large gives way to a
 * fresh one, so a long table takes no more memory than a short one. Returns all rows, those that cannot be filled as they were.
 * @throws what the signal was aborted with
 */
export const checkRows = async (rows: readonly PlannedRow[], options: CheckingOptions): Promise<readonly PlannedRow[]> => {
  const checked = new Map<number, PlannedRow>();
  const todo = rows.filter(({ spec }) => spec !== null);
  await inRowProcesses(todo, options, async (row, fresh) => {
    const { findings, canBeMade } = await found(row, fresh, options.force === true);
    if (options.signal.aborted) return 'stop';
    const all: PlannedRow = { ...row, spec: canBeMade ? row.spec : null, findings: [...row.findings, ...findings] };
    checked.set(row.row, all);
    options.onRow(all);
    return 'go on';
  });
  return rows.map((row) => checked.get(row.row) ?? row);
};
