import { MESSAGES, type MessageKey } from './messages.ts';
import { baseOf } from './template/languages.ts';

export type { MessageKey };

/** A message for the customer in the language of the order, or in English where there is no translation. Values are put in as they are. */
export const say = (language: string, key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string => {
  const text = MESSAGES.get(baseOf(language))?.[key] ?? MESSAGES.get('en')?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
};

/** What a list or an object is known by, without going into it: an answer may be nested however deep. */
const outline = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.slice(0, 10).map(inList).join(', ')}${value.length > 10 ? ', …' : ''}]`;
  if (value === null || typeof value !== 'object') return String(value);
  return `{${Object.keys(value).slice(0, 10).join(', ')}}`;
};

const inList = (value: unknown): string => (value !== null && typeof value === 'object' ? '…' : String(value));

/** A value of an answer as a message repeats it: short, and on one line. */
export const quoted = (value: unknown): string => {
  const text = outline(value).slice(0, 1000);
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};
