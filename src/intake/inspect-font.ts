import { Problem } from '../model/problem.ts';
import { sha256Hex } from './decode-image.ts';
import { NAME, readNames } from './font/font-names.ts';
import { type FontTables, readTables, tableOf } from './font/font-tables.ts';
import { checkOutlines } from './font/glyph-outlines.ts';
import { nameOfKind } from './image-header.ts';
import { sniff } from './sniff.ts';

/** What a licence bit in the font allows (OS/2 fsType): `print` means the file may be used for output but not be passed on editable. */
export type FontEmbedding = 'installable' | 'editable' | 'print' | 'restricted';

export type FontAxis = { readonly tag: string; readonly min: number; readonly default: number; readonly max: number };

export type FontFacts = {
  readonly format: 'ttf' | 'otf';
  readonly digest: string;
  readonly family: string;
  readonly style: string;
  readonly postScriptName: string;
  /** 1..1000, 400 when the font does not say. */
  readonly weight: number;
  readonly italic: boolean;
  readonly unitsPerEm: number;
  readonly glyphs: number;
  readonly axes: readonly FontAxis[];
  readonly embedding: FontEmbedding;
  readonly warnings: readonly string[];
};

const MAX_BYTES = 20_000_000;
const MAX_AXES = 16;
const HEAD_MAGIC = 0x5f0f3cf5;

const formatOf = (bytes: Uint8Array): 'ttf' | 'otf' => {
  if (bytes.length === 0) throw new Problem('font.empty', 'expected a TTF or OTF font, got an empty file');
  if (bytes.length > MAX_BYTES) throw new Problem('font.too-large', `expected a font of at most ${MAX_BYTES} bytes, got ${bytes.length}`);
  const kind = sniff(bytes);
  if (kind === 'ttf' || kind === 'otf') return kind;
  const hints: Record<string, string> = {
    ttc: 'Extract the one font that is needed from the collection.',
    woff: 'Send the TTF or OTF file that the web font was made from.',
    woff2: 'Send the TTF or OTF file that the web font was made from.',
  };
  throw new Problem('font.format', `expected a TTF or OTF font, got ${nameOfKind(kind)}`, { hint: kind ? hints[kind] : undefined });
};

const axesOf = (tables: FontTables): FontAxis[] => {
  const fvar = tables.get('fvar');
  if (!fvar) return [];
  const [start, count, size] = [fvar.u16(4), fvar.u16(8), fvar.u16(10)];
  if (count < 1 || count > MAX_AXES || size < 20) throw new RangeError(`expected 1 to ${MAX_AXES} axes of variation, got ${count}`);
  const fixed = (at: number): number => (fvar.u32(at) | 0) / 65536;
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    const axis = { tag: fvar.text(at, 4), min: fixed(at + 4), default: fixed(at + 8), max: fixed(at + 12) };
    if (!(axis.min <= axis.default && axis.default <= axis.max)) throw new RangeError(`expected axis ${axis.tag} to run from low to high`);
    return axis;
  });
};

type Os2 = { readonly weight: number; readonly italic: boolean; readonly embedding: FontEmbedding; readonly warnings: readonly string[] };

const embeddingOf = (type: number): FontEmbedding =>
  // When several bits are set, the most generous one counts (OpenType 1.9, OS/2 fsType).
  type & 0x8 ? 'editable' : type & 0x4 ? 'print' : type & 0x2 ? 'restricted' : 'installable';

const os2Of = (tables: FontTables, macStyle: number): Os2 => {
  const os2 = tables.get('OS/2');
  if (!os2) return { weight: macStyle & 1 ? 700 : 400, italic: (macStyle & 2) !== 0, embedding: 'installable', warnings: [] };
  const type = os2.u16(8);
  const embedding = embeddingOf(type);
  const warnings = [
    ...(embedding === 'restricted'
      ? ['The font says that it must not be embedded; ask its maker for a licence before it goes into files.']
      : []),
    ...(type & 0x200 ? ['The font allows only its bitmaps to be embedded.'] : []),
  ];
  const weight = os2.u16(4);
  return { weight: weight >= 1 && weight <= 1000 ? weight : 400, italic: (os2.u16(62) & 1) !== 0, embedding, warnings };
};

const readFacts = (bytes: Uint8Array, format: 'ttf' | 'otf'): FontFacts => {
  const tables = readTables(bytes);
  const head = tableOf(tables, 'head');
  const glyphs = tableOf(tables, 'maxp').u16(4);
  const unitsPerEm = head.u16(18);
  if (head.u32(12) !== HEAD_MAGIC) throw new RangeError('expected the magic number in the head table');
  if (unitsPerEm < 16 || unitsPerEm > 16_384) throw new RangeError(`expected 16 to 16384 units per em, got ${unitsPerEm}`);
  if (glyphs < 1) throw new RangeError('expected at least one glyph');
  for (const tag of ['cmap', 'hhea', 'hmtx']) tableOf(tables, tag);
  if (tables.has('glyf')) checkOutlines(tables, glyphs, head.u16(50) === 1);
  else if (!tables.has('CFF ') && !tables.has('CFF2')) throw new RangeError('expected glyph outlines (glyf or CFF), got none');
  const names = readNames(tableOf(tables, 'name'));
  return {
    format,
    digest: sha256Hex(bytes),
    family: names.get(NAME.typographicFamily) ?? names.get(NAME.family) ?? '',
    style: names.get(NAME.typographicStyle) ?? names.get(NAME.style) ?? '',
    postScriptName: names.get(NAME.postScript) ?? '',
    ...os2Of(tables, head.u16(44)),
    unitsPerEm,
    glyphs,
    axes: axesOf(tables),
  };
};

/**
 * Checks the structure of an untrusted TTF or OTF file and reads its names, axes and embedding rights; shapes nothing. Collections and web
 * fonts are refused with advice. Throws Problem 'font.empty', 'font.too-large', 'font.format' or 'font.corrupt'.
 */
export const inspectFont = (bytes: Uint8Array): FontFacts => {
  const format = formatOf(bytes);
  try {
    return readFacts(bytes, format);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('font.corrupt', `expected a sound font file, got a damaged one (${error.message})`, { cause: error });
  }
};
