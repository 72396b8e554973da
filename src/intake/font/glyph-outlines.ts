import type { ByteView } from '../byte-view.ts';
import { type FontTables, tableOf } from './font-tables.ts';

/** The busiest glyphs of real display fonts have some thousands of points. */
const MAX_POINTS = 32_000;
const MAX_COMPONENTS = 256;
const MAX_NESTING = 16;

const ARGS_ARE_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_XY_SCALE = 0x0040;
const HAS_MATRIX = 0x0080;

const locations = (tables: FontTables, glyphs: number, longOffsets: boolean): Float64Array => {
  const loca = tableOf(tables, 'loca');
  const size = tableOf(tables, 'glyf').length;
  const offsets = new Float64Array(glyphs + 1);
  for (let i = 0; i <= glyphs; i += 1) {
    const offset = longOffsets ? loca.u32(i * 4) : loca.u16(i * 2) * 2;
    if (offset > size || offset < (offsets[i - 1] ?? 0)) throw new RangeError(`expected glyph ${i} inside the outline table`);
    offsets[i] = offset;
  }
  return offsets;
};

const componentsOf = (glyf: ByteView, start: number, end: number): number[] => {
  const glyphs: number[] = [];
  let at = start + 10;
  while (true) {
    if (at + 4 > end) throw new RangeError('expected a whole composite glyph');
    const flags = glyf.u16(at);
    glyphs.push(glyf.u16(at + 2));
    if (glyphs.length > MAX_COMPONENTS) throw new RangeError(`expected at most ${MAX_COMPONENTS} parts in a composite glyph`);
    if (!(flags & MORE_COMPONENTS)) return glyphs;
    at += 4 + (flags & ARGS_ARE_WORDS ? 4 : 2) + (flags & HAS_SCALE ? 2 : flags & HAS_XY_SCALE ? 4 : flags & HAS_MATRIX ? 8 : 0);
  }
};

/**
 * Checks TrueType outlines for what takes renderers down: offsets outside the table, glyphs made of themselves, and more points than any
 * real glyph has, composites counted in full. Each glyph is counted once. Throws RangeError.
 */
export const checkOutlines = (tables: FontTables, glyphs: number, longOffsets: boolean): void => {
  const glyf = tableOf(tables, 'glyf');
  const offsets = locations(tables, glyphs, longOffsets);
  const points = new Float64Array(glyphs).fill(-1);
  const count = (glyph: number, nesting: number): number => {
    if (glyph >= glyphs) throw new RangeError(`expected a glyph below ${glyphs}, got ${glyph}`);
    const known = points[glyph] ?? -1;
    if (known >= 0) return known;
    if (nesting > MAX_NESTING) throw new RangeError('expected composite glyphs without loops');
    const [start, end] = [offsets[glyph] ?? 0, offsets[glyph + 1] ?? 0];
    const total = end - start < 10 ? 0 : countIn(start, end, nesting);
    if (total > MAX_POINTS) throw new RangeError(`expected at most ${MAX_POINTS} points in a glyph, got ${total}`);
    points[glyph] = total;
    return total;
  };
  const countIn = (start: number, end: number, nesting: number): number => {
    const contours = glyf.i16(start);
    if (contours < 0) return componentsOf(glyf, start, end).reduce((sum, part) => sum + count(part, nesting + 1), 0);
    if (contours === 0) return 0;
    if (start + 10 + contours * 2 > end) throw new RangeError('expected a whole glyph');
    return glyf.u16(start + 10 + (contours - 1) * 2) + 1;
  };
  for (let glyph = 0; glyph < glyphs; glyph += 1) count(glyph, 0);
};
