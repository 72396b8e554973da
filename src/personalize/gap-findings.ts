import type { Finding } from '../model/finding.ts';
import { pointerOf } from '../model/parse.ts';
import type { AnsweredFields } from './answer-fields.ts';
import { findingFor } from './answers/asked.ts';
import { isDeclared } from './declared-data.ts';
import type { OpenDesign } from './filled-design.ts';
import { say } from './say.ts';
import { isMissing, written } from './scope.ts';
import type { Gap } from './template/fill-template.ts';
import { wordingIn } from './wording.ts';

/** Whom a gap concerns: the customer who may still answer, the shop whose data lacks it, or the author of the design. */
const gapFinding = (open: OpenDesign, { states, scope, language }: AnsweredFields, { expression, pointer, why }: Gap): Finding => {
  const path = 'path' in expression.from ? expression.from.path : null;
  const text = path?.text ?? '';
  const isEmpty = path !== null && why === 'missing' && isMissing(written(scope, path));
  const state = states.find(({ asked }) => asked.field.id === path?.steps[0]);
  if (isEmpty && state?.isShown && state.value === undefined) return findingFor(state.asked, 'error', 'answer.missing', 'missing');
  if (
    state === undefined &&
    isDeclared(
      open.design.data.map((one) => one.path),
      text,
    )
  ) {
    const at = pointerOf(['data', ...(path?.steps ?? [])]);
    return {
      severity: 'error',
      code: 'data.missing',
      pointer: at,
      message: say(language, isEmpty ? 'data-missing' : 'data-form', { path: text }),
    };
  }
  const design = wordingIn(open.design.title ?? open.design.name, [language, open.design.language]);
  const detail = isEmpty
    ? `${pointer}: expected a value for "${text}", got none`
    : `${pointer}: expected "${text}" to be something that can be written there`;
  return {
    severity: 'error',
    code: 'design.broken',
    pointer,
    message: say(language, 'broken', { design, detail }),
    hint: 'add | fallback:"…" or a condition',
  };
};

/** A finding for everything that a template could not write, each once. */
export const gapFindings = (open: OpenDesign, answered: AnsweredFields, gaps: readonly Gap[]): readonly Finding[] => {
  const byPlace = new Map<string, Finding>();
  for (const gap of gaps) {
    const finding = gapFinding(open, answered, gap);
    byPlace.set(`${finding.code} ${finding.pointer}`, finding);
  }
  return [...byPlace.values()];
};
