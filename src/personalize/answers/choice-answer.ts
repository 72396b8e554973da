import type { DesignField } from '../../model/design-field.ts';
import type { Finding } from '../../model/finding.ts';
import { didYouMean } from '../../model/parse.ts';
import { type Choice, findChoice, longHex, shownChoice, takesAnyColour } from '../choices.ts';
import { quoted } from '../say.ts';
import { Shown } from '../scope.ts';
import { wordingIn } from '../wording.ts';
import { type Asked, findingFor, refuse, refused, type Understood, understood } from './asked.ts';

/** Beyond this many choices, the nearest name is not worth looking for. */
const MAX_COMPARED = 200;

const hintFor = ({ choices }: Asked, name: string): { readonly hint?: string } => {
  const list = choices?.list ?? [];
  const hint =
    list.length > MAX_COMPARED || name.length > 60
      ? undefined
      : didYouMean(
          name,
          list.map(({ id }) => id),
        );
  return hint === undefined ? {} : { hint };
};

type Found = { readonly choice: Choice } | { readonly finding: Finding };

const find = (asked: Asked, name: string): Found => {
  const choice = asked.choices ? findChoice(asked.choices, name) : undefined;
  if (!choice)
    return {
      finding: findingFor(
        asked,
        'error',
        'answer.not-offered',
        'not-offered',
        { got: quoted(name) },
        { measured: quoted(name), ...hintFor(asked, name) },
      ),
    };
  if (asked.isOffered(choice)) return { choice };
  return {
    finding: findingFor(
      asked,
      'error',
      'answer.not-offered',
      'not-now',
      { got: wordingIn(choice.label, asked.languages) },
      { measured: choice.id },
    ),
  };
};

const nameOf = (answer: unknown): string =>
  typeof answer === 'string' ? answer.trim() : typeof answer === 'number' || typeof answer === 'boolean' ? String(answer) : quoted(answer);

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** A colour that was typed has no name but itself. */
const colourShown = (hex: string): Shown => new Shown(hex, hex, (name) => (['id', 'label', 'colour'].includes(name) ? hex : undefined));

/** One thing of those offered, by its id or by the name that people read; where any colour will do, "#rrggbb" too. */
export const choiceAnswer = (asked: Asked, answer: unknown): Understood => {
  const name = nameOf(answer);
  const isHex = HEX.test(name);
  const found = find(asked, isHex ? longHex(name) : name);
  if ('choice' in found) return understood(found.choice.id, shownChoice(found.choice, asked.languages));
  if (isHex && takesAnyColour(asked.field, asked.product)) return understood(longHex(name), colourShown(longHex(name)));
  return refused(found.finding);
};

const jsonList = (text: string): readonly unknown[] | null => {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

/** A list, or a text that stands for one: JSON, lines, or names between commas, semicolons or bars when the whole is none of the choices. */
const namesOf = (asked: Asked, answer: unknown): readonly string[] => {
  if (Array.isArray(answer)) return answer.map(nameOf);
  const text = nameOf(answer);
  if (asked.choices && findChoice(asked.choices, text)) return [text];
  const list = text.startsWith('[') ? jsonList(text) : null;
  return (list ?? text.split(/[\n,;|]/)).map(nameOf).filter((name) => name !== '');
};

/** More names than any field takes choices. */
const MAX_NAMES = 2000;

type ManyField = DesignField & { readonly kind: 'choice' };

/** Several of those offered, each once, in the order of the answer. */
export const choicesAnswer = (asked: Asked<ManyField>, answer: unknown): Understood => {
  const { min, max } = asked.field.many ?? { min: 0, max: 1000 };
  const names = [...new Set(namesOf(asked, answer))];
  const tooMany = (got: number): Understood => refuse(asked, 'answer.too-many', 'too-many', { max, got }, { measured: got, required: max });
  if (names.length > MAX_NAMES) return tooMany(names.length);
  const found = names.map((name) => find(asked, name));
  const wrong = found.flatMap((one) => ('finding' in one ? [one.finding] : []));
  if (wrong.length > 0) return refused(...wrong);
  // Two names may mean the same choice.
  const choices = [...new Set(found.flatMap((one) => ('choice' in one ? [one.choice] : [])))];
  const got = choices.length;
  if (got > max) return tooMany(got);
  if (got < min) return refuse(asked, 'answer.too-few', 'too-few', { min, got }, { measured: got, required: min });
  return understood(
    choices.map(({ id }) => id),
    choices.map((choice) => shownChoice(choice, asked.languages)),
  );
};
