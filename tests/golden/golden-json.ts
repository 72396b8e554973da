const WIDTH = 140;

/**
 * Values as text made for reading differences: keys in the order given, what fits on a line stays on one line, typed arrays
 * as lists. Throws on numbers JSON cannot hold, since they would silently become null.
 */
export const goldenJson = (value: unknown): string => `${lay(value, '', '')}\n`;

const lay = (value: unknown, indent: string, key: string): string => {
  const flat = flatten(value);
  if (indent.length + key.length + flat.length <= WIDTH) return flat;
  const entries = entriesOf(value);
  if (!entries) return flat;
  const inner = `${indent}  `;
  const lines = entries.map(([name, item]) => {
    const label = name === null ? '' : `${JSON.stringify(name)}: `;
    return inner + label + lay(item, inner, label);
  });
  const [open, close] = isList(value) ? '[]' : '{}';
  const wrapped = isList(value) && entries.every(([, item]) => typeof item === 'number') ? fill(lines) : lines;
  return `${open}\n${wrapped.join(',\n')}\n${indent}${close}`;
};

/** Numbers run on like words in a paragraph. */
const fill = (lines: readonly string[]): string[] => {
  const filled: string[] = [];
  for (const line of lines) {
    const joined = `${filled.at(-1)}, ${line.trimStart()}`;
    if (filled.length > 0 && joined.length < WIDTH) filled[filled.length - 1] = joined;
    else filled.push(line);
  }
  return filled;
};

const isList = (value: unknown): boolean => Array.isArray(value) || ArrayBuffer.isView(value);

type Entries = readonly (readonly [string | null, unknown])[];

const entriesOf = (value: unknown): Entries | null => {
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) return Array.from(value as Iterable<unknown>, (item) => [null, item] as const);
  if (Array.isArray(value)) return value.map((item: unknown) => [null, item] as const);
  if (typeof value !== 'object' || value === null) return null;
  return Object.entries(value).filter(([, item]) => item !== undefined);
};

const flatten = (value: unknown): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`expected finite numbers for a golden, got ${value}`);
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol')
    throw new TypeError(`expected plain data for a golden, got a ${typeof value}`);
  const entries = entriesOf(value);
  if (!entries) return JSON.stringify(value ?? null);
  const items = entries.map(([name, item]) => (name === null ? flatten(item) : `${JSON.stringify(name)}: ${flatten(item)}`));
  if (items.length === 0) return isList(value) ? '[]' : '{}';
  return isList(value) ? `[${items.join(', ')}]` : `{ ${items.join(', ')} }`;
};
