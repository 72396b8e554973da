import { answerFields, type FieldState } from './answer-fields.ts';
import { compileDesign } from './compile-design.ts';
import { limitsOf } from './field-limits.ts';
import type { Answers, Data, FormField, OpenDesign } from './filled-design.ts';
import { wordingIn } from './wording.ts';

const formField = ({ compiled, asked, isShown, isRequired, value }: FieldState, languages: readonly string[]): FormField => {
  const { field } = compiled;
  const options = asked.choices?.list.map((choice) => ({
    id: choice.id,
    label: wordingIn(choice.label, languages),
    ...(choice.colour === undefined ? {} : { colour: choice.colour }),
    ...(choice.picture === undefined ? {} : { picture: choice.picture }),
    ...(choice.price === undefined ? {} : { price: choice.price }),
    available: asked.isOffered(choice),
  }));
  return {
    id: field.id,
    kind: field.kind,
    label: wordingIn(field.label, languages),
    ...(field.help === undefined ? {} : { help: wordingIn(field.help, languages) }),
    ...(field.group === undefined ? {} : { group: wordingIn(field.group, languages) }),
    shown: isShown,
    required: isRequired,
    value: value ?? null,
    ...(options ? { options } : {}),
    limits: limitsOf(field),
    ...(field.price === undefined ? {} : { price: field.price }),
  };
};

/**
 * The form of a design after the answers so far, in the order of the design: what to show, what must be filled in, what is on offer. `data` is
 * what the business knows of the customer: defaults and conditions may read it.
 */
export const formFields = (open: OpenDesign, answers: Answers, language: string, data: Data = {}): readonly FormField[] => {
  const { states } = answerFields(open, compileDesign(open), answers, { ...data, language });
  const byId = new Map(states.map((state) => [state.compiled.field.id, state]));
  return open.design.fields.flatMap(({ id }) => {
    const state = byId.get(id);
    return state ? [formField(state, [language, open.design.language])] : [];
  });
};
