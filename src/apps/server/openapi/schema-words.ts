import { type Html, html } from '../../../model/html.ts';
import { prose } from './page-html.ts';

/** A JSON Schema as the document has it; only what is shown is named. */
export type Shown = { readonly [name: string]: unknown };

export const isObject = (value: unknown): value is Shown => typeof value === 'object' && value !== null && !Array.isArray(value);

export const listIn = (schema: Shown, name: string): readonly unknown[] => {
  const value = schema[name];
  return Array.isArray(value) ? value : [];
};

const stringIn = (schema: Shown, name: string): string | undefined => {
  const value = schema[name];
  return typeof value === 'string' ? value : undefined;
};

/** The name of a component that a reference leads to. */
const refName = (schema: Shown): string | undefined => stringIn(schema, '$ref')?.split('/').at(-1);

/** A schema in a few words: "one of a, b", "list of Job", "whole number 1 to 200". */
export const typeWords = (schema: unknown): Html => {
  if (!isObject(schema)) return html`anything`;
  const name = refName(schema);
  if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`;
  const options = [...listIn(schema, 'anyOf'), ...listIn(schema, 'oneOf')];
  if (options.length > 0) return joined(options.map(typeWords), html` or `);
  const [only] = listIn(schema, 'allOf');
  if (only !== undefined) return typeWords(only);
  const values = listIn(schema, 'enum');
  if (values.length > 0)
    return joined(
      values.map((value) => html`<code>${JSON.stringify(value)}</code>`),
      html`, `,
    );
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  return plainWords(schema);
};

const plainWords = (schema: Shown): Html => {
  const types = Array.isArray(schema.type) ? schema.type.map(String) : [String(schema.type ?? 'anything')];
  if (types.includes('array')) return html`list of ${typeWords(schema.items)}`;
  if (types.includes('object') && isObject(schema.additionalProperties)) return html`object of ${typeWords(schema.additionalProperties)}`;
  const words = types.map((type) => WORDS[type] ?? type).join(' or ');
  return html`${words}${rangeWords(schema)}${formatWords(schema)}`;
};

const WORDS: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: 'true or false' };

const rangeWords = ({ minimum, maximum, minLength, maxLength }: Shown): string => {
  const [least, most, unit] =
    minLength === undefined && maxLength === undefined ? [minimum, maximum, ''] : [minLength, maxLength, ' characters'];
  const isHuge = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) >= Number.MAX_SAFE_INTEGER;
  const low = least === undefined || isHuge(least) ? undefined : String(least);
  const high = most === undefined || isHuge(most) ? undefined : String(most);
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}${unit}`;
  if (high !== undefined) return `, at most ${high}${unit}`;
  return low === undefined ? '' : `, at least ${low}${unit}`;
};

const formatWords = (schema: Shown): string => {
  const format = stringIn(schema, 'format');
  if (format === 'binary') return ' (bytes)';
  return format === undefined ? '' : ` (${format})`;
};

const joined = (parts: readonly Html[], between: Html): Html => ({ html: parts.map((part) => part.html).join(between.html) });

/** The members of an object as a table; other schemas in words. */
export const schemaTable = (schema: unknown): Html => {
  const properties = isObject(schema) ? schema.properties : undefined;
  if (!isObject(schema) || !isObject(properties)) return html`<p>${typeWords(schema)}</p>`;
  const required = new Set(listIn(schema, 'required'));
  const rows = Object.entries(properties).map(
    ([name, member]) =>
      html`<tr><td><code>${name}</code>${required.has(name) ? html` <span class="required">required</span>` : null}</td><td>${typeWords(member)}</td><td>${aboutMember(member)}</td></tr>`,
  );
  return html`<div class="scroll"><table><tr><th>Member</th><th>Type</th><th></th></tr>${rows}</table></div>`;
};

export const aboutMember = (member: unknown): Html => {
  if (!isObject(member)) return html``;
  const about = stringIn(member, 'description');
  const usual = member.default === undefined ? undefined : JSON.stringify(member.default);
  return html`${about === undefined ? null : prose(about)}${usual === undefined ? null : html` <span class="faint">Default: <code>${usual}</code></span>`}`;
};
