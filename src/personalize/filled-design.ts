import type { Design, OptionSet } from '../model/design.ts';
import type { DesignSpec } from '../model/design-spec.ts';
import type { Finding } from '../model/finding.ts';
import type { Palette } from '../model/palette.ts';
import type { Product } from '../model/product.ts';
import type { TextPolicy } from './policy/text-policy.ts';

/** A design with everything it names at hand; `loadDesign` fetches them. By id. */
export type OpenDesign = {
  readonly design: Design;
  readonly products: ReadonlyMap<string, Product>;
  readonly optionSets: ReadonlyMap<string, OptionSet>;
  readonly palettes: ReadonlyMap<string, Palette>;
  /** What the shop of the design lets customers have printed; without it nobody looks. */
  readonly policy?: TextPolicy;
  /** Which letters have no glyph; without it nobody looks before preflight. */
  readonly missingLetters?: MissingLetters;
};

/** Texts of a filled spec with letters that no font of their layer has, as people see them: with their marks. */
export type MissingLetters = (spec: DesignSpec) => readonly { readonly text: string; readonly letters: readonly string[] }[];

/** What the customer said, by field. Texts may stand for numbers, booleans and lists: forms send nothing else. */
export type Answers = Readonly<Record<string, unknown>>;

/** What the business knows: {"customer": {"firstName": "Ana"}, "weather": {"sky": "rain"}, "language": "de"}. Plain JSON. */
export type Data = Readonly<Record<string, unknown>>;

/** How a rule was decided, for those who ask why. */
export type Decision = {
  readonly rule: string;
  /** Id of the case or share, else its place: "case 2", "row 14", "otherwise"; null when nothing fitted. */
  readonly chose: string | null;
  readonly set: Readonly<Record<string, unknown>>;
  /** Values that were looked at: {"customer.city": "Lyon"}. */
  readonly looked: Readonly<Record<string, unknown>>;
};

export type FilledDesign = {
  /** Null exactly when a finding of severity error stands. */
  readonly spec: DesignSpec | null;
  /** Pointers are `/<field>` into the answers, `/data/<path>` into the data. Messages are for the customer, in the language of the order. */
  readonly findings: readonly Finding[];
  /** Answers as they were understood: trimmed, of their kind, defaults filled in; only fields that are shown. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Answers that no field takes, and those of fields that are not shown: kept, not used. */
  readonly aside: Readonly<Record<string, unknown>>;
  readonly decisions: readonly Decision[];
};

/** For a form in a storefront: the fields in order with texts in one language, and what holds for the answers so far. */
export type FormField = {
  readonly id: string;
  readonly kind: Design['fields'][number]['kind'];
  readonly label: string;
  readonly help?: string;
  readonly group?: string;
  readonly shown: boolean;
  readonly required: boolean;
  readonly value: unknown;
  readonly options?: readonly {
    readonly id: string;
    readonly label: string;
    readonly colour?: string;
    readonly picture?: string;
    readonly price?: Readonly<Record<string, unknown>>;
    readonly available: boolean;
  }[];
  readonly limits: Readonly<Record<string, unknown>>;
  readonly price?: Readonly<Record<string, unknown>>;
};
