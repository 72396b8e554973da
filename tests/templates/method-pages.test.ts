import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { METHODS } from '../../src/methods/index.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { pathOf } from './templates.ts';

const pageOf = (id: string): string => readFileSync(pathOf(`docs/methods/${id}.md`), 'utf8');
const ids = METHODS.map((method) => method.id);

const shownDefault = (value: unknown): string => {
  if (typeof value === 'string') return `\`${value}\``;
  if (Array.isArray(value) && value.length === 0) return 'none';
  return String(value ?? 'none');
};

describe('the page of a method', () => {
  it.each(ids)('%s names every setting with its default', (id) => {
    const schema = METHODS.find((method) => method.id === id)?.settings;
    const properties = schema ? (z.toJSONSchema(schema, { io: 'input' }).properties ?? {}) : {};
    expect(Object.keys(properties).length).toBeGreaterThan(3);
    for (const [name, property] of Object.entries(properties)) {
      const row = pageOf(id)
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}\` |`));
      const value: unknown = typeof property === 'object' ? property.default : undefined;
      expect(row, name).toContain(`| ${shownDefault(value)} |`);
    }
  });

  it.each(ids)('%s shows an example that parses', (id) => {
    const blocks = [...pageOf(id).matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => parseDesignSpec(JSON.parse(text)));
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.placements[0]?.method).toBe(id);
  });
});
