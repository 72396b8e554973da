import type { DesignField } from '../../model/design-field.ts';
import type { Finding } from '../../model/finding.ts';
import type { Product } from '../../model/product.ts';
import type { Choice, Choices } from '../choices.ts';
import type { TextPolicy } from '../policy/text-policy.ts';
import { type MessageKey, say } from '../say.ts';
import { wordingIn } from '../wording.ts';

/** A field as it is put to one customer. */
export type Asked<F extends DesignField = DesignField> = {
  readonly field: F;
  /** Language of the order; the design's comes second where there is no wording in it. */
  readonly language: string;
  readonly languages: readonly string[];
  readonly product: Product | undefined;
  readonly choices: Choices | null;
  readonly isOffered: (choice: Choice) => boolean;
  /** What may be printed; without it nobody looks. */
  readonly policy?: TextPolicy | undefined;
};

/** An answer as it was understood: what conditions compare, and what templates write. Undefined when it was refused. */
export type Understood = { readonly value: unknown; readonly shown: unknown; readonly findings: readonly Finding[] };

export const understood = (value: unknown, shown: unknown = value, findings: readonly Finding[] = []): Understood => ({
  value,
  shown,
  findings,
});

type Limits = { readonly measured?: number | string; readonly required?: number | string; readonly unit?: string; readonly hint?: string };

/** The finding that tells the customer, in the language of the order, what is wrong with the answer to one field. */
export const findingFor = (
  asked: Pick<Asked, 'field' | 'language' | 'languages'>,
  severity: Finding['severity'],
  code: string,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
  limits: Limits = {},
): Finding => ({
  severity,
  code,
  pointer: `/${asked.field.id}`,
  message: say(asked.language, key, { label: wordingIn(asked.field.label, asked.languages), ...values }),
  ...limits,
});

export const refused = (...findings: readonly Finding[]): Understood => ({ value: undefined, shown: undefined, findings });

/** Refuses an answer for one reason. */
export const refuse = (
  asked: Asked,
  code: string,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
  limits: Limits = {},
): Understood => refused(findingFor(asked, 'error', code, key, values, limits));
