import type { Decision, FilledDesign } from './filled-design.ts';
import { quoted } from './say.ts';

const pairs = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} = ${value === undefined || value === null ? 'nothing' : quoted(value)}`)
    .join(', ');

const decisionLine = ({ rule, chose, set, looked }: Decision): string => {
  const because = Object.keys(looked).length === 0 ? '' : ` because ${pairs(looked)}`;
  if (chose === null) return `rule ${rule}: nothing fitted${because}`;
  const result = Object.keys(set).length === 0 ? 'sets nothing' : `sets ${pairs(set)}`;
  return `rule ${rule}: ${chose}${because}; ${result}`;
};

/** Why a design was filled as it was, a line for each rule, answer kept aside and finding: for people who look into one order. */
export const explain = ({
  decisions,
  answers,
  aside,
  findings,
}: Pick<FilledDesign, 'decisions' | 'answers' | 'aside' | 'findings'>): readonly string[] => [
  ...Object.entries(answers).map(([name, value]) => `answer ${name}: ${quoted(value)}`),
  ...decisions.map(decisionLine),
  ...Object.entries(aside).map(([name, value]) => `kept aside ${name}: ${quoted(value)}`),
  ...findings.map(({ severity, code, pointer, message }) => `${severity} ${code}${pointer === '' ? '' : ` at ${pointer}`}: ${message}`),
];
