import { type Connection, ruleFor } from './connection.ts';
import type { OrderLine } from './order.ts';

/** A line as a shop system tells it, whatever that is. */
export type ShopLine = {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly title: string;
  readonly properties: ReadonlyMap<string, string>;
};

/** `plain`: nothing personal about it, so there is nothing for us to make. */
export type MappedLine = { readonly kind: 'make'; readonly line: OrderLine } | { readonly kind: 'plain'; readonly id: string };

/**
 * The design of a line and its fields. Answers are renamed by the article's rule; names that the rule does not know keep their own,
 * without the underscore that hides a property from the shopper.
 */
export const mapLine = (line: ShopLine, connection: Connection): MappedLine => {
  const rule = ruleFor(connection, line.sku);
  const design = line.properties.get(connection.designProperty) ?? rule?.design;
  if (design === undefined) return { kind: 'plain', id: line.id };
  const fields: [string, string][] = [];
  for (const [name, value] of line.properties) {
    if (name === connection.designProperty) continue;
    const field = rule && Object.hasOwn(rule.fields, name) ? rule.fields[name] : undefined;
    fields.push([field ?? name.replace(/^_+/, ''), value]);
  }
  return {
    kind: 'make',
    line: {
      line: line.id,
      quantity: line.quantity,
      design,
      fields: { ...Object.fromEntries(fields), ...rule?.constants },
      metadata: { sku: line.sku, title: line.title },
    },
  };
};
