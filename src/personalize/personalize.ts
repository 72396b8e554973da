import { type DesignSpec, parseDesignSpec } from '../model/design-spec.ts';
import { type Finding, hasErrors, sortFindings } from '../model/finding.ts';
import { InvalidInput, mistakeText, pointerOf } from '../model/parse.ts';
import { isProblem } from '../model/problem.ts';
import { type AnsweredFields, answerFields } from './answer-fields.ts';
import { applyChoices } from './apply-choices.ts';
import { type CompiledDesign, compileDesign } from './compile-design.ts';
import { datumAt } from './declared-data.ts';
import type { Answers, Data, Decision, FilledDesign, OpenDesign } from './filled-design.ts';
import { gapFindings } from './gap-findings.ts';
import { letterFindings } from './letter-findings.ts';
import { say } from './say.ts';
import { isMissing } from './scope.ts';
import { sizeOf, type TemplateNode } from './template/compile-template.ts';
import { Filling, fill, MAX_FILLED, TooLarge } from './template/fill-template.ts';
import { isLanguageTag } from './template/languages.ts';
import { wordingIn } from './wording.ts';

const nameOf = ({ design }: OpenDesign, language: string): string => wordingIn(design.title ?? design.name, [language, design.language]);

const broken = (open: OpenDesign, language: string, pointer: string, detail: string): Finding => ({
  severity: 'error',
  code: 'design.broken',
  pointer,
  message: say(language, 'broken', { design: nameOf(open, language), detail }),
});

/** What the design is wrong in by itself, whatever the order says. */
const designFindings = (open: OpenDesign, { mistakes, ring }: CompiledDesign, language: string): readonly Finding[] => [
  ...mistakes.map(({ pointer, message }) => broken(open, language, pointer, `${pointer}: ${message}`)),
  ...(ring.length === 0
    ? []
    : [broken(open, language, '/fields', `expected fields that do not wait for each other, got ${ring.join(', ')}`)]),
];

const missingData = ({ design }: OpenDesign, data: Data, language: string): readonly Finding[] =>
  design.data.flatMap(({ path, required }): readonly Finding[] => {
    if (!required || !isMissing(datumAt(data, path))) return [];
    const pointer = pointerOf(['data', ...path.split('.')]);
    return [{ severity: 'error', code: 'data.missing', pointer, message: say(language, 'data-missing', { path }) }];
  });

/** Photos of an answer may be files in a `data:` URL: they may stand in the design a few times over. */
const allowanceFor = (answers: Readonly<Record<string, unknown>>): number => MAX_FILLED + 4 * sizeOf(answers);

type Filled = { readonly value: unknown; readonly findings: readonly Finding[] };

/** Fills one template; what is missing or too large becomes a finding. */
const filled = (open: OpenDesign, answered: AnsweredFields, node: TemplateNode, language: string): Filled => {
  const filling = new Filling(language, allowanceFor(answered.answers));
  try {
    const value = fill(node, answered.scope, filling);
    return { value, findings: gapFindings(open, answered, filling.gaps) };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const message = say(answered.language, 'too-large');
    return { value: undefined, findings: [{ severity: 'error', code: 'design.broken', pointer: '/spec', message }] };
  }
};

type Decided = { readonly decisions: readonly Decision[]; readonly findings: readonly Finding[] };

/** Rules in their order; what one sets, the next can read. */
const decide = (open: OpenDesign, compiled: CompiledDesign, answered: AnsweredFields): Decided => {
  const decisions: Decision[] = [];
  const findings: Finding[] = [];
  for (const rule of compiled.rules) {
    const looked = new Map<string, unknown>();
    const { chose, set } = rule.decide(answered.scope, looked);
    const made = set === null ? { value: {}, findings: [] } : filled(open, answered, set, answered.language);
    const values = Object.entries(made.value ?? {});
    for (const [name, value] of values) answered.names.set(name, value);
    findings.push(...made.findings);
    decisions.push({ rule: rule.id, chose, set: Object.fromEntries(values), looked: Object.fromEntries(looked) });
  }
  return { decisions, findings };
};

const exclusionFindings = (open: OpenDesign, { exclusions }: CompiledDesign, { scope, language }: AnsweredFields): readonly Finding[] =>
  exclusions.flatMap(({ when, exclusion: { message, field } }): readonly Finding[] => {
    if (!when(scope)) return [];
    const pointer = field === undefined ? '' : `/${field}`;
    return [{ severity: 'error', code: 'answer.excluded', pointer, message: wordingIn(message, [language, open.design.language]) }];
  });

type Parsed = { readonly spec: DesignSpec | null; readonly findings: readonly Finding[] };

/** The filled spec as the engine takes it. What it cannot take is a mistake of the design, named with its place in the spec. */
const parsed = (open: OpenDesign, value: unknown, language: string): Parsed => {
  try {
    return { spec: parseDesignSpec(value), findings: [] };
  } catch (error) {
    if (error instanceof InvalidInput)
      return { spec: null, findings: error.mistakes.map((one) => broken(open, language, `/spec${one.pointer}`, mistakeText(one))) };
    if (isProblem(error)) return { spec: null, findings: [broken(open, language, `/spec${error.pointer ?? ''}`, error.message)] };
    throw error;
  }
};

/** A rule may choose the language of the design, as it may anything else: by country, say. */
const printedLanguage = ({ names, language }: AnsweredFields): string => {
  const chosen = names.get('language');
  return isLanguageTag(chosen) ? chosen : language;
};

/**
 * Fills a design with what a customer answered and what the business knows.
 *
 * Pure: the same design, answers and data give the same spec and the same findings, on every machine. Never throws for anything that an
 * answer, a record or a design holds; `spec` is null exactly when a finding is an error. Answers are data: `{{…}}` in them stays text.
 */
export const personalize = (open: OpenDesign, answers: Answers, data: Data = {}): FilledDesign => {
  const compiled = compileDesign(open);
  const answered = answerFields(open, compiled, answers, data);
  const { language } = answered;
  const before = [...designFindings(open, compiled, language), ...missingData(open, data, language), ...answered.findings];
  const isReady = !hasErrors(before);
  const { decisions, findings: decided } = decide(open, compiled, answered);
  const excluded = exclusionFindings(open, compiled, answered);
  // After a refused answer, what is missing further on is only its shadow.
  const settled = [...before, ...(isReady ? decided : []), ...excluded];
  const made: Parsed = hasErrors(settled) ? { spec: null, findings: [] } : makeSpec(open, compiled, answered, heldFields(settled));
  return {
    spec: made.spec,
    findings: sortFindings([...settled, ...made.findings]),
    answers: answered.answers,
    aside: answered.aside,
    decisions,
  };
};

/** Fields whose answers somebody of the shop wants to see first. */
const heldFields = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ code }) => code === 'answer.text-held').map(({ pointer }) => pointer.slice(1));

const makeSpec = (open: OpenDesign, { spec, digest }: CompiledDesign, answered: AnsweredFields, held: readonly string[]): Parsed => {
  const { value, findings } = filled(open, answered, spec, printedLanguage(answered));
  if (hasErrors(findings)) return { spec: null, findings };
  const chosen = {
    ...Object(applyChoices(open, answered, value)),
    design: { id: open.design.id, digest, ...(held.length > 0 ? { held } : {}) },
  };
  const made = parsed(open, chosen, answered.language);
  const unseen = made.spec === null ? [] : letterFindings(open, answered, made.spec);
  return unseen.length > 0 ? { spec: null, findings: unseen } : made;
};
