import type { DesignSpec } from '../model/design-spec.ts';
import { Problem } from '../model/problem.ts';
import type { FilledDesign } from './filled-design.ts';

/** A design that its answers and data do not fill: every reason at once, in words for the customer. */
export class AnswersRefused extends Problem {
  readonly design: string;
  readonly problems: readonly Problem[];

  constructor(design: string, problems: readonly Problem[]) {
    const [first] = problems;
    const count = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`;
    super(
      'answers.refused',
      `expected answers that fill the design "${design}", got ${count}: ${problems.map((one) => one.message).join(' ')}`,
      {
        pointer: first?.pointer,
        hint: first?.hint,
      },
    );
    this.name = 'AnswersRefused';
    this.design = design;
    this.problems = problems;
  }
}

/** The same, said of an order `{design, answers, data}`: pointers are places in it. */
export const refusedOrder = ({ design, problems }: AnswersRefused): AnswersRefused =>
  new AnswersRefused(
    design,
    problems.map(
      ({ code, message, pointer = '', hint }) =>
        new Problem(code, message, { pointer: pointer.startsWith('/data/') ? pointer : `/answers${pointer}`, hint }),
    ),
  );

/** The spec of a filled design. @throws AnswersRefused when it has none */
export const specOf = (filled: FilledDesign, design: string): DesignSpec => {
  if (filled.spec !== null) return filled.spec;
  const errors = filled.findings.filter(({ severity }) => severity === 'error');
  throw new AnswersRefused(
    design,
    errors.map(({ code, message, pointer, hint }) => new Problem(code, message, { pointer, hint })),
  );
};
