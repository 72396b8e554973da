import type { JERSEY_RULES, NameNumberFields } from '../../model/special-layers.ts';

/** From and to, mm; a missing end is open. */
export type Span = { readonly from?: number; readonly to?: number };

export type JerseyRule = {
  /** As findings name it. */
  readonly book: string;
  readonly back: Span;
  readonly front?: Span;
  /** Width of the strokes of digits, borders not counted; on the back alone where it is so said. */
  readonly stroke?: Span & { readonly backOnly?: true };
  readonly name?: Span;
  /** Least clear space between name and number. */
  readonly gap?: number;
  /** Widest border of digits. */
  readonly border?: number;
  readonly numbers?: RegExp;
};

const inches = (value: number): number => Math.round(value * 25.4 * 100) / 100;
const BASKETBALL = /^(?:00|0|[1-9]\d?)$/;

/** What rule books ask of letters and digits on the body of a shirt, mm. docs/special-layers.md says which edition each figure is from. */
export const RULES: Readonly<Record<Exclude<(typeof JERSEY_RULES)[number], 'none'>, JerseyRule>> = {
  'fifa-football': {
    book: 'FIFA',
    back: { from: 250, to: 350 },
    front: { from: 100, to: 150 },
    stroke: { from: 30, to: 50, backOnly: true },
    name: { from: 50, to: 75 },
    gap: 40,
    numbers: /^[1-9]\d?$/,
  },
  'uefa-football': {
    book: 'UEFA',
    back: { from: 200, to: 350 },
    front: { from: 100, to: 150 },
    stroke: { from: 20, to: 50, backOnly: true },
    name: { from: 50, to: 75 },
    gap: 40,
    numbers: /^[1-9]\d?$/,
  },
  'nfhs-football': { book: 'NFHS football', back: { from: inches(10) }, front: { from: inches(8) }, numbers: /^(?:0|[1-9]\d?)$/ },
  'nfhs-basketball': {
    book: 'NFHS basketball',
    back: { from: inches(6) },
    front: { from: inches(4) },
    stroke: { from: inches(0.75) },
    numbers: /^(?:00|[0-5]|[1-5][0-5])$/,
  },
  'ncaa-basketball': {
    book: 'NCAA basketball',
    back: { from: inches(6) },
    front: { from: inches(4) },
    stroke: { from: inches(0.75) },
    numbers: BASKETBALL,
  },
  'nfhs-baseball': { book: 'NFHS baseball', back: { from: inches(8) }, border: inches(0.25) },
  'nfhs-soccer': { book: 'NFHS soccer', back: { from: inches(6) }, front: { from: inches(4) } },
  'nfhs-field-hockey': { book: 'NFHS field hockey', back: { from: inches(6) }, front: { from: inches(3), to: inches(6) } },
  'fiba-basketball': { book: 'FIBA', back: { from: 200 }, front: { from: 100 }, stroke: { from: 20 }, numbers: BASKETBALL },
  handball: { book: 'IHF', back: { from: 200 }, front: { from: 100 }, numbers: /^[1-9]\d?$/ },
  'ice-hockey': { book: 'IIHF', back: { from: 200, to: 300 }, name: { from: 80 }, numbers: /^[1-9]\d?$/ },
};

export const ruleOf = ({ rules }: NameNumberFields): JerseyRule | null => (rules === 'none' ? null : RULES[rules]);
