import { ByteView } from '../byte-view.ts';

/** The tables of one font file, each cut to its own bytes. */
export type FontTables = ReadonlyMap<string, ByteView>;

const MAX_TABLES = 64;

/** The table directory (OpenType 1.9, "Table Directory"). Throws RangeError when a table is outside the file, doubled, or the list is absurd. */
export const readTables = (bytes: Uint8Array): FontTables => {
  const view = new ByteView(bytes);
  const count = view.u16(4);
  if (count < 1 || count > MAX_TABLES) throw new RangeError(`expected 1 to ${MAX_TABLES} tables, got ${count}`);
  const tables = new Map<string, ByteView>();
  for (let i = 0; i < count; i += 1) {
    const at = 12 + i * 16;
    const tag = view.text(at, 4);
    if (tables.has(tag)) throw new RangeError(`expected each table once, got ${tag} again`);
    tables.set(tag, new ByteView(view.slice(view.u32(at + 8), view.u32(at + 12))));
  }
  return tables;
};

/** Throws RangeError when the table is missing. */
export const tableOf = (tables: FontTables, tag: string): ByteView => {
  const table = tables.get(tag);
  if (!table) throw new RangeError(`expected a table ${tag}, got none`);
  return table;
};
