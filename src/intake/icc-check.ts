import { ByteView } from './byte-view.ts';
import type { ImageHeader } from './headers/image-header.ts';

const MAX_PROFILE_BYTES = 8_000_000;
const MAX_TAGS = 256;
const HEADER_BYTES = 128;
const SPACES: Record<ImageHeader['model'], string> = { grey: 'GRAY', rgb: 'RGB ', palette: 'RGB ', cmyk: 'CMYK', lab: 'Lab ' };

/** Why an embedded profile cannot be used for pixels of this model, in words, or null when its structure (ICC.1:2022, clause 7) is sound. */
export const iccFault = (icc: Uint8Array, model: ImageHeader['model']): string | null => {
  if (icc.length > MAX_PROFILE_BYTES) return 'it is larger than 8 MB';
  const view = new ByteView(icc);
  if (icc.length < HEADER_BYTES + 4 || view.text(36, 4) !== 'acsp' || view.u32(0) > icc.length) return 'it is damaged';
  const space = view.text(16, 4);
  if (space !== SPACES[model]) return `it describes ${space.trim()} colours, not the picture's`;
  return tagsFit(view) ? null : 'it is damaged';
};

const tagsFit = (view: ByteView): boolean => {
  const count = view.u32(HEADER_BYTES);
  if (count < 1 || count > MAX_TAGS || HEADER_BYTES + 4 + count * 12 > view.length) return false;
  return Array.from({ length: count }, (_, i) => HEADER_BYTES + 4 + i * 12).every(
    (at) => view.u32(at + 4) + view.u32(at + 8) <= view.length && view.u32(at + 8) >= 8,
  );
};
