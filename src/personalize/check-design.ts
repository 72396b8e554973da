import { type Finding, sortFindings } from '../model/finding.ts';
import { didYouMean } from '../model/parse.ts';
import { fieldFindings } from './check/check-fields.ts';
import { comparisonFindings, readingFindings, unusedFindings } from './check/check-names.ts';
import { designFinding } from './check/design-finding.ts';
import { compileDesign } from './compile-design.ts';
import type { OpenDesign } from './filled-design.ts';
import { personalize } from './personalize.ts';
import { coveredRows } from './rules/rule-table.ts';

const exampleFindings = (open: OpenDesign): readonly Finding[] =>
  open.design.examples.flatMap(({ name, answers, data }, i) =>
    personalize(open, answers, data)
      .findings.filter(({ severity, code }) => severity === 'error' || code === 'answer.unknown')
      .map(({ message, pointer }) =>
        designFinding('error', 'design.example', `/examples/${i}`, `expected the example "${name}" to fill, got ${pointer}: ${message}`),
      ),
  );

const MOST_ROWS = 10;

/** Rows of tables that are never chosen: a spreadsheet that says a thing twice, or that fits anything before its last row. */
const rowFindings = (open: OpenDesign): readonly Finding[] =>
  open.design.rules.flatMap(({ id, table }, i) => {
    const covered = table ? coveredRows(table) : [];
    if (covered.length === 0) return [];
    const shown = covered.slice(0, MOST_ROWS).map(({ row, by }) => `row ${row + 1} (row ${by + 1} comes first)`);
    const more = covered.length > MOST_ROWS ? ` and ${covered.length - MOST_ROWS} more` : '';
    return [
      designFinding(
        'warning',
        'design.row-hidden',
        `/rules/${i}/table`,
        `expected rows that can be chosen in the rule "${id}", got ${shown.join(', ')}${more}`,
      ),
    ];
  });

/**
 * What is wrong with a design by itself, for those who write it; pointers are into the design. Unknown names with the nearest known one,
 * answers and data that nothing uses, options and defaults that cannot be, fields that wait for each other, examples that do not fill.
 */
export const checkDesign = (open: OpenDesign): readonly Finding[] => {
  const compiled = compileDesign(open);
  const { fields, exclusions } = open.design;
  const names = fields.map(({ id }) => id);
  return sortFindings([
    ...compiled.mistakes.map(({ pointer, message }) => designFinding('error', 'design.broken', pointer, message)),
    ...(compiled.ring.length > 0
      ? [
          designFinding(
            'error',
            'design.ring',
            '/fields',
            `expected fields that do not wait for each other, got ${compiled.ring.join(', ')}`,
          ),
        ]
      : []),
    ...readingFindings(open, compiled),
    ...comparisonFindings(open, compiled),
    ...unusedFindings(open, compiled),
    ...rowFindings(open),
    ...fields.flatMap((field, i) => fieldFindings(field, open, compiled, `/fields/${i}`)),
    ...exclusions.flatMap(({ field }, i) =>
      field === undefined || names.includes(field)
        ? []
        : [
            designFinding(
              'error',
              'design.unknown-name',
              `/exclusions/${i}/field`,
              `expected a field, got "${field}"`,
              didYouMean(field, names),
            ),
          ],
    ),
    ...exampleFindings(open),
    ...(open.design.examples.length > 0
      ? []
      : [designFinding('warning', 'design.example', '/examples', 'expected at least one example that shows the design filled')]),
  ]);
};
