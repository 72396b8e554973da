import type { DesignField, Wording } from '../model/design-field.ts';
import type { Answers, OpenDesign } from './filled-design.ts';

/**
 * Answers under the names of their fields. Shops send what their forms are labelled with: a name that is no field but the label of one, in any
 * language and whatever its capitals and spaces, is that field's. Names that are neither, or could be two fields, stay as they are.
 */
export const answersByLabel = ({ design }: OpenDesign, named: Answers): Answers => {
  const ids = new Set(design.fields.map(({ id }) => id));
  const taken = new Set(Object.keys(named).filter((name) => ids.has(name)));
  const entries = Object.entries(named).map(([name, value]): readonly [string, unknown] => {
    if (ids.has(name)) return [name, value];
    const meant = design.fields.filter((field) => !taken.has(field.id) && isNamed(field, name));
    const [only] = meant;
    if (!only || meant.length > 1) return [name, value];
    taken.add(only.id);
    return [only.id, value];
  });
  return Object.fromEntries(entries);
};

const isNamed = ({ id, label }: DesignField, name: string): boolean => [id, ...wordings(label)].some((one) => plain(one) === plain(name));

const wordings = (label: Wording): readonly string[] => (typeof label === 'string' ? [label] : Object.values(label));

/** "Song title:" and "song  title" are one. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/[:*?]+$/, '')
    .trim();
