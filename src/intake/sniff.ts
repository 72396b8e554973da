import { gunzipSync } from 'node:zlib';
import { looksLikeDst, looksLikeJef, looksLikeXxx } from '../model/machine-file-shape.ts';

/** What a file is by its first bytes; names and declared types are never believed. */
export type ContentKind =
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'tiff'
  | 'svg'
  | 'svgz'
  | 'avif'
  | 'heif'
  | 'gif'
  | 'bmp'
  | 'jxl'
  | 'jp2'
  | 'psd'
  | 'ttf'
  | 'otf'
  | 'ttc'
  | 'woff'
  | 'woff2'
  | 'pdf'
  | 'postscript'
  | 'zip'
  | 'gzip'
  | 'stitches'
  | 'html'
  | 'executable';

const SIGNATURES: readonly (readonly [ContentKind, string])[] = [
  ['png', '89504e470d0a1a0a'],
  ['jpeg', 'ffd8ff'],
  ['tiff', '49492a00'],
  ['tiff', '4d4d002a'],
  ['tiff', '49492b00'],
  ['tiff', '4d4d002b'],
  ['gif', '474946383761'],
  ['gif', '474946383961'],
  ['ttf', '00010000'],
  ['ttf', '74727565'],
  ['otf', '4f54544f'],
  ['ttc', '74746366'],
  ['woff', '774f4646'],
  ['woff2', '774f4632'],
  ['pdf', '255044462d'],
  ['postscript', '2521'],
  ['psd', '38425053'],
  ['zip', '504b0304'],
  ['zip', '504b0506'],
  ['jxl', 'ff0a'],
  ['jxl', '0000000c4a584c20'],
  ['jp2', '0000000c6a502020'],
  ['executable', '7f454c46'],
  ['executable', '4d5a'],
  ['bmp', '424d'],
  // PES, PEC and VP3; other machine files are known by their shape.
  ['stitches', '23504553'],
  ['stitches', '23504543'],
  ['stitches', '2576736d25'],
];

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIF_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1', 'miaf']);

const boxedKind = (bytes: Uint8Array): ContentKind | null => {
  if (ascii(bytes, 4, 8) !== 'ftyp') return null;
  const brands = [8, 16, 20, 24, 28, 32].map((at) => ascii(bytes, at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  return brands.some((brand) => HEIF_BRANDS.has(brand)) ? 'heif' : null;
};

const PROLOGUE = /^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?\s*>)/i;

/** XML prologue, comments and a doctype may stand before the root element; only the first 4 kB are looked at. */
const markupKind = (bytes: Uint8Array): ContentKind | null => {
  let text = decodeHead(bytes);
  for (let skipped = PROLOGUE.exec(text); skipped; skipped = PROLOGUE.exec(text)) text = text.slice(skipped[0].length);
  if (/^<(?:[a-z][\w.-]*:)?svg[\s/>]/i.test(text)) return 'svg';
  return /^<(?:html|head|body|script|iframe|!doctype html)[\s>]/i.test(text) ? 'html' : null;
};

const decodeHead = (bytes: Uint8Array): string => {
  const head = bytes.subarray(0, 4096);
  const encoding = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(head).replace(/^\ufeff/, '');
};

const gzipKind = (bytes: Uint8Array): ContentKind => {
  try {
    // Z_SYNC_FLUSH (2) lets a cut-off head inflate as far as it goes; the cap keeps a bomb small.
    const head = gunzipSync(bytes.subarray(0, 2048), { finishFlush: 2, maxOutputLength: 4_000_000 });
    return markupKind(head) === 'svg' ? 'svgz' : 'gzip';
  } catch {
    return 'gzip';
  }
};

/** Machine files without a mark that no other file has. EXP has none whatever: only its name tells it. */
const isMachineFile = (bytes: Uint8Array): boolean => looksLikeDst(bytes) || looksLikeJef(bytes) || looksLikeXxx(bytes);

/** The kind of a file by content, or null when nothing known begins like this. Looks at the first 4 kB only; never throws. */
export const sniff = (bytes: Uint8Array): ContentKind | null => {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gzipKind(bytes);
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  const hex = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  const known = SIGNATURES.find(([, signature]) => hex.startsWith(signature));
  return known?.[0] ?? boxedKind(bytes) ?? (isMachineFile(bytes) ? 'stitches' : markupKind(bytes));
};
