import { ByteView } from '../byte-view.ts';
import { exifOrientation } from './exif-orientation.ts';
import { type ImageHeader, joinBytes } from './image-header.ts';

type Chunk = { readonly type: string; readonly at: number; readonly length: number };

const chunksOf = (view: ByteView): Chunk[] => {
  const end = view.u32(4) + 8;
  view.slice(0, end);
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= end; ) {
    const chunk = { type: view.text(at, 4), at, length: view.u32(at + 4) };
    view.slice(at, chunk.length + 8);
    chunks.push(chunk);
    at += 8 + chunk.length + (chunk.length & 1);
  }
  return chunks;
};

type Size = { readonly widthPx: number; readonly heightPx: number };

const sizeOf = (view: ByteView, chunks: readonly Chunk[]): Size => {
  const first = chunks[0];
  if (first?.type === 'VP8X') return { widthPx: view.u24(first.at + 12) + 1, heightPx: view.u24(first.at + 15) + 1 };
  if (first?.type === 'VP8 ') return { widthPx: view.u16(first.at + 14) & 0x3fff, heightPx: view.u16(first.at + 16) & 0x3fff };
  if (first?.type === 'VP8L') {
    const packed = view.u32(first.at + 9);
    return { widthPx: (packed & 0x3fff) + 1, heightPx: ((packed >>> 14) & 0x3fff) + 1 };
  }
  throw new RangeError('expected a VP8, VP8L or VP8X chunk first');
};

const ICC_FLAG = 0x20;
const METADATA_FLAGS = 0x0c;

/** The file without EXIF and XMP (and ICC unless kept), the VP8X flags set accordingly. */
const cleaned = (view: ByteView, chunks: readonly Chunk[], keepIcc: boolean): Uint8Array => {
  const kept = chunks.filter(({ type }) => type !== 'EXIF' && type !== 'XMP ' && (keepIcc || type !== 'ICCP'));
  const body = joinBytes([
    view.slice(0, 12),
    ...kept.flatMap(({ at, length }) => [view.slice(at, length + 8), new Uint8Array(length & 1)]),
  ]);
  new DataView(body.buffer).setUint32(4, body.length - 8, true);
  if (kept[0]?.type === 'VP8X') body[20] = (body[20] ?? 0) & ~(METADATA_FLAGS | (keepIcc ? 0 : ICC_FLAG));
  return body;
};

/** WebP (RFC 9649): lists the chunks. Throws RangeError when the RIFF is cut off or begins with something else. */
export const readWebpHeader = (bytes: Uint8Array): ImageHeader => {
  const view = new ByteView(bytes, 'little');
  const chunks = chunksOf(view);
  const bodyOf = (type: string): Uint8Array | null => {
    const chunk = chunks.find((each) => each.type === type);
    return chunk ? view.slice(chunk.at + 8, chunk.length) : null;
  };
  const exif = bodyOf('EXIF');
  const prefixed = exif && Buffer.from(exif.subarray(0, 6)).toString('latin1') === 'Exif\0\0';
  return {
    format: 'webp',
    ...sizeOf(view, chunks),
    frames: Math.max(1, chunks.filter(({ type }) => type === 'ANMF').length),
    orientation: exif ? exifOrientation(prefixed ? exif.subarray(6) : exif) : 1,
    icc: bodyOf('ICCP'),
    model: 'rgb',
    clean: (keepIcc) => cleaned(view, chunks, keepIcc),
  };
};
