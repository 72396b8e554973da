import type { Answers, Data, OpenDesign } from '../../src/personalize/filled-design.ts';
import { personalize } from '../../src/personalize/personalize.ts';
import { makeDesign } from './make-design.ts';

/** The text that the first layer of the first placement came to; null when the design was not filled. */
export const textOf = (open: OpenDesign, answers: Answers = {}, data: Data = {}): string | null => {
  const layer = personalize(open, answers, data).spec?.placements[0]?.layers[0];
  return layer?.type === 'text' ? layer.text : null;
};

/** What a design with one field makes of one answer: the value as understood, and the codes of its findings. */
export const answerTo = (field: Readonly<Record<string, unknown>>, answer: unknown, data: Data = {}) => {
  const open = makeDesign({ fields: [{ id: 'it', label: { en: 'It', de: 'Es' }, ...field }], data: [{ path: 'name' }] });
  const { answers, findings, spec } = personalize(open, answer === undefined ? {} : { it: answer }, data);
  return { value: answers.it, codes: findings.map(({ code }) => code), messages: findings.map(({ message }) => message), findings, spec };
};

/** What a template writes for data, as the text of a layer. */
export const written = (template: string, data: Data = {}, language = 'en'): string | null =>
  textOf(makeDesign({ language, data: Object.keys(data).map((path) => ({ path })) }, template), {}, data);
