import { z } from 'zod';
import type { DesignSpec } from '../../../model/design-spec.ts';
import { AnswersRefused, refusedOrder, specOf } from '../../../personalize/answers-refused.ts';
import type { DesignShelf } from '../server-parts.ts';
import { aboutSpec } from '../spec-problem.ts';
import { specField } from './spec-field.ts';

/** Answers to the fields of a design; what forms send as text is understood too. */
export const answersField = z.record(z.string().min(1).max(200), z.unknown()).describe('By field of the design');
/** Business data: {"customer": {"firstName": "Ana"}}. */
export const dataField = z
  .record(z.string().min(1).max(200), z.unknown())
  .describe('What the business knows, by the paths the design declares');

/** What is to be made: a whole spec, or a design with answers and data. */
export const subjectFields = {
  spec: specField.optional(),
  design: z.string().min(1).max(64).optional().describe('the id of a design, with'),
  answers: answersField.optional(),
  data: dataField.optional(),
} as const;

export type Subject = {
  readonly spec?: DesignSpec | undefined;
  readonly design?: string | undefined;
  readonly answers?: Readonly<Record<string, unknown>> | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
};

/** For `refine`: one of the two, and no answers to a spec. */
export const isOneSubject = ({ spec, design, answers, data }: Subject): boolean =>
  spec === undefined ? design !== undefined : design === undefined && answers === undefined && data === undefined;

export const ONE_SUBJECT = { path: ['spec'], error: 'expected either a spec, or a design with answers and data' };

/** Does something with the spec that a body means; what is wrong with it is said about places in the body. */
export const withSubject = async <T>(
  { spec, design = '', answers = {}, data = {} }: Subject,
  shelf: DesignShelf,
  work: (spec: DesignSpec) => Promise<T>,
  sample?: boolean,
): Promise<T> => {
  if (spec) return aboutSpec(() => work(spec));
  return work(await aboutAnswers(async () => specOf(await shelf.fill(design, answers, data, { sample }), design)));
};

const aboutAnswers = async <T>(fill: () => Promise<T>): Promise<T> => {
  try {
    return await fill();
  } catch (error) {
    if (error instanceof AnswersRefused) throw refusedOrder(error);
    throw error;
  }
};
