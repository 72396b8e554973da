import { inflateSync } from 'node:zlib';
import { ByteView } from '../byte-view.ts';
import { exifOrientation } from './exif-orientation.ts';
import { type ImageHeader, joinBytes } from './image-header.ts';

const SIGNATURE_BYTES = 8;
const MAX_PROFILE_BYTES = 8_000_000;
/** Everything that changes the pixels as we read them; text, time, animation and private chunks are left out. */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'sRGB', 'cHRM', 'gAMA']);
const MODELS: Record<number, ImageHeader['model']> = { 0: 'grey', 2: 'rgb', 3: 'palette', 4: 'grey', 6: 'rgb' };

type Chunk = { readonly type: string; readonly at: number; readonly length: number };

const chunksOf = (view: ByteView): Chunk[] => {
  const chunks: Chunk[] = [];
  let at = SIGNATURE_BYTES;
  while (true) {
    const chunk = { type: view.text(at + 4, 4), at, length: view.u32(at) };
    view.slice(at, chunk.length + 12);
    chunks.push(chunk);
    if (chunk.type === 'IEND') return chunks;
    at += chunk.length + 12;
  }
};

/** Profile name, NUL, method byte, zlib stream. Null when it does not inflate within the cap. */
const profileIn = (body: Uint8Array): Uint8Array | null => {
  const nul = body.indexOf(0);
  try {
    return nul < 0 ? new Uint8Array(0) : new Uint8Array(inflateSync(body.subarray(nul + 2), { maxOutputLength: MAX_PROFILE_BYTES }));
  } catch {
    return new Uint8Array(0);
  }
};

/** PNG (ISO/IEC 15948): walks the chunk chain to IEND without inflating pixels. Throws RangeError when the chain is cut off or not a chain. */
export const readPngHeader = (bytes: Uint8Array): ImageHeader => {
  const view = new ByteView(bytes);
  const chunks = chunksOf(view);
  if (chunks[0]?.type !== 'IHDR' || chunks[0].length !== 13) throw new RangeError('expected IHDR as the first chunk');
  if (!chunks.some(({ type }) => type === 'IDAT')) throw new RangeError('expected an IDAT chunk, got none');
  const bodyOf = (type: string): Uint8Array | null => {
    const chunk = chunks.find((each) => each.type === type);
    return chunk ? view.slice(chunk.at + 8, chunk.length) : null;
  };
  const profile = bodyOf('iCCP');
  const exif = bodyOf('eXIf');
  const animation = bodyOf('acTL');
  return {
    format: 'png',
    widthPx: view.u32(16),
    heightPx: view.u32(20),
    frames: animation && animation.length >= 4 ? new ByteView(animation).u32(0) : 1,
    orientation: exif ? exifOrientation(exif) : 1,
    icc: profile ? profileIn(profile) : null,
    model: MODELS[view.u8(25)] ?? 'rgb',
    clean: (keepIcc) =>
      joinBytes([
        view.slice(0, SIGNATURE_BYTES),
        ...chunks.filter(({ type }) => KEPT.has(type) || (keepIcc && type === 'iCCP')).map(({ at, length }) => view.slice(at, length + 12)),
      ]),
  };
};
