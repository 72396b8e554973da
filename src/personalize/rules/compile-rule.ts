import type { DesignRule } from '../../model/design.ts';
import { compileCondition, folded, pathsIn } from '../conditions.ts';
import { compared, isMissing, pathOf, type Scope } from '../scope.ts';
import { type CompiledTemplate, compileTemplate, type Reading, type TemplateNode } from '../template/compile-template.ts';
import { compileTable, rowsOfWrongLength } from './rule-table.ts';
import { shareAt, stableShare } from './stable-share.ts';

/** What a rule came to, before its texts are filled; `set` is null when nothing fitted. */
export type Verdict = { readonly chose: string | null; readonly set: TemplateNode | null };

export type CompiledRule = {
  readonly id: string;
  /** Names that it may set. */
  readonly sets: readonly string[];
  readonly readings: readonly Reading[];
  readonly mistakes: CompiledTemplate['mistakes'];
  readonly decide: (scope: Scope, looked: Map<string, unknown>) => Verdict;
};

type Parts = { readonly readings: Reading[]; readonly mistakes: CompiledTemplate['mistakes'][number][] };

const compiled = (value: unknown, at: readonly (string | number)[], parts: Parts): TemplateNode => {
  const { node, readings, mistakes } = compileTemplate(value, at);
  parts.readings.push(...readings);
  parts.mistakes.push(...mistakes);
  return node;
};

const reads = (parts: Parts, paths: readonly string[], pointer: string): void => {
  for (const path of paths) parts.readings.push({ path, pointer, locals: [] });
};

type Decide = CompiledRule['decide'];

const casesOf = ({ cases }: DesignRule, at: readonly (string | number)[], parts: Parts): Decide => {
  const ready = cases.map(({ id, when, set }, i) => {
    reads(parts, pathsIn(when), `/${[...at, 'cases', i, 'when'].join('/')}`);
    return { name: id ?? `case ${i + 1}`, when: compileCondition(when), set: compiled(set, [...at, 'cases', i, 'set'], parts) };
  });
  return (scope, looked) => {
    const found = ready.find(({ when }) => when(scope, looked));
    return found ? { chose: found.name, set: found.set } : { chose: null, set: null };
  };
};

/** Cells are texts of the design as any other: they may hold templates, which are read when their row is first chosen. */
const tableOf = ({ table }: DesignRule, at: readonly (string | number)[], parts: Parts): Decide | null => {
  if (!table) return null;
  reads(parts, table.keys, `/${[...at, 'table', 'keys'].join('/')}`);
  for (const i of rowsOfWrongLength(table)) {
    const message = `expected ${table.keys.length + table.columns.length} cells: ${[...table.keys, ...table.columns].join(', ')}`;
    parts.mistakes.push({ pointer: `/${[...at, 'table', 'rows', i].join('/')}`, message });
  }
  for (const [i, row] of table.rows.entries()) {
    for (const [k, cell] of row.entries())
      if (k >= table.keys.length && typeof cell === 'string' && cell.includes('{{')) compiled(cell, [...at, 'table', 'rows', i, k], parts);
  }
  const find = compileTable(table);
  return (scope, looked) => {
    const row = find(scope, looked);
    if (!row) return { chose: null, set: null };
    return { chose: `row ${row.index + 1}`, set: compileTemplate(row.set, [...at, 'table', 'rows', row.index]).node };
  };
};

const splitOf = ({ id, split }: DesignRule, at: readonly (string | number)[], parts: Parts): Decide | null => {
  if (!split) return null;
  reads(parts, [split.by], `/${[...at, 'split', 'by'].join('/')}`);
  const path = pathOf(split.by);
  const shares = split.shares.map((one, i) => ({ ...one, node: compiled(one.set, [...at, 'split', 'shares', i, 'set'], parts) }));
  return (scope, looked) => {
    const value = compared(scope, path);
    looked.set(split.by, value);
    if (isMissing(value) || typeof value === 'object') return { chose: null, set: null };
    const share = shareAt(shares, stableShare(id, String(folded(String(value)))));
    return share ? { chose: share.id, set: share.node } : { chose: null, set: null };
  };
};

/** A rule of a design: its cases, then its table, then its shares; the first that fits wins, and `otherwise` stands for none. */
export const compileRule = (rule: DesignRule, at: readonly (string | number)[]): CompiledRule => {
  const parts: Parts = { readings: [], mistakes: [] };
  const steps = [casesOf(rule, at, parts), tableOf(rule, at, parts), splitOf(rule, at, parts)].filter((step) => step !== null);
  const otherwise = rule.otherwise && compiled(rule.otherwise, [...at, 'otherwise'], parts);
  const sets = [
    ...rule.cases.map(({ set }) => set),
    ...(rule.table ? [Object.fromEntries(rule.table.columns.map((one) => [one, null]))] : []),
    ...(rule.split?.shares.map(({ set }) => set) ?? []),
    rule.otherwise ?? {},
  ].flatMap((set) => Object.keys(set));
  const decide: Decide = (scope, looked) => {
    for (const step of steps) {
      const verdict = step(scope, looked);
      if (verdict.set) return verdict;
    }
    return otherwise ? { chose: 'otherwise', set: otherwise } : { chose: null, set: null };
  };
  return { id: rule.id, sets: [...new Set(sets)], readings: parts.readings, mistakes: parts.mistakes, decide };
};
