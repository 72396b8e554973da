import type { Finding } from '../finding.ts';

/** Who raises findings beside the decoration methods. */
export const FINDING_STEPS = ['layers', 'mockups', 'answers', 'designs check', 'products check', 'conflicts', 'autofix'] as const;

/** What a finding code means, for those who read it. Facts of the code alone: limits are settings of the methods. */
export type FindingEntry = {
  readonly code: string;
  /** Every severity it comes with, the worst first. */
  readonly severities: readonly Finding['severity'][];
  /** When it is raised: a clause without a full stop. */
  readonly when: string;
  /** What `measured` and `required` are, with their unit; left out: the finding has no figures. */
  readonly measures?: string;
  /** What mends it: a clause that begins with a verb. */
  readonly mend: string;
  /** What its autofix sets; left out: it has none. */
  readonly autofix?: string;
  /** Ids of decoration methods, or steps that every order goes through. */
  readonly by: readonly string[];
};

export type FindingSection = { readonly title: string; readonly about: string; readonly entries: readonly FindingEntry[] };
