import { fontTables } from '../../scene/text/font-tables.ts';

const NOTHING: ReadonlySet<number> = new Set();

/** Subtables for all of Unicode come before those for its first plane, and both before those for symbols. */
const rankOf = (platform: number, encoding: number): number => {
  if (platform === 3) return encoding === 10 ? 4 : encoding === 1 ? 2 : encoding === 0 ? 1 : 0;
  return platform === 0 && encoding !== 5 ? (encoding >= 4 ? 3 : 2) : 0;
};

/** Format 4 of the cmap table of OpenType: stretches of the first plane, each with a shift or a list of glyphs. */
const lettersOfPlane = (view: DataView, at: number): ReadonlySet<number> => {
  const letters = new Set<number>();
  const count = view.getUint16(at + 6) / 2;
  const [ends, starts] = [at + 14, at + 16 + count * 2];
  const [shifts, offsets] = [starts + count * 2, starts + count * 4];
  for (let i = 0; i < count; i++) {
    const [start, end] = [view.getUint16(starts + i * 2), view.getUint16(ends + i * 2)];
    const [shift, offset] = [view.getUint16(shifts + i * 2), view.getUint16(offsets + i * 2)];
    for (let letter = start; letter <= end && letter < 0xffff; letter++) {
      const place = offsets + i * 2 + offset + (letter - start) * 2;
      const listed = offset === 0 ? letter : place + 2 <= view.byteLength ? view.getUint16(place) : 0;
      if (offset === 0 ? ((letter + shift) & 0xffff) !== 0 : listed !== 0) letters.add(letter);
    }
  }
  return letters;
};

/** More than Unicode has: a font that says so was made to exhaust memory. */
const MOST_LETTERS = 0x11_0000;

/** Format 12: stretches of all of Unicode. */
const lettersOfAll = (view: DataView, at: number): ReadonlySet<number> => {
  const letters = new Set<number>();
  const count = view.getUint32(at + 12);
  for (let i = 0; i < count && letters.size < MOST_LETTERS; i++) {
    const group = at + 16 + i * 12;
    const [start, end, glyph] = [view.getUint32(group), Math.min(view.getUint32(group + 4), 0x10_ffff), view.getUint32(group + 8)];
    for (let letter = start; letter <= end; letter++) if (glyph + letter - start !== 0) letters.add(letter);
  }
  return letters;
};

/**
 * The code points that a font has glyphs for, from the cmap table of the first face in a TrueType, OpenType or collection file (formats 4
 * and 12 of the OpenType specification, which all fonts of today have); null when that cannot be read.
 */
export const lettersOfFont = (bytes: Uint8Array): ReadonlySet<number> | null => {
  const table = fontTables(bytes)?.get('cmap');
  if (!table) return null;
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  try {
    const tables = Array.from({ length: view.getUint16(2) }, (_, i) => {
      const record = 4 + i * 8;
      return { rank: rankOf(view.getUint16(record), view.getUint16(record + 2)), at: view.getUint32(record + 4) };
    });
    const read = tables
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank)
      .map(({ at }) => ({ at, format: view.getUint16(at) }))
      .find(({ format }) => format === 4 || format === 12);
    if (!read) return tables.length === 0 ? NOTHING : null;
    return read.format === 12 ? lettersOfAll(view, read.at) : lettersOfPlane(view, read.at);
  } catch (error) {
    // A table that is cut off: whoever sets text in the font says more.
    if (error instanceof RangeError) return null;
    throw error;
  }
};
